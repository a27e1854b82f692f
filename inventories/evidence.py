"""The evidence a result rests on, and the refusal of what is too weak.

A figure carries the weakest level of all it rests on. That is read off the steps themselves (figure -> terms -> lines
-> factor and input row), so that no computation has to pass it along.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from ..accounting.figure_id import metric_id
from ..accounting.metrics import MetricBook
from ..accounting.models import Evidence, weakest
from ..accounting.problems import Problem, Where
from ..accounting.splitting import origin, suffixes
from ..accounting.steps import Step, Term, by_figure, parse_lines_query
from ..accounting.wording import listed, words
from . import codes, line_parts
from .accounts import ENERGY
from .mixes import WORKS
from .results import Results
from .run_messages import MESSAGES
from .workspace.models import BoilerType, Inventory, Mix, Sourced, VehicleTechnology

LEVELS = ("", *(level.value for level in Evidence))
"""'' is the place's own data: it limits nothing"""


def settle(book: MetricBook, lines: LineLevels) -> FigureLevels:
    """Set the evidence of every computed metric to the weakest it rests on: its own word, its terms, and theirs."""
    said = {figure: str(row["evidence"]) for figure, row in book.rows.items()}
    read = {figure: said[figure] for figure, row in book.rows.items() if row["status"] != "computed"}
    found = FigureLevels(by_figure(book.steps), read, lines, said)
    for figure, row in book.rows.items():
        row["evidence"] = found.of(figure)
    return found


def of_splits(inventory: Inventory) -> dict[str, str]:
    """Return the weakest level of the declared shares by the suffix their parts carry."""
    declared: dict[str, Sequence[Sourced]] = {
        "~road": inventory.road_split, "~bio": inventory.biogenic_share, "~emitted": inventory.stored_carbon,
        "~stored": inventory.stored_carbon, WORKS: inventory.gas_mix,
    }  # fmt: skip
    mixes: list[BoilerType | VehicleTechnology | Mix] = [*inventory.boiler_types, *inventory.vehicle_technology]
    mixes += inventory.other_energy_mix
    for mix in mixes:
        for name in mix.of:
            declared[f"~{name}"] = [*declared.get(f"~{name}", ()), mix]
    return {suffix: weakest([entry.level for entry in entries]) for suffix, entries in declared.items()}


@dataclass
class FigureLevels:
    """Evidence of figures by their steps. `known` holds those whose level was read or settled before."""

    steps: Mapping[str, Step]
    known: dict[str, str]
    lines: LineLevels
    said: Mapping[str, str] = field(default_factory=dict)
    """what a computation says of a figure itself, such as a coal rate from a compilation"""

    def of(self, figure: str) -> str:
        """Return the weakest level below a figure, '' where nothing limits it."""
        if figure not in self.known:
            step = self.steps.get(figure)
            self.known[figure] = weakest([self.said.get(figure, ""), self.of_terms(step.terms) if step else ""])
        return self.known[figure]

    def of_terms(self, terms: Iterable[Term]) -> str:
        """Return the weakest level of what terms point at."""
        return weakest([self._of_term(term) for term in terms])

    def _of_term(self, term: Term) -> str:
        kind, _, rest = term.ref.partition(":")
        if kind == "figure":
            return self.of(rest)
        return self.lines.of(term.ref, physical=_is_physical(term)) if kind == "lines" else ""


def _is_physical(term: Term) -> bool:
    """Tell whether a term adds quantities of the balance as they are entered: no coefficient was used."""
    account = parse_lines_query(term.ref).get("account", "")
    return account == ENERGY and bool(term.unit) and not term.unit.endswith("tce")


