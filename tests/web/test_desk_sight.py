"""Who at the desk sees which report: a restricted one and one's own people's are nowhere, by any address."""

from __future__ import annotations

from uuid import UUID

from flask import Flask
from sqlalchemy import select

from hotline.domain.lifecycle import Status
from hotline.domain.report import Priority
from hotline.services.feedback import give_feedback
from hotline.storage.session import transaction
from hotline.storage.tables import AuditEvent, Feedback, Recipient, Report
from tests.conftest import NOW
from tests.desk_house import Desk
from tests.web.desk_app import Staff

FULL = {"category": "dealing", "place": "Proefmolenstraat", "now": "no", "when": "week", "what": "Er wordt gedeald."}
EMPTY = "Er wacht nu geen melding."


def restrict(desk: Desk, report_id: UUID) -> None:
    with transaction(desk.owner) as session:
        report = session.get_one(Report, report_id)
        report.is_restricted, report.neighbourhood, report.category = True, None, "other"


def test_who_knows_these_people_takes_the_report_out_of_sight_with_one_key(app: Flask, desk: Desk) -> None:
    report_id = desk.report({**FULL, "neighbourhood": "Wyck"}, priority=Priority.P0)
    path = f"/desk/reports/{report_id}"
    staff, colleague, supervisor = Staff(app), Staff(app, "operator2"), Staff(app, "supervisor")
    staff.post(f"{path}/take")
    form = staff.form(path)
    assert 'data-key="i"' in staff.get(path).text
    assert staff.post(f"{path}/recuse", seen_at=path).location == "/desk"
    queue = staff.get("/desk").text
    assert EMPTY in queue and "Wyck" not in queue and 'data-count="0" data-urgent="0"' in queue
    assert staff.get(path).status_code == staff.get(f"{path}/live").status_code == 404
    for act in ("take", "save", "draft", "release", "coarsen", "reject", "lease", "recuse", "second-look"):
        assert staff.post(f"{path}/{act}", form).status_code == 404, act
    assert desk.row(report_id).lease_by is None
    assert "Wyck" in colleague.get("/desk").text
    assert "alleen u" not in supervisor.get("/desk").text
    colleague.post(f"{path}/recuse")
    assert EMPTY in colleague.get("/desk").text
    assert "alleen u" in supervisor.get("/desk").text
    refused = supervisor.post(f"{path}/recuse")
    assert refused.location == path and "U bent de laatste" in supervisor.get(path).text
    with transaction(desk.owner) as session:
        told = session.scalars(select(AuditEvent.actor).where(AuditEvent.act == "recuse")).all()
    assert sorted(told) == ["operator", "operator2"]


def test_a_report_about_a_partner_s_own_people_is_the_supervisor_s_and_goes_to_no_partner(
    app: Flask, desk: Desk
) -> None:
    report_id = desk.report({**FULL, "integrity": "yes", "neighbourhood": "Wyck"})
    restrict(desk, report_id)
    path = f"/desk/reports/{report_id}"
    for name in ("operator", "operator2", "admin"):
        assert EMPTY in Staff(app, name).get("/desk").text
        assert Staff(app, name).get(path).status_code == 404
    supervisor = Staff(app, "supervisor")
    assert "Bekijken" in supervisor.get("/desk").text or "Openen" in supervisor.get("/desk").text
    supervisor.post(f"{path}/take")
    page = supervisor.get(path).text
    assert "Alleen leidinggevenden zien deze melding." in page and "geen enkele partner" in page
    supervisor.post(f"{path}/save", supervisor.form(path), seen_at=path)
    row = desk.row(report_id)
    assert (row.category, row.neighbourhood, row.is_restricted) == ("other", None, True)
    assert "gaat naar geen partner" in supervisor.post(f"{path}/release", supervisor.form(path), seen_at=path).text
    version = {"version": supervisor.form(path)["version"], "reason": "external"}
    assert "aan wie u de melding gaf" in supervisor.post(f"{path}/reject", version, seen_at=path).text
    supervisor.post(f"{path}/reject", {**version, "body": "Rijksrecherche, per post"}, seen_at=path)
    assert desk.row(report_id).status == Status.REJECTED
    assert "Rijksrecherche, per post" in supervisor.get(path).text
    with transaction(desk.owner) as session:
        assert session.scalars(select(Recipient)).all() == []
        assert "Rijksrecherche" not in str([vars(one) for one in session.scalars(select(AuditEvent))])
    assert 'id="count-done">1' in supervisor.get("/desk?view=done").text
    assert 'id="count-done">0' in Staff(app).get("/desk?view=done").text


