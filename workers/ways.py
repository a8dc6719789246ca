"""The ways out of the house: which adapter brings a parcel to which target."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from hotline.domain import erasure
from hotline.domain.attachments import Unreachable
from hotline.domain.partners import Partner
from hotline.domain.retry import Outcome
from hotline.services.dispatch import Parcel
from hotline.services.erasing import Erase
from hotline.services.fetching import Fetch
from hotline.services.house import DispatchHouse
from hotline.services.nudging import Post as TextPost
from workers.partners.port import PartnerAdapter
from workers.partners.portal import PortalAdapter
from workers.partners.webhook import Post, WebhookAdapter

stopping = threading.Event()
"""Set once by SIGTERM; a drain ends after the delivery in hand."""


def _have_no_twilio(kind: erasure.Kind, sid: str) -> erasure.Outcome:
    """What is noted stays, and becomes late."""
    return erasure.Outcome(erasure.Result.FAILED)


def _have_no_store(path: str) -> bytes:
    """What lies there waits."""
    raise Unreachable("no way to the telephone service")


@dataclass(frozen=True, slots=True)
class Runtime:
    """What a worker's process works with: the house, the ways to partners by key, the ways of an alarm, and Twilio.

    `texts` is how whoever asked for it is texted; None where nobody is. `quiet_until` says for an operator's alarm when it
    may sound again; a restarted process may at once.
    """

    house: DispatchHouse
    adapters: Mapping[str, PartnerAdapter]
    alarms: Mapping[str, PartnerAdapter]
    erase: Erase = _have_no_twilio
    fetch: Fetch = _have_no_store
    texts: TextPost | None = None
    quiet_until: dict[str, datetime] = field(default_factory=dict)

    def send(self, parcel: Parcel) -> Outcome:
        """One attempt at whatever the parcel's target is."""
        ways = self.alarms if parcel.kind == "alarm" else self.adapters
        way = ways.get(parcel.target)
        if way is None:
            return Outcome(False, "Deze bestemming is hier niet ingesteld.", permanent=True)
        return way.deliver(parcel, self.house.clock())


def build_adapters(partners: Iterable[Partner], oin: str, post: Post) -> dict[str, PartnerAdapter]:
    """The way to each partner; where an adapter does not exist yet there is none, and deliveries fail with a reason."""
    ways: dict[str, PartnerAdapter] = {}
    for partner in partners:
        if partner.adapter == "webhook":
            ways[partner.key] = WebhookAdapter(partner, oin, post)
        elif partner.adapter == "portal":
            ways[partner.key] = PortalAdapter()
    return ways
