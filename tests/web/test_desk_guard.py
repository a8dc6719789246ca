"""The guard on the desk's pages, without JavaScript: locked with reasons, opened by a proposal, a colleague, a pause or danger."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from hotline.domain.report import Priority
from hotline.services.second_look import PAUSE
from hotline.storage.session import transaction
from hotline.storage.tables import AuditEvent, Recipient
from tests.desk_house import Desk
from tests.web.desk_app import Staff

FULL = {"category": "dealing", "place": "Proefmolenstraat 12", "now": "no", "when": "week", "what": "Er wordt gedeald."}
LOCKED = "Ik zie vanuit mijn raam dat mijn buurman om 03:47 dealt."


def taken(
    app: Flask, desk: Desk, *, name: str = "operator", priority: Priority = Priority.P3, **answers: str
) -> tuple[Staff, str]:
    """Somebody at the page of a report that is theirs."""
    path = f"/desk/reports/{desk.report({**FULL, **answers}, priority=priority)}"
    staff = Staff(app, name)
    staff.post(f"{path}/take")
    return staff, path


def releases(staff: Staff, path: str, **changes: str) -> Any:
    return staff.post(f"{path}/release", {**staff.form(path), **changes}, seen_at=path)


def status(desk: Desk, path: str) -> str:
    return desk.row(UUID(path.rpartition("/")[2])).status


def acts(desk: Desk) -> list[str]:
    with transaction(desk.owner) as session:
        return [one.act for one in session.scalars(select(AuditEvent).order_by(AuditEvent.happened_at))]


def test_a_locked_report_says_the_words_and_one_click_makes_it_coarser(app: Flask, desk: Desk) -> None:
    staff, path = taken(app, desk)
    refused = releases(staff, path, text=LOCKED)
    assert refused.status_code == 400 and status(desk, path) == "incomplete"
    for said in (
        "Nog op slot:",
        "<mark>Ik zie vanuit mijn raam</mark>",
        "<mark>om 03:47</mark>",
    ):
        assert said in refused.text
    assert "Dit zegt vanaf welke plek de melder kijkt." in refused.text
    assert "<ins>Gezien is</ins>" in refused.text or "<ins>Gezien</ins>" in refused.text
    assert staff.post(f"{path}/coarsen", staff.form(path), seen_at=path).location == path
    form = staff.form(path)
    assert form["text"] == "Gezien is dat [relatie] in de nacht dealt."
    assert 'id="lock" class="lock" aria-live="polite"></p>' in staff.get(path).text
    assert releases(staff, path).location == path
    assert status(desk, path) == "released"
    with transaction(desk.owner) as session:
        police = session.scalars(select(Recipient).where(Recipient.partner == "politie")).one()
        version = json.loads(desk.house.keys().open(police.portal_key_id, police.portal_copy))
    assert version["text"].endswith("Gezien is dat [relatie] in de nacht dealt.")
    assert {"coarsen", "release"} <= set(acts(desk))


def test_a_draft_is_answered_with_what_the_guard_says_of_it(app: Flask, desk: Desk) -> None:
    staff, path = taken(app, desk)
    note = staff.post(f"{path}/draft", {**staff.form(path), "text": LOCKED}, seen_at=path).text
    assert note.count('hx-swap-oob="true"') == 3 and "Nog op slot: doorzetten" in note
    note = staff.post(f"{path}/draft", {**staff.form(path), "text": "Er wordt gedeald."}, seen_at=path).text
    assert "Afronden en doorzetten" in note and "op slot" not in note


def test_a_doubtful_report_waits_for_a_colleague_who_reads_this_very_text(app: Flask, desk: Desk) -> None:
    staff, path = taken(app, desk, guess="yes")
    assert "een collega moet meelezen" in staff.get(path).text
    assert "laat een collega meelezen" in releases(staff, path).text
    colleague = Staff(app, "operator2")
    assert "Meelezen gevraagd" in colleague.get("/desk").text
    assert "operator vraagt u om mee te lezen" in colleague.get(path).text
    assert "operator vraagt u" not in staff.get(path).text
    staff.post(f"{path}/second-look")
    assert "Meegelezen door" not in staff.get(path).text
    colleague.post(f"{path}/second-look")
    assert "Meegelezen door operator2." in staff.get(path).text
    assert "Meegelezen door operator2." in staff.get(f"{path}/guard").text
    assert "Meelezen gevraagd" not in colleague.get("/desk").text
    assert releases(staff, path, text="Een andere tekst.").status_code == 400
    colleague.post(f"{path}/second-look")
    assert releases(staff, path, text="Een andere tekst.").location == path
    assert status(desk, path) == "released"
    assert [act for act in acts(desk) if "look" in act or "seen" in act] == [
        "ask_second_look",
        "second_look",
        "ask_second_look",
        "second_look",
        "release_seen",
    ]


def test_who_works_alone_reads_it_again_after_a_minute(app: Flask, desk: Desk) -> None:
    staff, path = taken(app, desk, guess="yes")
    releases(staff, path)
    desk.clock.moves(PAUSE - timedelta(seconds=1))
    assert releases(staff, path).status_code == 400
    desk.clock.moves(timedelta(seconds=1))
    assert "Klopt alles? Dan kunt u doorzetten." in staff.get(path).text
    assert releases(staff, path).location == path


def test_danger_goes_first_and_the_supervisor_reads_it_afterwards(app: Flask, desk: Desk) -> None:
    slow, quiet = taken(app, desk, guess="yes")
    assert 'name="bypass"' not in slow.get(quiet).text
    assert releases(slow, quiet, bypass="danger").status_code == 400
    staff, path = taken(app, desk, guess="yes", priority=Priority.P1)
    assert 'name="bypass"' in staff.get(path).text
    assert releases(staff, path, bypass="made up").status_code == 400
    assert releases(staff, path, bypass="danger", text=LOCKED).status_code == 400
    assert releases(staff, path, bypass="danger", text="Er wordt gedeald.").location == path
    assert staff.get("/desk/reviews").status_code == 403
    supervisor = Staff(app, "supervisor")
    assert '<span class="tab__count" id="count-owed">1</span>' in supervisor.get("/desk").text
    page = supervisor.get("/desk/reviews").text
    assert "Doorgezet door operator" in page and "Er is nu gevaar voor mensen." in page
    look = re.search(r'id="owed-([^"]+)"', page)
    assert look
    supervisor.post(f"/desk/reviews/{look[1]}", seen_at="/desk/reviews")
    assert "Er is niets na te kijken." in supervisor.get("/desk/reviews").text
    with transaction(desk.owner) as session:
        unseen = session.scalars(select(AuditEvent).where(AuditEvent.act == "release_unseen")).one()
    assert unseen.fields == ["danger"] and "review_unseen" in acts(desk)