def test_nobody_else_gives_that_reason_and_an_unmarked_one_stays_too(app: Flask, desk: Desk) -> None:
    report_id = desk.report({**FULL, "integrity": "yes"})
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    form = staff.form(path)
    assert staff.post(f"{path}/release", form, seen_at=path).status_code == 400
    refused = {"version": form["version"], "reason": "external", "body": "x"}
    assert staff.post(f"{path}/reject", refused, seen_at=path).status_code == 400
    assert desk.row(report_id).status == "incomplete"


def test_what_partners_write_about_a_hidden_report_is_hidden_too(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    staff.post(f"{path}/release", staff.form(path), seen_at=path)
    with transaction(desk.owner) as session:
        held = session.scalars(select(Recipient.id).where(Recipient.partner == "politie")).one()
    said = {"partner": "politie", "actor": "politie", "now": NOW}
    give_feedback(desk.house, recipient_id=held, text="Wij kijken vaker.", **said)  # type: ignore[arg-type]
    assert "Wij kijken vaker." in staff.get("/desk").text
    staff.post(f"{path}/recuse")
    assert "Wij kijken vaker." not in staff.get("/desk").text
    with transaction(desk.owner) as session:
        draft = session.scalars(select(Feedback.id)).one()
    assert staff.post(f"/desk/feedback/{draft}/approve").status_code == 404
    assert Staff(app, "operator2").post(f"/desk/feedback/{draft}/approve").status_code == 302


def test_a_supervisor_keeps_a_partner_s_copy_and_nobody_keeps_the_original(app: Flask, desk: Desk) -> None:
    report_id = desk.report(FULL)
    staff, path = Staff(app), f"/desk/reports/{report_id}"
    staff.post(f"{path}/take")
    staff.post(f"{path}/release", staff.form(path), seen_at=path)
    with transaction(desk.owner) as session:
        held = session.scalars(select(Recipient.id).where(Recipient.partner == "politie")).one()
    copy = f"/desk/copies/{held}"
    assert staff.post(f"{copy}/hold", {"until": "2027-03-01", "reason": "court"}).status_code == 403
    assert "langer bewaren" not in staff.get(path).text
    supervisor = Staff(app, "supervisor")
    for until, reason in (
        ("2026-11-23", "court"),
        ("2028-01-01", "court"),
        ("gisteren", "court"),
        ("2027-03-01", "zomaar"),
    ):
        assert supervisor.post(f"{copy}/hold", {"until": until, "reason": reason}).location == "/desk"
    assert supervisor.post(f"{copy}/hold", {"until": "2027-03-01", "reason": "court"}).location == path
    assert "Deze kopie blijft bewaard tot en met 01-03-2027." in staff.get(path).text
    with transaction(desk.owner) as session:
        kept = session.scalars(select(Recipient).order_by(Recipient.partner)).all()
        assert [(one.partner, one.hold_reason) for one in kept] == [("gemeente", None), ("politie", "court")]
    supervisor.post(f"{copy}/lift")
    assert "blijft bewaard" not in staff.get(path).text
    with transaction(desk.owner) as session:
        told = session.scalars(select(AuditEvent.act).order_by(AuditEvent.happened_at)).all()
    assert sorted(one for one in told if "hold" in one) == ["hold_copy", "lift_hold"]
