"""The rows of the last page: who filled in, who checked, who heads the unit."""

from __future__ import annotations

from . import words
from .figure import Lang
from .report import SignOff

Pair = tuple[str, str]


def sign_off_rows(sign_off: SignOff | None, lang: Lang) -> list[tuple[Pair, Pair]]:
    """Return rows of two (label, value) pairs; a blank value is a line to write on."""
    if sign_off is None:
        return []
    values = {
        "unit": sign_off.unit.in_(lang),
        "date": sign_off.date,
        "filled_by": sign_off.filled_by,
        "checked_by": sign_off.checked_by,
        "head": sign_off.head,
        "phone": sign_off.phone,
    }
    pairs = [(words.SIGN_OFF[key].in_(lang), value) for key, value in values.items()]
    return list(zip(pairs[::2], pairs[1::2], strict=True))
