"""Plans, targets and judging rules as frozen models: the schema of plan and rule YAML, and what `judge` takes.

A target keeps the printed cell (`printed`) beside the number read from it, the edge of the comparison (`op`), the
hedge in the sentence (约, 左右, 力争…) and the document line. A number that stands in another document (完成省定
目标) is kind `assigned_by_superior` until a Resolution names that document.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from typing import Literal

from pydantic import Field, model_validator

from .models import Cited, Evidence, Frozen, Title, Worded
from .rounding import decimals_of, numbers_in, round_half_up

Kind = Literal[
    "level", "hold_level", "cap", "reduction_pct", "cumulative_pct", "reduction_amount", "cumulative_amount",
    "increment_cap", "trend", "qualitative", "assigned_by_superior", "lost", "not_applicable",
]  # fmt: skip
"""How a target is expressed.

level 期末水平; hold_level 不差于基数; cap 上限; reduction_pct 比基年下降 %; cumulative_pct 强度累计降低 % (yearly
rates compound); reduction_amount 比基年削减量; cumulative_amount 规划期累计量; increment_cap 增量上限; trend 持续提升
or 稳中向好; qualitative a state judged by a person with evidence; assigned_by_superior 上级下达; lost the cell is
missing in the copy at hand; not_applicable 不涉及.
"""
Op = Literal["<=", ">=", "<", ">"]
Nature = Literal["binding", "anticipatory", "control", "supporting", "reference", ""]
Hedge = Literal["", "about", "aim", "in_principle", "basically"]
"""about 左右、约; aim 力争; in_principle 原则上; basically 基本"""

OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
NOISE = 9
"""decimals beyond which a difference is noise of binary arithmetic"""
WORDS_OF_EDGES: dict[str, Op] = {
    "以上": ">=", "不低于": ">=", "不得低于": ">=", "不少于": ">=", "不小于": ">=", "至少": ">=", "≥": ">=",
    "以下": "<=", "以内": "<=", "不超过": "<=", "不得超过": "<=", "不高于": "<=", "不大于": "<=", "不多于": "<=",
    "不突破": "<=", "不得突破": "<=", "至多": "<=", "≤": "<=",
    "大于": ">", "超过": ">", "高于": ">", "多于": ">", "突破": ">", ">": ">",
    "小于": "<", "低于": "<", "少于": "<", "不足": "<", "不满": "<", "<": "<",
}  # fmt: skip
"""inclusive words before strict ones: 不超过 holds 超过"""
HEDGES = {"左右": "about", "约": "about", "力争": "aim", "原则上": "in_principle", "基本": "basically"}


def hedge_of(text: str) -> str:
    """Return the hedge a printed sentence carries, '' for none."""
    return next((hedge for word, hedge in HEDGES.items() if word in text), "")


def edge_of(text: str) -> Op | None:
    """Return the comparison a printed sentence words: 以上, 以内 include the number, 超过, 不足 do not; None for none."""
    return next((op for word, op in WORDS_OF_EDGES.items() if word in text), None)


def holds(op: Op, value: float, number: float) -> bool:
    """Compare two numbers unrounded; only the noise of binary arithmetic (beyond 12 digits) is taken away."""
    return OPERATORS[op](round_half_up(value, NOISE), round_half_up(number, NOISE))


class Resolution(Frozen):
    """The document in which a superior set the number that a plan only refers to."""

    level: str
    """who assigned it, e.g. 河南省 or 安阳市"""
    document: Cited
    """number and name of the document"""
    value: float
    unit: str = "%"
    printed: str = ""
    """the cell or sentence as printed there"""
    received_on: str = ""
    evidence: Evidence = Evidence.TRANSCRIBED
    source: Cited = ""


class YearTarget(Frozen):
    """A target set for one year of the period."""

    value: float
    """reduction in % or amount, positive; the lower end where a range is printed"""
    high: float | None = None
    """upper end where a range is printed"""
    printed: str = ""
    hedge: Hedge = ""
    evidence: Evidence
    source: Cited = ""


class Target(Frozen):
    """One row of a plan's indicator table."""

    id: str
    title: Title
    metric: str = ""
    """id in metrics.yaml of the level (energy_intensity, coal_consumption…); '' where no figure measures it"""
    qualifiers: dict[str, str] = Field(default_factory=dict)
    """further parts of the metric's key, e.g. basis: equivalent, item: …"""
    definitions: list[str] = Field(default_factory=list)
    """accepted dated definitions of the indicator, preferred first; empty = any, but never two in one rate"""
    kind: Kind
    resolves_to: Kind | None = None
    """how an assigned target is compared once its number is known"""
    op: Op = ">="
    value: float | None = None
    """in `unit`; reductions positive"""
    printed: str = ""
    """the cell as printed"""
    decimals: int | None = None
    """decimals of the print; None = read from `printed`"""
    unit: str = "%"
    hedge: Hedge = ""
    tolerance: float | None = None
    """tolerance the plan itself allows, in `unit`; no official one exists for 左右"""
    base_value: float | None = None
    base_unit: str = ""
    """unit of a printed base where the target is in %; '' = that of the figures it is compared with"""
    base_printed: str = ""
    base_year: int | None = None
    """None = the plan's base year"""
    target_year: int | None = None
    """None = the last year of the plan"""
    nature: Nature = ""
    """binding 约束性, anticipatory 预期性, control 控制, supporting 支撑; '' = not printed"""
    seq: str = ""
    """number in the printed table"""
    schedule: Literal["", "equal_log", "linear", "table"] = ""
    """'' = equal_log for cumulative_pct, linear for the rest"""
    path: dict[int, float] = Field(default_factory=dict)
    """printed levels or cumulative reductions by year, for schedule: table"""
    yearly: dict[int, YearTarget] = Field(default_factory=dict)
    """targets set for single years"""
    assigned_by: str = ""
    resolved: Resolution | None = None
    lead: list[str] = Field(default_factory=list)
    """责任单位"""
    support: list[str] = Field(default_factory=list)
    """配合单位"""
    source: Cited = ""
    line: int | None = None
    """line in the transcript of the document"""
    evidence: Evidence
    flags: list[Worded] = Field(default_factory=list)
    """what a reader must know about the print, e.g. 城市名推断"""
    conflicts: list[Worded] = Field(default_factory=list)
    """other numbers or wordings in the same document"""
    note: Worded = ""

    @model_validator(mode="after")
    def _printed_number(self) -> Target:
        numbers = numbers_in(self.printed)
        if self.value is not None and len(numbers) == 1 and float(numbers[0]) != abs(self.value):
            raise ValueError(f"printed '{self.printed}' does not show the value {self.value:g}")
        return self

    @model_validator(mode="after")
    def _complete(self) -> Target:
        open_kinds = ("assigned_by_superior", "lost", "not_applicable", "qualitative", "trend", "hold_level")
        if self.kind not in open_kinds and self.value is None and not self.yearly:
            raise ValueError(f"a target of kind {self.kind} needs a value or yearly targets")
        if self.kind == "assigned_by_superior" and self.resolves_to is None:
            raise ValueError("an assigned target needs resolves_to: how it is compared once known")
        return self

    @model_validator(mode="after")
    def _falls_are_positive(self) -> Target:
        kind = self.resolves_to if self.kind == "assigned_by_superior" else self.kind
        most = {"cumulative_pct": 100.0, "reduction_pct": 100.0, "reduction_amount": float("inf")}.get(kind or "")
        numbers = [
            self.value,
            *(year.value for year in self.yearly.values()),
            self.resolved.value if self.resolved else None,
        ]
        bad = [number for number in numbers if number is not None and most is not None and not 0 <= number < most]
        if bad:
            raise ValueError(
                f"a reduction is written as a positive number below 100 % (下降 16 % is 16), not {bad[0]:g}"
            )
        return self

    @property
    def printed_decimals(self) -> int:
        """Decimals of the printed target."""
        return decimals_of(self.printed) if self.decimals is None else self.decimals

    def settled(self) -> Target:
        """Return the target with the number of its resolution, if it has one."""
        if self.kind != "assigned_by_superior" or self.resolved is None or self.resolves_to is None:
            return self
        found = self.resolved
        update = {
            "kind": self.resolves_to, "value": found.value, "unit": found.unit, "decimals": None,
            "printed": found.printed or f"{found.value:g}", "evidence": found.evidence,
            "source": f"{found.document}（{found.level}）",
        }  # fmt: skip
        return self.model_copy(update=update)


