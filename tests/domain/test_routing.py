"""Which partners a report goes to."""

from __future__ import annotations

import pytest

from hotline.domain.partners import Partner
from hotline.domain.routing import route

POLICE = Partner("politie", "Politie", "webhook", receives=("dealing", "production"))
CITY = Partner("gemeente", "Gemeente", "portal", receives=("waste", "dealing"))
CARE = Partner("zorg", "Zorg", "portal", receives=("*",), role="information")


@pytest.mark.parametrize(
    ("category", "expected"),
    [
        ("dealing", (POLICE, CITY, CARE)),
        ("waste", (CITY, CARE)),
        ("production", (POLICE, CARE)),
        ("other", (CARE,)),
        ("", (CARE,)),
    ],
)
def test_each_category_goes_to_who_receives_it_in_the_order_of_the_file(
    category: str, expected: tuple[Partner, ...]
) -> None:
    assert route(category, (POLICE, CITY, CARE)) == expected
