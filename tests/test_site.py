"""What is written to the disk: addresses, search entries."""

from __future__ import annotations

import pytest

from portal.errors import PortalError
from portal.made import OutputFile


@pytest.fixture
def site():
    """The module; late, so that the rest of the tests run where mkdocs is missing."""
    from portal import site

    return site


def test_two_things_that_want_one_address_stop_the_build(site, tmp_path):
    with pytest.raises(PortalError, match="two things want this address"):
        site.write_files(tmp_path, [OutputFile("a.csv", b"1"), OutputFile("a.csv", b"2")])
