"""A standard: the categories of an account and the rules that select activity into them.

Activity knows no standard. A rule names flows, sectors and items of the balance; a key that two rules take for the
same quantity, or that neither a rule nor an exclusion takes, is a problem: nothing counts twice and nothing vanishes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from pydantic import Field

from .models import Cited, Evidence, Frozen, Title
from .wording import words

Bucket = Literal["counted", "memo", "biogenic", "captured"]
Groups = Mapping[str, frozenset[str]]


class Category(Frozen):
    """One category of the standard's tree."""

    id: str
    zh: str
    en: str
    parent: str = ""
    ipcc2006: list[str] = Field(default_factory=list)
    """codes of IPCC 2006 vol. 1 table 8.2"""

    def title(self, lang: str) -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" else self.en


class Where(Frozen):
    """Which keys are meant. Sectors match themselves and everything below them; `@name` is a group."""

    flows: list[str]
    sectors: list[str] = Field(default_factory=list)
    """ids or @groups of sectors.yaml, `=id` for the row itself without its children; empty = any"""
    items: list[str] = Field(default_factory=list)
    """ids or @groups of carriers.yaml; empty = any"""
    without: list[str] = Field(default_factory=list)
    """items or @groups left out"""


class Rule(Where):
    """Selects keys into one category."""

    id: str
    category: str
    quantities: list[str]
    sign: Literal[1, -1] = 1
    """-1 where the balance prints the consumption negative (inputs to transformation) or the row is deducted"""
    share: float = 1.0
    """part of the row that is meant, e.g. the part not stored in products"""
    bucket: Bucket = "counted"
    scope: str = "direct"
    method: str = "product"
    tier: str = ""
    also: bool = False
    """the row is meant to be selected a second time (a deduction beside its owner)"""
    note: str = ""


class Exclusion(Where):
    """Keys the standard leaves out, with the reason readers will see."""

    reason: str
    zh: str
    en: str


class Standard(Frozen):
    """A standard (guideline) as data."""

    schema_: Literal[1] = Field(alias="schema")
    id: str
    title: Title
    document: Cited
    year: int | None = None
    evidence: Evidence
    profile: str
    """profile of factors/data/profiles that gives its coefficients"""
    leaves: bool = True
    """select leaves of the balance only; False where a method prepares its own rows"""
    categories: list[Category]
    rules: list[Rule]
    excluded: list[Exclusion] = Field(default_factory=list)
    notes: list[Title] = Field(default_factory=list)

    def category(self, id_: str) -> Category:
        """Return a category by id."""
        return next(category for category in self.categories if category.id == id_)


@dataclass(frozen=True)
class Selection:
    """`selected`: keys x rule x quantity; `left_out`: keys with reason and texts; `twice`: keys taken twice."""

    selected: pd.DataFrame
    left_out: pd.DataFrame
    twice: pd.DataFrame


def select(
    keys: pd.DataFrame, standard: Standard, items: Groups, sectors: Groups, parents: Mapping[str, str]
) -> Selection:
    """Select distinct keys (columns of keying.KEY + year, canonical, scale, leaf) under a standard.

    `items` and `sectors` are the groups of carriers and sectors; `parents` maps a sector to its parent.
    """
    usable = keys[keys["leaf"]] if standard.leaves else keys
    taken = {rule.id: _mask(usable, rule, items, sectors, parents) for rule in standard.rules}
    # a workspace meets few of the rules; one without rows only gives the columns
    rules = [rule for rule in standard.rules if taken[rule.id].any()] or standard.rules[:1]
    selected = pd.concat([_under(usable[taken[rule.id]], standard, rule) for rule in rules], ignore_index=True)
    left = _left_out(usable, standard, taken, items, sectors, parents)
    subtotals = keys.drop(index=usable.index).assign(
        reason="subtotal", detail=words("小计行，其分项已计入", "subtotal; its parts are counted")
    )
    return Selection(selected, pd.concat([left, subtotals], ignore_index=True), _twice(usable, standard, taken))


def _under(keys: pd.DataFrame, standard: Standard, rule: Rule) -> pd.DataFrame:
    frame = keys.assign(
        account=standard.id, rule=rule.id, category=rule.category, scope=rule.scope, bucket=rule.bucket,
        method=rule.method, tier=rule.tier, scale=keys["scale"] * rule.sign * rule.share,
    )  # fmt: skip
    return frame.merge(pd.DataFrame({"gas": rule.quantities}), how="cross")


def _left_out(
    keys: pd.DataFrame,
    standard: Standard,
    taken: Mapping[str, pd.Series],
    items: Groups,
    sectors: Groups,
    parents: Mapping[str, str],
) -> pd.DataFrame:
    free = ~_any(taken, keys.index)
    out = []
    for rule in standard.excluded:
        mask = free & _mask(keys, rule, items, sectors, parents)
        out.append(keys[mask].assign(reason=rule.reason, detail=words(rule.zh, rule.en)))
        free &= ~mask
    unknown = words("该标准没有选取此行的规则", "no rule of the standard selects this row")
    out.append(keys[free].assign(reason="not_in_standard", detail=unknown))
    return pd.concat(out, ignore_index=True)


def _twice(keys: pd.DataFrame, standard: Standard, taken: Mapping[str, pd.Series]) -> pd.DataFrame:
    """Keys that two rules take for one quantity, unless one of them says `also`."""
    found = []
    for quantity in sorted({name for rule in standard.rules for name in rule.quantities}):
        rules = [rule for rule in standard.rules if quantity in rule.quantities and not rule.also]
        count = sum((taken[rule.id].astype(int) for rule in rules), start=pd.Series(0, index=keys.index))
        names = [", ".join(rule.id for rule in rules if taken[rule.id][row]) for row in keys.index[count > 1]]
        found.append(keys[count > 1].assign(gas=quantity, rules=names))
    return pd.concat(found, ignore_index=True) if found else keys.iloc[:0]


def _any(masks: Mapping[str, pd.Series], index: pd.Index) -> pd.Series:
    out = pd.Series(False, index=index)
    for mask in masks.values():
        out |= mask
    return out


def _mask(keys: pd.DataFrame, where: Where, items: Groups, sectors: Groups, parents: Mapping[str, str]) -> pd.Series:
    mask = keys["flow"].isin(where.flows)
    if where.sectors:
        mask &= keys["sector"].isin(_sectors(where.sectors, keys["sector"].unique(), sectors, parents))
    if where.items:
        mask &= keys["item"].isin(expand(where.items, items))
    return mask & ~keys["item"].isin(expand(where.without, items))


def expand(names: list[str], groups: Groups) -> set[str]:
    """Return the ids that a list of ids and @groups names."""
    out: set[str] = set()
    for name in names:
        out |= groups[name[1:]] if name.startswith("@") else {name}
    return out


def _sectors(names: list[str], present: Iterable[str], groups: Groups, parents: Mapping[str, str]) -> set[str]:
    exact = {name[1:] for name in names if name.startswith("=")}
    wanted = expand([name for name in names if not name.startswith("=")], groups)
    return {sector for sector in present if sector in exact or _reaches(sector, wanted, parents)}


def _reaches(sector: str, wanted: set[str], parents: Mapping[str, str]) -> bool:
    while sector not in wanted:
        if not parents.get(sector):
            return False
        sector = parents[sector]
    return True