class Plan(Frozen):
    """One plan document with the indicators it sets."""

    schema_: Literal[1] = Field(alias="schema")
    id: str
    """name of the file without .yaml"""
    title: Title
    entity: str
    """GB/T 2260 code, CN, or an id declared in the workspace"""
    document: Cited
    """number, name and issuer"""
    published: str = ""
    base_year: int
    period: tuple[int, int]
    """first and last year"""
    price_year: int | None = None
    """constant prices of the indicators; None = the base year"""
    copies: dict[str, str] = Field(default_factory=dict)
    """public copies in which the plan was read: id -> what it is"""
    notes: list[Worded] = Field(default_factory=list)
    targets: list[Target]

    @model_validator(mode="after")
    def _consistent(self) -> Plan:
        ids = [target.id for target in self.targets]
        twins = sorted({name for name in ids if ids.count(name) > 1})
        if twins:
            raise ValueError(f"two targets with the id {', '.join(twins)}")
        if not self.base_year < self.period[0] <= self.period[1]:
            raise ValueError("the base year comes before the period, the first year before the last")
        return self

    @property
    def years(self) -> int:
        """Number of years in the period."""
        return self.period[1] - self.period[0] + 1


class Band(Frozen):
    """One step of a warning or grade scheme: taken when its condition holds; the first that holds wins."""

    name: Title
    colour: str = ""
    measure: Literal["", "completion", "gap", "reduction", "score"] = ""
    """completion = actual/target %, gap = shortfall/target %, reduction = the reduction itself %, score = points"""
    op: Op = ">="
    limit: float | None = None
    """None = in every other case"""

    def holds(self, measures: Mapping[str, float]) -> bool:
        """Tell whether the condition holds; a missing or undefined measure never does."""
        if self.limit is None:
            return True
        number = measures.get(self.measure, float("nan"))
        return holds(self.op, number, self.limit)


