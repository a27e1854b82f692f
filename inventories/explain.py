"""Where a figure comes from: equation, numbers, ledger lines, factor with its document, input cell.

`explain` walks the recorded steps of a run. It computes nothing; what it shows is what the run used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pandas as pd

from ..accounting.balance import inside_final
from ..accounting.figure_id import parse
from ..accounting.problems import InputError, Where
from ..accounting.splitting import origin
from ..accounting.steps import Step, Term, parse_lines_query
from ..accounting.wording import coded, words
from . import codes, explain_factor, explain_split
from .explain_node import Lang, Node, Voice, number_text
from .line_steps import arithmetic
from .readers.records import ADDED
from .results import Results
from .run_messages import MESSAGES

NET = ("final", "loss", "transform")
GRAMS_PER_T, KJ_PER_GJ = 1e6, 1e6
DEEPEST = 16
"""figures below figures; a chain of yearly rates over a plan and its base stays inside"""
MOST_LINES = 12
"""lines shown under one sum, largest first; the rest is given as one number"""


def explain(
    results: Results, figure: str, depth: int = DEEPEST, most: int | None = MOST_LINES, lang: Lang = "zh"
) -> Node:
    """Return the explanation of a figure id in one language. `most` limits the lines shown under one sum (None: all).

    Raises InputError FIGURE-UNKNOWN with near ids for an unknown one.
    """
    steps = results.steps_by_figure
    return _Walk(results, lang, steps, most).figure(_resolve(figure, steps, results), depth)


def _resolve(figure: str, steps: Mapping[str, Step], results: Results) -> str:
    """Complete a shortened id: without entity or period the run's own entity and last year are meant."""
    if figure in steps:
        return figure
    try:
        wanted = parse(figure)
    except ValueError:
        wanted = parse("?")
    inventory = results.workspace.inventory
    entity = wanted.entity or inventory.entity
    for period in [wanted.period] if wanted.period else [str(year) for year in sorted(inventory.years, reverse=True)]:
        query = dict(wanted.qualifiers)
        found = [key for key in steps if _fits(key, wanted.metric, entity, period, query)]
        if found:
            main = f"definition={inventory.standards[0]}"
            return min(found, key=lambda key: (main not in key, len(key), key))
    near = _near(figure, wanted.metric, steps)
    raise InputError(MESSAGES.problem("FIGURE-UNKNOWN", Where(key=figure), figure, " / ".join(near)))


def _near(figure: str, metric: str, steps: Mapping[str, Step]) -> list[str]:
    """Return ids like the one asked for: those of the metric whose name is nearest, else the nearest of all."""
    names = {key: parse(key).metric for key in steps}
    alike = get_close_matches(metric, sorted(set(names.values())), n=1, cutoff=0.75)
    own = [key for key, name in names.items() if name in alike]
    return get_close_matches(figure, own or list(steps), n=4, cutoff=0.0 if own else 0.3)


def _fits(key: str, metric: str, entity: str, period: str, query: Mapping[str, str]) -> bool:
    one = parse(key)
    if one.metric != metric:
        return False
    if metric.startswith("verdict/"):
        return not one.period or one.period == period or not period
    return one.entity == entity and one.period == period and query.items() <= dict(one.qualifiers).items()


