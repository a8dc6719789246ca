"""The desk's pages without JavaScript: log in, work a report through, meet a colleague."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import uuid4

from flask import Flask
from sqlalchemy import select

from hotline.anonymity.seal import open_sealed
from hotline.domain.content import ThirdParty
from hotline.domain.report import Priority
from hotline.services.feedback import give_feedback
from hotline.storage.session import transaction
from hotline.storage.tables import Delivery, Recipient, Reply
from hotline.web.desk.errors import init_errors
from hotline.web.login import IDLE
from tests.conftest import NOW
from tests.desk_house import REPLY, Desk
from tests.web.desk_app import PASSWORD, Staff, make_desk_app

FULL = {"category": "dealing", "place": "Proefmolenstraat", "now": "no", "when": "week", "what": "Er wordt gedeald."}
HOSTILE = '<script>alert(1)</script>" onfocus="x\' & =1+1'


# ---- logging in --------------------------------------------------------------------------


def test_nobody_sees_the_desk_without_logging_in(app: Flask) -> None:
    client = app.test_client()
    answer = client.get("/desk?view=done")
    assert answer.status_code == 302 and answer.location == "/desk/login?next=/desk?view%3Ddone"
    assert client.get("/desk/live", headers={"HX-Request": "true"}).status_code == 401


def test_log_in_leads_to_where_one_wanted_to_go_and_never_elsewhere(app: Flask) -> None:
    client = app.test_client()
    for wanted, leads_to in (
        ("/desk?view=done", "/desk?view=done"),
        ("https://elsewhere.example/desk", "/desk"),
        ("//elsewhere.example", "/desk"),
        ("/\\elsewhere.example", "/desk"),
        ("/\t/elsewhere.example", "/desk"),
        ("javascript:alert(1)", "/desk"),
        ("", "/desk"),
    ):
        staff = Staff.__new__(Staff)
        staff.client = client
        form = {"username": "operator", "password": PASSWORD, "next": wanted}
        assert staff.post("/desk/login", form, seen_at="/desk/login").location == leads_to
        staff.post("/desk/logout")


def test_a_wrong_password_says_so_and_slows_down(app: Flask, desk: Desk) -> None:
    for _ in range(5):
        assert Staff(app, password=PASSWORD[1:]).entry.status_code == 400
    refused = Staff(app).entry
    assert refused.status_code == 429 and "Wacht" in refused.text
    desk.clock.moves(timedelta(seconds=31))
    assert Staff(app).entry.status_code == 302


def test_partner_staff_go_to_their_own_inbox_and_not_to_the_desk(app: Flask) -> None:
    partner = Staff(app, "politie")
    assert partner.entry.location == "/partner"
    assert partner.get("/desk").status_code == 403


def test_a_session_ends_when_nobody_acts_though_the_page_refreshes(app: Flask, desk: Desk) -> None:
    staff = Staff(app)
    steps = int(IDLE / timedelta(minutes=30))
    for _ in range(steps):
        desk.clock.moves(timedelta(minutes=30))
        assert staff.client.get("/desk/live", headers={"X-Poll": "1", "HX-Request": "true"}).status_code == 200
    desk.clock.moves(timedelta(minutes=1))
    assert staff.client.get("/desk/live", headers={"X-Poll": "1", "HX-Request": "true"}).status_code == 401


def test_log_in_begins_a_fresh_session_and_a_new_password_ends_it(app: Flask, desk: Desk) -> None:
    from hotline.services.people import ensure_demo_people

    client = app.test_client()
    with client.session_transaction() as before:
        before["planted"] = "by somebody else"
    token = {"username": "operator", "password": PASSWORD}
    app.config["WTF_CSRF_ENABLED"] = False
    assert client.post("/desk/login", data=token).status_code == 302
    with client.session_transaction() as after:
        assert "planted" not in after
    cookie = client.get_cookie("desk")
    assert cookie and cookie.http_only and cookie.same_site == "Lax"
    assert client.get("/desk").status_code == 200
    ensure_demo_people(desk.house.engine, "een-ander-woord")
    assert client.get("/desk").status_code == 302


def test_a_form_without_its_token_changes_nothing(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    staff = Staff(app)
    answer = staff.client.post(f"/desk/reports/{report_id}/take")
    assert answer.status_code == 400 and "verlopen" in answer.text
    assert desk.row(report_id).lease_by is None


# ---- the queue ---------------------------------------------------------------------------


def test_the_queue_says_in_words_what_is_urgent_and_how_long_it_waits(app: Flask, desk: Desk) -> None:
    desk.report({"danger": "yes"}, priority=Priority.P0, ago=timedelta(minutes=3))
    desk.report({**FULL, "neighbourhood": "Wyck"}, ago=timedelta(hours=2, minutes=5))
    page = Staff(app).get("/desk")
    assert "P0 gevaar nu" in page.text and "Gevaar nu:" in page.text
    assert "3 min" in page.text and "2 u 05" in page.text and "Wyck" in page.text
    assert "Proefmolenstraat" not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_an_empty_queue_says_so(app: Flask) -> None:
    assert "Er wacht nu geen melding." in Staff(app).get("/desk").text
    assert "Er is nog geen melding klaar." in Staff(app).get("/desk?view=done").text
    assert Staff(app).get("/desk?view=nonsense").status_code == 200


# ---- one report --------------------------------------------------------------------------


def test_a_report_is_completed_and_released_without_javascript(app: Flask, desk: Desk) -> None:
    report_id = desk.report({"place": "Verzonnenhof", "what": "Er wordt gedeald."})
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    assert staff.post(f"{path}/take").location == path
    form = {**staff.form(path), "category": "dealing", "now": "yes", "neighbourhood": "Limmel"}
    assert staff.post(f"{path}/release", form, seen_at=path).location == path
    page = staff.get(path).text
    assert "Melding doorgezet." in page and "Politie Limburg" in page and "Gemeente Maastricht" in page
    row = desk.row(report_id)
    assert (row.status, row.category, row.neighbourhood) == ("released", "dealing", "Limmel")


def test_what_asks_for_care_is_said_above_the_report(app: Flask, desk: Desk) -> None:
    report_id = desk.report({**FULL, "guess": "yes", "integrity": "yes"})
    page = Staff(app).get(f"/desk/reports/{report_id}").text
    for words in ("iemand kan raden wie dit meldt", "Overleg eerst", "Kan iemand raden wie dit meldt?"):
        assert words in page


def test_what_is_missing_is_said_at_the_field_and_what_was_typed_stays(app: Flask, desk: Desk) -> None:
    report_id = desk.report({"what": "Iets."})
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    answer = staff.post(f"{path}/release", {**staff.form(path), "text": "Wat ik typte."}, seen_at=path)
    assert answer.status_code == 400
    assert "Kies een soort overlast." in answer.text and "Vul in waar het is" in answer.text
    assert "Wat ik typte." in answer.text and 'aria-invalid="true"' in answer.text


def test_only_a_neighbourhood_of_the_list_stands_in_clear(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    staff.post(f"{path}/save", {**staff.form(path), "neighbourhood": "Verzonnenhof 3 hoog"}, seen_at=path)
    assert desk.row(report_id).neighbourhood is None
    assert "Verzonnenhof 3 hoog" in staff.get(path).text


def test_a_second_operator_reads_along_and_cannot_write(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    first, second, path = Staff(app), Staff(app, "operator2"), f"/desk/reports/{report_id}"
    first.post(f"{path}/take")
    form = first.form(path)
    assert second.post(f"{path}/take").location == path
    page = second.get(path).text
    assert "operator heeft deze melding sinds 03:30. U kunt meelezen." in page
    assert 'name="version"' not in page
    refused = second.post(f"{path}/save", {**form, "text": "Van de tweede."}, seen_at=path)
    assert refused.status_code == 409 and "Van de tweede." in refused.text and "Er wordt gedeald." in refused.text


def test_a_stale_save_shows_both_texts_and_lets_the_operator_choose(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    first, second, path = Staff(app), Staff(app, "operator2"), f"/desk/reports/{report_id}"
    first.post(f"{path}/take")
    asleep = {**first.form(path), "text": "Wat de eerste typte.", "place": "Denkbeeldweg"}
    desk.clock.moves(timedelta(minutes=6))
    second.post(f"{path}/take")
    second.post(f"{path}/save", {**second.form(path), "text": "Wat de tweede typte."}, seen_at=path)
    second.post(f"{path}/give-back", second.form(path), seen_at=path)
    both = first.post(f"{path}/save", asleep, seen_at=path)
    assert both.status_code == 409
    assert "Wat de eerste typte." in both.text and "Wat de tweede typte." in both.text
    assert both.text.count("<fieldset") == 2
    chosen = {**asleep, "text": "Wat de tweede typte.", "version": str(desk.row(report_id).version)}
    assert first.post(f"{path}/save", chosen, seen_at=path).status_code == 302
    form = first.form(path)
    assert (form["text"], form["place"]) == ("Wat de tweede typte.", "Denkbeeldweg")


def test_a_report_released_meanwhile_still_shows_what_was_typed(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    form = staff.form(path)
    staff.post(f"{path}/release", form, seen_at=path)
    late = staff.post(f"{path}/save", {**form, "text": "Te laat getypt."}, seen_at="/desk")
    assert late.status_code == 409 and "Te laat getypt." in late.text and "doorgezet" in late.text


def test_a_draft_is_kept_by_the_server_and_says_what_it_took_out(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    form = {**staff.form(path), "text": "Bel +31 43 350 51 11."}
    note = staff.post(f"{path}/draft", form, seen_at=path).text
    assert "Bewaard om 03:30." in note and "1 telefoonnummer weggehaald" in note
    assert "350" not in staff.form(path)["text"]
    again = staff.post(f"{path}/draft", {**form, "text": "Nog een keer."}, seen_at=path).text
    assert "Bewaard om" in again


def test_third_parties_stay_ticked_and_are_sent_back(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL, third=[ThirdParty("plate", "AE-12-OU")])
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    assert staff.form(path)["third"] == ["plate:AE-12-OU"]
    staff.post(f"{path}/save", staff.form(path), seen_at=path)
    assert staff.form(path)["third"] == ["plate:AE-12-OU"]


def test_a_refusal_reaches_the_reporter(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    version = staff.form(path)["version"]
    assert staff.post(f"{path}/reject", {"version": version}, seen_at=path).status_code == 400
    staff.post(f"{path}/reject", {"version": version, "reason": "anonymity"}, seen_at=path)
    assert desk.row(report_id).status == "rejected"
    with transaction(desk.owner) as session:
        reply = json.loads(open_sealed(REPLY.private, session.scalars(select(Reply.sealed)).one()))
    assert reply["text"].startswith("Wij geven uw melding niet door.")
    assert "Niet doorzetten: anonimiteit" in staff.get(path).text


def test_the_words_of_a_report_are_shown_as_words(app: Flask, desk: Desk) -> None:
    report_id = desk.report({**FULL, "place": HOSTILE, "what": HOSTILE}, third=[ThirdParty("handle", HOSTILE)])
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    for page in (staff.get(path).text, staff.get(f"{path}/live").text, staff.get("/desk").text):
        assert "<script>alert" not in page and 'onfocus="x' not in page
    form = staff.form(path)
    assert form["place"] == HOSTILE and form["third"] == [f"handle:{HOSTILE}"]
    saved = staff.post(f"{path}/save", {**form, "version": "99"}, seen_at=path)
    assert saved.status_code == 409 and "<script>alert" not in saved.text


def test_nonsense_in_a_form_is_no_error(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    nonsense = {"version": "x", "seen": "²", "priority": "P9", "category": "made up", "text": "\x00\x1b\u202e"}
    for act in ("draft", "save", "release", "reject", "give-back"):
        assert staff.post(f"{path}/{act}", nonsense, seen_at=path).status_code in (200, 302, 400, 409)
    assert staff.post(f"{path}/save", {"text": "x" * 70_000}, seen_at=path).status_code == 413


# ---- what waits for a decision -----------------------------------------------------------


def test_a_partners_sentence_is_approved_and_can_be_heard(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    staff.post(f"{path}/release", staff.form(path), seen_at=path)
    with transaction(desk.owner) as session:
        recipient = session.scalars(select(Recipient).where(Recipient.partner == "politie")).one()
    give_feedback(
        desk.house,
        partner="politie",
        recipient_id=recipient.id,
        text="Wij kijken daar nu vaker.",
        actor="politie",
        now=NOW,
    )
    page = staff.get("/desk").text
    assert "Wij kijken daar nu vaker." in page
    draft = page.split('id="draft-')[1].split('"')[0]
    staff.post(f"/desk/feedback/{draft}/approve", {"text": "Wij kijken daar nu vaker."})
    assert "Over deze zin is al besloten." in _after(staff, f"/desk/feedback/{draft}/refuse")
    with transaction(desk.owner) as session:
        reply = json.loads(open_sealed(REPLY.private, session.scalars(select(Reply.sealed)).one()))
    assert reply == {"text": "Wij kijken daar nu vaker.", "kind": "feedback"}


def test_a_failed_delivery_shows_its_reason_and_is_tried_again(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    staff.post(f"{path}/release", staff.form(path), seen_at=path)
    with transaction(desk.owner) as session:
        delivery = session.scalars(select(Delivery).where(Delivery.target == "politie")).one()
        delivery.status, delivery.reason, delivery.attempts = "failed", "De server antwoordt 410", 1
    assert "De server antwoordt 410" in staff.get("/desk").text
    assert "De server antwoordt 410" in staff.get(path).text
    assert "opnieuw geprobeerd" in _after(staff, f"/desk/deliveries/{delivery.id}/retry")
    assert "De server antwoordt 410" not in staff.get("/desk").text


def _after(staff: Staff, path: str) -> str:
    location = staff.post(path).location
    assert location
    return staff.get(location).text


# ---- what goes wrong ---------------------------------------------------------------------


def test_errors_speak_plain_dutch(app: Flask, desk: Desk) -> None:
    staff = Staff(app)
    missing = staff.get(f"/desk/reports/{uuid4()}")
    assert missing.status_code == 404 and "Deze pagina is er niet" in missing.text
    assert staff.get("/desk/nergens").status_code == 404
    assert staff.get("/desk/logout").status_code == 405
    desk.house.engine.dispose()
    app.extensions["hotline.desk"] = None
    broken = staff.get("/desk")
    assert broken.status_code == 500 and "Er ging iets mis" in broken.text


def test_errors_need_neither_log_in_nor_a_database(desk: Desk) -> None:
    app = make_desk_app(desk)
    problem = app.test_client().get("/api/v1/nowhere")
    assert problem.status_code == 404 and problem.mimetype == "application/problem+json"
    intake = Flask("intake", template_folder=app.template_folder, static_folder=app.static_folder)
    init_errors(intake)
    page = intake.test_client().get("/nergens")
    assert page.status_code == 404 and "/drugsmeldpunt" in page.text


def test_shortcuts_of_one_letter_can_be_turned_off(app: Flask) -> None:
    staff = Staff(app)
    assert 'data-keys="on"' in staff.get("/desk").text
    staff.post("/desk/keys")
    assert 'data-keys="off"' in staff.get("/desk").text
