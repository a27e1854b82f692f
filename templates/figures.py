"""Every number that a report prints, as records: what `figures.json` holds and `explain` is asked about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from . import words
from .chart_table import chart_table
from .figure import Edition, Figure, Formula, Rounding
from .layout import visible
from .numbers import NOT_AVAILABLE, WITHHELD, bare, phrase, significant
from .report import Block, Chart, Note, Paragraph, Report, Table


def figures(report: Report, edition: Edition = "full", rounding: Rounding = "printed") -> list[dict[str, Any]]:
    """Return one record a distinct printed figure, in reading order.

    Keys: id, value (12 significant digits, None if missing or withheld), unit, decimals, style, status, evidence,
    mark, zh and en (the number), zh_phrase and en_phrase (with words and unit).
    """
    records: dict[tuple[Any, ...], dict[str, Any]] = {}
    for figure in printed(report, edition):
        key = (figure.id, figure.unit, figure.decimals, figure.style, figure.versus)
        if key not in records:
            records[key] = _record(figure, edition, rounding)
    return list(records.values())


def _record(figure: Figure, edition: Edition, rounding: Rounding) -> dict[str, Any]:
    hidden = figure.withheld(edition)
    return {
        "id": figure.id,
        "value": None if hidden or figure.value is None else significant(figure.value),
        "unit": figure.unit,
        "decimals": figure.decimals,
        "style": figure.style,
        "status": figure.status,
        "evidence": figure.evidence,
        "mark": words.marks(figure.status, figure.evidence),
        "withheld": hidden,
        "zh": WITHHELD.zh if hidden else bare(figure, "zh", rounding),
        "en": WITHHELD.en if hidden else bare(figure, "en", rounding),
        "zh_phrase": WITHHELD.zh if hidden else phrase(figure, "zh", "", rounding),
        "en_phrase": WITHHELD.en if hidden else phrase(figure, "en", "", rounding),
        "missing": None if figure.value is not None else _reason(figure),
    }


def _reason(figure: Figure) -> dict[str, str]:
    reason = figure.missing or NOT_AVAILABLE
    return {"zh": reason.zh, "en": reason.en}


def printed(report: Report, edition: Edition = "full") -> Iterator[Figure]:
    """Yield every figure of the report in reading order, as often as it is printed."""
    for section in report.sections:
        for block in visible(section.blocks, edition):
            yield from _of_block(block)


def _of_block(block: Block) -> Iterator[Figure]:
    match block:
        case Table():
            yield from cells(block)
            for note in block.notes:
                yield from _of_content(note)
        case Chart():
            yield from _of_block(chart_table(block))
            for note in block.notes:
                yield from _of_content(note)
        case Note():
            yield from _of_content(block.body)
        case Paragraph():
            yield from _of_content(block)


def cells(block: Table | Chart) -> Iterator[Figure]:
    """Yield the figures in the cells of a table, or of the table of a chart; those of its notes are left out."""
    table = chart_table(block) if isinstance(block, Chart) else block
    for row in table.rows:
        for cell in row.cells:
            yield from _of_content(cell)


def _of_content(content: object) -> Iterator[Figure]:
    match content:
        case Figure():
            yield content
        case Formula():
            yield content.figure
        case Paragraph():
            for value in content.values.values():
                yield from _of_content(value)
