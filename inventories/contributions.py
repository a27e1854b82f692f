"""What a total is made of: one contribution for each carrier and each group of printed numbers and data it rests on.

    energy, region       final + loss - transformation(net) of the carriers that are counted
    energy, enterprise   production use - output of transformation - recovery
    等价值               the same, with electricity at the coal rate: its part grows by E_eq - E_cal
    CO2                  counted lines of the account; of an enterprise also purchased electricity and heat

Contributions may be negative (a carrier that is made here and sent out), so shares are taken of absolute values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ..accounting.balance import inside_final
from ..accounting.co2 import GRAMS_PER_WAN_T
from ..accounting.enterprise import PARTS as ROLES
from ..accounting.enterprise import SIGNS
from ..accounting.figure_id import figure_id, parse
from ..accounting.metrics import MetricBook
from ..accounting.models import weakest
from ..accounting.steps import Step, Term, by_figure, lines_query, parse_lines_query
from .accounts import ENERGY
from .evidence import FigureLevels
from .line_parts import row_of

GRAMS_PER_T = 1e6
TOP = {"final": 1, "loss": 1, "transform": -1}
"""block of the balance -> its sign in consumption"""
Mask = npt.NDArray[np.bool_]
Numbers = frozenset[tuple[str, str]]
Signs = npt.NDArray[Any]


@dataclass(frozen=True)
class Contribution:
    """A carrier's part of a total, in the unit of the total."""

    item: str
    value: float
    factor: str
    """weakest level of the printed numbers; '' where no factor was needed"""
    data: str
    """weakest level of the input; '' for the place's own data"""
    numbers: Numbers = frozenset()
    """(factor id, part) of the printed numbers it rests on"""
    ref: str = ""
    """where the amount stands: `lines:` or `figure:`"""

    @property
    def level(self) -> str:
        """Weakest level along the chain."""
        return weakest([self.factor, self.data])


@dataclass(frozen=True)
class Total:
    """A total and its contributions."""

    figure: str
    unit: str
    parts: Sequence[Contribution]

    @property
    def gross(self) -> float:
        """Sum of the absolute contributions."""
        return sum(abs(part.value) for part in self.parts)


