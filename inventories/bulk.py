"""Accounts of millions of rows: from an activity file to ledger lines in parquet, out of core.

Only the distinct keys come into memory: units, rules and coefficients are settled on them in pandas as in any run, then
DuckDB joins them to the rows and writes the lines. Rows stand for themselves: splits, headers over measured parts and
standard-quantity tables are the business of a region's run, a row of a standard-quantity table is put aside here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..accounting import emissions, keying
from ..accounting.balance import leaves
from ..accounting.keying import KEY
from ..accounting.problems import Problem, ProblemList, Where
from ..accounting.standard import Standard, select
from ..accounting.wording import coded, words
from ..factors.library import FactorLibrary
from ..factors.profile import Mix, Profile
from ..factors.questions import KEYS
from ..factors.regions import RegionBook
from ..factors.resolve import resolve
from . import engine
from .accounts import ENERGY, energy_keys, identity
from .frame import Book
from .names import Names
from .run_messages import MESSAGES

if TYPE_CHECKING:
    import duckdb

KIND = ["flow", "sector", "item", "leaf"]
"""what a rule of a standard looks at"""
RULE = ["account", "rule", "category", "scope", "bucket", "method", "tier", "gas"]
LEDGER, ASIDE = "lines.parquet", "uncounted.parquet"


@dataclass(frozen=True)
class Compiled:
    """Distinct keys after units, rules and coefficients: `keyed` for the kernel; `aside`: KEY, reason, detail."""

    keyed: pd.DataFrame
    aside: pd.DataFrame
    coefficients: pd.DataFrame
    problems: ProblemList


@dataclass(frozen=True)
class Ledger:
    """A written account. `lines` (tables.LINES) and `uncounted` (tables.UNCOUNTED) are parquet files without an order."""

    lines: Path
    uncounted: Path
    keys: int
    coefficients: pd.DataFrame
    problems: ProblemList


@dataclass(frozen=True)
class Compiler:
    """Compiles one account: of a standard, or the energy account (no standard)."""

    library: FactorLibrary
    profile: Profile
    standard: Standard | None = None
    gwp: Mapping[str, float] | None = None
    mixes: Sequence[Mix] = ()
    regions: RegionBook | None = None
    """places of the workspace beside those of GB/T 2260"""

    @property
    def account(self) -> str:
        """Id of the account."""
        return self.standard.id if self.standard else ENERGY

    def write(self, activity: Path | pd.DataFrame, folder: Path, memory: str = engine.MEMORY) -> Ledger:
        """Write the lines and the uncounted rows of an activity table into a folder (made if missing).

        `activity` as in engine.relation. Every row gives lines or is listed with a reason, or both where one of its
        gases has no factor; rows of 0 may give neither. Raises InputError for a table that cannot be read.
        """
        folder.mkdir(parents=True, exist_ok=True)
        with engine.connection(folder, memory) as database, engine.numeric(activity):
            rows = engine.relation(database, activity)
            rows.create_view("activity")
            keys = _distinct(rows)
            compiled = self.compile(keys)
            for name, table in zip(("numbers", "recipes"), keying.numbered(compiled.keyed), strict=True):
                engine.stored(database, name, table)
            engine.stored(database, "aside", compiled.aside)
            _write(self._lines(database, "recipes"), folder / LEDGER)
            _write(self._uncounted(database), folder / ASIDE)
        return Ledger(folder / LEDGER, folder / ASIDE, len(keys), compiled.coefficients, compiled.problems)

    def compile(self, keys: pd.DataFrame) -> Compiled:
        """Settle units, rules and coefficients of distinct keys (columns KEY)."""
        book = Book.of(self.library)
        canonical = keying.canonicalise(keys, book.units, {})
        standard_table = canonical.frame["attributes"].str.contains("table=standard", regex=False)
        frame = canonical.frame[~standard_table].reset_index(drop=True)
        frame = frame.assign(leaf=leaves(frame, book.nodes, book.totals))
        chosen, left, twice = self._select(frame, book)
        known = chosen["canonical"].eq("tce") if self.standard is None else pd.Series(False, index=chosen.index)
        asked = chosen[~known].rename(columns={"unit": "printed", "canonical": "unit", "gas": "quantity"})
        found = resolve(asked[list(KEYS)], self.library, self.profile, coal_mix=self.mixes, regions=self.regions)
        coefficients = pd.concat([found.coefficients, identity(chosen[known])], ignore_index=True)
        aside = pd.concat([
            _reason(canonical.refused, "refused_unit", words("单位不能使用", "unit refused")),
            _reason(canonical.frame[standard_table], "standard_table", words("标准量表", "standard-quantity table")),
            left, _unmatched(chosen, found.unmatched),
        ], ignore_index=True)  # fmt: skip
        problems = ProblemList([*canonical.problems, *twice, *found.problems.items])
        keyed = keying.with_coefficients(chosen, coefficients)
        return Compiled(keyed, self._named(aside), coefficients.assign(account=self.account), problems)

    def _named(self, aside: pd.DataFrame) -> pd.DataFrame:
        """What is put aside, with the reason in both languages in place of wording."""
        names = Names(self.library, self.regions or self.library.regions)
        said = {text: names.pair(text) for text in aside["detail"].unique()}
        zh, en = ({text: pair[place] for text, pair in said.items()} for place in (0, 1))
        return aside.assign(detail=aside["detail"].map(zh), detail_en=aside["detail"].map(en)).astype(
            {"detail": "str", "detail_en": "str"}
        )

    def _select(self, keys: pd.DataFrame, book: Book) -> tuple[pd.DataFrame, pd.DataFrame, list[Problem]]:
        """Return selected keys, keys left out with their reason, and what is selected twice."""
        if self.standard is None:
            totals = _reason(
                keys[keys["item"].isin(list(book.totals))], "control_total", words("合计", "total of items")
            )
            return energy_keys(keys, book.totals), totals, []
        # a standard looks at flow, sector and item only: a few thousand kinds stand for a million keys
        number = keys.groupby(KIND, sort=False).ngroup()
        kinds = keys.loc[~number.duplicated(), KIND].assign(kind=number, scale=1.0)
        chosen = select(kinds, self.standard, book.items, book.sectors, book.sector_parents)
        rules = chosen.selected[["kind", *RULE, "scale"]].rename(columns={"scale": "share"})
        selected = keys.assign(kind=number).merge(rules, on="kind")
        left = keys.assign(kind=number).merge(chosen.left_out[["kind", "reason", "detail"]], on="kind")
        twice = [
            MESSAGES.problem(
                "SELECTED-TWICE", Where(), f"{row['flow']}/{row['sector']}/{row['item']} {row['gas']}", row["rules"]
            )
            for row in chosen.twice.to_dict("records")
        ]
        return selected.assign(scale=selected["scale"] * selected["share"]), left[[*KEY, "reason", "detail"]], twice

    def _lines(self, database: duckdb.DuckDBPyConnection, recipes: str) -> Any:
        """The kernel over the rows whose key has a number in the table `recipes`."""
        rows = database.sql(f"SELECT * FROM activity JOIN numbers USING ({', '.join(KEY)})")
        if self.standard is not None and self.profile.heat_from == "tce_calorific":
            # heat of the guideline: a row that brings its own coal-equivalent coefficient brings its own heat
            heat = f"coalesce(ncv, tce_factor * {emissions.GJ_PER_TCE!r}::DOUBLE)"
            rows = rows.project(f"* REPLACE ({heat} AS ncv)")
        return emissions.compute(rows, database.table(recipes), self.gwp, on=["number"])

    def _uncounted(self, database: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        """Rows without a number, rows of keys put aside, rows whose coefficient and measurements together lack a part."""
        database.table("recipes").filter(_LACKING).create("lacking")
        listed = [_NO_NUMBER, _ASIDE]
        if database.table("lacking").shape[0]:
            self._lines(database, "lacking").create_view("whole")
            listed.append(_NO_PART)
        names = {"account": self.account, "key": ", ".join(KEY)}
        return database.sql("\nUNION ALL\n".join(listed).format(columns=_COLUMNS, **names))


_LACKING = """c_value IS NULL AND CASE
    WHEN gas = 'heat' THEN c_ncv IS NULL
    WHEN gas LIKE 'tce_%' THEN true
    WHEN gas = 'co2' THEN c_ncv IS NULL OR (c_per_heat IS NULL AND (c_carbon_content IS NULL OR c_oxidation IS NULL))
    ELSE c_ncv IS NULL OR c_per_heat IS NULL END"""
"""coefficients that give nothing to a row without measured parameters"""
_COLUMNS = """SELECT row_id, entity, period, sector, flow, item, account, reason, quantity, unit,
    CAST(NULL AS DOUBLE) AS size, '' AS size_unit, detail, detail_en, '' AS source"""
"""tables.UNCOUNTED"""
_NO_NUMBER = """{columns} FROM (
    SELECT *, 'all' AS account,
        CASE WHEN notation <> '' THEN 'notation' ELSE 'no_quantity' END AS reason,
        CASE WHEN notation <> '' THEN '填报符号，不是数值' ELSE '没有数值' END AS detail,
        CASE WHEN notation <> '' THEN 'notation key, no number' ELSE 'no quantity' END AS detail_en
    FROM activity WHERE notation <> '' OR quantity IS NULL)"""
_ASIDE = """{columns} FROM (
    SELECT *, '{account}' AS account FROM activity JOIN aside USING ({key}) WHERE notation = '' AND quantity IS NOT NULL)"""
_NO_PART = """{columns} FROM (
    SELECT *, '{account}' AS account, 'no_part' AS reason,
        '系数缺少一个组成部分' AS detail, 'a part of the coefficient is missing' AS detail_en
    FROM activity SEMI JOIN (
        SELECT row_id FROM activity JOIN numbers USING ({key}) JOIN lacking USING (number)
        WHERE notation = '' AND quantity <> 0 AND row_id || '/' || gas || '/' || rule NOT IN (SELECT line_id FROM whole)
    ) bare USING (row_id) ANTI JOIN aside USING ({key}))"""


def _distinct(rows: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """Return the distinct keys, sorted: the order of a parallel scan is no order."""
    names = ", ".join(KEY)
    frame: pd.DataFrame = rows.filter("notation = ''").project(names).distinct().order(names).df()
    return frame.astype("str")


def _write(lines: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write parquet under a temporary name: a file that is there is whole."""
    part = path.with_suffix(".part")
    lines.write_parquet(str(part))
    part.replace(path)


def _reason(keys: pd.DataFrame, reason: str, detail: str) -> pd.DataFrame:
    return keys[list(KEY)].assign(reason=reason, detail=detail)


def _unmatched(selected: pd.DataFrame, unmatched: pd.DataFrame) -> pd.DataFrame:
    """Keys that asked for a coefficient and found none; one entry a key, whatever gases it lacks."""
    if unmatched.empty:
        return _reason(selected.iloc[:0], "", "")
    on = ["entity", "year", "sector", "flow", "item", "attributes", "canonical", "gas"]
    found = unmatched.rename(columns={"unit": "canonical", "quantity": "gas"})[[*on, "reason", "detail"]]
    keys = selected.merge(found, on=on)
    keys = keys.assign(detail=keys["gas"].map(lambda gas: coded("word", gas)) + "：" + keys["detail"])
    together: pd.DataFrame = keys.groupby(list(KEY), sort=False, as_index=False).agg(
        {"reason": "first", "detail": "；".join}
    )
    return together
