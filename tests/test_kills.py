"""A short run of kills.py; the long one is a script."""

from __future__ import annotations

import random

import kills
import pytest


@pytest.mark.parametrize("two_renames", [False, True])
def test_a_build_killed_where_it_publishes_leaves_one_whole_site_and_no_rubbish(tmp_path, two_renames):
    place = kills.make_place(tmp_path / "portal", two_renames)
    assert sum(kills.run(place, 1, random.Random(2), say=False).values()) == 1
