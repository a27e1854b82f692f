"""Building blocks of the account report: sentences from clauses, tables over years, sentences with their numerals."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ...accounting.wording import words
from ...inventories import codes
from ...inventories.derived_quality import numerals
from ..figure import NOT_APPLICABLE, Figure, Style, Text
from ..numbers import unit_label
from ..report import Block, Cell, Column, Inline, Note, Paragraph, Row, Table, para, row
from .lookup import NO_QUALIFIERS, Lookup

INDICATOR = Column(Text("指标", "Indicator"), width=2.3)
UNIT_COLUMN = Column(Text("计量单位", "Unit"), width=1.1)
_NAME = re.compile(r"\{(\w+)")


@dataclass
class Clauses:
    """A paragraph grown clause by clause; placeholders of different clauses never collide."""

    zh: str = ""
    en: str = ""
    values: dict[str, Inline] = field(default_factory=dict)

    def add(self, zh: str, en: str, **values: Inline) -> Clauses:
        """Append a clause with its own placeholders."""
        number = len(self.values)
        self.zh += _NAME.sub(rf"{{\g<1>_{number}", zh)
        self.en += _NAME.sub(rf"{{\g<1>_{number}", en)
        self.values |= {f"{name}_{number}": value for name, value in values.items()}
        return self

    def text(self, words: Text) -> Clauses:
        """Append words without placeholders."""
        return self.add("{t}", "{t}", t=words)

    @property
    def paragraph(self) -> Paragraph:
        """Return the paragraph."""
        return para(self.zh, self.en, **self.values)


@dataclass(frozen=True)
class Line:
    """One row of a table over years: a metric with its qualifiers."""

    metric: str
    name: Text | None = None
    qualifiers: tuple[tuple[str, str], ...] = ()
    style: Style = "plain"
    decimals: int | None = None
    indent: int = 0
    optional: bool = False
    """left out where no year has it (else it prints 暂缺)"""


def line(metric: str, name: Text | None = None, where: Mapping[str, str] = NO_QUALIFIERS, *, style: Style = "plain", decimals: int | None = None,
         indent: int = 0, optional: bool = False, **qualifiers: str) -> Line:  # fmt: skip
    """Return a row of a table over years."""
    return Line(metric, name, tuple({**where, **qualifiers}.items()), style, decimals, indent, optional)


def over_years(
    look: Lookup,
    ident: str,
    title: Text,
    lines: Sequence[Line],
    years: Sequence[str],
    *,
    notes: tuple[Paragraph | Text, ...] = (),
) -> Table:
    """Return a table of indicators (down) and years (across)."""
    notes = (*notes, OLDER) if len(years) > MOST_YEARS else notes
    years = years[-MOST_YEARS:]
    columns = (INDICATOR, UNIT_COLUMN, *(Column(year_head(year)) for year in years))
    rows = [found for one in lines if (found := _row(look, one, years)) is not None]
    if set(years) - set(look.years):
        notes = (*notes, BLANK)
    return Table(ident, title, columns, tuple(rows), notes=notes, source=source(look))


MOST_YEARS = 8
"""what a page holds beside the indicator and its unit"""
OLDER = Text(
    "本表只列最近八年，更早年份见结果表 metrics。",
    "The table holds the last eight years; earlier ones stand in the result table metrics.",
)
BLANK = Text(
    "核算年度以外的年份只列已收集的数据，“—”为未收集。",
    "Years outside the account only show what was collected; — means not collected.",
)


def _row(look: Lookup, one: Line, years: Sequence[str]) -> Row | None:
    qualifiers = dict(one.qualifiers)
    # years around the account only give context: what they lack is a dash, not 暂缺
    shown = [year for year in years if year in look.years or look.has(look.find(one.metric, year, **qualifiers))]
    figures = {y: look.metric(one.metric, y, qualifiers, style=one.style, decimals=one.decimals) for y in shown}
    if one.optional and all(figure.value is None for figure in figures.values()):
        return None
    units = [figure.unit for figure in figures.values() if figure.value is not None]
    unit = units[0] if units else look.unit_of(one.metric)
    cells = (figures.get(year, NOT_APPLICABLE) for year in years)
    return row(one.name or look.label(one.metric), unit_text(unit), *cells, indent=one.indent)


def unit_text(unit: str) -> Text:
    """Return a unit as both languages print it."""
    if unit in BALANCE_UNITS:
        return BALANCE_UNITS[unit]
    return Text(unit_label(unit, "zh"), unit_label(unit, "en"))


BALANCE_UNITS = {
    "10^4 t": Text("万吨", "10⁴ t"), "10^8 m3": Text("亿立方米", "10⁸ m³"), "10^8 kWh": Text("亿千瓦时", "10⁸ kWh"),
    "10^10 kJ": Text("百亿千焦", "10¹⁰ kJ"), "10^4 tce": Text("万吨标准煤", "10⁴ tce"),
}  # fmt: skip
"""units as a balance prints them"""


def year_head(year: str) -> Text:
    """Return a year as the head of a column."""
    return Text(f"{year}年", year)


def years_of(look: Lookup, *metrics: str) -> list[str]:
    """Return every year in which the place has one of the metrics, and the years of the account."""
    return sorted({period for period in look.periods(*metrics) if period.isdigit()} | set(look.years))


THIS_ACCOUNT = Text("本次核算", "this account")


def source(_: Lookup) -> Text:
    """Return the line under a table until its figures are known; source_lines.py puts their documents in its place."""
    return THIS_ACCOUNT


def numbered(look: Lookup, owner: str, text: Text, where: str = "") -> Paragraph:
    """Return a sentence whose numerals are figures that `explain` can answer."""
    values: dict[str, Inline] = {}
    zh, en = (_marked(look, owner, one, where, values, words(text.zh[:80], text.en[:80])) for one in (text.zh, text.en))
    return Paragraph(zh, en, values)


def _marked(look: Lookup, owner: str, text: str, where: str, values: dict[str, Inline], told: str) -> str:
    out, end = "", 0
    for figure, value, decimals, (start, stop) in numerals(look.derived, owner, text, where, told):
        name = f"n{len(values)}"
        values[name] = Figure(figure, value, "", decimals)
        out += _escaped(text[end:start]) + f"{{{name}:n}}"
        end = stop
    return out + _escaped(text[end:])


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def filled(table: Table, reason: Text) -> Block:
    """Return a table, or a hint that says why it would be empty."""
    return table if table.rows else Note(reason, "hint")


NO_BALANCE = Text("缺能源平衡表，本表从略。", "No energy balance; the table is left out.")


def cell(look: Lookup, figure: str, decimals: int | None = None, *, style: Style = "plain", sign: int = 1) -> Cell:
    """Return a table cell for a figure id; “—” for '', so that no data and nought stay apart."""
    return look.figure(figure, decimals=decimals, style=style, sign=sign) if figure else NOT_APPLICABLE


def blocks(items: Sequence[str], most: int) -> list[list[str]]:
    """Cut a list into parts of nearly equal length, at most `most` each."""
    count = -(-len(items) // most)
    size = -(-len(items) // count) if count else 0
    return [list(items[start : start + size]) for start in range(0, len(items), size)] if size else []


HOUSEHOLDS = "RES"


def within(look: Lookup, sector: str) -> Text:
    """Return the name of a sector; towns and villages say that they are households."""
    own, known = look.sector(sector), codes.sectors().codes.get(sector)
    if known is None or known.parent != HOUSEHOLDS:
        return own
    whole = look.sector(HOUSEHOLDS)
    return Text(f"{whole.zh}：{own.zh}", f"{whole.en}: {own.en.lower()}")
