"""The accounts of a run: coal equivalent for the energy account, gases for every standard.

Each account is the same three steps: select keys, choose coefficients, run the kernel. What has no coefficient is
listed with its size, never counted as zero.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from ..accounting import emissions, headers, keying, splitting
from ..accounting.methods import ceads
from ..accounting.problems import ProblemList, Where
from ..accounting.splitting import Split
from ..accounting.standard import Standard, select
from ..accounting.tables import COEFFICIENTS, FACTOR_PARTS, LINE_INPUTS, LINES, UNCOUNTED
from ..accounting.wording import coded, words
from ..factors.library import FactorLibrary
from ..factors.profile import Mix, Profile
from ..factors.questions import KEYS
from ..factors.regions import RegionBook
from ..factors.resolve import Resolution, resolve
from . import notation
from .engine import Engine, compute
from .frame import Book, Prepared
from .rows import Rows
from .run_messages import MESSAGES

ENERGY, PROCESS_FLOW = "energy", "activity"


@dataclass
class Account:
    """What one account brings to the results."""

    id: str
    lines: pd.DataFrame = field(default_factory=LINES.empty)
    line_inputs: pd.DataFrame = field(default_factory=LINE_INPUTS.empty)
    coefficients: pd.DataFrame = field(default_factory=COEFFICIENTS.empty)
    factor_parts: pd.DataFrame = field(default_factory=FACTOR_PARTS.empty)
    uncounted: pd.DataFrame = field(default_factory=UNCOUNTED.empty)
    problems: ProblemList = field(default_factory=ProblemList)
    silent: pd.DataFrame = field(default_factory=pd.DataFrame)
    """rows NE and C as the lines they would be (notation.py)"""


@dataclass(frozen=True)
class Maker:
    """Compiles accounts of one prepared activity table."""

    library: FactorLibrary
    book: Book
    prepared: Prepared
    mixes: Sequence[Mix] = ()
    splits: Sequence[Split] = ()
    engine: Engine = "pandas"
    regions: RegionBook | None = None
    """places of the library and of the workspace"""
    singles: Rows | None = None
    """single rows behind the records of the activity table"""

    def energy(self, profile: Profile) -> Account:
        """Return the coal-equivalent lines of every row that is not a total of items; subtotals are memo lines."""
        selected = energy_keys(self.prepared.keys, self.book.totals)
        known = selected["canonical"] == "tce"
        resolution = self._resolve(selected[~known], profile)
        coefficients = pd.concat([resolution.coefficients, identity(selected[known])], ignore_index=True)
        account = self._account(ENERGY, self.prepared.frame, selected, resolution, coefficients)
        account.line_inputs = _coefficient_cells(account.lines, self.prepared.frame, ENERGY)
        own = notation.of_energy(self.prepared.notation.query("flow != @PROCESS_FLOW"))
        account.silent = pd.concat([account.silent, own], ignore_index=True)
        return account

    def settled(self, energy: Account) -> Account:
        """Return the energy account with headers that hold what was measured in their parts (accounting/headers.py)."""
        lines, parts = headers.settle(energy.lines, self.prepared.frame, self.book.nodes)
        inputs = pd.concat([energy.line_inputs, _links(lines, parts, ENERGY)], ignore_index=True)
        return replace(energy, lines=lines, line_inputs=inputs)

    def emissions(self, standard: Standard, profile: Profile, gwp: dict[str, float], only: str = "") -> Account:
        """Return the account of a standard selected from the balance, or from the rows of one flow (`only`)."""
        frame = splitting.apply(self._with_heat(profile), self.splits)
        frame = frame[frame["flow"] == only] if only else frame
        chosen = select(_keys(frame), standard, self.book.items, self.book.sectors, self.book.sector_parents)
        resolution = self._resolve(chosen.selected, profile)
        account = self._account(standard.id, frame, chosen.selected, resolution, resolution.coefficients, gwp)
        if profile.heat_from == "tce_calorific":
            account.line_inputs = _coefficient_cells(account.lines, frame, standard.id)
        left = frame.merge(chosen.left_out[[*keying.KEY, "reason", "detail"]], on=list(keying.KEY), how="inner")
        left = left[~left["item"].isin(list(self.book.totals))]
        account.uncounted = pd.concat([account.uncounted, _uncounted(left, standard.id)], ignore_index=True)
        for row in chosen.twice.to_dict("records"):
            found = f"{row['flow']}/{row['sector']}/{row['item']} {row['gas']}"
            account.problems.add(MESSAGES.problem("SELECTED-TWICE", Where(), found, str(row["rules"])))
        account.silent = pd.concat([account.silent, self._silent(standard, only)], ignore_index=True)
        return account

    def _silent(self, standard: Standard, only: str) -> pd.DataFrame:
        if self.prepared.notation.empty:
            return self.prepared.notation
        rows = splitting.apply(self.prepared.notation, self.splits)
        rows = rows[rows["flow"] == only] if only else rows
        chosen = select(_keys(rows), standard, self.book.items, self.book.sectors, self.book.sector_parents)
        return notation.selected(rows, chosen.selected)

    def ceads(self, standard: Standard, profile: Profile) -> Account:
        """Return the account of the research series: net quantities first (accounting/methods/ceads.py)."""
        frame = self.prepared.frame
        net = ceads.net(frame, frame["leaf"], self.book.sectors["chemical_5"], self._ceads_fuels(profile))
        rows = net.rows.assign(notation="", source="", row_source="")
        keys = keying.canonicalise(keying.distinct(rows), self.book.units, {}).frame.assign(leaf=True)
        chosen = select(keys, standard, self.book.items, self.book.sectors, self.book.sector_parents)
        resolution = self._resolve(chosen.selected, profile)
        account = self._account(standard.id, rows, chosen.selected, resolution, resolution.coefficients)
        account.line_inputs = _links(account.lines, net.line_inputs, standard.id)
        keys_only = notation.everywhere(self.prepared.notation, standard.id)
        account.silent = pd.concat([account.silent, keys_only], ignore_index=True)
        return account

    def _ceads_fuels(self, profile: Profile) -> frozenset[str]:
        factors = [f for name in profile.order["co2"] for f in self.library.set(name).factors]
        fuels = {factor.item for factor in factors}
        # fuels of the series that no province gave a factor for are computed into `uncounted`, not dropped
        return frozenset(fuels | {"cleaned_coal", "other_petroleum"})

    def _resolve(self, selected: pd.DataFrame, profile: Profile) -> Resolution:
        keys = selected.rename(columns={"unit": "printed", "canonical": "unit", "gas": "quantity"})
        return resolve(
            keys.loc[:, list(KEYS)].drop_duplicates(), self.library, profile, coal_mix=self.mixes, regions=self.regions
        )

    def _with_heat(self, profile: Profile) -> pd.DataFrame:
        """Heat of the provincial method: a row whose coal-equivalent coefficient is known locally brings its own heat.

        An enterprise's own heat value is the measured one, never the coefficient it adopted for statistics.
        """
        frame = self.prepared.frame
        if profile.heat_from != "tce_calorific":
            return frame
        return frame.assign(ncv=frame["ncv"].fillna(frame["tce_factor"] * emissions.GJ_PER_TCE))

    def _account(
        self,
        name: str,
        rows: pd.DataFrame,
        selected: pd.DataFrame,
        resolution: Resolution,
        coefficients: pd.DataFrame,
        gwp: dict[str, float] | None = None,
    ) -> Account:
        keyed = keying.with_coefficients(selected, coefficients)
        lines = compute(rows, keyed, gwp, self.engine)
        if self.singles is not None and "share" in rows:
            lines = self.singles.settle(name, lines, rows, keyed, gwp)
        account = Account(name, lines, coefficients=coefficients.assign(account=name), problems=resolution.problems)
        account.factor_parts = resolution.parts.assign(account=name)
        missing = _without_factor(rows, selected, lines)
        account.uncounted = _uncounted(_remarks(missing, resolution), name)
        account.silent = notation.without_factor(missing, name)
        return account


def _keys(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the distinct keys of a prepared frame."""
    columns = [*keying.KEY, "canonical", "scale", "year", "leaf"]
    return frame[columns].drop_duplicates(list(keying.KEY), ignore_index=True)


