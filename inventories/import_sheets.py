"""Which sheets of a file an import takes, and of what place and period each is.

A published workbook has one sheet a province (Anhui2019, Henan2019 …) or one a year (Henan1997 … Henan2019) and notes
beside them. A workspace is about one place, so of several places one has to be named; several years are taken together.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from ..accounting.problems import Problem, ProblemList, Where
from ..accounting.wording import coded, listed, placed
from .codes import regions
from .command_messages import MESSAGES as COMMANDS
from .messages import MESSAGES
from .named import place_of, year_of
from .readers.cells import period as period_of
from .readers.entities import Entities
from .readers.files import load_bytes, open_table
from .readers.matrix import holds_balance
from .readers.xlsxfile import Book

LISTED = 40
"""sheets a message lists"""


@dataclass(frozen=True)
class Table:
    """One table of the file: its sheet ('' for csv), place and period."""

    sheet: str
    entity: str
    period: str


@dataclass(frozen=True)
class Wish:
    """What the caller states: codes or names as written, '' where nothing is."""

    entity: str = ""
    period: str = ""
    sheet: str = ""


def choose(path: Path, wish: Wish) -> tuple[list[Table], list[str]]:
    """Return the tables to import and the sheets left out; raise InputError where it cannot be told which are meant."""
    problems = ProblemList()
    balances = _balances(path, wish, problems)
    problems.raise_errors()
    place, period = _stated(path, wish, problems)
    problems.raise_errors()
    taken = balances
    if not wish.sheet:
        taken = [name for name in balances if place_of(name) or year_of(name)] or balances
        taken = _matching(taken, place, place_of, path, wish.entity, problems)
        taken = _matching(taken, period[:4], year_of, path, wish.period, problems)
    problems.raise_errors()
    tables = [Table(one, place or _told(place_of, one, path), period or _told(year_of, one, path)) for one in taken]
    problems.extend(_unknown(path, tables))
    problems.raise_errors()
    problems.extend(_several(path, tables))
    problems.raise_errors()
    return tables, [name for name in balances if name not in taken]


def twice(path: Path, sheets: Collection[str], table: Table) -> Problem:
    """Return the problem of sheets that hold the same place and period."""
    what = placed(table.entity, table.period)
    return COMMANDS.problem("IMPORT-TWICE", Where(file=path.name), _listed(list(sheets)), what)


def _balances(path: Path, wish: Wish, problems: ProblemList) -> list[str]:
    """Sheets that may be meant: the one stated, else those that look like a balance ('' for csv)."""
    data = load_bytes(path, path.name, Where(file=path.name), problems)
    opened = open_table(data, path.name, problems) if data is not None else None
    if not isinstance(opened, Book):
        return [""]
    if wish.sheet:
        if wish.sheet not in opened.grids:
            problems.add(_no_sheet(path, wish.sheet, list(opened.grids)))
        return [wish.sheet]
    return [name for name in opened.filled if holds_balance(opened.grids[name])] or opened.filled


def _stated(path: Path, wish: Wish, problems: ProblemList) -> tuple[str, str]:
    """Place and period in the caller's words as code and period; '' where nothing is stated."""
    known = Entities({}, regions())
    place = known.find(wish.entity) or place_of(wish.entity) if wish.entity else ""
    if wish.entity and not place:
        problems.add(MESSAGES.problem("ENTITY-UNKNOWN", Where(file=path.name), wish.entity, known.suggest(wish.entity)))
    period = period_of(wish.period) if wish.period else ""
    if wish.period and not period:
        problems.add(COMMANDS.problem("IMPORT-PERIOD", Where(file=path.name), wish.period))
    return place, period


def _matching(
    sheets: list[str], wanted: str, told: Callable[[str], str], path: Path, written: str, problems: ProblemList
) -> list[str]:
    """Keep the sheets whose own name says what is wanted; all of them where no name says anything of the kind."""
    said = {name: told(name) for name in sheets}
    if not wanted or not any(said.values()):
        return sheets
    kept = [name for name in sheets if said[name] == wanted]
    if not kept:
        problems.add(_no_sheet(path, written, sheets))
    return kept


def _no_sheet(path: Path, wanted: str, sheets: list[str]) -> Problem:
    return COMMANDS.problem("IMPORT-SHEET", Where(file=path.name), wanted, _listed(sheets))


def _listed(sheets: list[str]) -> str:
    more = f" … (×{len(sheets)})" if len(sheets) > LISTED else ""
    return listed(sheets[:LISTED]) + more


def _told(told: Callable[[str], str], sheet: str, path: Path) -> str:
    return told(sheet) or told(path.stem)


def _unknown(path: Path, tables: list[Table]) -> list[Problem]:
    """The first table without a place and the first without a period; the others lack it for the same reason."""
    found = []
    for code, name in (("IMPORT-ENTITY", "entity"), ("IMPORT-PERIOD", "period")):
        lacking = [table for table in tables if not getattr(table, name)]
        found += [COMMANDS.problem(code, Where(file=path.name, sheet=table.sheet), path.name) for table in lacking[:1]]
    return found


def _several(path: Path, tables: list[Table]) -> list[Problem]:
    """Sheets of several places: a workspace is about one."""
    places = dict.fromkeys(table.entity for table in tables)
    if len(places) < 2:
        return []
    shown = _listed([f"{table.sheet}（{coded('region', table.entity)}）" for table in tables])
    return [COMMANDS.problem("IMPORT-PLACES", Where(file=path.name), len(places), shown)]