class LineLevels:
    """Levels of ledger lines (factor and input row), by query. Texts are integers here: a run asks some hundred times."""

    def __init__(
        self, lines: pd.DataFrame, parts: pd.DataFrame, activity: pd.DataFrame, inputs: pd.DataFrame,
        splits: Mapping[str, str],
    ) -> None:  # fmt: skip
        self.pairs = line_parts.used(lines, parts, activity, inputs)
        factor = line_parts.levels(lines, parts, self.pairs)
        rank = {level: number for number, level in enumerate(LEVELS)}
        given = dict(zip(activity["row_id"], activity["evidence"].map(rank).fillna(0), strict=True))
        linked: dict[tuple[str, str], int] = {}
        for account, line, row in zip(inputs["account"], inputs["line_id"], inputs["row_id"], strict=True):
            # a net quantity, or a coefficient taken from another table: the weakest of all rows behind it
            linked[account, line] = max(linked.get((account, line), 0), given.get(origin(row), 0))
        for suffix, level in splits.items():
            given[suffix] = max(given.get(suffix, 0), rank[level])
        own = lines["line_id"].str.rsplit("/", n=2).str[0]
        rows = [
            max(linked.get((account, line), 0), *(given.get(name, 0) for name in (origin(row), *suffixes(row))))
            for row, account, line in zip(own, lines["account"], lines["line_id"], strict=True)
        ]
        self.rows = np.array(rows, dtype="int64")
        self.factors = np.array(factor.map(rank), dtype="int64")
        self.rank = np.maximum(self.factors, self.rows)
        parents = codes.node_parents()
        top = lines["flow"].map({flow: parents.get(flow, flow) for flow in lines["flow"].unique()})
        self.columns = {str(name): pd.factorize(lines[name]) for name in lines.columns if lines[name].dtype == "str"}
        self.columns["top"] = pd.factorize(top.astype("str"))
        self.printed: dict[int, frozenset[tuple[str, str]]] = {}
        self.known: dict[tuple[str, bool], str] = {}
        self.masks: dict[tuple[str, str], np.ndarray[Any, np.dtype[np.bool_]]] = {}

    def of_line(self, line: int) -> tuple[str, str]:
        """Return the level of the factor and of the input rows of a line, by its position."""
        return LEVELS[int(self.factors[line])], LEVELS[int(self.rows[line])]

    def numbers(self, parts: pd.DataFrame) -> Mapping[int, frozenset[tuple[str, str]]]:
        """Return the printed numbers (factor id, part) of every line that rests on any, by its position.

        `parts` is the table the levels were read off.
        """
        if not self.printed:
            names = list(zip(parts["printed_in"], parts["part"], strict=True))
            by_line: dict[int, list[int]] = {}
            for line, part in zip(self.pairs["line"].tolist(), self.pairs["part"].tolist(), strict=True):
                by_line.setdefault(line, []).append(part)
            sets: dict[tuple[int, ...], frozenset[tuple[str, str]]] = {}
            for line, found in by_line.items():
                key = tuple(found)
                if key not in sets:
                    sets[key] = frozenset(names[part] for part in found)
                self.printed[line] = sets[key]
        return self.printed

    def words(self, name: str) -> pd.Series:
        """Return a column of the lines; `top` is the block of the balance."""
        numbers, uniques = self.columns[name]
        return pd.Series(np.asarray(uniques, dtype=object)[numbers], dtype="str")

    def of(self, ref: str, physical: bool = False) -> str:
        """Return the weakest level of the lines a query names; of their input rows alone for `physical` quantities."""
        if (ref, physical) not in self.known:
            self.known[ref, physical] = self._of(ref, self.rows if physical else self.rank)
        return self.known[ref, physical]

    def of_factors(self, ref: str) -> str:
        """Return the weakest level of the factors alone of the lines a query names."""
        return self._of(ref, self.factors)

    def _is(self, name: str, value: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
        if (name, value) not in self.masks:
            numbers, words = self.columns[name]
            wanted = set(value.split(","))
            self.masks[name, value] = np.array([word in wanted for word in words], dtype=bool)[numbers]
        return self.masks[name, value]

    def _of(self, ref: str, rank: np.ndarray[Any, np.dtype[np.int64]]) -> str:
        return LEVELS[int(rank[self.mask(ref)].max(initial=0))]

    def mask(self, ref: str) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Tell which ledger lines a query names; a block is all rows under it."""
        mask = np.ones(len(self.rank), dtype=bool)
        for name, value in parse_lines_query(ref).items():
            if name in self.columns and value:
                mask &= self._is(name, value) | (self._is("flow", value) if name == "top" else False)
        return mask


def check(results: Results, required: str) -> list[Problem]:
    """Return one EVIDENCE-WEAK per factor set or source of data that a result uses and that rests on less than `required`."""
    weak = [level.value for level in Evidence if level.rank > Evidence(required).rank]
    found = pd.concat([_factors(results), _rows(results), _series(results)], ignore_index=True)
    found = found[found["evidence"].isin(weak)].drop_duplicates()
    return [
        MESSAGES.problem("EVIDENCE-WEAK", Where(key=str(name)), _listed(part), required)
        for name, part in found.groupby("of", sort=True)
    ]


def _factors(results: Results) -> pd.DataFrame:
    """Factors of counted lines; a mix names its first set."""
    used = results.lines[results.lines["bucket"] == "counted"]
    pairs = line_parts.used(used, results.factor_parts, results.activity, results.line_inputs)
    level = line_parts.levels(used, results.factor_parts, pairs)
    names = used["factor_id"].str.partition("#")
    return pd.DataFrame({"of": names[0].str.rpartition("*")[2], "what": names[2], "evidence": level})


def _rows(results: Results) -> pd.DataFrame:
    """Rows of the tables, by file."""
    rows = results.activity
    return pd.DataFrame({"of": _file(rows["source"]), "what": rows["item"], "evidence": rows["evidence"]})


def _series(results: Results) -> pd.DataFrame:
    """Numbers that were read and that a computed figure takes, by file."""
    taken = {term.ref.removeprefix("figure:") for step in results.steps for term in step.terms}
    given = results.metrics[results.metrics["status"] != "computed"]
    records = [{str(name): value for name, value in row.items()} for row in given.to_dict("records")]
    given = given[pd.Series([metric_id(row) in taken for row in records], index=given.index, dtype=bool)]
    return pd.DataFrame({"of": _file(given["source"]), "what": given["metric"], "evidence": given["evidence"]})


def _file(source: pd.Series) -> pd.Series:
    return source.map({text: Where.parse(text).file for text in source.unique()})


def _listed(part: pd.DataFrame) -> str:
    """Name what is weak with its level."""
    return listed(
        f"{what}（{words(Evidence(level).label('zh'), Evidence(level).label('en'))}）"
        for what, level in zip(part["what"], part["evidence"], strict=True)
    )
