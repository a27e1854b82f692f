"""Judging rules, warning and grade schemes and dated definitions: bundled data, chosen by year.

A national scheme applies by its dates; a local one, bundled or a file of a workspace, only where the workspace names it. Two schemes of one purpose in force
for one indicator in one year are a fault of the data (RULE-OVERLAP).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Literal

from pydantic import Field

from ..accounting.models import Cited, Evidence, Frozen, Title
from ..accounting.problems import InputError, Problem, ProblemList, Where
from ..accounting.target_messages import MESSAGES
from ..accounting.target_models import Bands, JudgingRule
from ..factors import yamlfile
from . import codes
from .workspace.workspace import own_yaml

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
    ProblemList(_overlaps([bands for bands in found if bands.scope == "national"])).raise_errors()
    return {bands.id: bands for bands in found}


def _overlaps(found: Sequence[Bands]) -> list[Problem]:
    """Two schemes of one purpose in force for one indicator, among schemes of one scope."""
    return [
        MESSAGES.problem("RULE-OVERLAP", Where(key=one.id), one.id, other.id)
        for one, other in combinations(found, 2)
        if one.purpose == other.purpose and _same_time(one, other) and set(one.applies_to) & set(other.applies_to)
    ]


def _same_time(one: Bands, other: Bands) -> bool:
    first = max(one.valid_from or 0, other.valid_from or 0)
    return first <= min(one.valid_to or 9999, other.valid_to or 9999)


def known(names: Sequence[str] = (), base: Path | None = None) -> dict[str, Bands]:
    """Return the bundled schemes and those of `names` that are files of a workspace (`base`), by id.

    Raises InputError with every fault of the files: RULE-UNKNOWN for a name that is neither, RULE-ID, PLAN-METRIC, and
    RULE-OVERLAP where two of the named schemes are in force for one indicator.
    """
    found, problems = dict(schemes()), ProblemList()
    for name in names:
        if name not in found:
            try:
                bands = _own(name, base)
                found[bands.id] = bands
            except InputError as error:
                problems.extend(error.problems)
    problems.raise_errors()
    ProblemList(_overlaps([bands for bands in chosen(found, names) if bands.scope == "local"])).raise_errors()
    return found


def chosen(known: Mapping[str, Bands], names: Sequence[str]) -> list[Bands]:
    """Return the schemes in force for a place: the national ones and those named, by id or by the file's name."""
    local = {name.rsplit("/", 1)[-1].removesuffix(".yaml") for name in names}
    return [bands for bands in known.values() if bands.scope == "national" or bands.id in local]


def own_file(name: str, base: Path) -> Path | None:
    """Return the file of a workspace's own scheme; None for a bundled one, a missing one, or a path that leads outside."""
    return None if name in schemes() else own_yaml(base, name)


def _own(name: str, base: Path | None) -> Bands:
    """Return a scheme of a workspace; it is local whatever it says, so that it goes before the national one."""
    path = own_file(name, base) if base else None
    if path is None:
        raise InputError(_unknown(name))
    document = yamlfile.load(path, name)
    bands = yamlfile.validate(Bands, document)
    problems = ProblemList()
    if bands.id != path.stem or bands.id in schemes():
        problems.add(MESSAGES.problem("RULE-ID", document.where(("id",)), bands.id, path.stem))
    for number, metric in enumerate(bands.applies_to):
        if metric not in codes.metrics().codes:
            near = get_close_matches(metric, list(codes.metrics().codes), n=3, cutoff=0.4)
            where = document.where(("applies_to", number))
            problems.add(MESSAGES.problem("PLAN-METRIC", where, metric, ", ".join(near) or "-", key=bands.id))
    problems.raise_errors()
    return bands.model_copy(update={"scope": "local"})


def judging_rule(
    year: int, local: Sequence[str] = (), require_evidence: str = "", base: Path | None = None
) -> JudgingRule:
    """Return the rule for an assessment year, with the national schemes and the `local` ones named (see `known`)."""
    rule = next(rule for rule in _judging().rules if _in_force(rule, year))
    return rule.model_copy(update={"schemes": chosen(known(local, base), local), "require_evidence": require_evidence})


@cache
def _judging() -> _Rules:
    return yamlfile.validate(_Rules, yamlfile.load(RULES / "judging.yaml"))


def word(rule: str, name: str, schemes: Mapping[str, Bands]) -> Title:
    """Return a grade or warning in both languages; `rule` is the column of the verdict that names the schemes."""
    named = (schemes[one] for one in rule.split()[1:] if one in schemes)
    titles = (title for bands in named for title in (*(band.name for band in bands.bands), bands.veto) if title)
    return next((title for title in titles if title.zh == name), Title(zh=name, en=name))


def compared_with(rule: str) -> Title:
    """Return in words what `judging/target` compares a result with; an id that nobody lists stands for itself."""
    return _judging().names.get(rule.partition("/")[2], Title(zh=rule, en=rule))


def titles(rule: str, schemes: Mapping[str, Bands]) -> list[Title]:
    """Return what a verdict was compared with, and the titles of the schemes that gave it grade and warning."""
    judged, *others = rule.split() or [""]
    return [compared_with(judged), *(schemes[one].title for one in others if one in schemes)]


def _in_force(rule: JudgingRule, year: int) -> bool:
    return (rule.valid_from or 0) <= year <= (rule.valid_to or 9999)


def _unknown(name: str) -> Problem:
    near = get_close_matches(name, list(schemes()), n=3, cutoff=0.3) or sorted(schemes())
    return MESSAGES.problem("RULE-UNKNOWN", Where(key=name), name, ", ".join(near))
