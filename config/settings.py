"""The settings of an installation, read from its environment and refused as a whole when one is wrong.

A plain dataclass: pydantic-settings costs 22 MB in each of the five processes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote, urlencode, urlsplit

from config.places import Places, find_places, password_file

Holder = Literal["owner", "intake", "desk", "dispatch", "retain"]
Mode = Literal["demo", "production"]

ROOT = Path(__file__).resolve().parent.parent
DEMO_ACCOUNT = "AC" + "0" * 32


class SettingsError(Exception):
    """Everything that is wrong with the settings, one sentence each; never a secret's value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(["The settings are wrong:", *(f"  - {problem}" for problem in problems)]))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What `interfaces.md` calls the environment, with its defaults filled in. Secrets stay out of the repr."""

    mode: Mode
    home: Path
    port: int
    public_url: str
    desk_url: str
    sms_number: str
    voice_number: str
    keys: Path
    key_service: Path | None = None
    external_database_url: str = field(default="", repr=False)
    external_redis_url: str = field(default="", repr=False)
    twilio_account_sid: str
    twilio_auth_tokens: tuple[str, ...] = field(repr=False)
    twilio_api_url: str
    secret_key: str = field(repr=False)
    demo_password: str = field(default="", repr=False)
    demo_partner_secret: str = field(default="", repr=False)
    partners_file: Path
    lines_file: Path
    retention_file: Path
    oin: str
    alarm_email: str
    alarm_webhook: str
    alarm_secret: str = field(repr=False)
    smtp_url: str = field(repr=False)
    takes_voice: bool = False
    takes_pictures: bool = False

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"

    @property
    def desk_port(self) -> int:
        """The desk listens at the next port."""
        return self.port + 1

    @property
    def partner_port(self) -> int:
        """The demo partner listens at the one after."""
        return self.port + 2

    @property
    def places(self) -> Places:
        """Where the embedded servers live."""
        return find_places(self.home)

    @property
    def embeds_database(self) -> bool:
        return not self.external_database_url

    @property
    def embeds_redis(self) -> bool:
        return not self.external_redis_url

    @property
    def redis_url(self) -> str:
        """A URL that redis-py and rq accept."""
        return self.external_redis_url or f"unix://{quote(str(self.places.valkey_socket))}"

    def database_url_for(self, holder: Holder) -> str:
        """SQLAlchemy's URL for one holder's login.

        Embedded: that holder's own login, password read from its key folder. An external server: the one URL given,
        and everybody but the owner steps down to its role.
        """
        if self.external_database_url:
            if holder == "owner":
                return self.external_database_url
            joint = "&" if "?" in self.external_database_url else "?"
            step_down = urlencode({"options": f"-c role=hotline_{holder}"}, quote_via=quote)
            return f"{self.external_database_url}{joint}{step_down}"
        path = password_file(self.keys, holder)
        try:
            password = path.read_text(encoding="ascii").strip()
        except OSError as error:
            raise SettingsError([f"{path} cannot be read ({error.strerror}): `hotline up` makes it."]) from None
        # require_auth: who takes over the socket's folder cannot ask for the password in clear
        query = urlencode({"host": str(self.places.sockets), "require_auth": "scram-sha-256"}, quote_via=quote)
        return f"postgresql+psycopg://hotline_{holder}:{quote(password)}@/hotline?{query}"


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings that `environ` describes; raises SettingsError with every mistake at once.

    Reads the files that `HOTLINE_…_FILE` names and, in demo mode, the secrets that `hotline up` made (empty before the first start).
    """
    from config.reading import Reader  # the rules; a module of its own, so that this one stays a description

    reader = Reader(environ, ROOT)
    settings = reader.read()
    if reader.errors or settings is None:
        raise SettingsError(reader.errors)
    return settings


def host_of(url: str) -> str:
    """The host of a URL, lower case; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
