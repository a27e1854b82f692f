"""200 seeded mutations of the Henan example: each is found at the mutated cell, or by a total that holds it, or changes
nothing. What the workspace holds no evidence about is counted apart, by the rules of `blind`.

Outcomes:
  cell     a problem at the mutated row or line
  named    a problem elsewhere that names the mutated cell: its published partner, an identity it stands in
  total    a problem at a total, series or partner of the mutated record, with the gap of that size
  nothing  the tables that are read (and, where inventory.yaml differs, the results of a run) are the same as before
  blind    the number changes and nothing in the workspace contradicts it; of the 200, by reason:
             assumption 2: shares of road_split in inventory.yaml have no partner in the tables
             within reach 1: solar generation x 1.8, a series without total, partner or steady trend
"""

import random
import re
import shutil
from collections import Counter
from dataclasses import dataclass

import pandas as pd
import pytest

from carbonpeak.accounting.problems import InputError, Level, Problem
from carbonpeak.inventories.checks import inputs, pairs
from carbonpeak.inventories.readers import read as reader
from carbonpeak.inventories.readers.audit_totals import totals
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace

from . import mutations
from .mutations import CO2, ENERGY, INVENTORY, PUBLISHED, SERIES_CO2, SOURCES, Mutation

SEED, COUNT = 2019, 200
EXPECTED = {"cell": 127, "named": 4, "total": 13, "nothing": 53, "blind": 3}
WORDS = ("row_id", "line_id", "source", "document", "note")
"""columns that say where a row stands, not what it says"""


@dataclass
class Seen:
    """What the program says about a workspace."""

    problems: list[Problem]
    tables: tuple[pd.DataFrame, ...] = ()
    workspace: Workspace | None = None


def look(root) -> Seen:
    try:
        workspace = Workspace.open(root)
    except InputError as error:
        return Seen(list(error.problems))
    read = reader.read_all(workspace)
    found = list(read.problems)
    if not read.problems.errors:
        found += inputs.check(workspace.inventory, read.activity, read.metrics)
    return Seen(found, (content(read.activity), content(read.metrics)), workspace)