class Bands(Frozen):
    """A dated scheme that names warnings (晴雨表) or grades."""

    schema_: Literal[1] = Field(alias="schema")
    id: str
    title: Title
    document: Cited
    purpose: Literal["warning", "grade"]
    scope: Literal["national", "local"] = "national"
    """a local scheme is used only where a workspace names it"""
    valid_from: int | None = None
    valid_to: int | None = None
    applies_to: list[str]
    """metric ids it judges"""
    veto: Title | None = None
    """grade when the target itself is missed, whatever the score"""
    veto_when_due: bool = False
    """True = only the target that is due at the end of the period vetoes, a missed year does not"""
    bands: list[Band]
    source: str
    evidence: Evidence
    notes: list[Worded] = Field(default_factory=list)

    def covers(self, metric: str, year: int) -> bool:
        """Tell whether the scheme was in force for the metric in that year."""
        after = self.valid_from is None or year >= self.valid_from
        return metric in self.applies_to and after and (self.valid_to is None or year <= self.valid_to)

    def classify(self, measures: Mapping[str, float]) -> Band | None:
        """Return the first band that holds; None where nothing is known (all measures undefined)."""
        if all(math.isnan(number) for number in measures.values()):
            return None
        return next((band for band in self.bands if band.holds(measures)), None)


class JudgingRule(Frozen):
    """How results are compared with targets; dated data, every number with its source."""

    id: str = "judging"
    document: Cited = ""
    valid_from: int | None = None
    valid_to: int | None = None
    result_decimals: int = 2
    """decimals with which a shortfall is printed, more where the target prints more or the shortfall is smaller"""
    pace_band: float = 0.05
    """half width of 符合预期 around the share of time elapsed"""
    require_evidence: str = ""
    """weakest evidence accepted for a verdict; '' = any"""
    schemes: list[Bands] = Field(default_factory=list)
    source: Cited = ""
    evidence: Evidence = Evidence.DERIVED

    def scheme(self, purpose: str, metrics: Iterable[str], year: int) -> Bands | None:
        """Return the scheme of a purpose in force for one of the metrics; a local one goes before a national one."""
        fitting = [
            bands
            for bands in self.schemes
            if bands.purpose == purpose and any(bands.covers(metric, year) for metric in metrics)
        ]
        return min(fitting, key=lambda bands: bands.scope, default=None)
