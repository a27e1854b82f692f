"""The words and numbers of a report: `Text` in two languages, `Figure` with its id, `Formula` for workbooks.

A figure is a number that somebody can ask about: `explain` takes its id. Nothing here makes text of a number;
`numbers.py` does.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Lang = Literal["zh", "en"]
Edition = Literal["full", "public"]
Rounding = Literal["printed", "full"]
Style = Literal["plain", "percent", "growth", "change", "fall", "points"]


@dataclass(frozen=True, slots=True)
class Text:
    """One phrase in Chinese and English."""

    zh: str
    en: str

    def in_(self, lang: Lang) -> str:
        """Return the phrase in one language."""
        return self.zh if lang == "zh" else self.en


NOTHING = Text("", "")
PREVIOUS_YEAR = Text("上年", "the previous year")
NOT_APPLICABLE = Text("—", "—")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it is printed.

    value is in `unit` (a percentage holds 12.3 for 12.3 %); None or NaN prints 暂缺 with the reason in `missing`
    (`missing=NOT_APPLICABLE` prints “—” instead). The style says how a sentence words it: plain, percent,
    growth (增长/下降), change (上升/下降), fall (a positive value is a fall), points (个百分点); `versus` adds
    比上年 / 与上年持平. A confidential figure is left out of the public edition. `status` and `evidence` are those
    of the metrics table; what is less than transcribed carries a mark.
    """

    id: str
    value: float | None
    unit: str = ""
    decimals: int = 1
    style: Style = "plain"
    status: str = ""
    evidence: str = ""
    versus: Text | None = None
    missing: Text | None = None
    confidential: bool = False

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("a figure without an id cannot be explained")
        if self.value is not None and math.isnan(self.value):
            object.__setattr__(self, "value", None)

    def withheld(self, edition: Edition) -> bool:
        """Return whether this edition leaves the number out."""
        return self.confidential and edition == "public"


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that a workbook computes itself; html and docx print the figure.

    `expression` is an Excel formula without “=”, in which {0}, {1}… stand for the cells of the figures named in
    `refs`, and {all} for all of them, adjacent cells joined to a range: Formula(total, "SUM({all})", ids).
    """

    figure: Figure
    expression: str
    refs: tuple[str, ...]


def sum_of(figure: Figure, refs: Sequence[str]) -> Formula:
    """Return a cell that adds up the cells of `refs`."""
    return Formula(figure, "SUM({all})", tuple(refs))


@dataclass(frozen=True, slots=True)
class Ref:
    """A reference to a table or chart by its id: prints 表3, Figure 2."""

    target: str
