"""A report is data before it is a document: sections of headings, paragraphs, tables, charts and notes.

A builder makes a `Report`; html.py, docx.py and xlsx.py print it in either language. Example::

    from ..report import (Chart, Column, Figure, Heading, Note, Ref, Report, Section, SignOff, Table, Text,
                          PREVIOUS_YEAR, para, row, sum_of)

    total = Figure("energy_total@410000:2019?basis=equivalent", 22300.4, "万tce", 1, evidence="transcribed")
    growth = Figure("energy_total_growth@410000:2019", 3.2, "%", 1, style="growth", versus=PREVIOUS_YEAR)
    coal = Figure("energy_total@410000:2019?item=coal", 15000.1, "万tce", 1)
    oil = Figure("energy_total@410000:2019?item=oil", 7300.3, "万tce", 1)
    mix = Table(
        "mix", Text("能源消费总量与构成", "Energy consumption and mix"),
        columns=(Column(Text("品种", "Energy")), Column(Text("消费量", "Consumption"), unit="万tce")),
        rows=(row(Text("煤品", "Coal"), coal), row(Text("油品", "Oil"), oil),
              row(Text("合计", "Total"), sum_of(total, [coal.id, oil.id]), kind="total")),
        source=Text("河南统计年鉴2020（年报数）", "Henan Statistical Yearbook 2020 (annual report figures)"),
    )
    chart = Chart("trend", Text("能源消费总量", "Energy consumption"), "lines",
                  rows=({"x": "2019", "series": Text("全省", "Province"), "value": total},),
                  x=Text("年份", "Year"), y=Text("万吨标准煤", "10⁴ tce"))
    body = Section(Text("能源消费情况", "Energy consumption"), (
        para(zh="初步核算，{y}年全省能源消费总量{total}（等价值），{growth}，见{t}。",
             en="By preliminary accounts, energy consumption in {y} was {total}, {growth} ({t}).",
             y="2019", total=total, growth=growth, t=Ref("mix")), mix, chart))
    Report("account", Text("河南省2019年度能源消费与碳排放核算报告", "Henan: Energy and CO2 Account 2019"),
           (body,), date="2020-10-30", sign_off=SignOff()).save("report.docx", lang="zh")

Placeholders: `{x}` is the wording of the style with unit (比上年增长3.2%), `{x:n}` the bare number, `{x:u}` the signed
number with unit, `{x:abs}` the number without sign, with unit. Names must be given, and used in both languages or one.
Write CO2, CH4, N2O: the renderers set the subscripts. Charts and the keys of their rows: charts/*.json.
"""

from __future__ import annotations

import string
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from ..accounting.problems import InputError, ProblemList
from .figure import (
    NOT_APPLICABLE,
    NOTHING,
    PREVIOUS_YEAR,
    Edition,
    Figure,
    Formula,
    Lang,
    Ref,
    Rounding,
    Style,
    Text,
    sum_of,
)
from .messages import MESSAGES

__all__ = [
    "NOTHING",
    "NOT_APPLICABLE",
    "PREVIOUS_YEAR",
    "Block",
    "Cell",
    "Chart",
    "Column",
    "Edition",
    "Figure",
    "Formula",
    "Heading",
    "Lang",
    "Note",
    "Paragraph",
    "Ref",
    "Report",
    "Restricted",
    "Rounding",
    "Row",
    "Section",
    "SignOff",
    "Style",
    "Table",
    "Text",
    "para",
    "row",
    "sum_of",
]

Inline: TypeAlias = str | Text | Figure | Ref
Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Paragraph:
    """A sentence or more with named placeholders; make it with `para`."""

    zh: str
    en: str
    values: Mapping[str, Inline]

    def __post_init__(self) -> None:
        used = {name for text in (self.zh, self.en) for name in _names(text)}
        if used != set(self.values):
            raise KeyError(f"placeholders {sorted(used)} and values {sorted(self.values)} differ: {self.zh!r}")

    def parts(self, lang: Lang) -> Iterator[tuple[Inline, str]]:
        """Yield pieces of text and values, each value with the mode after its colon."""
        for literal, name, mode, _ in string.Formatter().parse(self.zh if lang == "zh" else self.en):
            if literal:
                yield literal, ""
            if name is not None:
                yield self.values[name], mode or ""


def _names(text: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(text) if name is not None]


def para(zh: str, en: str, **values: Inline) -> Paragraph:
    """Return a paragraph; raises KeyError when placeholders and values do not match."""
    return Paragraph(zh, en, values)


@dataclass(frozen=True)
class Heading:
    """A heading inside a section: level 2 prints （一）, level 3 prints 1."""

    level: Literal[2, 3]
    text: Text


@dataclass(frozen=True)
class Note:
    """An indented remark: 口径说明, 提示."""

    body: Paragraph | Text
    kind: Literal["note", "hint", "warning"] = "note"


