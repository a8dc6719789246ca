"""People: adding them, checking passwords, slowing guesses."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Engine, select, update

from hotline.domain.errors import BadInput
from hotline.services.login_limit import FREE_TRIES, FREE_TRIES_TOGETHER, PAUSE, LoginLimit
from hotline.services.people import add_person, check_password, ensure_demo_people, find_account
from hotline.storage.session import transaction
from hotline.storage.tables import Person
from tests.conftest import NOW


def test_only_the_right_password_of_an_active_person_passes(desk_engine: Engine) -> None:
    account = add_person(desk_engine, "Anouk", "nachtdienst-1", "operator")
    found = check_password(desk_engine, " anouk ", "nachtdienst-1")
    assert found == account and find_account(desk_engine, account.id) == account
    assert check_password(desk_engine, "anouk", "nachtdienst-2") is None
    assert check_password(desk_engine, "niemand", "nachtdienst-1") is None
    with transaction(desk_engine) as session:
        session.execute(update(Person).values(active=False))
    assert check_password(desk_engine, "anouk", "nachtdienst-1") is None
    assert find_account(desk_engine, account.id) is None


def test_everything_that_is_wrong_is_said_at_once(desk_engine: Engine) -> None:
    with pytest.raises(BadInput) as wrong:
        add_person(desk_engine, "a b", "kort", "chief", "politie")
    assert set(wrong.value.errors) == {"username", "password", "role", "partner"}
    add_person(desk_engine, "anouk", "nachtdienst-1", "operator")
    with pytest.raises(BadInput) as taken:
        add_person(desk_engine, "ANOUK", "nachtdienst-1", "operator")
    assert set(taken.value.errors) == {"username"}


def test_an_old_hash_is_renewed_at_the_next_log_in(desk_engine: Engine) -> None:
    add_person(desk_engine, "anouk", "nachtdienst-1", "operator")
    old = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash("nachtdienst-1")
    with transaction(desk_engine) as session:
        session.execute(update(Person).values(password_hash=old))
    assert check_password(desk_engine, "anouk", "nachtdienst-1")
    with transaction(desk_engine) as session:
        assert session.scalars(select(Person.password_hash)).one() != old


def test_demo_people_follow_the_demo_password(desk_engine: Engine) -> None:
    ensure_demo_people(desk_engine, "eerste-woord")
    ensure_demo_people(desk_engine, "eerste-woord")
    ensure_demo_people(desk_engine, "tweede-woord")
    assert check_password(desk_engine, "operator", "eerste-woord") is None
    police = check_password(desk_engine, "politie", "tweede-woord")
    assert police and (police.role, police.partner) == ("partner", "politie")
    with transaction(desk_engine) as session:
        assert len(session.scalars(select(Person)).all()) == 6


def test_guesses_are_slowed_and_nobody_else_is_shut_out() -> None:
    limit = LoginLimit()
    for _ in range(FREE_TRIES):
        assert limit.wait("anouk", NOW) == timedelta(0)
        limit.failed("anouk", NOW)
    assert limit.wait("Anouk", NOW) == PAUSE
    assert limit.wait("anouk", NOW + PAUSE) == timedelta(0)
    assert limit.wait("operator", NOW) == timedelta(0)
    limit.passed("anouk")
    assert limit.wait("anouk", NOW) == timedelta(0)


def test_a_flood_over_many_names_slows_each_name_that_failed() -> None:
    limit = LoginLimit()
    for number in range(FREE_TRIES_TOGETHER):
        limit.failed(f"naam{number}", NOW)
    assert limit.wait("naam1", NOW) == PAUSE
    assert limit.wait("operator", NOW) == timedelta(0)
