"""`python -m bench`: measures one run and writes `bench/RESULTS.md`."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.driver import CONNECTIONS, Call, Cost, Driver, pss_of
from bench.house import open_house
from bench.parts import Part, measure_parts
from bench.starting import seconds_to_first_call

CALLS = 600
WITH_CODE = 120
BARE = 6000
WARM = 60
GOAL = 12.0

_PLACE = {"SpeechResult": "op de Markt bij de kiosk", "Confidence": "0.91"}
_WHAT = {
    "SpeechResult": "er staan elke avond drie jongens met scooters te dealen bij het portiek, ze verkopen zakjes aan "
    "mensen in auto's met Belgische kentekens en ze schreeuwen tot diep in de nacht",
    "Confidence": "0.88",
}
_SHARED: tuple[tuple[str, dict[str, str]], ...] = (
    ("incoming call: opens the conversation", {}),
    ("key turn: danger? no", {"Digits": "2"}),
    ("key turn: report", {"Digits": "1"}),
    ("key turn: the promise heard", {"Digits": "1"}),
    ("key turn: category", {"Digits": "1"}),
    ("speech turn: the place", _PLACE),
)
_LATER = (
    ("key turn: place confirmed", {"Digits": "1"}),
    ("key turn: code heard", {"Digits": "1"}),
    ("**speech turn: what is happening**", _WHAT),
)


def play(driver: Driver) -> tuple[Cost, list[Cost]]:
    """The bare route before and after (the mean counts), and each turn of many calls."""
    for name, fields in (*_SHARED, *_LATER) if (warm := [Call() for _ in range(WARM)]) else ():
        driver.take_turn(name, warm, dict(fields))
    first = driver.take_bare(BARE)
    calls = [Call() for _ in range(CALLS)]
    costs = [driver.take_turn(name, calls, dict(fields)) for name, fields in _SHARED]
    # Argon2id makes one of these turns 20 times dearer, so fewer calls take it.
    calls = calls[:WITH_CODE]
    costs += [driver.take_turn(name, calls, dict(fields)) for name, fields in _LATER]
    last = driver.take_bare(BARE)
    means = ((a + b) / 2 for a, b in zip(_numbers(first), _numbers(last), strict=True))
    return Cost(first.name, 2 * BARE, *means), costs


def _numbers(cost: Cost) -> tuple[float, ...]:
    return cost.web, cost.postgres, cost.valkey, cost.per_second


def main() -> None:
    """Measure, print and write."""
    with open_house() as house:
        bare, costs = play(Driver(house))
        memory = {name: pss_of(getattr(house, name)) for name in ("web", "postgres", "valkey")}
    start = seconds_to_first_call()
    parts = measure_parts()
    text = _write(bare, costs, parts, memory, start)
    print(text)
    Path(__file__).with_name("RESULTS.md").write_text(text, encoding="utf-8")
    dearest = max(one.all / bare.all for one in costs if "**" in one.name)
    missed = [f"{one.name}: {one.cost:.0f} µs, more than {one.goal:g}" for one in parts if one.cost > one.goal]
    if dearest > GOAL:
        missed.append(f"a full speech turn costs {dearest:.1f} × the bare route, more than {GOAL:g}")
    sys.exit("\n".join(missed) or 0)


def _write(
    bare: Cost,
    costs: list[Cost],
    parts: tuple[Part, ...],
    memory: dict[str, float],
    start: tuple[float, float] | None,
) -> str:
    rows = [_row(one, bare) for one in (bare, *costs)]
    packages = ", ".join(f"{name} {version(name)}" for name in ("flask", "granian", "sqlalchemy", "psycopg"))
    pure = "\n".join(f"| {one.name} | {one.cost:.0f} | {one.goal:g} |" for one in parts)
    used = "\n".join(f"| {name} | {size:.0f} |" for name, size in memory.items())
    began = (
        "not measured in this run" if start is None else f"{start[0]:.1f} s with an empty home, {start[1]:.1f} s again"
    )
    return f"""# Speed, measured

Made by `make bench` on {datetime.now(UTC):%-d %B %Y}: {platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release()},
Python {platform.python_version()}, {packages}. {CONNECTIONS} connections kept open, one granian worker with 4 threads,
PostgreSQL with durable commits on the same machine.

| request | requests | web µs | PostgreSQL µs | Valkey µs | × bare, web alone | × bare, all | a second |
|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}

| pure part, in one process | µs | at most |
|---|---|---|
{pure}

| process tree | PSS, MB |
|---|---|
{used}

From `hotline up` to the first answered call: {began}.

## How to read this
- The numbers are CPU time per request, from the servers' own accounts, without the driver's. CPU time and ratios of one
  run can be compared; "a second" cannot, since driver and servers share the cores.
- *Bare* is a plain Flask application that answers a constant, in the same server process, with none of our hooks.
- A turn is the whole of it: signature, keys of the day, engine, scrubbing, sealing, one read, one durable statement,
  TwiML. **What is happening** is the heaviest ordinary turn and the one the goal of {GOAL:g} × is about.
- One turn of a call offers the report code and derives its key with Argon2id (19 MiB, two passes). That is dear on
  purpose and happens once a call; it stands in its own row and is left out of nothing but the goal.
"""


def _row(one: Cost, bare: Cost) -> str:
    web, everything = one.web / bare.web, one.all / bare.all
    numbers = (
        f"{one.web:.0f} | {one.postgres:.0f} | {one.valkey:.0f} | {web:.1f} | {everything:.1f} | {one.per_second:.0f}"
    )
    return f"| {one.name} | {one.requests} | {numbers} |"


if __name__ == "__main__":
    main()
