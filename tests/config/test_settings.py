"""Settings: defaults, secrets from files, and every mistake named at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.settings import DEMO_ACCOUNT, SettingsError, load_settings

PRODUCTION = {
    "HOTLINE_MODE": "production",
    "HOTLINE_PUBLIC_URL": "https://lijn.example.org",
    "HOTLINE_DESK_URL": "https://desk.example.org",
    "HOTLINE_SMS_NUMBER": "+3197000000001",
    "HOTLINE_TWILIO_ACCOUNT_SID": "AC" + "9f" * 16,
    "HOTLINE_TWILIO_AUTH_TOKENS": "7c1e5a90b3d24f68e0a17c93d5b2f846",
    "HOTLINE_SECRET_KEY": "Qm3v-8Tz1_xKpL0wRyNcE7uHsGfDjB5a",
    "HOTLINE_OIN": "00000001234567890000",
    "HOTLINE_ALARM_WEBHOOK": "https://alarm.example.org/p0",
    "HOTLINE_ALARM_SECRET": "whsec_T4mZ9qLw2Xc7VbN1kR5yH8sJ3fG6dA0p",
}


def problems(environ: dict[str, str]) -> str:
    with pytest.raises(SettingsError) as caught:
        load_settings(environ)
    return "\n".join(caught.value.problems)


def test_a_demo_needs_no_variable_at_all(tmp_path: Path) -> None:
    settings = load_settings({"HOTLINE_HOME": str(tmp_path)})
    assert settings.is_demo
    assert (settings.public_url, settings.desk_url) == ("http://localhost:8000", "http://localhost:8001")
    assert settings.twilio_account_sid == DEMO_ACCOUNT
    assert settings.keys == tmp_path / "keys"
    assert settings.embeds_database
    assert settings.embeds_redis
    assert settings.redis_url.startswith("unix:///")
    assert settings.alarm_webhook == "http://127.0.0.1:8002/alarm"


def test_a_demo_erases_at_its_own_simulator_and_nowhere_outside() -> None:
    assert load_settings({"PORT": "9100"}).twilio_api_url == "http://localhost:9100/simulator/twilio"
    with pytest.raises(SettingsError, match="stays on this machine"):
        load_settings({"HOTLINE_TWILIO_API_URL": "https://api.twilio.com"})


def test_the_addresses_follow_the_port(tmp_path: Path) -> None:
    settings = load_settings({"HOTLINE_HOME": str(tmp_path), "PORT": "9100"})
    assert (settings.public_url, settings.desk_url) == ("http://localhost:9100", "http://localhost:9101")
    assert settings.partner_port == 9102


def test_production_starts_with_everything_set() -> None:
    settings = load_settings(PRODUCTION)
    assert not settings.is_demo
    assert settings.demo_password == ""
    assert settings.twilio_api_url == "https://api.twilio.com"


def test_production_names_everything_that_is_missing_at_once() -> None:
    said = problems({"HOTLINE_MODE": "production"})
    for name in set(PRODUCTION) - {"HOTLINE_MODE", "HOTLINE_ALARM_SECRET"}:
        assert name in said


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("HOTLINE_PUBLIC_URL", "http://lijn.example.org", "plain http"),
        ("HOTLINE_PUBLIC_URL", "https://localhost", "this machine"),
        ("HOTLINE_DESK_URL", "https://desk.example.org/desk", "without a path"),
        ("HOTLINE_DESK_URL", "https://[", "http(s)://host"),
        ("HOTLINE_SECRET_KEY", "changeme", "too weak"),
        ("HOTLINE_SECRET_KEY", "a" * 64, "too weak"),
        ("HOTLINE_TWILIO_AUTH_TOKENS", "kort", "weak token"),
        ("HOTLINE_TWILIO_ACCOUNT_SID", DEMO_ACCOUNT, "demo's"),
        ("HOTLINE_TWILIO_API_URL", "http://api.twilio.com", "plain http"),
        ("HOTLINE_TWILIO_API_URL", "api.twilio.com", "http(s)://host"),
        ("HOTLINE_DEMO_PASSWORD", "iets", "no demo accounts"),
        ("HOTLINE_OIN", "12", "20 digits"),
        ("HOTLINE_ALARM_SECRET", "", "HOTLINE_ALARM_SECRET"),
        ("HOTLINE_ALARM_WEBHOOK", "http://alarm.example.org", "plain http"),
        ("HOTLINE_ALARM_EMAIL", "nacht@example.org", "HOTLINE_SMTP_URL"),
        ("HOTLINE_SMTP_URL", "mail.example.org", "smtps://"),
        ("HOTLINE_DATABASE_URL", "mysql://x", "postgresql://"),
        ("HOTLINE_REDIS_URL", "http://x", "redis://"),
        ("HOTLINE_SMS_NUMBER", "0612", "a number like"),
        ("PORT", "http", "from 1 to 65533"),
        ("HOTLINE_PARTNERS_FILE", "/nowhere.yaml", "no file"),
        ("HOTLINE_KEYS", "kms://x", "must be a folder"),
    ],
)
def test_production_refuses(name: str, value: str, why: str) -> None:
    assert why in problems({**PRODUCTION, name: value})


def test_a_problem_never_shows_the_secret() -> None:
    said = problems({**PRODUCTION, "HOTLINE_SECRET_KEY": "geheim-van-ons", "HOTLINE_TWILIO_AUTH_TOKENS": "kort-token"})
    assert "geheim-van-ons" not in said
    assert "kort-token" not in said
    assert "7c1e5a90" not in repr(load_settings(PRODUCTION))


def test_a_demo_stays_on_this_machine() -> None:
    said = problems({"HOTLINE_PUBLIC_URL": "https://lijn.example.org", "HOTLINE_DESK_URL": "http://192.168.1.2"})
    assert "lijn.example.org" in said
    assert "192.168.1.2" in said
    assert "real account" in problems({"HOTLINE_TWILIO_ACCOUNT_SID": "AC" + "9f" * 16})


def test_a_wrong_mode_is_refused() -> None:
    assert "use demo or production" in problems({"HOTLINE_MODE": "test"})


def test_a_secret_can_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "key"
    secret.write_text(PRODUCTION["HOTLINE_SECRET_KEY"] + "\n")
    environ = {name: value for name, value in PRODUCTION.items() if name != "HOTLINE_SECRET_KEY"}
    settings = load_settings({**environ, "HOTLINE_SECRET_KEY_FILE": str(secret)})
    assert settings.secret_key == PRODUCTION["HOTLINE_SECRET_KEY"]
    assert "both set" in problems({**PRODUCTION, "HOTLINE_SECRET_KEY_FILE": str(secret)})
    assert str(tmp_path / "no") in problems({**environ, "HOTLINE_SECRET_KEY_FILE": str(tmp_path / "no")})


def test_tokens_rotate() -> None:
    two = "7c1e5a90b3d24f68e0a17c93d5b2f846, 0d9b8e7f6a5c4132f1e2d3c4b5a69788"
    assert len(load_settings({**PRODUCTION, "HOTLINE_TWILIO_AUTH_TOKENS": two}).twilio_auth_tokens) == 2


def test_an_external_database_is_entered_by_role() -> None:
    environ = {**PRODUCTION, "HOTLINE_DATABASE_URL": "postgres://app:pw@db.example.org/hotline?sslmode=require"}
    settings = load_settings(environ)
    assert not settings.embeds_database
    assert settings.database_url_for("owner") == "postgresql+psycopg://app:pw@db.example.org/hotline?sslmode=require"
    assert settings.database_url_for("intake").endswith("?sslmode=require&options=-c%20role%3Dhotline_intake")


def test_an_embedded_database_is_entered_with_the_holders_own_password(tmp_path: Path) -> None:
    settings = load_settings({"HOTLINE_HOME": str(tmp_path)})
    with pytest.raises(SettingsError, match=r"desk/database\.password"):
        settings.database_url_for("desk")
    (tmp_path / "keys" / "desk").mkdir(parents=True)
    (tmp_path / "keys" / "desk" / "database.password").write_text("a/b\n")
    url = settings.database_url_for("desk")
    assert url.startswith("postgresql+psycopg://hotline_desk:a%2Fb@/hotline?host=") or "hotline_desk:a/b@" in url
    assert url.endswith("require_auth=scram-sha-256")


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("valkey+unix:///run/valkey.sock", "unix:///run/valkey.sock"),
        ("valkey://cache.example.org", "redis://cache.example.org"),
        ("valkeys://cache.example.org", "rediss://cache.example.org"),
        ("rediss://cache.example.org", "rediss://cache.example.org"),
    ],
)
def test_redis_urls_become_what_the_client_knows(given: str, wanted: str) -> None:
    assert load_settings({"HOTLINE_REDIS_URL": given}).redis_url == wanted