@dataclass(frozen=True)
class _Walk(Voice):
    """A walk down the steps of one run."""

    steps: Mapping[str, Step]
    most: int | None

    def figure(self, key: str, depth: int) -> Node:
        step = self.steps.get(key)
        if step is None:
            return Node(
                "figure", key + self.pick("（本次运行没有记录）", " (not recorded in this run)"), {"figure": key}
            )
        name = self.say(coded("figure", key)) if parse(key).metric in codes.metrics() else ""
        node = Node(
            "figure",
            f"{key} = {self.amount(step.value, step.unit)}{self.pick('　', '; ') + name if name else ''}",
            self.record(step),
        )
        rule = self.pick("　依据：", "; rule: ") + self.say(step.rule) if step.rule else ""
        node.below.append(Node("equation", f"{self.pick('公式：', 'equation: ')}{self.say(step.equation)}{rule}"))
        if depth > 0:
            node.below += [self.term(term, depth - 1) for term in step.terms]
        return node

    def term(self, term: Term, depth: int) -> Node:
        kind, _, rest = term.ref.partition(":")
        if kind == "figure" and term.name in (rest, coded("figure", rest)):
            return self.figure(rest, depth)  # said once
        name = self.say(term.name)
        node = Node("term", f"{name} = {self.amount(term.value, term.unit)}", {"ref": term.ref, "value": term.value})
        if kind == "figure":
            node.below.append(self.figure(rest, depth))
        elif kind == "lines":
            node.below += self.lines(parse_lines_query(term.ref))
        elif kind == "factor":
            node.below.append(explain_factor.named(self, rest))
        elif kind == "row":
            node.below.append(Node("input", self.source(rest), {"source": rest}))
        elif kind == "input":
            node.below.append(Node("input", f"{self.pick('输入：', 'input: ')}{self.say(rest)}", {"source": rest}))
        return node

    def record(self, step: Step) -> dict[str, Any]:
        """A step as a record for programs, its words in the language of the reader."""
        out = step.record()
        terms = [{**term, "name": self.say(term["name"])} for term in out["terms"]]
        return {**out, "equation": self.say(step.equation), "rule": self.say(step.rule), "terms": terms}

    def lines(self, query: Mapping[str, str]) -> list[Node]:
        """The ledger lines of a query, largest first."""
        chosen = select_lines(self.results.lines, query)
        order = chosen["value"].abs().sort_values(ascending=False, kind="stable").index
        shown = chosen.loc[order[: self.most]]
        nodes = [self.line({str(name): cell for name, cell in row.items()}) for row in shown.to_dict("records")]
        rest = chosen.loc[order[len(shown) :]]
        if len(rest):
            total = self.mass(int(rest["value"].sum()), str(rest["quantity"].iloc[0]))
            words = self.pick(f"另有 {len(rest)} 行，合计：", f"and {len(rest)} more lines, in all: ")
            nodes.append(Node("more", words + total))
        return nodes or [Node("more", self.pick("没有对应的台账行", "no ledger lines"))]

    def line(self, line: Mapping[str, Any]) -> Node:
        """One ledger line: what it is, its row, its factors, its arithmetic."""
        results = self.results
        amount = self.mass(int(line["value"]), str(line["quantity"]))
        rows = _rows(results, line)
        mark = self.say(INSIDE) if any(_inside(results, row_id) for row_id, _ in rows) else ""
        node = Node(
            "line",
            f"{self.say(_line_name(line))} = {amount}{mark}",
            {"line": line["line_id"], "value": int(line["value"])},
        )
        for row_id, role in rows:
            words = self.say(STANDARD_CELL) if role == "coefficient" else self.pick("输入", "input")
            node.below.append(Node("input", self.source(row_id, words), {"row": row_id}))
            node.below += self.measured(row_id)
        part = explain_split.said(results, line)
        if part:
            node.below.append(Node("split", f"{self.pick('取该行的', 'part of the row: ')}{self.say(part)}"))
        node.below += explain_factor.of_line(self, line)
        text = arithmetic(results, line, rows[0][0], self.unit) if len(rows) == 1 else ""
        if text:
            node.below.append(Node("arithmetic", f"{self.pick('算式：', 'arithmetic: ')}{self.say(text)}"))
        return node

    def source(self, row_id: str, words: str = "") -> str:
        """The cell of a row and what stands in it."""
        found = self.results.activity[self.results.activity["row_id"] == origin(row_id)]
        if found.empty:
            return f"{self.pick('行', 'row')} {row_id}"
        row = found.iloc[0]
        count = str(row["note"]).partition(ADDED)[0].rpartition(" ")[2] if ADDED in str(row["note"]) else ""
        summed = self.pick(f"（{count} 行之和）", f" (sum of {count} rows)") if count else ""
        amount = self.amount(float(row["quantity"]), str(row["unit"]))
        return f"{words or self.pick('输入', 'input')}{self.pick('：', ': ')}{row['source']} = {amount}{summed}"

    def measured(self, row_id: str) -> list[Node]:
        """Parameters that the row brings itself: they stand before those of the factor."""
        found = self.results.activity[self.results.activity["row_id"] == origin(row_id)]
        given = [] if found.empty else [name for name in MEASURED if found[name].notna().iloc[0]]
        head = self.pick("实测，代替缺省：", "measured, in place of the default: ")
        return [
            Node("measured", f"{head}{self.say(coded('word', name))} = {number_text(float(found[name].iloc[0]))}")
            for name in given
        ]

    def mass(self, value: int, quantity: str) -> str:
        """A ledger integer, and the same in a unit one reads."""
        ledger, large, per = ("kJ", "GJ", KJ_PER_GJ) if quantity == "heat" else ("gce", "tce", GRAMS_PER_T)
        if quantity != "heat" and not quantity.startswith("tce"):
            ledger, large = "g", "t"
        read = self.amount(value / per, large)
        return f"{value} {self.unit(ledger)}" + self.pick(f"（{read}）", f" ({read})")


