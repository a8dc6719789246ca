"""Builds the two web processes from the settings: the intake, which takes reports, and the desk, which reads them."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import redis
from flask import Flask, Response, redirect, request
from flask_talisman import Talisman
from flask_wtf import CSRFProtect
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.lines import lines_of
from config.neighbourhoods import load_gazetteer, names_of_neighbourhoods
from config.partners import load_partners
from config.settings import Settings
from hotline.domain.codes import make_code
from hotline.domain.lines import Line
from hotline.services import erasing
from hotline.services.dispatch import count_stuck
from hotline.services.flows import FlowShelf
from hotline.services.house import Clock, DeskHouse, IntakeHouse, utc_now
from hotline.services.judging import find_late
from hotline.services.lines import LineBoard
from hotline.services.release import hide_moment, hide_reaction, leave_at_once
from hotline.services.wakeup import Bell
from hotline.storage.daykeys import DayKeys, refuse_disk
from hotline.storage.keyfiles import read_intake, watch_desk, watch_intake
from hotline.storage.keyservice import key_source
from hotline.storage.migrate import is_current
from hotline.storage.outbox import Stuck
from hotline.storage.return_paths import ReturnPaths
from hotline.storage.session import open_engine
from hotline.storage.threads import Threads
from hotline.understanding.hints import hints
from hotline.web import api, desk, health, partner, public, sms, voice
from hotline.web.desk.errors import init_errors
from hotline.web.guards import open_to_all
from hotline.web.login import init_login
from hotline.web.metrics import LATE_ERASURES, WAITING_NUMBERS
from hotline.web.statement import read_statement
from hotline.web.twilio_guard import Carrier
from ivr_flows.load import load_script, read_sources

Part = Literal["intake", "desk"]

_ROOT = Path(__file__).parent.parent
_CONTENT_POLICY = {
    "default-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
    "object-src": "'none'",
}
_MAX_BODY = 64 * 1024


def create_app(settings: Settings, *, parts: Iterable[Part], clock: Clock = utc_now) -> Flask:
    """One process's application; refuses to start on a broken flow or partners file, or a Redis that writes to disk."""
    app = Flask("hotline.web", root_path=str(_ROOT / "hotline" / "web"))
    app.config.update(
        MAX_CONTENT_LENGTH=_MAX_BODY,
        SECRET_KEY=settings.secret_key,
    )
    app.extensions["hotline.clock"] = clock
    app.extensions["hotline.probes"], app.extensions["hotline.vital"] = {}, frozenset({"database", "keys"})
    open_to_all(app.view_functions["static"])
    _protect(app, settings)
    app.register_blueprint(health.blueprint)
    init_errors(app)
    client = redis.Redis.from_url(
        settings.redis_url,
        socket_timeout=2,
        socket_connect_timeout=2,
        retry=Retry(NoBackoff(), 0),  # a call waits for the answer: with Redis away, memory carries on at once
    )
    refuse_disk(client)
    app.extensions["hotline.probes"]["redis"] = lambda: "ok" if client.ping() else "no answer"
    if "intake" in parts:
        _add_intake(app, settings, client, clock)
    if "desk" in parts:
        _add_desk(app, settings, client, clock)
    return app


def _protect(app: Flask, settings: Settings) -> None:
    public = not settings.is_demo
    Talisman(
        app,
        force_https=False,  # the proxy in front ends TLS; production refuses a plain-http public URL
        strict_transport_security=public,
        session_cookie_secure=public,
        session_cookie_samesite="Lax",
        content_security_policy=_CONTENT_POLICY,
        referrer_policy="no-referrer",
    )


