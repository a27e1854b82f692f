"""A report in one language and edition: numbered captions, resolved references, runs of text. Renderers walk this."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from . import words
from .chart_table import chart_table
from .charts.alt import remarks
from .column_widths import column_widths
from .figure import NOT_APPLICABLE, Edition, Figure, Formula, Lang, Ref, Rounding, Text
from .nodes import (
    CellNode,
    ChartNode,
    HeadCell,
    HeadingNode,
    Line,
    Node,
    ParagraphNode,
    RowNode,
    Run,
    TableNode,
)
from .numbers import NOT_AVAILABLE, WITHHELD, bare, chinese_ordinal, phrase, unit_label
from .report import (
    Block,
    Cell,
    Chart,
    Column,
    Heading,
    Inline,
    Note,
    Paragraph,
    Report,
    Restricted,
    Row,
    Section,
    Table,
)


@dataclass
class Document:
    """What a renderer needs beside the nodes."""

    report: Report
    lang: Lang
    edition: Edition
    rounding: Rounding
    nodes: list[Node] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    @property
    def legend(self) -> str:
        """The explanation of the marks used, or ""."""
        if not self.marks:
            return ""
        used = [f"{mark} {words.MARK_WORDS[mark].in_(self.lang)}" for mark in words.MARK_WORDS if mark in self.marks]
        return words.MARKS.in_(self.lang) + ("；" if self.lang == "zh" else "; ").join(used)

    def text(self, text: Text) -> str:
        """Return a phrase in the document's language."""
        return text.in_(self.lang)


def lay_out(report: Report, lang: Lang, edition: Edition = "full", rounding: Rounding = "printed") -> Document:
    """Return the report in one language and edition. Raises KeyError for a reference to what is not there."""
    document = Document(report, lang, edition, rounding)
    builder = _Builder(document, _labels(report, lang, edition))
    for section in report.sections:
        builder.section(section)
    return document


def visible(blocks: Iterable[Block], edition: Edition) -> Iterator[Block]:
    """Yield the blocks that an edition prints, restricted ones opened."""
    for block in blocks:
        if not isinstance(block, Restricted):
            yield block
        elif edition == "full":
            yield from visible(block.blocks, edition)


def _labels(report: Report, lang: Lang, edition: Edition) -> dict[str, str]:
    """Number tables and charts through the body and, apart, through the annexes."""
    counts: dict[str, int] = {}
    labels: dict[str, str] = {}
    for section in report.sections:
        annex = section.kind == "annex"
        for block in visible(section.blocks, edition):
            if isinstance(block, Table | Chart):
                plain, annexed = (
                    (words.TABLE, words.ANNEX_TABLE) if isinstance(block, Table) else (words.CHART, words.ANNEX_CHART)
                )
                word = (annexed if annex else plain).in_(lang)
                counts[word] = counts.get(word, 0) + 1
                if block.id in labels:
                    raise KeyError(f"two tables or charts are called {block.id!r}")
                labels[block.id] = f"{word}{counts[word]}"
    return labels