@dataclass(frozen=True)
class Ledger:
    """The tables of a run that contributions are read off, with the levels of lines and figures."""

    lines: pd.DataFrame
    factor_parts: pd.DataFrame
    activity: pd.DataFrame
    book: MetricBook
    levels: FigureLevels
    steps: Mapping[str, Step] = field(default_factory=dict)

    def totals(self) -> list[Total]:
        """Return the totals of the run: energy by both methods and CO2, of every place and year."""
        reader = replace(self, steps=by_figure(self.book.steps))
        return [*reader._energy(), *reader._co2()]

    def _computed(self, *metrics: str) -> Iterator[str]:
        """Yield the figures of whole totals that were computed (entered ones rest on no factor)."""
        for figure, row in self.book.rows.items():
            whole = not (row["item"] or row["sector"] or row["category"])
            if whole and row["metric"] in metrics and row["status"] == "computed" and self.steps[figure].value:
                yield figure

    # energy -----------------------------------------------------------------------------------------------------

    def _energy(self) -> Iterator[Total]:
        for figure in self._computed("energy_total", "energy_comprehensive"):
            row = self.book.rows[figure]
            if row["basis"] != "calorific":
                continue
            mask, signs = self._net(figure) if row["metric"] == "energy_total" else self._roles(figure)
            parts = self._parts(mask, signs, GRAMS_PER_T * 1e4)
            own = Total(figure, str(row["unit"]), parts)
            yield own
            yield from self._equivalent(own)

    def _net(self, figure: str) -> tuple[Mask, Signs]:
        """Lines of consumption on balance (accounting/balance.net_consumption): a printed header, else what is below."""
        query = parse_lines_query(self.steps[figure].terms[0].ref)
        mask = self.levels.lines.mask(
            lines_query(**{name: query[name] for name in ("account", "entity", "period", "item")})
        )
        top = self.levels.lines.words("top")
        header = self.lines["flow"].eq(top) & self.lines["sector"].eq("")
        within = self.activity.loc[inside_final(self.activity["attributes"]), "row_id"]
        if len(within):
            at = np.flatnonzero(mask)
            mask[at] = ~row_of(self.lines["line_id"].iloc[at]).isin(within).to_numpy()
        mask &= top.isin(list(TOP)).to_numpy()
        headed = set(zip(self.lines["item"][mask & header], top[mask & header], strict=True))
        below = np.fromiter(
            (pair not in headed for pair in zip(self.lines["item"], top, strict=True)), bool, len(self.lines)
        )
        mask &= header.to_numpy() | (below & self.lines["bucket"].eq("counted").to_numpy())
        return mask, top.map(TOP).fillna(0).to_numpy("int64")

    def _roles(self, figure: str) -> tuple[Mask, Signs]:
        """Lines of an enterprise's consumption, each with the sign of its role."""
        sign_of = {metric: SIGNS[role] for role, metric in ROLES.items()}
        mask, signs = np.zeros(len(self.lines), dtype=bool), np.zeros(len(self.lines), dtype="int64")
        for term in self.steps[figure].terms:
            part = term.ref.removeprefix("figure:")
            own = self.levels.lines.mask(self.steps[part].terms[0].ref)
            mask |= own
            signs[own] = sign_of[parse(part).metric]
        return mask, signs

    def _equivalent(self, own: Total) -> Iterator[Total]:
        """The coal equivalent value: electricity at the coal rate, whatever its calorific coefficient."""
        row = self.book.rows[own.figure]
        place = {"entity": str(row["entity"]), "period": str(row["period"])}
        other = figure_id(str(row["metric"]), **place, basis="equivalent")
        if other not in self.steps or self.steps[other].value is None:
            return
        power = [part for part in own.parts if part.item == "electricity"]
        more = float(self.steps[other].value or 0.0) - sum(part.value for part in own.parts)
        value = sum(part.value for part in power) + more
        rate = self.levels.of(figure_id("coal_rate", **place))
        whole = Contribution(
            "electricity", value, rate, weakest(part.data for part in power), ref=f"figure:{other}"
        )  # fmt: skip
        rest = [part for part in own.parts if part.item != "electricity"]
        yield Total(other, own.unit, [*rest, *([whole] if value else [])])

    # CO2 --------------------------------------------------------------------------------------------------------

    def _co2(self) -> Iterator[Total]:
        enterprises = list(self._computed("co2_enterprise"))
        done = {(self.book.rows[figure]["entity"], self.book.rows[figure]["period"]) for figure in enterprises}
        for figure in [*enterprises, *self._computed("co2_scope1", "co2_energy")]:
            row = self.book.rows[figure]
            if row["metric"] == "co2_scope1" and (row["entity"], row["period"]) in done:
                continue
            scale = GRAMS_PER_WAN_T if row["metric"] == "co2_energy" else GRAMS_PER_T
            yield Total(figure, str(row["unit"]), list(self._of_terms(figure, scale)))

    def _of_terms(self, figure: str, scale: float) -> Iterator[Contribution]:
        """Read the terms of a sum of CO2: ledger lines, or a purchase with its factor."""
        mask = np.zeros(len(self.lines), dtype=bool)
        for term in self.steps[figure].terms:
            if term.ref.startswith("lines:"):
                mask |= self.levels.lines.mask(term.ref)
            elif any("factor:" in below.ref for below in self.steps[_figure(term)].terms):
                yield self._purchase(_figure(term))
            else:
                yield from self._of_terms(_figure(term), scale)
        mask &= self.lines["quantity"].eq("co2").to_numpy()
        yield from self._parts(mask, np.ones(len(self.lines), dtype="int64"), scale)

    def _purchase(self, figure: str) -> Contribution:
        """Electricity or heat bought: amount x factor."""
        step = self.steps[figure]
        factors = [term.ref.removeprefix("factor:") for term in step.terms if term.ref.startswith("factor:")]
        item = "electricity" if parse(figure).metric == "co2_scope2_location" else "heat"
        return Contribution(
            item, float(step.value or 0.0), self.levels.said.get(figure, ""), self.levels.of_terms(step.terms),
            frozenset((factor, "value") for factor in factors), f"figure:{figure}",
        )  # fmt: skip

    # groups -----------------------------------------------------------------------------------------------------

    def _parts(self, mask: Mask, signs: Signs, scale: float) -> list[Contribution]:
        """Add the lines up by carrier, printed numbers and data; in order of first appearance."""
        chosen = np.flatnonzero(mask & (signs != 0)).tolist()
        values, items, numbers = self.lines["value"].to_numpy(), self.lines["item"].to_numpy(), self._numbers
        sums: dict[tuple[str, str, str, Numbers], int] = {}
        lines_of: dict[str, list[int]] = {}
        for line in chosen:
            item = str(items[line])
            lines_of.setdefault(item, []).append(line)
            key = (item, *self.levels.lines.of_line(line), numbers.get(line, frozenset()))
            sums[key] = sums.get(key, 0) + int(values[line]) * int(signs[line])
        refs = {item: self._ref(item, own) for item, own in lines_of.items()}
        return [
            Contribution(item, total / scale, factor, data, behind, refs[item])
            for (item, factor, data, behind), total in sums.items()
            if total
        ]

    def _ref(self, item: str, own: Sequence[int]) -> str:
        """Name the lines of one carrier as explain finds them."""

        def words(name: str) -> str:
            column = self._columns[name]
            return ",".join(sorted({str(column[line]) for line in own}))

        where = {name: words(name) for name in ("account", "entity", "period")}
        more = {"quantity": "co2", "bucket": "counted"}
        if where["account"] == ENERGY:
            # consumption on balance is found by the carrier alone, that of an enterprise by its flows
            blocks = set(words("top").split(",")) <= set(TOP)
            more = {} if blocks else {"bucket": "counted", "flow": words("flow")}
        return lines_query(**where, item=item, **more)

    @cached_property
    def _columns(self) -> Mapping[str, Sequence[str]]:
        return {name: self.levels.lines.words(name).tolist() for name in ("account", "entity", "period", "flow", "top")}

    @property
    def _numbers(self) -> Mapping[int, Numbers]:
        return self.levels.lines.numbers(self.factor_parts)


def _figure(term: Term) -> str:
    return term.ref.removeprefix("figure:")
