"""The end of keys: what lives is sealed anew first, what does not dies with its key, and nothing is sealed to a dead one."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select, update

from config.retention import load_terms
from config.settings import ROOT
from hotline.anonymity.keyring import DeskKeys, KeyGone
from hotline.anonymity.seal import seal
from hotline.services.keeping import KeepingHouse
from hotline.services.key_ends import Ended, destroy_copies, destroy_due, find_due, show_keys
from hotline.services.rewrap import Move, find_moves, rewrap_due
from hotline.storage.keyfiles import ensure_keys, read_desk, read_dispatch, read_intake, rotate_dispatch, watch_desk
from hotline.storage.keyfolder import destroy_key
from hotline.storage.session import transaction
from hotline.storage.tables import Delivery, Feedback, Question, Recipient, Report, ReportPart
from hotline.storage.tables_retention import Destruction

TERMS = load_terms(ROOT / "config" / "retention.yaml")
MADE, DUE = date(2026, 11, 24), datetime(2027, 12, 1, 3, tzinfo=UTC)
TOLD = b"Proefmolenstraat"


@dataclass
class Keys:
    """A host with all keys, and reports told in November 2026 that are still open a year later."""

    house: KeepingHouse
    owner: Engine
    folder: Path

    def put(self, key_id: str = "2026-11", sealed: bytes | None = None) -> UUID:
        """A report with everything that the desk opens of it, sealed to this key."""
        pairs = read_desk(self.folder)
        public = (pairs.months.get(key_id) or pairs.days[key_id]).public
        report_id, held = uuid4(), uuid4()
        mine = {"key_id": key_id, "sealed": sealed or seal(public, TOLD)}
        moment = datetime(2026, 11, 24, tzinfo=UTC)
        with transaction(self.owner) as session:
            session.add(
                Report(
                    id=report_id, status="released", priority="P3", arrived_on=MADE, arrived_part="night", due_at=moment,
                    desk_text=seal(public, TOLD), desk_key_id=key_id,
                )
            )  # fmt: skip
            session.flush()
            session.add(ReportPart(id=uuid4(), report_id=report_id, **mine))
            session.add(
                Recipient(
                    id=held, report_id=report_id, partner="p", role="primary", stage="sent", respond_by=DUE,
                    released_at=moment, portal_key_id=key_id, portal_copy=seal(public, TOLD), update_key_id=key_id,
                    update_copy=seal(public, TOLD), updated_at=moment,
                )
            )  # fmt: skip
            session.flush()
            both = {"report_id": report_id, "recipient_id": held, "status": "draft", "written_at": moment, **mine}
            session.add(Feedback(id=uuid4(), **both))
            session.add(Question(id=uuid4(), answer_key_id=key_id, answer=seal(public, TOLD), **both))
        return report_id

    def opens(self, report_id: UUID) -> list[bytes]:
        """Everything of this report that the desk's folder opens, `b""` for what it does not."""
        desk, found = read_desk(self.folder), []
        with transaction(self.owner) as session:
            report = session.get_one(Report, report_id)
            held = session.scalars(select(Recipient).where(Recipient.report_id == report_id)).one()
            part = session.scalars(select(ReportPart).where(ReportPart.report_id == report_id)).one()
            said = session.scalars(select(Feedback).where(Feedback.report_id == report_id)).one()
            asked = session.scalars(select(Question).where(Question.report_id == report_id)).one()
        for key_id, sealed in (
            (part.key_id, part.sealed),
            (report.desk_key_id, report.desk_text),
            (held.portal_key_id, held.portal_copy),
            (held.update_key_id, held.update_copy),
            (said.key_id, said.sealed),
            (asked.key_id, asked.sealed),
            (asked.answer_key_id, asked.answer),
        ):
            found.append(desk.read(key_id or "", sealed or b"").encode())
        return found

    def records(self) -> list[tuple[str | None, int, str]]:
        with transaction(self.owner) as session:
            rows = session.execute(select(Destruction.key_id, Destruction.count, Destruction.rule)).all()
        return sorted((key_id, count, rule) for key_id, count, rule in rows)


@pytest.fixture
def keys(retain_engine: Engine, owner_engine: Engine, tmp_path: Path) -> Keys:
    folder = tmp_path / "keys"
    for day in (MADE, DUE.date()):
        ensure_keys(folder, day)
    forget_days(folder)  # most tests are about the months
    return Keys(KeepingHouse(retain_engine, folder, TERMS, frozenset(), tmp_path), owner_engine, folder)


