"""A long table in two places: its largest rows in the text, all of them in an annex.

What the text leaves out is one row, 其余, with its own sums, so that rows and totals still add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..figure import NOT_APPLICABLE, Figure, Formula, Text
from ..report import Cell, Paragraph, Ref, Row, Table, para
from .lookup import Lookup

NAMED = 6
"""how many of the rows left out are named below the table"""


@dataclass(frozen=True)
class Cut:
    """How a table is shortened: `by` is the column whose size ranks its rows, `most` what is kept of each run of rows
    between totals and subheadings, `sums` the columns that add up; other columns of 其余 print “—”. `what` names the
    rows in Chinese with their measure word and in English: 个行业, sectors.
    """

    by: int
    most: int
    sums: tuple[int, ...]
    what: Text


def shortened(look: Lookup, full: Table, cut: Cut) -> tuple[Table, Table | None]:
    """Return the table for the text and the one for the annex; the whole table and None where little would be saved.

    The short table has the id `main-<id>`; 其余 is recorded as `rest/<id>/<run>/<column>`.
    """
    runs = _runs(full.rows)
    if all(len(run) <= cut.most + 1 for run in runs):
        return full, None
    rows: list[Row] = []
    left: list[Row] = []
    swaps: dict[str, str] = {}
    for number, run in enumerate(runs):
        kept, rest = _split(run, cut)
        rows += kept
        if rest:
            rows.append(_rest(look, full, cut, number, rest, swaps))
            left += rest
    short = replace(
        full, id=f"main-{full.id}", rows=tuple(_summed(row, swaps) for row in rows), wide=False,
        notes=(_note(full, left, cut), *full.notes),
    )  # fmt: skip
    return short, full


def _runs(rows: Sequence[Row]) -> list[list[Row]]:
    """Cut rows into runs of plain ones and single totals or subheadings."""
    out: list[list[Row]] = []
    for row in rows:
        if row.kind or not out or out[-1][-1].kind:
            out.append([row])
        else:
            out[-1].append(row)
    return out


def _split(run: list[Row], cut: Cut) -> tuple[list[Row], list[Row]]:
    """Return the largest rows, largest first, and the others; one row alone is never left out."""
    if len(run) <= cut.most + 1:
        return run, []
    ranked = sorted(run, key=lambda row: -_size(row.cells[cut.by]))
    return ranked[: cut.most], ranked[cut.most :]


def _figure(cell: Cell) -> Figure | None:
    found = cell.figure if isinstance(cell, Formula) else cell
    return found if isinstance(found, Figure) and found.value is not None else None


def _size(cell: Cell) -> float:
    found = _figure(cell)
    return abs(found.value or 0.0) if found else 0.0


def _rest(look: Lookup, full: Table, cut: Cut, number: int, left: list[Row], swaps: dict[str, str]) -> Row:
    """Return the row 其余 with the sums of what it holds; `swaps` learns which figure stands for which."""
    name = f"rest/{full.id}/{number}"
    count = look.derived.put(f"{name}/rows", float(len(left)), "", "未列各行的行数")
    label = para(
        zh=f"其余{{n:n}}{cut.what.zh}（见{{t}}）", en=f"Other {{n:n}} {cut.what.en} (see {{t}})",
        n=look.figure(count, decimals=0), t=Ref(full.id),
    )  # fmt: skip
    cells: list[Cell] = [label]
    for column in range(1, len(full.columns)):
        parts = [found for row in left if (found := _figure(row.cells[column]))]
        if column not in cut.sums or not parts:
            cells.append(NOT_APPLICABLE)
            continue
        ids = tuple(part.id for part in parts)
        key = look.derived.total(f"{name}/{column}", ids, "未列各行之和")
        swaps |= dict.fromkeys(ids, key)
        cells.append(replace(look.figure(key, decimals=parts[0].decimals), unit=parts[0].unit))
    return Row(tuple(cells), indent=left[0].indent)


def _summed(row: Row, swaps: dict[str, str]) -> Row:
    """Let the formula of a total add up the rows kept and 其余."""
    return replace(row, cells=tuple(_swapped(cell, swaps) for cell in row.cells))


def _swapped(cell: Cell, swaps: dict[str, str]) -> Cell:
    if not isinstance(cell, Formula):
        return cell
    refs = dict.fromkeys(swaps.get(ref, ref) for ref in cell.refs)
    return replace(cell, refs=tuple(refs))


def _note(full: Table, left: list[Row], cut: Cut) -> Paragraph:
    """Say what 其余 holds: the names of its largest rows."""
    ranked = sorted(left, key=lambda row: -_size(row.cells[cut.by]))
    names = [name for row in ranked[:NAMED] if isinstance(name := row.cells[0], Text)]
    more = len(left) > len(names)
    return para(
        zh="其余按大小为{names}，逐行见{t}。", en="The others are, by size, {names}; all rows stand in {t}.",
        names=Text("、".join(one.zh for one in names) + ("等" if more else ""),
                   ", ".join(one.en for one in names) + (" and others" if more else "")),
        t=Ref(full.id),
    )  # fmt: skip