def select_lines(lines: pd.DataFrame, query: Mapping[str, str]) -> pd.DataFrame:
    """Return the ledger lines a query names. `top` is a block of the balance; `item` may be a comma list.

    A block whose header is printed is that header (as the account sums it), otherwise its parts.
    """
    mask = pd.Series(True, index=lines.index)
    for name, value in query.items():
        if name in lines.columns and value:
            mask &= lines[name].isin(value.split(","))
    chosen = lines[mask]
    top = query.get("top", "")
    if top:
        return _block(chosen, top)
    whole = query.get("account") == "energy" and "item" in query and not {"flow", "sector"} & set(query)
    # consumption on balance is final + loss - transformation: the three blocks, not every row under them
    return pd.concat([_block(chosen, name) for name in NET]) if whole else chosen


def _block(lines: pd.DataFrame, top: str) -> pd.DataFrame:
    header = lines[(lines["flow"] == top) & (lines["sector"] == "")]
    parents = codes.node_parents()
    below = lines[lines["flow"].map(lambda flow: parents.get(flow, flow)).eq(top) & ~lines["item"].isin(header["item"])]
    return pd.concat([header, below])


INSIDE = words("（已含于终端消费，不再相加）", " (inside final consumption, not added again)")
STANDARD_CELL = words(
    "标准量，两表相除得地方折标系数", "coal equivalent; over the physical cell it is the local coefficient"
)
MEASURED = ("ncv", "carbon_content", "oxidation", "tce_factor")


def _line_name(line: Mapping[str, Any]) -> str:
    """What a line is about: the account, the row of the balance, the carrier, the quantity."""
    account = (
        words("能源核算", "energy account") if line["account"] == "energy" else coded("definition", line["account"])
    )
    parts = (coded("flow", line["flow"]), coded("sector", line["sector"]), coded("carrier", line["item"]))
    return "：".join([account, "，".join(filter(None, [*parts, coded("word", line["quantity"])]))])


def _inside(results: Results, row_id: str) -> bool:
    """A loss that the source prints again after counting it in final consumption (CEADs)."""
    found = results.activity.loc[results.activity["row_id"] == origin(row_id), "attributes"]
    return bool(inside_final(found).any())


def _rows(results: Results, line: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The rows a line rests on, each with what it is to the line."""
    linked = results.line_inputs
    many = linked[(linked["account"] == line["account"]) & (linked["line_id"] == line["line_id"])]
    own = [(str(row), str(role)) for row, role in zip(many["row_id"], many["role"], strict=True)]
    return own or [(str(line["line_id"]).rsplit("/", 2)[0], "quantity")]