def forget_days(folder: Path) -> None:
    for path in folder.rglob("202?-??-??.*"):
        path.unlink()


def test_what_lives_is_sealed_anew_and_then_the_month_dies(keys: Keys) -> None:
    living = [keys.put() for _ in range(3)]
    newer = keys.put("2027-12")
    assert find_moves(keys.house, DUE - timedelta(days=15)) == {}
    early = DUE - timedelta(days=10)
    assert find_moves(keys.house, early) == {"2026-11": 21} and find_due(keys.house, early) == []
    ensure_keys(keys.folder, early.date())
    told: list[tuple[str, int, int]] = []
    assert rewrap_due(keys.house, early, lambda *now: told.append(now)) == [Move("2026-11", 21, 0, 0)]
    assert told[0] == ("2026-11", 3, 21) and told[-1] == ("2026-11", 21, 21)
    assert rewrap_due(keys.house, early) == [], "twice is harmless"
    forget_days(keys.folder)
    assert destroy_due(keys.house, DUE) == [Ended("2026-11", 0)]
    assert keys.records() == [("2026-11", 0, "month 12 months")]
    for one in (*living, newer):
        assert keys.opens(one) == [TOLD] * 7
    assert destroy_due(keys.house, DUE) == [] and "2026-11" not in read_intake(keys.folder).desk_months


def test_a_month_with_a_value_in_use_stays_until_the_next_round(keys: Keys) -> None:
    report_id = keys.put()
    with transaction(keys.owner) as writing:
        writing.get(Report, report_id, with_for_update=True)
        assert destroy_due(keys.house, DUE) == [Ended("2026-11", 0, "1 values in use")]
        assert "2026-11" in read_desk(keys.folder).months and keys.records() == []
    assert destroy_due(keys.house, DUE) == [Ended("2026-11", 0)]
    assert keys.opens(report_id) == [TOLD] * 7


def test_what_never_opened_holds_no_key_back_and_is_counted(keys: Keys) -> None:
    report_id = keys.put(sealed=b"no seal at all")
    assert destroy_due(keys.house, DUE) == [Ended("2026-11", 3)]
    assert sorted(keys.opens(report_id)) == [b""] * 3 + [TOLD] * 4


def test_words_that_nobody_judged_die_with_their_day(keys: Keys) -> None:
    ensure_keys(keys.folder, MADE)
    report_id = keys.put("2026-11-24")
    running = watch_desk(keys.folder)
    assert running.current().days["2026-11-24"]
    third_day, after = datetime(2026, 11, 27, 22, tzinfo=UTC), datetime(2026, 11, 27, 23, tzinfo=UTC)
    assert find_due(keys.house, third_day) == [], "an hour to midnight in Maastricht"
    assert destroy_due(keys.house, after) == [Ended("2026-11-24", 7)]
    assert keys.opens(report_id) == [b""] * 7
    assert keys.records() == [("2026-11-24", 7, "uncertain 3 days")]
    with pytest.raises(KeyGone):
        running.current().open("2026-11-24", seal(read_desk(keys.folder).dispatch_public, b"x"))
    with pytest.raises(KeyGone):
        read_intake(keys.folder).day(MADE)


def test_a_destruction_that_was_cut_short_is_finished_and_written_down(keys: Keys) -> None:
    path = keys.folder / "desk" / "2026-11.key"
    path.rename(path.with_name(f".destroyed-{path.name}"))
    keys.put("2027-12", sealed=b"another's")
    assert destroy_due(keys.house, DUE) == [Ended("2026-11", 0)] and destroy_due(keys.house, DUE) == []
    assert keys.records() == [("2026-11", 0, "month 12 months")] and not list(path.parent.glob(".*"))


def test_several_months_at_once_wait_for_a_person(keys: Keys) -> None:
    leapt = DUE.replace(year=2029)
    ensure_keys(keys.folder, leapt.date())
    forget_days(keys.folder)
    assert all("look at the clock" in one.obstacle for one in destroy_due(keys.house, leapt))
    assert keys.records() == [] and len(read_desk(keys.folder).months) > 3
    report_id = keys.put()
    done = destroy_due(keys.house, leapt, attended=True)
    assert {one.key_id for one in done if not one.obstacle} >= {"2026-11", "2026-12", "2027-01"}
    assert keys.opens(report_id) == [TOLD] * 7


