"""The reviewer's fourteen checks as data: titles, ranges, what each needs (data/rules/reviewer_checks.yaml)."""

from __future__ import annotations

from functools import cache
from math import inf

from pydantic import Field, model_validator

from ..accounting.models import Evidence, Frozen, Title
from ..factors import yamlfile
from .rules import RULES


class Need(Frozen):
    """One input a check cannot do without; of names joined by | any one will do."""

    metric: str = ""
    flow: str = ""
    sector: str = ""
    """a row of final consumption of this sector"""
    part_of: str = ""
    """rows of final consumption of the sectors below this one"""
    attribute: str = ""
    """of the activity: table=standard"""
    below: str = ""
    """metric of places that lie in the place of the account"""
    vintages: int = 0
    """number of vintages in which some figure must stand"""
    nothing: Title | None = None
    """an input that no table can hold yet"""


class Bound(Frozen):
    """One number of a check and the range it should lie in, ends included."""

    id: str
    what: Title
    unit: str
    """unit of the number and of the range"""
    low: float | None = None
    high: float | None = None
    by: dict[str, tuple[float, float]] = Field(default_factory=dict)
    """ranges of their own by process or group of fuels"""
    evidence: Evidence | None = None
    """None = that of the file"""
    code: str = ""
    """message that tells of a finding where the comparison itself does not"""
    needs: list[Need] = Field(default_factory=list)
    """None given = those of the check"""


class Check(Frozen):
    """One check of the reviewer."""

    number: int
    id: str
    title: Title
    needs: list[Need] = Field(default_factory=list)
    bounds: list[Bound]

    @model_validator(mode="after")
    def _needed(self) -> Check:
        if not self.needs and not all(bound.needs for bound in self.bounds):
            raise ValueError("needs, of the check or of each bound")
        return self

    def needed(self, bound: Bound) -> list[Need]:
        """Return what a bound needs."""
        return bound.needs or self.needs


class _Checks(Frozen):
    schema_: int = Field(alias="schema")
    document: str
    evidence: Evidence
    checks: list[Check]


@cache
def _file() -> _Checks:
    return yamlfile.validate(_Checks, yamlfile.load(RULES / "reviewer_checks.yaml"))


def checks() -> list[Check]:
    """Return the checks in order."""
    return _file().checks


@cache
def bounds() -> dict[str, Bound]:
    """Return every bound by id, each with its evidence."""
    level = _file().evidence
    found = [bound for check in checks() for bound in check.bounds]
    return {one.id: one.model_copy(update={"evidence": one.evidence or level}) for one in found}


def limits(bound: str, part: str = "") -> tuple[float, float]:
    """Return the lowest and highest sound value; of one process or group where the bound has them, else without end."""
    one = bounds()[bound]
    if one.by:
        return one.by.get(part, (-inf, inf))
    return -inf if one.low is None else one.low, inf if one.high is None else one.high
