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
    "published_pair", "published_table", "published_rule", "third_party_test", "partly_recalled", "derived", "constructed",
    "definition", "recalled", "identity", "data_consistency",
]  # fmt: skip
CLASSES: dict[str, tuple[str, str]] = {
    "published_pair": ("输入和答案都由第三方公布", "inputs and answer both published by others"),
    "published_table": ("同一张公布的表内核对", "checked inside one published table"),
    "published_rule": ("规则原文有载，数值由规则直接得出", "the rule is printed; the number follows from it"),
    "third_party_test": ("答案见于另一项目的测试", "the answer stands in the tests of another project"),
    "partly_recalled": ("答案公布，部分输入凭记忆", "published answer, some inputs from memory"),
    "derived": ("输入公布，答案由我们推算", "published inputs, answer computed by us"),
    "constructed": ("规则有出处，数字为举例", "sourced rule, numbers made up"),
    "definition": ("由定义得出", "follows from a definition"),
    "recalled": ("输入或答案凭记忆，答案无公布数", "inputs or answer from memory, no published answer"),
    "identity": ("本工具结果之间的恒等式，没有外部答案", "an identity between our own results; no answer from outside"),
    "data_consistency": (
        "所用数据与其来源的其他数一致；不经过本工具的计算",
        "data at hand agree with other numbers of their source; nothing is computed by the package",
    ),
}
"""independence -> what it means; the order is that of the page"""
NO_ANSWERS = ("identity", "data_consistency")
"""classes that say nothing about answers: counted in a table of their own"""
Scalar = float | int | bool | str


class Outside(Frozen):
    """A value known to lie outside its tolerance: what the package gives, pinned, and why."""

    ours: float
    pin: float
    """largest change of `ours` that goes unnoticed: half its last digit"""
    why: Title


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
    outside: dict[str, Outside] = Field(default_factory=dict)
    """values outside their tolerance for a known reason; each is printed as outside, never as within"""
    source: str
    note: str = ""

    def allowed(self, name: str) -> float:
        """Return the tolerance of a value; its name may be a group's (`name/cell`)."""
        if isinstance(self.tolerance, dict):
            return self.tolerance.get(name, self.tolerance.get(name.partition("/")[0], 0.0))
        return self.tolerance


class Later(Frozen):
    """Cases that wait for a part of the package that is not there yet."""

    part: Title
    ids: list[str] = Field(default_factory=list)
    """cases that need the part as a whole"""
    needs: dict[str, Title] = Field(default_factory=dict)
    """case -> what it needs"""

    @property
    def cases(self) -> list[str]:
        """Every case of the group."""
        return [*self.ids, *self.needs]


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
