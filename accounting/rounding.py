"""四舍五入: rounding as statistical tables round, half away from zero, decided on decimal digits.

Python's `round` rounds half to even and sees 2.675 as 2.67499999…; a yearbook prints 2.68. A number is first
written with 12 significant digits (more is floating-point noise), then rounded as a person would on paper.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal

SIGNIFICANT = 12
"""digits of a float that mean something here; the rest is noise of binary arithmetic"""


def round_half_up(value: float, decimals: int) -> float:
    """Return `value` at `decimals` places, halves away from zero; NaN and infinities pass through."""
    if not math.isfinite(value):
        return value
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(f"{value:.{SIGNIFICANT}g}").quantize(step, rounding=ROUND_HALF_UP))


def decimals_of(text: str) -> int:
    """Return how many decimals a printed number shows: 13 % has 0, 13.50 has 2; 0 where no number is printed."""
    number = first_number(text)
    return len(number.partition(".")[2])


def first_number(text: str) -> str:
    """Return the first unsigned number printed in a text, as text ('' if there is none)."""
    numbers = numbers_in(text)
    return numbers[0] if numbers else ""


def numbers_in(text: str) -> list[str]:
    """Return every unsigned number printed in a text, as text and in order."""
    found: list[str] = []
    current = ""
    for sign in f"{text.replace(',', '').replace('．', '.')} ":
        if sign.isascii() and (sign.isdigit() or (sign == "." and current)):
            current += sign
        elif current:
            found.append(current.rstrip("."))
            current = ""
    return found