def energy_keys(keys: pd.DataFrame, totals: Collection[str]) -> pd.DataFrame:
    """Return the keys of the energy account as `select` returns those of a standard; subtotals become memo lines.

    Products of industrial processes (flow `activity`) are no energy.
    """
    own = keys[~keys["item"].isin(list(totals)) & (keys["flow"] != PROCESS_FLOW)]
    return own.assign(
        account=ENERGY, rule="energy", category=ENERGY, scope="direct", method="product", tier="",
        gas="tce_calorific", bucket=own["leaf"].map({True: "counted", False: "memo"}),
    )  # fmt: skip


def identity(selected: pd.DataFrame) -> pd.DataFrame:
    """Return the coefficients of rows printed in coal equivalent: 1 tce = 1 tce."""
    on = ["entity", "year", "sector", "flow", "item", "attributes"]
    frame = selected[on].drop_duplicates()
    return COEFFICIENTS.conform(
        frame.assign(
            quantity="tce_calorific",
            value=1.0,
            per="tce",
            matched_on=words("标准量表，已折标准煤", "standard-quantity table, printed in coal equivalent"),
        )
    )


def _without_factor(rows: pd.DataFrame, selected: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Return the selected rows with a number that gave no line, once for every rule and gas."""
    wanted = rows.merge(
        selected[[*keying.KEY, "year", "canonical", "gas", "rule", "category", "bucket"]],
        on=list(keying.KEY), suffixes=("", "_s"),
    )  # fmt: skip
    ids = wanted["row_id"] + "/" + wanted["gas"] + "/" + wanted["rule"]
    missing = wanted[~ids.isin(lines["line_id"]) & wanted["quantity"].ne(0)]
    year = "year" if "year_s" not in missing else "year_s"
    return missing.assign(year=missing[year])


def _remarks(missing: pd.DataFrame, resolution: Resolution) -> pd.DataFrame:
    """Return one entry per row: a row that lacks CH4 and N2O alike is one remark, with the resolver's reason."""
    on = ["entity", "year", "sector", "flow", "item", "attributes"]
    reasons = resolution.unmatched[[*on, "quantity", "reason", "detail"]].rename(columns={"quantity": "gas"})
    missing = missing.merge(reasons.drop_duplicates([*on, "gas"]), on=[*on, "gas"], how="left")
    missing = missing.assign(
        reason=missing["reason"].fillna("no_part"),
        detail=missing["gas"].map(lambda gas: coded("word", gas))
        + "："
        + missing["detail"].fillna(words("系数缺少一个组成部分", "a part of the coefficient is missing")),
    )
    joined = missing.groupby("row_id", sort=False)["detail"].agg("；".join)
    return missing.drop_duplicates("row_id").assign(detail=lambda frame: frame["row_id"].map(joined))


def _uncounted(rows: pd.DataFrame, account: str) -> pd.DataFrame:
    columns = ["row_id", "entity", "period", "sector", "flow", "item", "quantity", "unit", "reason"]
    source = rows.get("source", "")
    return UNCOUNTED.conform(rows[[*columns, "detail"]].assign(account=account, source=source))


def _coefficient_cells(lines: pd.DataFrame, rows: pd.DataFrame, account: str) -> pd.DataFrame:
    """Link each line to its row and to the cell of the standard-quantity table that gave its coefficient."""
    own = rows.loc[rows["standard_row"] != "", ["row_id", "standard_row"]]
    cells = pd.concat([
        own.assign(source_row=own["row_id"], role="quantity"), own.assign(source_row=own["standard_row"], role="coefficient"),
    ])  # fmt: skip
    return _links(lines, cells, account)


def _links(lines: pd.DataFrame, inputs: pd.DataFrame, account: str) -> pd.DataFrame:
    ids = lines.assign(row_id=lines["line_id"].str.rsplit("/", n=2).str[0])[["line_id", "row_id"]]
    joined = ids.merge(inputs, on="row_id", how="inner")
    frame = joined[["line_id", "source_row", "role"]].rename(columns={"source_row": "row_id"})
    return LINE_INPUTS.conform(frame.assign(account=account))


def merge(accounts: Sequence[Account], name: str) -> pd.DataFrame:
    """Return one table of several accounts."""
    frames: list[pd.DataFrame] = [getattr(account, name) for account in accounts]
    merged: pd.DataFrame = pd.concat(frames, ignore_index=True)
    return merged