def test_the_replaced_pair_dies_when_nothing_waits_for_it(keys: Keys) -> None:
    report_id, delivery = keys.put("2027-12"), uuid4()
    old = read_intake(keys.folder).dispatch_public
    with transaction(keys.owner) as session:
        session.add(
            Delivery(
                id=delivery, kind="report", target="p", report_id=report_id, sealed=seal(old, b"{}"), status="failed"
            )
        )
    now = datetime(2027, 11, 1, tzinfo=UTC)
    rotate_dispatch(keys.folder, now.date())
    assert destroy_due(keys.house, now) == [], "somebody may still be sealing to it"
    later = now + timedelta(days=2)
    assert destroy_due(keys.house, later) == [Ended("dispatch", 0, "1 deliveries wait for it")]
    assert {one.key_id: one.seals for one in show_keys(keys.house, later) if one.holder == "dispatch"} == {
        "dispatch": 1,
        "dispatch-2027-11-01": 0,
    }
    with transaction(keys.owner) as session:
        session.execute(update(Delivery).values(status="delivered"))
    assert destroy_due(keys.house, later) == [Ended("dispatch", 0)]
    assert read_dispatch(keys.folder).pair.id == "dispatch-2027-11-01" and not read_dispatch(keys.folder).older
    assert not list(keys.folder.rglob("dispatch.*"))


def test_each_host_does_what_it_can(keys: Keys, tmp_path: Path) -> None:
    """The intake's host has public halves alone, and takes away those of dead months."""
    (keys.folder / "desk").rename(tmp_path / "on another host")
    (keys.folder / "dispatch").rename(tmp_path / "on a third")
    assert destroy_due(keys.house, DUE) == [] and show_keys(keys.house, DUE) == []
    assert sorted(read_intake(keys.folder).desk_months) == ["2026-12", "2027-01", "2027-12", "2028-01", "2028-02"]


def test_a_copy_in_a_vault_follows_the_record(keys: Keys, tmp_path: Path) -> None:
    vault = tmp_path / "vault" / "2027"
    vault.mkdir(parents=True)
    for name in ("2026-11.key", "2026-12.key", "index-2026-11.key", "index-2026-12.key"):
        (vault / name).write_bytes((keys.folder / "desk" / name).read_bytes())
    destroy_due(keys.house, DUE)
    assert destroy_copies(keys.house, tmp_path / "vault", dry_run=True) == ["2026-11", "index-2026-11"]
    assert destroy_copies(keys.house, tmp_path / "vault") == ["2026-11", "index-2026-11"]
    assert sorted(os.listdir(vault)) == ["2026-12.key", "index-2026-12.key"]


@pytest.mark.parametrize("killed_at", [1, 2])
@pytest.mark.parametrize("half_way", [False, True])
def test_a_round_that_is_killed_leaves_no_key_that_the_next_one_forgets(
    keys: Keys, killed_at: int, half_way: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Path] = []

    def killed(path: Path) -> bool:
        begun.append(path)
        if len(begun) == killed_at:
            if half_way:
                path.rename(path.with_name(f".destroyed-{path.name}"))
            raise KeyboardInterrupt
        return destroy_key(path)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("hotline.services.key_ends.destroy_key", killed)
        destroy_due(keys.house, DUE)
    ensure_keys(keys.folder, DUE.date())
    destroy_due(keys.house, DUE)
    assert not list(keys.folder.rglob("*2026-11.*"))
    assert [key_id for key_id, *_ in keys.records()] == ["2026-11"]


def test_a_lost_key_stops_nothing_else(keys: Keys) -> None:
    lost, fine = keys.put("2026-11"), keys.put("2026-12")
    (keys.folder / "desk" / "2026-11.key").unlink()
    assert rewrap_due(keys.house, DUE) == []
    assert destroy_due(replace(keys.house), DUE) == []
    assert keys.opens(lost) == [b""] * 7 and keys.opens(fine) == [TOLD] * 7
    assert isinstance(read_desk(keys.folder), DeskKeys) and read_intake(keys.folder).month(DUE.date()).id == "2027-12"