class _Builder:
    """Walks the sections and appends nodes."""

    def __init__(self, document: Document, labels: dict[str, str]) -> None:
        self.document = document
        self.labels = labels
        self.lang = document.lang
        self.counts = {"body": 0, "annex": 0, "plain": 0}
        self.sub = [0, 0]
        self.headings = 0

    def section(self, section: Section) -> None:
        """Append a section."""
        self.counts[section.kind] += 1
        self.sub = [0, 0]
        self._heading(1, self._section_number(section), section.title)
        for block in visible(section.blocks, self.document.edition):
            self._block(block)

    def _section_number(self, section: Section) -> str:
        count = self.counts[section.kind]
        if section.kind == "plain":
            return ""
        if section.kind == "annex":
            return f"{words.ANNEX.in_(self.lang)}{count}"
        return f"{chinese_ordinal(count)}、" if self.lang == "zh" else str(count)

    def _heading(self, level: int, number: str, text: Text) -> None:
        self.headings += 1
        self.document.nodes.append(HeadingNode(level, number, text.in_(self.lang), f"s{self.headings}"))

    def _subheading(self, heading: Heading) -> None:
        if heading.level == 2:
            self.sub = [self.sub[0] + 1, 0]
        else:
            self.sub[1] += 1
        two, three = self.sub
        if self.lang == "zh":
            number = f"（{chinese_ordinal(two)}）" if heading.level == 2 else f"{three}."
        else:
            parts = [self.counts["body"], two, three] if heading.level == 3 else [self.counts["body"], two]
            number = ".".join(str(part) for part in parts if part)
        self._heading(heading.level, number, heading.text)

    def _block(self, block: Block) -> None:
        nodes = self.document.nodes
        match block:
            case Heading():
                self._subheading(block)
            case Paragraph():
                nodes.append(ParagraphNode(self.line(block)))
            case Note():
                word = words.NOTE_KINDS[block.kind].in_(self.lang)
                nodes.append(ParagraphNode([Run(word), *self.line(block.body)], block.kind))
            case Table():
                nodes.append(self.table(block, self.labels[block.id]))
            case Chart():
                nodes.append(self.chart(block))

    def line(self, content: Cell | Inline, mode: str = "", cell: bool = False) -> Line:
        """Return the runs of a paragraph, phrase, figure or reference."""
        match content:
            case Paragraph():
                return [run for part, how in content.parts(self.lang) for run in self.line(part, how)]
            case Figure():
                return [self._figure(content, "n" if cell else mode)]
            case Formula():
                return [self._figure(content.figure, "n")]
            case Ref():
                return [Run(self.labels[content.target], link=content.target)]
        text = content.in_(self.lang) if isinstance(content, Text) else content
        return [Run(text)] if text else []

    def _figure(self, figure: Figure, mode: str) -> Run:
        document = self.document
        if figure.withheld(document.edition):
            return Run(WITHHELD.in_(self.lang), figure)
        mark = words.marks(figure.status, figure.evidence) if figure.value is not None else ""
        document.marks += [letter for letter in mark.split(",") if letter and letter not in document.marks]
        if mode == "n":
            return Run(bare(figure, self.lang, document.rounding), figure, mark)
        return Run(phrase(figure, self.lang, mode, document.rounding), figure, mark)

    def table(self, table: Table, label: str) -> TableNode:
        """Return a table; a mark that all its numbers share becomes one note."""
        rows = [self._row(row, table.columns) for row in table.rows]
        rows, shared = _without_shared_marks(rows)
        notes = self._notes(table.notes, table.source) + self._reasons(table)
        if shared:
            meaning = "、".join(words.MARK_WORDS[mark].in_(self.lang) for mark in shared.split(","))
            notes.append([Run(words.NOTE.in_(self.lang) + words.WHOLE_TABLE.in_(self.lang) + meaning)])
        unit = unit_label(table.unit, self.lang)
        head = self._head(table.columns)
        return TableNode(
            table=table,
            label=label,
            title=table.title.in_(self.lang),
            unit=words.UNIT.in_(self.lang) + unit if unit else "",
            head=head,
            rows=rows,
            notes=notes,
            widths=column_widths(head, rows, len(table.columns), table.wide),
        )

    def _reasons(self, table: Table) -> list[Line]:
        """Say once below the table why numbers are not there; the cells only say that."""
        cells = [c.figure if isinstance(c, Formula) else c for row in table.rows for c in row.cells]
        reasons = dict.fromkeys(
            cell.missing.in_(self.lang)
            for cell in cells
            if isinstance(cell, Figure) and cell.value is None and cell.missing and cell.missing != NOT_APPLICABLE
        )
        if not reasons:
            return []
        gap = "；" if self.lang == "zh" else "; "
        return [[Run(f"{NOT_AVAILABLE.in_(self.lang)}{'：' if self.lang == 'zh' else ': '}{gap.join(reasons)}")]]

    def _row(self, row: Row, columns: tuple[Column, ...]) -> RowNode:
        cells = [
            CellNode(self.line(cell, cell=True), cell, columns[index].align or _natural(cell, columns[index], index))
            for index, cell in enumerate(row.cells)
        ]
        return RowNode(cells, row.kind, row.indent)

    def _head(self, columns: tuple[Column, ...]) -> list[list[HeadCell]]:
        titles = [self._column_title(column) for column in columns]
        if not any(column.group for column in columns):
            return [[HeadCell(title) for title in titles]]
        top: list[HeadCell] = []
        below: list[HeadCell] = []
        for group, members in groupby(zip(columns, titles, strict=True), key=lambda pair: pair[0].group):
            names = [title for _, title in members]
            if group is None:
                top += [HeadCell(name, rows=2) for name in names]
            else:
                top.append(HeadCell(group.in_(self.lang), columns=len(names)))
                below += [HeadCell(name) for name in names]
        return [top, below]

    def _column_title(self, column: Column) -> str:
        title, unit = column.title.in_(self.lang), unit_label(column.unit, self.lang)
        if not unit:
            return title
        return f"{title}（{unit}）" if self.lang == "zh" else f"{title} ({unit})"

    def _notes(self, notes: tuple[Paragraph | Text, ...], source: Text | None) -> list[Line]:
        lines = [[Run(words.NOTE.in_(self.lang)), *self.line(note)] for note in notes]
        if source:
            lines.append([Run(words.SOURCE.in_(self.lang) + source.in_(self.lang))])
        return lines

    def chart(self, chart: Chart) -> ChartNode:
        """Return a chart with the table of its numbers."""
        return ChartNode(
            chart=chart,
            label=self.labels[chart.id],
            title=chart.title.in_(self.lang),
            table=self.table(chart_table(chart), ""),
            notes=self._notes((*chart.notes, *remarks(chart, self.document.edition)), chart.source),
        )


def _natural(cell: Cell, column: Column, index: int) -> str:
    """Numbers stand right, the first column left, words between."""
    if isinstance(cell, Figure | Formula):
        return "right"
    return "left" if index == 0 or isinstance(cell, Paragraph) else "center"


def _without_shared_marks(rows: list[RowNode]) -> tuple[list[RowNode], str]:
    """Take off a mark that every number of the table carries, and return it."""
    found = [
        run.mark
        for row in rows
        for cell in row.cells
        for run in cell.line
        if run.figure and run.figure.value is not None
    ]
    if len(found) < 3 or len(set(found)) != 1 or not found[0]:
        return rows, ""
    bared = [
        RowNode(
            [CellNode([Run(r.text, r.figure, "", r.link) for r in c.line], c.cell, c.align) for c in row.cells],
            row.kind,
            row.indent,
        )
        for row in rows
    ]
    return bared, found[0]