def content(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows as a set: without addresses, in an order of their own."""
    columns = [name for name in frame if name not in WORDS]
    # sums of floats depend on their order in the last digits; the ledger is whole numbers
    digits = {name: frame[name].map(lambda value: float(f"{value:.11g}")) for name in frame.select_dtypes("float")}
    digits |= {name: frame[name].round(9) for name in ("residual", "relative") if name in frame}
    return frame.assign(**digits)[columns].sort_values(columns).reset_index(drop=True)


def same(one: tuple[pd.DataFrame, ...], other: tuple[pd.DataFrame, ...]) -> bool:
    return len(one) == len(other) and all(a.equals(b) for a, b in zip(one, other, strict=True))


def ran(workspace: Workspace) -> Seen:
    """What a run says: its problems, or its result tables."""
    try:
        results = run(workspace)
    except InputError as error:
        return Seen(list(error.problems))
    names = ("lines", "metrics", "verdicts", "uncounted", "residuals")
    return Seen(list(results.problems), tuple(content(results.tables[name]) for name in names))


def text(problem: Problem) -> str:
    """The words of a problem without the rows it stands in, which an inserted line moves."""
    return f"{problem.code} {re.sub(r'![A-Z]+[0-9]+', '', problem.zh)}"


@pytest.fixture(scope="module")
def readers():
    """Readers and audits that remember tables they have seen: a mutation changes one of six."""
    patch = pytest.MonkeyPatch()
    memory: dict = {}

    def remembering(function, key):
        def remembered(*args):
            at = (function, key(*args))
            if at not in memory:
                memory[at] = function(*args)
            return memory[at]

        return remembered

    def of_grid(grid, context):
        return (grid.file, tuple(grid.cells.ravel()), grid.cells.shape, repr(context.source), context.entity)

    def of_frame(frame, *rest):
        return (tuple(pd.util.hash_pandas_object(frame)), str(rest))

    patch.setattr(reader, "LAYOUTS", {name: remembering(read, of_grid) for name, read in reader.LAYOUTS.items()})
    for name in ("audit", "audit_metrics"):
        patch.setattr(reader, name, remembering(getattr(reader, name), of_frame))
    yield
    patch.undo()


@dataclass(frozen=True)
class Case:
    mutation: Mutation
    outcome: str
    codes: tuple[str, ...]


@pytest.fixture(scope="module")
def cases(tmp_path_factory, readers):
    root = tmp_path_factory.mktemp("mutations") / "henan"
    shutil.copytree(mutations.EXAMPLE, root)
    before = look(root)
    known = {text(problem) for problem in before.problems}
    base_run: list[Seen] = []
    out = []
    for mutation in mutations.plan(SEED, COUNT):
        file = root / mutation.file
        kept = file.read_bytes()
        file.write_bytes(mutation.content)
        after = look(root)
        fresh = [problem for problem in after.problems if text(problem) not in known]
        alike = same(after.tables, before.tables)
        if not fresh and alike and after.workspace.inventory != before.workspace.inventory:
            base_run = base_run or [ran(before.workspace)]
            result = ran(after.workspace)
            heard = {text(problem) for problem in base_run[0].problems}
            fresh = [problem for problem in result.problems if text(problem) not in heard]
            alike = same(result.tables, base_run[0].tables)
        file.write_bytes(kept)
        outcome, problems = judge(mutation, fresh, alike)
        out.append(Case(mutation, outcome, tuple(sorted({problem.code for problem in problems}))))
    return out


def judge(mutation: Mutation, fresh: list[Problem], alike: bool) -> tuple[str, list[Problem]]:
    ways = {"cell": at_cell, "named": names_it, "total": in_total}
    for outcome, way in ways.items():
        found = [problem for problem in fresh if way(mutation, problem)]
        if found and not (alike and all(problem.level is Level.HINT for problem in found)):
            return outcome, found
    if alike:
        return "nothing", fresh
    if blind(mutation) and all(problem.level is Level.HINT or problem.code in COUNTING for problem in fresh):
        return "blind", []
    return "missed", fresh


COUNTING = ("FACTOR-SECTOR",)
"""warnings that say how many rows they are about, so that their text follows any change"""


def line(problem: Problem) -> int:
    row = re.search(r"\d+$", problem.where.cell)
    return int(row[0]) if row else problem.where.line


def at_cell(mutation: Mutation, problem: Problem) -> bool:
    return problem.where.file == mutation.file and line(problem) in mutation.rows


def names_it(mutation: Mutation, problem: Problem) -> bool:
    """The problem's text holds the address of a mutated row, or the YAML key, block or value that changed."""
    if mutation.file in (INVENTORY, SOURCES):
        return names_yaml(mutation, problem)
    said = problem.zh + problem.expected
    return any(re.search(rf"{re.escape(mutation.file)}![A-Z]+{row}(?!\d)", said) for row in mutation.rows)


def names_yaml(mutation: Mutation, problem: Problem) -> bool:
    was, _, now = mutation.words.partition(" -> ")
    new = set(re.findall(r"[-\w]+", now)) - set(re.findall(r"[-\w]+", was))
    said = " ".join((problem.zh, problem.found, problem.expected, str(problem.where)))
    near = {row + step for row in mutation.rows or (_gone(mutation),) for step in (-1, 0, 1)}
    return (
        any(word in said for word in new)
        or (bool(mutation.key) and problem.found.endswith(mutation.key))
        or (problem.where.key or "-") == mutation.key
        or (mutation.block == "coal_mix" and problem.code == "COAL-MIX")
        or (problem.where.file == mutation.file and problem.where.line in near)
        # a lost line may break the syntax further down
        or (problem.where.file == mutation.file and problem.code == "YAML-SYNTAX")
    )


def _gone(mutation: Mutation) -> int:
    """The line that was taken out of a YAML file."""
    before = (mutations.EXAMPLE / mutation.file).read_text(encoding="utf-8").splitlines()
    after = mutation.content.decode("utf-8").splitlines()
    return next((n for n, pair in enumerate(zip(before, after, strict=False), start=1) if pair[0] != pair[1]), 0)


GAPS = ("SUM-MISMATCH", "VALUE-ODD", "SCALE-SLIP", "SCALE-SLIP-SMALL", "SIGN-SLIP", "TOTAL-MISSING", "PARTS-MISSING")
LOST = ("CO2-ALONE", "CO2-PARTNER", "SERIES-GAP", "SERIES-SHORT", "SHARES-SUM")
POWER = ("tr_power", "tr_heat")


def in_total(mutation: Mutation, problem: Problem) -> bool:
    """A problem at a total of the record with a gap of the changed size, or at its partner or its series."""
    return any(
        (problem.code in GAPS and is_above(mutation, record, problem) and is_gap(problem, change))
        or (problem.code in LOST and is_beside(mutation, record, problem))
        for record, change in zip(mutation.records, mutation.changes, strict=True)
    )


ALL_ROWS = {
    file: [table.record(at) for at in range(len(table.rows))]
    for file, table in ((name, mutations.Table.read(name)) for name in mutations.WEIGHTS)
}


def record_of(mutation: Mutation, problem: Problem) -> dict[str, str] | None:
    """The record of a csv at the line a problem stands in, in the file as it was mutated."""
    if problem.where.file == mutation.file:
        rows = mutations.Table.of(mutation.file, mutation.content.decode("utf-8"))
        return rows.record(line(problem) - 2)
    rows = ALL_ROWS.get(problem.where.file, [])
    return rows[line(problem) - 2] if rows else None


def is_gap(problem: Problem, change: float) -> bool:
    numbers = [float(word) for word in (problem.found, problem.expected) if re.fullmatch(r"-?[\d.]+(e[-+]\d+)?", word)]
    gap = abs(numbers[0] - numbers[1]) if len(numbers) == 2 else abs(numbers[0])
    return abs(gap - abs(change)) <= 0.2 + 1e-5 * abs(change)


def is_above(mutation: Mutation, record: dict[str, str], problem: Problem) -> bool:
    """The problem stands in the table of the record, in its column or row of totals."""
    if problem.where.file != mutation.file:
        return False
    total = record_of(mutation, problem)
    if mutation.file == ENERGY:
        return total["item"] == record["item"]
    along = all(total[name] in ("", record[name]) or not record[name] for name in ("item", "sector"))
    return total["period"] == record["period"] and along


def is_beside(mutation: Mutation, record: dict[str, str], problem: Problem) -> bool:
    """The problem stands at the published partner of the record, or in its series."""
    other = record_of(mutation, problem)
    if other is None:
        return False
    if problem.code == "SHARES-SUM":
        return [other["metric"], other["period"]] == [record["metric"], record["period"]]
    if problem.code in ("SERIES-GAP", "SERIES-SHORT"):
        return series(other) == series(record)
    sector = "D44" if record.get("flow") in POWER else record["sector"]
    return other["item"] == record["item"] and (other["sector"] == sector or record.get("flow") == "non_energy")


BLIND = {"assumption": 2, "within reach": 1}
NO_PARTNER = ("electricity", "heat", "other_energy", "other_petroleum", "cleaned_coal")
"""carriers whose sectors have no published CO2"""
NO_CHEMICAL_CO2 = ("coke", "other_petroleum", "other_washed_coal", "other_coking_products")
STEADY = ("population", "energy_total_published", "electricity_consumption", "gdp_current")


def blind(mutation: Mutation) -> str:
    """Why nothing in the workspace can contradict the mutation; '' where something must.

    assumption      a share declared in inventory.yaml (road_split): an assumption has no partner in the tables
    choice          inventory.yaml no longer asks for it (price_years, an entry of road_split)
    rounding        the change is smaller than what the printed total leaves open, and the cell has no published CO2
    loss            a loss below 15 % of use: no total of the source holds it
    non-energy      non-energy use of a carrier that the published CO2 gives no chemical sector
    end of series   the first or last year of a series is lost: the series is merely shorter
    within reach    a series without total or partner changes by less than a factor of five
    lone figure     the only year of its series, or a rate across a change of vintage
    """
    if mutation.kind == "yaml line gone" and mutation.block in ("price_years", "road_split"):
        return "choice"
    if mutation.block == "road_split":
        return "assumption"
    reasons = [unseen(mutation, *pair) for pair in zip(mutation.records, mutation.changes, strict=True)]
    return reasons[0] if reasons and all(reasons) else ""


def unseen(mutation: Mutation, record: dict[str, str], change: float) -> str:
    if mutation.file == ENERGY:
        return unseen_energy(record, change)
    if mutation.file in (CO2, SERIES_CO2):
        return ""
    own = [row for row in ALL_ROWS[mutation.file] if series(row) == series(record)]
    years = [row["period"] for row in own]
    lost = mutation.kind in ("blank cell", "delete row", "shifted year")
    if len(years) < 3 or (mutation.file == PUBLISHED and record["period"] == "2018" and not lost):
        return "lone figure"
    if lost:
        return "end of series" if record["period"] in (min(years), max(years)) else ""
    ratio = 1 + change / float(record["value"])
    return "within reach" if 0.2 < ratio < 5 and record["metric"] not in STEADY else ""


def series(record: dict[str, str]) -> list[str]:
    return [record[name] for name in ("metric", "item", "sector", "category", "vintage", "basis")]


def unseen_energy(record: dict[str, str], change: float) -> str:
    if record["flow"] == "loss":
        return "loss"
    if record["flow"] == "non_energy":
        return "non-energy" if record["item"] in NO_CHEMICAL_CO2 else ""
    return "rounding" if record["item"] in NO_PARTNER and abs(change) < 0.06 else ""


def test_every_mutation_is_found_or_changes_nothing(cases):
    missed = [f"{case.mutation} {case.codes}" for case in cases if case.outcome == "missed"]
    assert missed == []


def test_the_numbers_of_the_outcomes(cases):
    counted = Counter(case.outcome for case in cases)
    reasons = Counter(blind(case.mutation) for case in cases if case.outcome == "blind")
    print(dict(counted), dict(reasons))
    assert dict(counted) == EXPECTED
    assert dict(reasons) == BLIND


@pytest.mark.parametrize(
    "kind", ["full width", "thousands", "blanks around", "column order", "row order", "crlf", "bom", "gbk"]
)
def test_another_spelling_of_the_same_changes_nothing(cases, kind):
    own = [case for case in cases if case.mutation.kind == kind]
    assert own
    assert {case.outcome for case in own} == {"nothing"}


def test_tables_that_read_alike_give_the_same_run(tmp_path):
    """What `nothing` rests on: rows and columns shuffled, numerals respelt, and every result table is the same."""
    root, dice = tmp_path / "henan", random.Random(SEED)
    shutil.copytree(mutations.EXAMPLE, root)
    before = ran(Workspace.open(root))
    for file in mutations.WEIGHTS:
        table = mutations.Table.read(file)
        for row in range(len(table.rows)):
            table.put(row, table.value, table.record(row)[table.value].translate(mutations.FULL_WIDTH))
        table.shuffle(dice)
        (root / file).write_text(table.text(), encoding="utf-8")
    after = ran(Workspace.open(root))
    assert len(before.tables[0]) > 1000
    assert same(after.tables, before.tables)


@pytest.fixture(scope="module")
def henan():
    return reader.read_all(Workspace.open(mutations.EXAMPLE))


def test_any_change_of_a_published_cell_is_named_by_its_two_totals(henan):
    """47 sectors by 16 fuels with both margins: whatever a cell is changed to, row and column name it."""
    frame, dice = henan.metrics, random.Random(SEED)
    cells = frame[(frame["metric"] == "co2_literature") & (frame["period"] == "2019") & (frame["value"] > 1)]
    for at in dice.sample(list(cells.index), 40):
        wrong = frame.copy()
        wrong.loc[at, "value"] *= dice.uniform(1.05, 3)
        found = list(totals(wrong, lambda row: ""))
        assert [str(problem.where) for problem in found] == [wrong.at[at, "source"]]


def test_any_change_of_energy_with_published_co2_is_named(henan):
    """One fuel has one coefficient (coal within 15 %): each of the 302 quantities, doubled, is named at its cell.

    One is named with its non-energy use instead: of refinery gas only one chemical sector has any CO2.
    """
    activity = henan.activity
    final = activity[(activity["flow"] == "final") & (activity["sector"] != "") & (activity["sector"] != "D44")]
    published = henan.metrics[henan.metrics["metric"] == "co2_literature"]
    partners = set(zip(published["sector"], published["item"], strict=True))
    cells = final[[pair in partners for pair in zip(final["sector"], final["item"], strict=True)]]
    elsewhere = []
    for at in cells.index:
        wrong = activity.copy()
        wrong.loc[at, "quantity"] *= 2
        found = pairs.check(wrong, henan.metrics)
        if wrong.at[at, "source"] not in {str(problem.where) for problem in found}:
            assert wrong.at[at, "source"] in found[0].zh
            elsewhere.append((wrong.at[at, "sector"], wrong.at[at, "item"]))
    assert len(cells) == 302
    assert elsewhere == [("C26", "refinery_gas")]
