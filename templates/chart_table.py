"""The table of a chart's numbers: it stands beside the picture in html, in workbooks, and in place of it without fonts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from . import words
from .charts.spec import check_rows, load
from .figure import Figure, Text
from .report import Cell, Chart, ChartValue, Column, Row, Table


def chart_table(chart: Chart) -> Table:
    """Return the builder's table or one made from the rows as the chart's spec says."""
    if chart.table is not None:
        return chart.table
    check_rows(chart.spec, chart.rows)
    shape: Mapping[str, Any] = load(chart.spec)["table"]
    if "list" in shape:
        columns, rows = _listed(chart, shape["list"])
    elif "values" in shape:
        columns, rows = _side_by_side(chart, shape["rows"], shape["values"])
    else:
        columns, rows = _crossed(chart, shape["rows"], shape["columns"], shape["value"])
        if has_totals(chart):
            columns, rows = _with_totals(chart, shape["rows"], columns, rows)
    unit = next((v.unit for row in chart.rows for v in row.values() if isinstance(v, Figure) and v.unit), "")
    return Table(f"{chart.id}-data", chart.title, tuple(columns), tuple(rows), unit=unit)


def has_totals(chart: Chart) -> bool:
    """Tell whether the last column of a chart's table holds the totals of its bars: no part of the bar."""
    return "total" in load(chart.spec)["table"] and any(row.get("total") is not None for row in chart.rows)


def _with_totals(chart: Chart, down: str, columns: list[Column], rows: list[Row]) -> tuple[list[Column], list[Row]]:
    totals = {row[down]: _cell(row.get("total")) for row in chart.rows}
    heads = list(dict.fromkeys(row[down] for row in chart.rows))
    longer = [Row((*row.cells, totals[head])) for head, row in zip(heads, rows, strict=True)]
    return [*columns, Column(Text("合计", "Total"))], longer


def _cell(value: ChartValue) -> Cell:
    if isinstance(value, float | int):
        raise TypeError(f"a number of a chart must be a Figure: {value}")
    return value


def _title(value: ChartValue) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, str):
        return Text(value, value)
    raise TypeError(f"a series needs a name: {value!r}")


def _crossed(chart: Chart, down: str, across: str, value: str) -> tuple[list[Column], list[Row]]:
    names = list(dict.fromkeys(row[across] for row in chart.rows))
    cells = {(row[down], row[across]): _cell(row[value]) for row in chart.rows}
    rows = [
        Row((_cell(head), *(cells.get((head, name)) for name in names)))
        for head in dict.fromkeys(row[down] for row in chart.rows)
    ]
    return [Column(chart.x, width=1.6), *(Column(_title(name)) for name in names)], rows


def _side_by_side(chart: Chart, down: str, keys: list[str]) -> tuple[list[Column], list[Row]]:
    used = [key for key in keys if any(row.get(key) is not None for row in chart.rows)]
    rows = [Row((_cell(row[down]), *(_cell(row.get(key)) for key in used))) for row in chart.rows]
    return [Column(chart.x), *(Column(_word(chart, key)) for key in used)], rows


def _listed(chart: Chart, keys: list[str]) -> tuple[list[Column], list[Row]]:
    """One row a flow; then the totals of the nodes that have one."""
    rows = [Row(tuple(_cell(row[key]) for key in keys)) for row in chart.rows]
    totals: dict[ChartValue, tuple[str, Cell]] = {}
    for row in chart.rows:
        for end in ("source", "target"):
            if row.get(f"{end}_total") is not None:
                totals.setdefault(row[end], (end, _cell(row[f"{end}_total"])))
    for name, (end, total) in totals.items():
        ends = (name, words.TOTAL) if end == "source" else (words.TOTAL, name)
        rows.append(Row((_cell(ends[0]), _cell(ends[1]), total), "total"))
    return [Column(_word(chart, key)) for key in keys], rows


def _word(chart: Chart, key: str) -> Text:
    word = load(chart.spec)["words"][key]
    return Text(word["zh"], word["en"])
