"""A known answer: what goes in, what a source says comes out, and how independent the source is of this package."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from carbonpeak.accounting.models import Frozen, Title
from carbonpeak.factors import yamlfile

FOLDER = Path(__file__).parents[1] / "cases" / "answers"
Independence = Literal[
    "published_pair", "published_table", "published_rule", "cross_implementation", "derived", "constructed", "partly_recalled"
]  # fmt: skip
CLASSES: dict[str, tuple[str, str]] = {
    "published_pair": ("输入和答案都由第三方公布", "inputs and answer both published by others"),
    "published_table": ("同一张公布的表内核对", "checked inside one published table"),
    "published_rule": ("规则原文有载，数值由规则直接得出", "the rule is printed; the number follows from it"),
    "cross_implementation": ("与另一独立程序的结果相比", "compared with another program"),
    "partly_recalled": ("答案公布，部分输入凭记忆", "published answer, some inputs from memory"),
    "derived": ("输入公布，答案由我们推算", "published inputs, answer computed by us"),
    "constructed": ("规则有出处，数字为举例", "sourced rule, numbers made up"),
}
"""independence -> what it means; the order is that of the table"""
Scalar = float | int | bool | str


class Case(Frozen):
    """One known answer."""

    id: str
    title: Title
    independence: Independence
    call: str
    """module of known_answers and function, e.g. `rates.chain`"""
    inputs: dict[str, Any] = Field(default_factory=dict)
    expected: dict[str, Scalar] = Field(default_factory=dict)
    """name -> value; empty where the function brings a published table of its own"""
    tolerance: float | dict[str, float]
    """largest deviation allowed, for all values or by name; 0 = equal"""
    relative: bool = False
    """deviations are relative to the expected value"""
    grain: float = 0.0
    """absolute deviation that is rounding of the ledger (whole grams), whatever the relative one"""
    source: str
    note: str = ""

    def allowed(self, name: str) -> float:
        """Return the tolerance of a value; its name may be a group's (`name/cell`)."""
        if isinstance(self.tolerance, dict):
            return self.tolerance.get(name, self.tolerance.get(name.partition("/")[0], 0.0))
        return self.tolerance


class Later(Frozen):
    """Cases that wait for a part of the package that is not there yet."""

    ids: list[str]
    part: Title


class _Cases(Frozen):
    schema_: Literal[1] = Field(alias="schema")
    cases: list[Case]


class _Later(Frozen):
    schema_: Literal[1] = Field(alias="schema")
    later: list[Later]


@cache
def cases() -> tuple[Case, ...]:
    """Return every case, file by file. Raises ValueError for an id given twice."""
    found = [case for path in sorted(FOLDER.glob("*.yaml")) if path.stem != "later" for case in _read(path)]
    ids = [case.id for case in found]
    if len(set(ids)) != len(ids):
        raise ValueError(f"case given twice: {sorted({name for name in ids if ids.count(name) > 1})}")
    return tuple(found)


def _read(path: Path) -> list[Case]:
    return yamlfile.validate(_Cases, yamlfile.load(path, path.name)).cases


def later() -> list[Later]:
    """Return the cases that wait."""
    path = FOLDER / "later.yaml"
    return yamlfile.validate(_Later, yamlfile.load(path, path.name)).later
