"""Shared by the balance layouts: the names of the rows, and rows of activity in the signs of the NBS table."""

from __future__ import annotations

import re
from math import isnan

import pandas as pd

from ...accounting.wording import coded
from ..codes import balance_row, flows, plain, suggest_row
from ..customary import customary, powers_off
from ..messages import MESSAGES
from .cells import normal, number
from .grid import Grid
from .matrix import Header, melt
from .part import NOTES, TOTAL_WORDS, Context, Part, check_units, finish_activity, numbers, reasons

_INPUTS = re.compile(r"(?:inputs?|投入量?)\s*\(\s*([+-])\s*\)", re.I)


def labels(grid: Grid, table: Header, context: Context, part: Part) -> dict[int, tuple[str, str]]:
    """Return (flow, sector) by row. A row is named by the first of its label cells that is known.

    A row with numbers and an unknown name is a problem; remarks, blank rows and rows the source skips are passed over.
    """
    skip = {plain(name) for name in context.source.options.skip_rows}
    found: dict[int, tuple[str, str]] = {}
    for row in range(table.first, grid.shape[0]):
        texts = [text for text in (grid.text(row, column) for column in table.labels) if text]
        if not texts or any(plain(text) in skip for text in texts):
            continue
        node = next((node for node in map(balance_row, texts) if node is not None), None)
        if node is not None:
            found[row] = node
        elif _has_numbers(grid, row, table) and not texts[0].lower().startswith(NOTES):
            at = next(column for column in table.labels if grid.text(row, column))
            code = "TOTAL-AS-DATA" if plain(texts[0]) in TOTAL_WORDS else "ROW-UNKNOWN"
            part.problems.add(MESSAGES.problem(code, grid.where(row, at), texts[0], suggest_row(texts[0])))
    return found


def unusual_units(grid: Grid, table: Header, part: Part) -> None:
    """Remark each column in a unit that is a power of ten away from the customary one; one remark where most are."""
    powers = {column: powers_off(table.items[column], unit) for column, unit in table.unit_of.items() if unit}
    off = [column for column, power in powers.items() if power]
    whole = 2 * len(off) > len(powers) and len(off) > 1
    for column in off[:1] if whole else off:
        item, unit = table.items[column], table.unit_of[column]
        label = coded("carrier", item) + (f" … (×{len(off)})" if whole else "")
        times = f"{10 ** abs(powers[column]):,}".replace(",", " ")
        where, custom = grid.where(table.unit_row, column), customary(item, unit)
        part.problems.add(MESSAGES.problem("UNIT-CUSTOM", where, unit, custom, label=label, times=times))


def inputs_sign(grid: Grid, table: Header, names: dict[int, tuple[str, str]]) -> str:
    """Return the sign that the header of transformation gives to inputs: 投入(-)产出(+), Inputs(+) outputs(-); '' for none."""
    for row in (row for row, (flow, _) in names.items() if flow == "transform"):
        for column in table.labels:
            match = _INPUTS.search(normal(grid.text(row, column)))
            if match:
                return match[1]
    return ""


def turn_transformation(frame: pd.DataFrame) -> pd.DataFrame:
    """Turn the signs of transformation: inputs become negative."""
    book = flows()
    turned = {flow for flow, code in book.codes.items() if flow == "transform" or code.parent == "transform"}
    return frame.assign(quantity=frame["quantity"].where(~frame["flow"].isin(turned), -frame["quantity"]))


def _has_numbers(grid: Grid, row: int, table: Header) -> bool:
    return any(grid.text(row, column) for column in table.items)


def quantities(
    grid: Grid, table: Header, names: dict[int, tuple[str, str]], context: Context, part: Part
) -> pd.DataFrame:
    """Return the cells of known rows with flow, sector, quantity, notation, note, source, entity and period.

    The note of a row is what its columns of remarks say.
    """
    cells = melt(grid, table)
    known = cells[cells["row"].isin(list(names))]
    frame = numbers(grid, known, context, part)
    for row, column, text in zip(
        *(frame.loc[frame["percent"], name] for name in ("row", "column", "text")), strict=True
    ):
        part.problems.add(MESSAGES.problem("CELL-NUMBER", grid.where(int(row), int(column)), text))
    frame = frame[~frame["percent"]]
    check_units(frame, grid, part)
    frame = frame.assign(
        flow=frame["row"].map({row: flow for row, (flow, _) in names.items()}),
        sector=frame["row"].map({row: sector for row, (_, sector) in names.items()}),
        quantity=frame["value"],
        source=grid.addresses(frame["row"], frame["column"]),
        entity=context.entity,
        period=context.source.period,
        note=frame["row"].map(_remarks(grid, table, part)).astype("str"),
    )
    return reasons(grid, frame, context, part)


def _remarks(grid: Grid, table: Header, part: Part) -> dict[int, str]:
    """Texts of the columns of remarks by row; numbers among them are no data, which is said once a column."""
    rows = range(table.first, grid.shape[0])
    for column in table.remarks:
        found = [text for text in (grid.text(row, column) for row in rows) if not isnan(number(normal(text))[0])]
        if found:
            shown = f"{found[0]} … (×{len(found)})" if len(found) > 1 else found[0]
            where, name = grid.where(table.row, column), grid.text(table.row, column)
            part.problems.add(MESSAGES.problem("REMARK-NUMBER", where, shown, name))
    return {row: "；".join(filter(None, (grid.text(row, column) for column in table.remarks))) for row in rows}


def finish(frame: pd.DataFrame, context: Context, part: Part) -> None:
    """Put the rows into the part's activity table."""
    part.activity = finish_activity(frame, context)
