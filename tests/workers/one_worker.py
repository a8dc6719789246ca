"""A worker for tests: `python -m tests.workers.one_worker DATABASE_URL PRIVATE_KEY PARTNER_URL` drains once."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import redis

from hotline.anonymity.keyring import DispatchKeys, pair_of
from hotline.domain.partners import Partner
from hotline.services.dispatch import drain
from hotline.services.house import DispatchHouse
from hotline.services.wakeup import Bell
from hotline.storage.session import open_engine
from tests.workers.endpoint import SECRET
from workers.partners.webhook import Post
from workers.ways import Runtime, build_adapters


def main() -> None:
    """Drain, with the real adapter."""
    database_url, private, partner_url = sys.argv[1:4]
    keys = DispatchKeys(pair_of("dispatch", bytes.fromhex(private)))
    house = DispatchHouse(open_engine(database_url), lambda: keys, Bell(redis.Redis()), lambda: datetime.now(UTC))
    partners = (Partner("politie", "Politie", "webhook", url=partner_url, secret=SECRET),)
    runtime = Runtime(house, build_adapters(partners, "0" * 20, Post(allow_private=True)), {})
    drain(house, runtime.send)


if __name__ == "__main__":
    main()