Cell: TypeAlias = str | Text | Figure | Formula | Paragraph | Ref | None


@dataclass(frozen=True)
class Column:
    """A column: `unit` prints under the title, equal neighbouring `group`s share a cell above; width is relative."""

    title: Text
    unit: str = ""
    align: Align | None = None
    width: float = 1.0
    group: Text | None = None


@dataclass(frozen=True)
class Row:
    """A row of cells; `total` is set bold with a line above, `group` is a subheading, indent counts steps (其中)."""

    cells: tuple[Cell, ...]
    kind: Literal["", "total", "group"] = ""
    indent: int = 0


def row(*cells: Cell, kind: Literal["", "total", "group"] = "", indent: int = 0) -> Row:
    """Return a row."""
    return Row(cells, kind, indent)


@dataclass(frozen=True)
class Table:
    """A table with its caption. `unit` holds for all columns; `source` names publication and 初步数/年报数/最终核实数.

    `sheet` is the workbook sheet's name (default: number and title); tables of one sheet name stand below each other.
    `wide` turns the page in docx.
    """

    id: str
    title: Text
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""
    notes: tuple[Paragraph | Text, ...] = ()
    source: Text | None = None
    wide: bool = False
    sheet: Text | None = None

    def __post_init__(self) -> None:
        for line in self.rows:
            if len(line.cells) != len(self.columns) and line.kind != "group":
                raise ValueError(f"table {self.id}: {len(line.cells)} cells in {len(self.columns)} columns: {line}")


ChartValue: TypeAlias = str | Text | Figure | float | None


@dataclass(frozen=True)
class Chart:
    """A chart: the name of a spec in charts/, rows with the keys the spec declares, axis titles with unit.

    The numbers are Figures and are printed in a table beside the picture; `table` replaces the one made from rows.
    """

    id: str
    title: Text
    spec: str
    rows: tuple[Mapping[str, ChartValue], ...]
    x: Text = NOTHING
    y: Text = NOTHING
    notes: tuple[Paragraph | Text, ...] = ()
    source: Text | None = None
    table: Table | None = None
    height: int = 280
    colours: tuple[tuple[Text, str], ...] = ()
    """name of a series and its key in data/colours.json: the same colour in every chart; others go by their place"""


@dataclass(frozen=True)
class Restricted:
    """Blocks that the public edition leaves out."""

    blocks: tuple[Block, ...]


Block: TypeAlias = Paragraph | Heading | Note | Table | Chart | Restricted


@dataclass(frozen=True)
class Section:
    """A part of the report: body is numbered 一、 二、; annex is 附件1; plain has no number (摘要)."""

    title: Text
    blocks: tuple[Block, ...]
    kind: Literal["body", "annex", "plain"] = "body"


@dataclass(frozen=True)
class SignOff:
    """The last page: blank lines are filled in by hand."""

    filled_by: str = ""
    checked_by: str = ""
    head: str = ""
    phone: str = ""
    unit: Text = NOTHING
    date: str = ""


@dataclass(frozen=True)
class Report:
    """A whole report. `date` is an ISO date and becomes the documents' own date; `meta` is printed on the cover sheet."""

    id: str
    title: Text
    sections: tuple[Section, ...]
    subtitle: Text = NOTHING
    issuer: Text = NOTHING
    date: str = ""
    sign_off: SignOff | None = None
    meta: tuple[tuple[Text, Text], ...] = field(default=())

    def save(
        self,
        path: str | Path,
        lang: Lang = "zh",
        edition: Edition = "full",
        rounding: Rounding = "printed",
        template: str | Path | None = None,
    ) -> ProblemList:
        """Write the report as .html, .docx or .xlsx and return hints (a chart given as a table…).

        `template` is a .docx of the user's own. Raises InputError for another suffix, a template that is wrong, or a
        file that another program holds open.
        """
        target = Path(path)
        render = _renderer(target)
        problems = ProblemList()
        content = render(self, lang, edition, rounding, Path(template) if template else None, problems)
        _write(target, content)
        return problems


Renderer: TypeAlias = Callable[[Report, Lang, Edition, Rounding, Path | None, ProblemList], bytes]


def _renderer(path: Path) -> Renderer:
    suffix = path.suffix.lower()
    if suffix == ".html":
        from .html import render
    elif suffix == ".docx":
        from .docx import render
    elif suffix == ".xlsx":
        from .xlsx import render
    else:
        raise InputError(MESSAGES.problem("TPL-SUFFIX", found=suffix or path.name, expected=".html .docx .xlsx"))
    return render


def _write(path: Path, content: bytes) -> None:
    """Write at once or not at all."""
    draft = path.with_name(f"~{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise InputError(MESSAGES.problem("FILE-LOCKED", found=str(path), reason=error.strerror or "")) from error
