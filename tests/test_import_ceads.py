"""`import ceads` on tables as they come: other spellings, blanks, order, sheets; the numbers stay the same."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from carbonpeak.inventories import derive_ceads
from carbonpeak.inventories.imports import import_table
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run

from .known_answers import places
from .known_answers.ceads import cells

Rows = list[list[str]]
PUBLISHED_NAMES = {
    "Farming, Forestry, Animal Husbandry, Fishery & Water Conservancy": "Farming, Forestry, Animal Husbandry, Fishery and Water Conservancy",
    "Petroleum and Naturl Gas Extraction": "Petroleum and Natural Gas Extraction",
    "Equipment for Special Purpose": "Equipment for Special Purposes",
    "Gas Production and Supply": "Production and Supply of Gas",
    "Tap Water Production and Supply": "Production and Supply of Tap Water",
    "Other": "Others",
}
"""names that differ between the two tables of one province, or between years"""
LONG_NAMES = {
    "LPG": "Liquefied Petroleum Gas (LPG)",
    "Refinery_Gas": "Refinery Dry Gas",
    "Other_Gas": "Other Gases",
    "Briquettes": "Briquette",
    "Diesel_Oil": "Diesel",
}
BLANKS = ("", " ", "0", "0.0", "-")


def net(tmp_path: Path, rows: Rows, name: str = "t.csv") -> pd.Series:
    """Net quantities by sector/item of a table."""
    path = places.write_csv(tmp_path / name, rows)
    table = derive_ceads.net_quantities("130000", path)
    return pd.Series(table["net"].to_numpy(), index=table["sector"] + "/" + table["item"]).sort_index()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> pd.Series:
    return net(tmp_path_factory.mktemp("base"), places.ceads_grid("hebei"))


def same(found: pd.Series, expected: pd.Series) -> None:
    pd.testing.assert_series_equal(found, expected, rtol=1e-9, atol=0)


def _header(write: Callable[[str], str]) -> Callable[[Rows, random.Random], Rows]:
    def change(rows: Rows, _: random.Random) -> Rows:
        return [[rows[0][0], *map(write, rows[0][1:])], *rows[1:]]

    return change


def _units(old: str, new: str) -> Callable[[Rows, random.Random], Rows]:
    def change(rows: Rows, _: random.Random) -> Rows:
        return [rows[0], [text.replace(old, new) for text in rows[1]], *rows[2:]]

    return change


def _names(rows: Rows, rng: random.Random) -> Rows:
    out = rows[:2]
    for row in rows[2:]:
        name = PUBLISHED_NAMES.get(row[0], row[0]) if rng.random() < 0.5 else row[0]
        out.append([rng.choice(["", " "]) + name + rng.choice(["", " ", "  "]), *row[1:]])
    return out


def _case(rows: Rows, rng: random.Random) -> Rows:
    return [*rows[:2], *([rng.choice([str.lower, str.upper, str])(row[0]), *row[1:]] for row in rows[2:])]


def _zeros(rows: Rows, rng: random.Random) -> Rows:
    return [
        *rows[:2], *([row[0], *(rng.choice(BLANKS) if cell == "0" else cell for cell in row[1:])] for row in rows[2:])
    ]  # fmt: skip


def _numbers(rows: Rows, rng: random.Random) -> Rows:
    def write(cell: str) -> str:
        if not re.match(r"^-?[\d.]", cell):
            return cell
        return rng.choice([cell, f" {cell} ", f"{float(cell):.15e}", f"{float(cell):,.20f}"])

    return [*rows[:2], *([row[0], *map(write, row[1:])] for row in rows[2:])]


def _sectors_shuffled(rows: Rows, rng: random.Random) -> Rows:
    body = rows[3:49]
    rng.shuffle(body)
    return [*rows[:3], *body, *rows[49:]]


def _zero_rows_dropped(rows: Rows, _: random.Random) -> Rows:
    return [*rows[:2], *(row for row in rows[2:] if any(cell not in ("0", "-0") for cell in row[1:]))]


def _margins(rows: Rows, rng: random.Random) -> Rows:
    width = len(rows[0])
    blank, note = [""] * width, ["Note: CEADs", *[""] * (width - 1)]
    return [*rows[:2], *rows[2:], *([blank] * rng.randint(0, 3)), note]


def _first_cell(rows: Rows, rng: random.Random) -> Rows:
    return [[rng.choice(["", "Unnamed: 0", "Sector", "Energy_Inventory", "2019"]), *rows[0][1:]], *rows[1:]]


CHANGES: dict[str, Callable[[Rows, random.Random], Rows]] = {
    "spaces": _header(lambda text: text.replace("_", " ")),
    "camel": _header(lambda text: text.replace("_", "")),
    "lower": _header(str.lower),
    "padded": _header(lambda text: f" {text}  "),
    "tons": _units("ton", "tons"),
    "lost powers": _units("10^", "10"),
    "kJ": _units("1010 kj", "10^10 kJ"),
    "names": _names,
    "case": _case,
    "zeros": _zeros,
    "numbers": _numbers,
    "order": _sectors_shuffled,
    "zero rows": _zero_rows_dropped,
    "margins": _margins,
    "first cell": _first_cell,
    "million": _units("10^8", "100 million"),
    "thousands": _units("10^4 ton", "10 000 tons"),
    "glued": _units("10^4 ton", "10^4tons"),
    "spaced powers": _units("10^", "10 ^ "),
    "long names": _header(lambda text: LONG_NAMES.get(text, text)),
}


@pytest.mark.parametrize("name", CHANGES)
def test_one_variation_changes_nothing(name: str, tmp_path: Path, expected: pd.Series) -> None:
    same(net(tmp_path, CHANGES[name](places.ceads_grid("hebei"), random.Random(7))), expected)


@pytest.mark.parametrize("seed", range(12))
def test_several_variations_change_nothing(seed: int, tmp_path: Path, expected: pd.Series) -> None:
    rng = random.Random(seed)
    rows = places.ceads_grid("hebei")
    for name in rng.sample(sorted(CHANGES), 4):
        rows = CHANGES[name](rows, rng)
    same(net(tmp_path, rows), expected)


@pytest.mark.parametrize("column", ["Other_Energy", "Cleaned_Coal", "Heat", "LPG"])
def test_a_missing_or_zero_column_takes_only_itself_away(column: str, tmp_path: Path, expected: pd.Series) -> None:
    rows = places.ceads_grid("hebei")
    at = rows[0].index(column)
    item = next(item for item, header in places.HEADERS.items() if header == column)
    rest = expected[~expected.index.str.endswith(f"/{item}")]
    same(net(tmp_path, [row[:at] + row[at + 1 :] for row in rows], "missing.csv"), rest)
    zero = [row if number < 2 else [*row[:at], "0", *row[at + 1 :]] for number, row in enumerate(rows)]
    same(net(tmp_path, zero, "zero.csv"), rest)


def test_a_negative_net_counts_as_nothing(tmp_path: Path) -> None:
    """The published series counts a negative net as 0; a negative final consumption is read and named, not refused."""
    rows = places.ceads_grid("hebei")
    row, column = _at(rows, "Food Production", "Coke")
    rows[row][column] = "-1.5"
    path = places.write_csv(tmp_path / "Hebei2019.csv", rows)
    results = run(import_table("ceads", path, tmp_path / "w"))
    assert "C14/coke" not in cells(results).index
    assert any(problem.code == "SIGN-EXPECTED" and problem.found == "-1.5" for problem in results.problems.items)


def test_cleaned_coal_without_factor_is_listed(tmp_path: Path) -> None:
    """No province at hand gives cleaned coal a factor: other provinces that burn it find it listed by name."""
    rows = places.ceads_grid("hebei")
    row, column = _at(rows, "Food Production", "Cleaned_Coal")
    rows[row][column] = "12.5"
    path = places.write_csv(tmp_path / "Hebei2019.csv", rows)
    results = run(import_table("ceads", path, tmp_path / "w"))
    listed = results.uncounted[results.uncounted["account"] == "ceads"]
    assert listed[["sector", "item", "quantity"]].to_numpy().tolist() == [["C14", "cleaned_coal", 125000.0]]
    same_cells(results, places.imported("hebei"))


def same_cells(found: Results, expected: Results) -> None:
    pd.testing.assert_series_equal(cells(found), cells(expected))


def _at(rows: Rows, row: str, column: str) -> tuple[int, int]:
    return next(number for number, cells_ in enumerate(rows) if cells_[0] == row), rows[0].index(column)


@pytest.mark.parametrize("sheet", ["Hebei2019", "Hebei 2019", "Hebei", "河北"])
def test_a_workbook_of_provinces(sheet: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in places.ceads_grid("hebei"):
        book.active.append([_typed(cell) for cell in row])
    path = tmp_path / "Energy_Inventories_2019.xlsx"
    book.save(path)
    workspace = import_table("ceads", path, tmp_path / "w", sheet=sheet)
    assert (workspace.inventory.entity, workspace.inventory.years) == ("130000", [2019])
    same_cells(run(workspace), places.imported("hebei"))


def _typed(cell: str) -> str | float:
    try:
        return float(cell)
    except ValueError:
        return cell
