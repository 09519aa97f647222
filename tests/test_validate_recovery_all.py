"""Every table of a size, against what trying all numbers finds: nothing that can be worked out stays unseen, and
nothing is accused that leaves two possibilities.
"""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from make import make_plain

from portal.validate.recovery.given_away import check_recovery

SMALL = 5


@st.composite
def tables(draw):
    """A table of counts with both margins, some of its inner cells hidden: up to six, of 1 to 5 or larger."""
    rows, columns = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    counts = [[draw(st.integers(0, 12)) for _ in range(columns)] for _ in range(rows)]
    inner = [(r, c) for r in range(rows) for c in range(columns) if counts[r][c]]
    hidden = draw(st.lists(st.sampled_from(inner), unique=True, max_size=6)) if inner else []
    return counts, sorted(hidden)


def write(counts, hidden, mark):
    names = [f"group {number}" for number in range(len(counts[0]))]
    lines = [",".join(["area", *names, "total"])]
    for r, row in enumerate(counts):
        cells = [mark if (r, c) in hidden else str(value) for c, value in enumerate(row)]
        lines.append(",".join([f"area {r}", *cells, str(sum(row))]))
    sums = [sum(column) for column in zip(*counts, strict=True)]
    lines.append(",".join(["Total", *(str(value) for value in sums), str(sum(sums))]))
    return "\n".join(lines) + "\n", [*names, "total"]


def unique_by_trying(counts, hidden, most):
    """The hidden cells that have one value in all ways to fill the table, each at least 1."""
    rows = [sum(counts[r][c] for r, c in hidden if r == row) for row in range(len(counts))]
    sums = [sum(counts[r][c] for r, c in hidden if c == column) for column in range(len(counts[0]))]
    ways = list(fill(hidden, most, rows, sums))
    return {cell for i, cell in enumerate(hidden) if len({way[i] for way in ways}) == 1}


def fill(hidden, most, rows, sums):
    """`rows` and `sums`: what the hidden cells of each row and column add up to."""
    if not hidden:
        yield from [()] * (not any(rows) and not any(sums))
        return
    (r, c), *others = hidden
    for value in range(1, min(most, rows[r], sums[c]) + 1):
        left = [left - value * (i == r) for i, left in enumerate(rows)]
        below = [left - value * (i == c) for i, left in enumerate(sums)]
        if left[r] == 0 or any(row == r for row, _ in others):  # a row that is done must be used up
            yield from ((value, *rest) for rest in fill(others, most, left, below))


def found_by_us(counts, hidden, mark):
    text, names = write(counts, hidden, mark)
    dataset = make_plain(text, types=dict.fromkeys(names, "integer"))
    return {(p.line - 2, names.index(p.field)) for p in check_recovery(dataset) if p.code == "hidden-given-away"}


@settings(max_examples=25, deadline=None)
@given(tables())
def test_two_margins_give_away_what_trying_all_numbers_gives_away(table):
    counts, hidden = table
    assert found_by_us(counts, hidden, "c") == unique_by_trying(counts, hidden, 10**6)


@settings(max_examples=25, deadline=None)
@given(tables())
def test_a_mark_that_names_its_limits_gives_away_more(table):
    counts, hidden = table
    hidden = [(r, c) for r, c in hidden if counts[r][c] <= SMALL]
    assert found_by_us(counts, hidden, "1-5") == unique_by_trying(counts, hidden, SMALL)
