"""What neither axe nor the HTML checker asks: the site by keyboard alone, enlarged, and in a reader's own colours.

One page of each template is looked at; the checks are in access_checks.py, the journey in walk_journey.py.
"""

from __future__ import annotations

import access_checks as checks
import pytest
from walk_journey import travel_once


@pytest.mark.parametrize(
    ("scripted", "width", "dark"),
    [(True, 1280, False), (True, 320, True), (False, 1280, False)],
    ids=["on a desk", "on a phone in the dark", "without JavaScript"],
)
def test_a_reader_gets_from_home_to_a_download_by_keyboard_alone(browser, served_site, scripted, width, dark):
    legs = travel_once(browser, served_site, scripted, width, dark)
    assert [f"{leg.name}: {fault}" for leg in legs for fault in leg.faults] == []
    assert len(legs) == 5
    assert legs[-1].stops[-1] == "saved: looked-after-children.csv"
    if scripted:
        heard = [text for leg in legs for text in leg.announced]
        assert sum("Point " in text for text in heard) >= 7
