"""Reads the environment and collects every mistake, so that all are named at once."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from config.places import secret_file
from config.settings import DEMO_ACCOUNT, Settings, host_of

_MADE = {
    "HOTLINE_SECRET_KEY": "secret-key",
    "HOTLINE_TWILIO_AUTH_TOKENS": "twilio-auth-token",
    "HOTLINE_DEMO_PASSWORD": "demo-password",
    "HOTLINE_DEMO_PARTNER_SECRET": "partner-politie",
}
"""The secrets that a demo makes for itself, and the files they are in."""

KNOWN = frozenset(
    (
        "HOTLINE_MODE",
        "HOTLINE_PUBLIC_URL",
        "HOTLINE_DESK_URL",
        "HOTLINE_SMS_NUMBER",
        "HOTLINE_VOICE_NUMBER",
        "HOTLINE_KEYS",
        "HOTLINE_HOME",
        "HOTLINE_DATABASE_URL",
        "HOTLINE_REDIS_URL",
        "HOTLINE_TWILIO_ACCOUNT_SID",
        "HOTLINE_TWILIO_AUTH_TOKENS",
        "HOTLINE_TWILIO_API_URL",
        "HOTLINE_DEMO_PASSWORD",
        "HOTLINE_DEMO_PARTNER_SECRET",
        "HOTLINE_PARTNERS_FILE",
        "HOTLINE_LINES_FILE",
        "HOTLINE_RETENTION_FILE",
        "HOTLINE_SECRET_KEY",
        "HOTLINE_OIN",
        "HOTLINE_ALARM_EMAIL",
        "HOTLINE_ALARM_WEBHOOK",
        "HOTLINE_ALARM_SECRET",
        "HOTLINE_SMTP_URL",
        "HOTLINE_VOICEMAIL",
        "HOTLINE_PICTURES",
    )
)
"""Every variable that means something; each may also come as `…_FILE`."""

_NUMBER = re.compile(r"\+[1-9]\d{7,14}")
_WEAK = ("changeme", "change-me", "secret", "password", "example", "geheim", "wachtwoord", "0123456789", "abcdef0123")


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine alone."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Reader:
    """One reading of one environment; `errors` holds what is wrong, in the order of the variables."""

    def __init__(self, environ: Mapping[str, str], root: Path) -> None:
        self.errors: list[str] = []
        self._environ = environ
        self._root = root
        self._home = Path(environ.get("HOTLINE_HOME") or ".hotline")
        if not self._home.is_absolute():
            self._home = root / self._home
        mode = environ.get("HOTLINE_MODE") or "demo"
        if mode not in ("demo", "production"):
            self.errors.append(f"HOTLINE_MODE is {mode!r}: use demo or production.")
        self._demo = mode != "production"

    def read(self) -> Settings | None:
        """The settings, or None when something that everything else hangs on is wrong."""
        port = self._port()
        base = f"http://localhost:{port}" if self._demo else ""
        desk = f"http://localhost:{port + 1}" if self._demo else ""
        if not self._demo and self._get("HOTLINE_DEMO_PASSWORD"):
            self.errors.append("HOTLINE_DEMO_PASSWORD is set: production has no demo accounts; unset it.")
        partner_secret = self._secret("HOTLINE_DEMO_PARTNER_SECRET") if self._demo else ""
        alarm_default = f"http://127.0.0.1:{port + 2}/alarm" if self._demo else ""
        alarm_webhook = self._get("HOTLINE_ALARM_WEBHOOK") or alarm_default
        return Settings(
            mode="demo" if self._demo else "production",
            home=self._home,
            port=port,
            public_url=self._url("HOTLINE_PUBLIC_URL", base),
            desk_url=self._url("HOTLINE_DESK_URL", desk),
            sms_number=self._number("HOTLINE_SMS_NUMBER", "+3197000000000" if self._demo else ""),
            voice_number=self._number("HOTLINE_VOICE_NUMBER", "+31433505111"),
            keys=self._keys(),
            key_service=self._key_service(),
            external_database_url=self._database(),
            external_redis_url=self._redis(),
            twilio_account_sid=self._account(),
            twilio_auth_tokens=self._tokens(),
            twilio_api_url=self._twilio_api(base),
            secret_key=self._secret("HOTLINE_SECRET_KEY"),
            demo_password=self._secret("HOTLINE_DEMO_PASSWORD", shortest=8) if self._demo else "",
            demo_partner_secret=partner_secret,
            partners_file=self._file("HOTLINE_PARTNERS_FILE", "config/partners.yaml"),
            lines_file=self._file("HOTLINE_LINES_FILE", "config/lines.yaml"),
            retention_file=self._file("HOTLINE_RETENTION_FILE", "config/retention.yaml"),
            oin=self._oin(),
            alarm_email=self._get("HOTLINE_ALARM_EMAIL"),
            alarm_webhook=alarm_webhook,
            alarm_secret=self._alarm_secret(alarm_webhook, partner_secret),
            smtp_url=self._smtp(),
            takes_voice=self._switch("HOTLINE_VOICEMAIL"),
            takes_pictures=self._switch("HOTLINE_PICTURES"),
        )

    def _twilio_api(self, base: str) -> str:
        """In a demo the simulator stands in for Twilio."""
        name = "HOTLINE_TWILIO_API_URL"
        value = self._get(name) or (f"{base}/simulator/twilio" if self._demo else "https://api.twilio.com")
        scheme, host = urlsplit(value).scheme if _parses(value) else "", host_of(value)
        if scheme not in ("http", "https") or not host:
            self.errors.append(f"{name} must be http(s)://host[:port], with or without a path.")
        elif self._demo and not is_loopback(host):
            self.errors.append(f"{name} names {host}, but demo mode stays on this machine.")
        elif not self._demo and scheme != "https":
            self.errors.append(f"{name} is plain http: production needs https://.")
        return value

    def _get(self, name: str) -> str:
        value, path = self._environ.get(name, "").strip(), self._environ.get(f"{name}_FILE", "").strip()
        if value and path:
            self.errors.append(f"{name} and {name}_FILE are both set: keep one.")
        if value or not path:
            return value
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
            self.errors.append(f"{name}_FILE: {path} cannot be read ({reason}).")
            return ""

    def _check(self, name: str, default: str, is_good: Callable[[str], bool], wanted: str) -> str:
        value = self._get(name) or default
        if not value:
            self._missing(name, wanted)
        elif not is_good(value):
            self.errors.append(f"{name} is not {wanted}.")
        return value

    def _missing(self, name: str, wanted: str) -> None:
        if not any(error.startswith(f"{name}_FILE") for error in self.errors):
            self.errors.append(f"{name} is not set: it must be {wanted}.")

    def _port(self) -> int:
        text = self._get("PORT") or "8000"
        if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65533:
            self.errors.append(
                "PORT must be a number from 1 to 65533 (the desk takes the next one, the demo partner the one after)."
            )
            return 8000
        return int(text)

    def _url(self, name: str, default: str) -> str:
        value = (self._get(name) or default).rstrip("/")
        scheme, host = urlsplit(value).scheme if _parses(value) else "", host_of(value)
        if not value:
            self._missing(name, "an https:// address")
        elif scheme not in ("http", "https") or not host or urlsplit(value).path or urlsplit(value).query:
            self.errors.append(f"{name} must be http(s)://host[:port] without a path.")
        elif self._demo and not is_loopback(host):
            self.errors.append(
                f"{name} names {host}, but demo mode stays on this machine: use localhost, or HOTLINE_MODE=production."
            )
        elif not self._demo and scheme != "https":
            self.errors.append(f"{name} is plain http: production needs https://.")
        elif not self._demo and is_loopback(host):
            self.errors.append(f"{name} names this machine: production needs the address the outside uses.")
        return value

    def _number(self, name: str, default: str) -> str:
        return self._check(name, default, lambda v: bool(_NUMBER.fullmatch(v)), "a number like +31433505111")

    def _secret(self, name: str, shortest: int = 32) -> str:
        value = self._get(name)
        if not value and self._demo:
            value = _made(self._home, name)
            return value
        if not value:
            self._missing(name, f"a random secret of {shortest} characters or more")
        elif not self._demo and is_weak(value, shortest):
            self.errors.append(f"{name} is too weak: use {shortest} random characters or more.")
        return value

    def _keys(self) -> Path:
        text = self._get("HOTLINE_KEYS")
        path = Path(text) if text and "://" not in text else self._home / "keys"
        return path if path.is_absolute() else self._root / path

    def _key_service(self) -> Path | None:
        text = self._get("HOTLINE_KEYS")
        if "://" not in text:
            return None
        scheme, _, path = text.partition("://")
        if scheme != "unix" or not path.startswith("/"):
            self.errors.append("HOTLINE_KEYS must be a folder, or a key service as unix:///path/to/socket.")
        if not self._get("HOTLINE_DATABASE_URL"):
            self.errors.append("HOTLINE_DATABASE_URL is not set: with a key service the embedded database has no keys.")
        return Path(path)

    def _account(self) -> str:
        value = self._check(
            "HOTLINE_TWILIO_ACCOUNT_SID",
            DEMO_ACCOUNT if self._demo else "",
            lambda v: bool(re.fullmatch(r"AC[0-9a-f]{32}", v)),
            "an account SID: AC and 32 hexadecimal digits",
        )
        if self._demo and value != DEMO_ACCOUNT:
            self.errors.append(
                "HOTLINE_TWILIO_ACCOUNT_SID names a real account: demo mode refuses it; use HOTLINE_MODE=production."
            )
        if not self._demo and value == DEMO_ACCOUNT:
            self.errors.append("HOTLINE_TWILIO_ACCOUNT_SID is the demo's: production needs a real account.")
        return value

    def _tokens(self) -> tuple[str, ...]:
        name = "HOTLINE_TWILIO_AUTH_TOKENS"
        value = self._get(name) or (_made(self._home, name) if self._demo else "")
        tokens = tuple(part.strip() for part in value.split(",") if part.strip())
        if not tokens and not self._demo:
            self._missing(name, "the auth token (comma-separated during rotation)")
        elif not self._demo and any(is_weak(token, 32) for token in tokens):
            self.errors.append(f"{name} holds a weak token: Twilio's have 32 hexadecimal digits.")
        return tokens

    def _database(self) -> str:
        value = self._get("HOTLINE_DATABASE_URL")
        scheme, _, rest = value.partition("://")
        if not value:
            return ""
        if scheme not in ("postgres", "postgresql", "postgresql+psycopg") or not rest:
            self.errors.append("HOTLINE_DATABASE_URL must be postgresql://user:password@host/database.")
        return f"postgresql+psycopg://{rest}"

    def _redis(self) -> str:
        value = self._get("HOTLINE_REDIS_URL")
        if not value:
            return ""
        known = {"redis": "redis", "rediss": "rediss", "unix": "unix", "valkey": "redis", "valkeys": "rediss"}
        known["valkey+unix"] = "unix"
        scheme, _, rest = value.partition("://")
        if scheme not in known or not rest:
            self.errors.append("HOTLINE_REDIS_URL must be redis://, rediss:// or unix:// and an address.")
        return f"{known.get(scheme, scheme)}://{rest}"

    def _file(self, name: str, default: str) -> Path:
        path = Path(self._get(name) or default)
        path = path if path.is_absolute() else self._root / path
        if not path.is_file():
            self.errors.append(f"{name}: there is no file {path}.")
        return path

    def _oin(self) -> str:
        value = self._check(
            "HOTLINE_OIN", "0" * 20 if self._demo else "", lambda v: bool(re.fullmatch(r"\d{20}", v)), "20 digits"
        )
        if not self._demo and value == "0" * 20:
            self.errors.append("HOTLINE_OIN is the demo's: production needs the organisation's own number.")
        return value

    def _alarm_secret(self, webhook: str, partner_secret: str) -> str:
        value = self._get("HOTLINE_ALARM_SECRET") or partner_secret
        if webhook and urlsplit(webhook).scheme != "https" and not self._demo:
            self.errors.append("HOTLINE_ALARM_WEBHOOK is plain http: production needs https://.")
        if webhook and not self._demo and is_weak(value, 32):
            self.errors.append("HOTLINE_ALARM_SECRET must be the whsec_… secret that signs HOTLINE_ALARM_WEBHOOK.")
        if not webhook and not self._get("HOTLINE_ALARM_EMAIL"):
            self.errors.append("HOTLINE_ALARM_EMAIL and HOTLINE_ALARM_WEBHOOK are not set: danger must ring somewhere.")
        return value

    def _switch(self, name: str) -> bool:
        """On or off; on needs a telephone service from which what was left there is fetched, and the simulator is none."""
        value, api = self._get(name) or "off", self._get("HOTLINE_TWILIO_API_URL")
        if value not in ("on", "off"):
            self.errors.append(f"{name} must be on or off.")
        if value == "on" and self._demo and not api:
            self.errors.append(
                f"{name} is on, but a demo has no telephone service: set HOTLINE_TWILIO_API_URL to a mock of one."
            )
        return value == "on"

    def _smtp(self) -> str:
        value = self._get("HOTLINE_SMTP_URL")
        if value and (not value.startswith(("smtp://", "smtps://")) or not host_of(value)):
            self.errors.append("HOTLINE_SMTP_URL must be smtp://host:port or smtps://host:port.")
        if self._get("HOTLINE_ALARM_EMAIL") and not value:
            self._missing("HOTLINE_SMTP_URL", "the mail server that carries HOTLINE_ALARM_EMAIL")
        return value


def is_weak(value: str, shortest: int) -> bool:
    """Short, repetitive, or a word from an example."""
    folded = value.lower()
    return len(value) < shortest or len(set(value)) < min(8, shortest) or any(word in folded for word in _WEAK)


def _parses(url: str) -> bool:
    try:
        return urlsplit(url).port is None or True
    except ValueError:
        return False


def _made(home: Path, name: str) -> str:
    try:
        return secret_file(home, _MADE[name]).read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return ""  # before the first start
