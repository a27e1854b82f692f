"""Judging rules, warning and grade schemes and dated definitions: bundled data, chosen by year.

A national scheme applies by its dates; a local one only where a workspace names it. Two schemes of one purpose in force
for one indicator in one year are a fault of the data (RULE-OVERLAP).
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Literal

from pydantic import Field

from ..accounting.models import Cited, Evidence, Frozen, Title
from ..accounting.problems import Problem, ProblemList, Where
from ..accounting.target_messages import MESSAGES
from ..accounting.target_models import Bands, JudgingRule
from ..factors import yamlfile

RULES = Path(__file__).parent / "data" / "rules"


class Definition(Frozen):
    """One dated definition of an intensity indicator."""

    id: str
    title: Title
    short: Title
    """what stands behind the name of a figure"""
    indicator: Literal["carbon_intensity", "energy_intensity"]
    numerator: str = ""
    """metric that stands above the line; '' = a run does not compute it"""
    factors: str = ""
    """factor set of the per-tce method that gives the numerator; '' = another method"""
    valid_from: int | None = None
    valid_to: int | None = None
    scope: Title
    document: Cited
    evidence: Evidence
    note: str = ""


class _Definitions(Frozen):
    schema_: Literal[1] = Field(alias="schema")
    definitions: list[Definition]


class _Rules(Frozen):
    schema_: Literal[1] = Field(alias="schema")
    rules: list[JudgingRule]
    names: dict[str, Title]
    """what a result is compared with"""


@cache
def definitions() -> dict[str, Definition]:
    """Return the dated definitions by id."""
    document = yamlfile.load(RULES / "definitions.yaml")
    return {one.id: one for one in yamlfile.validate(_Definitions, document).definitions}


@cache
def schemes() -> dict[str, Bands]:
    """Return every warning and grade scheme by id. Raises InputError RULE-OVERLAP."""
    files = sorted([*(RULES / "warning").glob("*.yaml"), *(RULES / "assessment").glob("*.yaml")])
    found = [yamlfile.validate(Bands, yamlfile.load(path)) for path in files]
    ProblemList(_overlaps(found)).raise_errors()
    return {bands.id: bands for bands in found}


def _overlaps(found: Sequence[Bands]) -> list[Problem]:
    pairs = combinations([bands for bands in found if bands.scope == "national"], 2)
    return [
        MESSAGES.problem("RULE-OVERLAP", Where(key=one.id), one.id, other.id)
        for one, other in pairs
        if one.purpose == other.purpose and _same_time(one, other) and set(one.applies_to) & set(other.applies_to)
    ]


def _same_time(one: Bands, other: Bands) -> bool:
    first = max(one.valid_from or 0, other.valid_from or 0)
    return first <= min(one.valid_to or 9999, other.valid_to or 9999)


def judging_rule(year: int, local: Sequence[str] = (), require_evidence: str = "") -> JudgingRule:
    """Return the rule for an assessment year, with the national schemes and the `local` ones named.

    Raises InputError RULE-UNKNOWN for a name that is not bundled.
    """
    known = schemes()
    ProblemList([_unknown(name, known) for name in local if name not in known]).raise_errors()
    chosen = [bands for bands in known.values() if bands.scope == "national" or bands.id in local]
    rule = next(rule for rule in _judging().rules if _in_force(rule, year))
    return rule.model_copy(update={"schemes": chosen, "require_evidence": require_evidence})


@cache
def _judging() -> _Rules:
    return yamlfile.validate(_Rules, yamlfile.load(RULES / "judging.yaml"))


def word(rule: str, name: str) -> Title:
    """Return a grade or warning in both languages; `rule` is the column of the verdict that names the schemes."""
    known = (schemes()[one] for one in rule.split()[1:] if one in schemes())
    titles = (title for bands in known for title in (*(band.name for band in bands.bands), bands.veto) if title)
    return next((title for title in titles if title.zh == name), Title(zh=name, en=name))


def compared_with(rule: str) -> Title:
    """Return in words what `judging/target` compares a result with; an id that nobody lists stands for itself."""
    return _judging().names.get(rule.partition("/")[2], Title(zh=rule, en=rule))


def titles(rule: str) -> list[Title]:
    """Return what a verdict was compared with, and the titles of the schemes that gave it grade and warning."""
    judged, *others = rule.split() or [""]
    return [compared_with(judged), *(schemes()[one].title for one in others if one in schemes())]


def _in_force(rule: JudgingRule, year: int) -> bool:
    return (rule.valid_from or 0) <= year <= (rule.valid_to or 9999)


def _unknown(name: str, known: dict[str, Bands]) -> Problem:
    near = get_close_matches(name, list(known), n=3, cutoff=0.3) or sorted(known)
    return MESSAGES.problem("RULE-UNKNOWN", Where(key=name), name, ", ".join(near))
