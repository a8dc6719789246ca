"""Reads the partners file and names every mistake in it with its line."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import cast, get_args
from urllib.parse import urlsplit

from config.places import secret_file
from config.yamlfile import Entry, MistakesError, read_root
from hotline.domain.partners import EVERYTHING, Adapter, Duty, Partner, Role, Sight
from hotline.domain.report import Category

_SECRETS = ("secret", "secret_env", "secret_file")
_FIELDS = {"key", "name", "adapter", "url", *_SECRETS, "receives", "sees", "role", "duty"}
_NEEDS_URL = {"webhook", "signalen", "open311", "zgw", "email"}


class PartnersError(MistakesError):
    """Everything that is wrong with the partners file."""


def load_partners(path: Path, environ: Mapping[str, str] | None = None) -> tuple[Partner, ...]:
    """The partners in the order of the file; raises PartnersError with every mistake at once.

    `secret_env` names a variable of `environ` (this process's own where it is None), `secret_file` a secret that the
    demo made, and `{partner_port}` in a `url` is the demo partner's port. Plain http is accepted in a demo only.
    """
    errors: list[str] = []
    root = read_root(path, errors)
    if root is None:
        raise PartnersError(errors)
    root.refuse_unknown({"partners"})
    reader = _Reader(os.environ if environ is None else environ)
    found: dict[str, Partner] = {}
    for entry in root.entries("partners"):
        partner = reader.read(entry)
        if partner and partner.key in found:
            entry.complain("key", f"{partner.key!r} is there twice")
        elif partner:
            found[partner.key] = partner
    if not found and not errors:
        errors.append(f"{path}:1: `partners` lists nobody, so no report could leave")
    if errors:
        raise PartnersError(errors)
    return tuple(found.values())


class _Reader:
    """Turns one entry into a partner, or complains."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ
        self._demo = environ.get("HOTLINE_MODE", "demo") != "production"
        port = environ.get("PORT") or "8000"
        self._partner_port = int(port) + 2 if port.isdecimal() else 8002
        self._home = Path(__file__).resolve().parent.parent / (environ.get("HOTLINE_HOME") or ".hotline")

    def read(self, entry: Entry) -> Partner | None:
        entry.refuse_unknown(_FIELDS)
        adapter = entry.choice("adapter", get_args(Adapter), default="")
        key = entry.text("key")
        if key and not re.fullmatch(r"[a-z][a-z0-9-]{1,30}", key):
            entry.complain("key", "must be 2 to 31 small letters, digits or dashes")
        receives = entry.list_or_scalar("receives", {*(str(c) for c in Category), EVERYTHING})
        if EVERYTHING in receives and len(receives) > 1:
            entry.complain("receives", "write '*' alone, or name the categories")
        return Partner(
            key=key,
            name=entry.text("name"),
            adapter=cast(Adapter, adapter),
            url=self._url(entry, adapter),
            secret=self._secret(entry, adapter),
            receives=receives,
            sees=frozenset(cast(tuple[Sight, ...], entry.list_or_scalar("sees", set(get_args(Sight)), needed=False))),
            role=cast(Role, entry.choice("role", get_args(Role), default="primary")),
            duty=self._duty(entry),
        )

    def _url(self, entry: Entry, adapter: str) -> str:
        url = entry.text("url", needed=False).replace("{partner_port}", str(self._partner_port))
        if url:
            self._check_url(entry, "url", url, adapter)
        elif adapter in _NEEDS_URL:
            entry.complain("adapter", f"an adapter `{adapter}` needs a `url`")
        return url

    def _check_url(self, entry: Entry, where: str, url: str, adapter: str) -> None:
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname, parts.port
        except ValueError:
            entry.complain(where, "is not an address")
            return
        if adapter == "email":
            if not re.fullmatch(r"mailto:[^@\s]+@[^@\s]+", url):
                entry.complain(where, "must be mailto:name@domain for an adapter `email`")
        elif parts.scheme not in ("http", "https") or not host:
            entry.complain(where, "must be an https:// address")
        elif parts.scheme == "http" and not self._demo:
            entry.complain(where, "is plain http; only a demo may use that")
        elif parts.username or parts.password:
            entry.complain(where, "must not carry a name or password")

    def _secret(self, entry: Entry, adapter: str) -> str:
        given = [name for name in _SECRETS if entry.has(name)]
        if len(given) > 1:
            entry.complain(given[1], f"give one of {', '.join(_SECRETS)}, not two")
        if not given:
            if adapter == "webhook":
                entry.complain("adapter", "an adapter `webhook` needs a `secret: whsec_…`, or `secret_env: NAME`")
            return ""
        secret = self._read_secret(entry, given[0])
        if adapter == "webhook" and secret and not all(_is_whsec(part.strip()) for part in secret.split(",")):
            entry.complain(given[0], "must be whsec_ and the base64 of 24 to 64 bytes (Standard Webhooks)")
        return secret

    def _read_secret(self, entry: Entry, name: str) -> str:
        value = entry.text(name)
        if name == "secret_env":
            if value and not self._environ.get(value):
                entry.complain(name, f"the variable {value} is not set")
            return self._environ.get(value, "")
        if name == "secret_file":
            try:
                return secret_file(self._home, value).read_text(encoding="ascii").strip()
            except OSError:
                entry.complain(name, "there is no such secret; `hotline up` makes it in a demo")
                return ""
        return value

    def _duty(self, entry: Entry) -> Duty:
        duty = entry.child("duty")
        if duty is None:
            return Duty()
        duty.refuse_unknown({"hours", "night", "phone"})
        night = duty.child("night")
        adapter = url = ""
        if night is not None:
            night.refuse_unknown({"adapter", "url"})
            adapter, url = night.choice("adapter", get_args(Adapter), default=""), night.text("url")
            if url:
                self._check_url(night, "url", url, adapter)
        phone = duty.text("phone", needed=False)
        if phone and not re.fullmatch(r"\+[1-9]\d{7,14}", phone):
            duty.complain("phone", "must be a number like '+31433505111', in quotes")
        return Duty(duty.text("hours", needed=False), cast(Adapter, adapter) if adapter else None, url, phone)


def _is_whsec(secret: str) -> bool:
    try:
        raw = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except (binascii.Error, ValueError):
        return False
    return secret.startswith("whsec_") and 24 <= len(raw) <= 64
