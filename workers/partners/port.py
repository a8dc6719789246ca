"""What every way of reaching a partner must offer."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from hotline.domain.retry import Outcome
from hotline.services.dispatch import Parcel


class PartnerAdapter(Protocol):
    """Makes one attempt and tells how it ended; never raises for what a partner does, never logs what it carries."""

    def deliver(self, parcel: Parcel, now: datetime) -> Outcome:
        """Bring the parcel. The same parcel may come again: `parcel.delivery_id` must let the partner see that."""
        ...
