"""Say a share in people: 41.9 % is about 4 in every 10.

In:  a share in per cent or a rate, as a number, and the base: 10 or 100.
Out: the words; or `Unsayable`, when they would be false: none of ten, ten of ten, a share just between two numbers.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

IN_HUNDRED = {"percent": Decimal(1), "per-10000-children": Decimal(100), "per-1000-young-people": Decimal(10)}


class Unsayable(Exception):
    """Why the words would say something false."""


def say_share(value: str, unit: str, base: int) -> str:
    """`value` as it stands in its cell, so that nothing is lost before it is rounded."""
    if unit not in IN_HUNDRED:
        raise Unsayable(f"its unit, {unit}, is no share")
    exact = Decimal(value) / IN_HUNDRED[unit] * base / 100
    whole = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if exact % 1 == Decimal("0.5"):
        raise Unsayable(f"it lies just between {whole - 1} and {whole} in every {base}")
    if not 0 < whole < base:
        raise Unsayable(f"it would say {whole} in every {base}, which is {'nobody' if whole <= 0 else 'everybody'}")
    return f"{'' if exact == whole else 'about '}{whole} in every {base}"
