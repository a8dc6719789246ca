"""Both web processes as apps, for looking at their routes; no database is ever asked."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

from config.settings import Settings, load_settings
from hotline.app import create_app
from hotline.domain.dayparts import local_day
from hotline.storage.keyfiles import ensure_keys

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def demo_settings(folder: Path, redis_url: str) -> Settings:
    """A demo's settings, with a database that does not exist."""
    partners = folder / "partners.yaml"
    partners.write_text(
        "partners: [{key: gemeente, name: Gemeente Maastricht, adapter: portal, receives: '*', role: primary}]"
    )
    return load_settings(
        {
            "HOTLINE_HOME": str(folder),
            "HOTLINE_DATABASE_URL": "postgresql://nobody@/nothing?host=/nowhere",
            "HOTLINE_REDIS_URL": redis_url,
            "HOTLINE_PARTNERS_FILE": str(partners),
            "HOTLINE_DEMO_PASSWORD": "a-password-for-tests",
            "HOTLINE_DEMO_PARTNER_SECRET": SECRET,
            "HOTLINE_SECRET_KEY": "for tests alone, and long enough to pass",
            "HOTLINE_TWILIO_AUTH_TOKENS": "a-token-that-signs-nothing-outside-the-tests",
        }
    )


def both_apps(folder: Path, redis_url: str) -> dict[str, Flask]:
    """`intake` and `desk`."""
    settings = demo_settings(folder, redis_url)
    ensure_keys(settings.keys, local_day(datetime.now(UTC)))
    return {
        "intake": create_app(settings, parts=("intake",)),
        "desk": create_app(settings, parts=("desk",)),
    }


def guard_of(app: Flask, rule: Rule) -> str | None:
    """Who a route lets in, as its view says, or for all its routes a blueprint."""
    view = app.view_functions[rule.endpoint]
    whole = app.blueprints.get(rule.endpoint.partition(".")[0])
    return getattr(view, "guard", None) or getattr(whole, "guard", None)


def methods_of(rule: Rule) -> list[str]:
    """What a route answers to, without what Flask adds."""
    return sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