def _add_intake(app: Flask, settings: Settings, client: redis.Redis, clock: Clock) -> None:
    engine = open_engine(settings.database_url_for("intake"))
    lines, gazetteer = lines_of(settings), load_gazetteer()
    source = key_source(settings.keys, settings.key_service)
    flows = FlowShelf(engine, load_script(read_sources()), clock)
    app.extensions["hotline.intake"] = IntakeHouse(
        engine=engine,
        redis=client,
        keys=watch_intake(source).current,
        day_keys=DayKeys(client, clock=clock),
        threads=Threads(client),
        flows=flows,
        board=LineBoard(engine, clock),
        gazetteer=gazetteer,
        hints={"places": hints(gazetteer)},
        bell=Bell(client),
        make_code=lambda: make_code(secrets.randbelow(10**10)),
        is_demo=settings.is_demo,
        takes_voice=settings.takes_voice,
        takes_pictures=settings.takes_pictures,
    )
    app.extensions["hotline.lines"] = lines
    app.extensions["hotline.statement"] = read_statement((_ROOT / "docs" / "privacy-statement.md").read_text())
    app.extensions["hotline.carrier"] = Carrier(settings.public_url.rstrip("/"), settings.twilio_auth_tokens)
    app.extensions["hotline.probes"].update(
        database=lambda: "ok" if is_current(engine) else "not migrated: run `hotline db upgrade`",
        keys=lambda: "ok" if read_intake(source) else "missing",
        flow=flows.describe,
    )
    app.register_blueprint(voice.blueprint)
    app.register_blueprint(sms.blueprint)
    app.register_blueprint(public.blueprint)
    _point_to_desk(app, settings.desk_url.rstrip("/"))
    if settings.is_demo:
        _add_simulator(app, settings, lines)


def _point_to_desk(app: Flask, desk_url: str) -> None:
    @app.route("/desk", defaults={"rest": ""})
    @app.route("/desk/<path:rest>")
    @app.route("/partner", defaults={"rest": ""})
    @app.route("/partner/<path:rest>")
    @app.route("/api/<path:rest>", methods=["GET", "POST"])
    @open_to_all
    def at_the_desk(rest: str) -> Response:
        return redirect(desk_url + request.path, 307)  # type: ignore[return-value]


def _add_simulator(app: Flask, settings: Settings, lines: tuple[Line, ...]) -> None:
    from hotline.simulator.pages import simulator  # a telephone exists in demo mode only

    app.register_blueprint(
        simulator(
            public_url=settings.public_url.rstrip("/"),
            account_sid=settings.twilio_account_sid,
            auth_token=settings.twilio_auth_tokens[0],
            lines=lines,
        )
    )


def _tell_late(reports: int) -> str:
    return f"{reports} reports hold words that nobody judged for two days" if reports else "ok"


def _tell_stuck(stuck: Stuck) -> str:
    return "ok" if stuck.failed == stuck.overdue == 0 else f"{stuck.failed} failed, {stuck.overdue} overdue"


def _add_desk(app: Flask, settings: Settings, client: redis.Redis, clock: Clock) -> None:
    engine = open_engine(settings.database_url_for("desk"))
    source, gazetteer = key_source(settings.keys, settings.key_service), load_gazetteer()
    house = DeskHouse(
        engine=engine,
        keys=watch_desk(source).current,
        partners=load_partners(settings.partners_file),
        bell=Bell(client),
        clock=clock,
        lines=lines_of(settings),
        gazetteer=gazetteer,
        takes_voice=settings.takes_voice,
        takes_pictures=settings.takes_pictures,
    )
    app.extensions["hotline.desk"] = house
    app.extensions["hotline.probes"].update(
        database=lambda: "ok" if is_current(engine) else "not migrated: run `hotline db upgrade`",
        keys=lambda: "ok" if house.keys().months else "missing",
        deliveries=lambda: _tell_stuck(count_stuck(house, clock())),
        words=lambda: _tell_late(len(find_late(house, clock()))),
        erasing=lambda: "ok" if not (late := erasing.count_late(engine, clock())) else f"{late} late",
    )
    app.extensions["hotline.gauges"] = {
        LATE_ERASURES: lambda: erasing.count_late(engine, clock()),
        WAITING_NUMBERS: ReturnPaths(client).count,
    }
    init_login(app)
    CSRFProtect(app).exempt(api.blueprint)
    neighbourhoods = names_of_neighbourhoods(gazetteer)
    delay = leave_at_once if settings.is_demo else hide_moment(random.random)
    reaction_delay = leave_at_once if settings.is_demo else hide_reaction(random.random)
    app.register_blueprint(
        desk.create_blueprint(delay=delay, reaction_delay=reaction_delay, neighbourhoods=neighbourhoods)
    )
    app.register_blueprint(partner.blueprint)
    app.register_blueprint(api.blueprint)
