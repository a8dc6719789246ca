"""Walks the ways in of a running installation as invented people who say what must not stay."""

from __future__ import annotations

import re

from hotline.canary.plants import Plants
from hotline.canary.site import Site
from hotline.domain.errors import HotlineError
from hotline.simulator.carrier import Call, NotListening
from hotline.simulator.exchange import Exchange
from hotline.simulator.text_phone import TextPhone

PLACE = "op de Markt bij de kiosk"
_MOST = 40
"""Questions of one conversation; the packaged flow asks half as many."""

_CODE = re.compile(r"meldcode is ((?:\d[ ,.]*){12})|(?<!\d)((?:\d{3} ){3}\d{3})(?!\d)")
_YES = re.compile(r"klopt[^.]*\? ja: toets (\d)|verder\? toets (\d)|klaar\? toets (\d)", re.IGNORECASE)
_NO = re.compile(r"nee[^.?]*: toets (\d)", re.IGNORECASE)
_WITHDRAW, _SURE = "De melding intrekken", "Ja"


class WalkError(HotlineError):
    """The installation could not be walked; the text says where it ended and what to do."""


def call(exchange: Exchange, plants: Plants) -> None:
    """One call: a place, then a story with a name, number and address of mail in it, then whatever is asked."""
    phone = Call(exchange, plants.numbers["caller"], _sent_with(plants, "caller"))
    words = iter((PLACE, _tell(plants, "caller", " ".join("0" + plants.numbers["caller"].removeprefix("+31")))))
    phone.dial()
    _check(exchange)
    since = 0
    for _ in range(_MOST):
        if phone.over or phone.listening is None:
            break
        said, since = " ".join(phone.heard[since:]), len(phone.heard)
        _note_code(plants, said)
        answer = _choose(said)
        try:
            if answer:
                phone.press(answer)
            elif (told := next(words, None)) is not None:
                phone.say(told)
            else:
                phone.press("#")
        except NotListening:
            phone.wait()
        _check(exchange)
    if not phone.over:
        phone.hang_up()


def text(exchange: Exchange, plants: Plants) -> None:
    """One thread of texts: the story first, then whatever is asked, then the word that ends it."""
    phone = TextPhone(exchange, plants.numbers["texter"], _sent_with(plants, "texter"))
    moves = (_tell(plants, "texter", plants.numbers["texter"]), "nee", "1", "1", PLACE, "week", "nee", "KLAAR")
    for move in moves:
        replies = phone.send(move)
        _check(exchange)
        _note_code(plants, " ".join(replies))


def fill_in(site: Site, plants: Plants) -> None:
    """The web form: the story, no danger, done."""
    site.open("/drugsmeldpunt")
    _expect(site, "text")
    plants.secrets.append(site.secret)
    site.send(text=_tell(plants, "visitor", plants.numbers["visitor"]), act="next")
    has_said_no = False
    for _ in range(_MOST):
        if site.code and site.code not in plants.codes:
            plants.codes.append(site.code)
        if not site.is_asked:
            return
        if not has_said_no and "Nee" in site.choices:
            has_said_no = True
            site.send(choice=site.choices["Nee"], act="next")
        else:
            site.send(act="done")
    raise WalkError("the web form did not come to an end")


def withdraw(site: Site, code: str) -> bool:
    """Take a report of this run back under its code; False where that is not offered."""
    site.open("/drugsmeldpunt/code")
    _expect(site, "code")
    site.send(code=code, act="next")
    for label in (_WITHDRAW, _SURE):
        if label not in site.choices:
            return False
        site.send(choice=site.choices[label], act="next")
    return True


def _tell(plants: Plants, who: str, number: str) -> str:
    name, mail, story = plants.words[f"name of the {who}"], plants.words[f"mail of the {who}"], plants.stories[who]
    return f"mijn naam is {name} en mijn nummer is {number}, mail naar {mail}: er staan elke avond jongens met {story}"


def _sent_with(plants: Plants, who: str) -> dict[str, str]:
    """What the carrier would send along about somebody."""
    city = plants.words["city"]
    more = {"FromCity": city, "CallerCity": city, "StirPassportToken": plants.words["carrier's field"]}
    return {"CallerName": plants.words[f"name of the {who}"], **more}


def _choose(said: str) -> str:
    """The key that goes on without danger: no rather than yes, but yes to what was understood; "" at an open question."""
    if "oets" not in said:
        return ""
    found = _YES.search(said) or _NO.search(said)
    return next(filter(None, found.groups()), "1") if found else "1"


def _note_code(plants: Plants, said: str) -> None:
    for match in _CODE.finditer(said):
        code = re.sub(r"\D", "", match[0].removeprefix("meldcode is"))
        if code not in plants.codes:
            plants.codes.append(code)


def _check(exchange: Exchange) -> None:
    """Raise WalkError for the first webhook that failed."""
    for alert in exchange.alerts:
        told = str(alert.refusal)
        if "403" in told:
            hint = "HOTLINE_TWILIO_AUTH_TOKENS or HOTLINE_PUBLIC_URL here are not the intake's"
        elif "no answer" in told:
            hint = (
                f"does the intake run at {exchange.public_url}? Set HOTLINE_PUBLIC_URL or PORT as it has them, or --at"
            )
        else:
            hint = "look at the intake's log"
        raise WalkError(f"the webhook {alert.path} failed ({told}): {hint}")


def _expect(site: Site, field: str) -> None:
    if site.page.status != 200 or not site.has_field(field):
        raise WalkError(f"the residents' page answered with status {site.page.status} and no field for `{field}`")
