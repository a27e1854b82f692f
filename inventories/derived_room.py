"""The room that an intensity target leaves to an amount, year by year: I(base) x (1-T)^(n/N) x G(year).

I is the carbon intensity of the base year in the definition of the target and at prices of the base year, G the gross
regional product at the same prices. What is not entered stays missing, and so does what rests on it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..accounting import rates
from ..accounting.figure_id import figure_id
from ..accounting.gdp import CONSTANT as GDP
from ..accounting.gdp import UNIT as MONEY
from ..accounting.steps import Term
from ..accounting.target_models import Plan, Target
from ..accounting.wording import words
from .derived import PER_CENT, Derived

INTENSITY = "carbon_intensity"
RULE = words(
    "排放空间 = 基年强度 x (1-T)^(n/N) x 地区生产总值（基年价）",
    "room = intensity of the base year x (1-T)^(n/N) x GDP (prices of the base year)",
)


Find = Callable[..., str]
"""(metric, period, **qualifiers) -> figure id of the place, '' where there is none; of several vintages the best"""


@dataclass(frozen=True)
class Year:
    """Figures of one year: reduction due since the base year, highest intensity, GDP, room."""

    year: int
    due: str
    ceiling: str
    gdp: str
    room: str


@dataclass(frozen=True)
class Room:
    """The room of one target for one place."""

    derived: Derived
    plan: Plan
    target: Target
    entity: str
    find: Find

    @property
    def prices(self) -> str:
        """Year of the constant prices."""
        return str(self.plan.price_year or self.plan.base_year)

    def base(self) -> str:
        """Return the intensity of the base year, recorded as missing where it was not entered."""
        definition = self.target.definitions[0] if self.target.definitions else ""
        where = {"definition": definition, "price_year": self.prices}
        return self._known(INTENSITY, self.plan.base_year, "t/10^4 yuan", where)

    def years(self) -> list[Year]:
        """Record the years of the plan's period. The target is a cumulative reduction in %."""
        start, gdp = self.base(), self._gdp()
        first, last = self.plan.period
        return [self._year(year, start, gdp[year]) for year in range(first, last + 1)]

    def _year(self, year: int, start: str, gdp: str) -> Year:
        due = self._due(year)
        level, money = self.derived.value(start), self.derived.value(gdp)
        highest = None if level is None else self._allowed(level, 1.0, year)
        terms = [self.derived.term(start), self.derived.term(due)]
        ceiling = self.derived.put(
            self._name("room_intensity", year),
            highest,
            "t/10^4 yuan",
            words("基年强度 x (1 - 累计应降)", "intensity of the base year x (1 - fall due)"),
            terms,
            rule=RULE,
        )
        amount = None if level is None or money is None else self._allowed(level, money, year)
        terms = [self.derived.term(ceiling), self.derived.term(gdp)]
        room = self.derived.put(
            self._name("room", year),
            amount,
            "10^4 t",
            words("强度上限 x 地区生产总值", "upper limit of intensity x GDP"),
            terms,
            rule=RULE,
        )
        return Year(year, due, ceiling, gdp, room)

    def _allowed(self, level: float, gdp: float, year: int) -> float:
        goal, start = float(self.target.value or 0.0), self.plan.base_year
        return float(rates.allowed_amount(level, goal, gdp, year - start, self.plan.period[1] - start))

    def _name(self, what: str, year: int) -> str:
        return figure_id(f"{what}/{self.plan.id}/{self.target.id}", self.entity, str(year))

    def _due(self, year: int) -> str:
        goal, start, last = float(self.target.value or 0.0), self.plan.base_year, self.plan.period[1]
        value = float(rates.equal_log_schedule(goal, year - start, last - start))
        terms = [Term(words("目标", "target"), goal, self.target.unit, f"input:{self.target.source}")]
        name, evidence = self._name("room_due", year), str(self.target.evidence)
        return self.derived.put(
            name,
            value,
            PER_CENT,
            "1-(1-T)^(n/N)",
            terms,
            rule=words("按等对数进度", "equal yearly rates"),
            evidence=evidence,
        )

    def _gdp(self) -> dict[int, str]:
        """GDP at prices of the base year, as the run entered or chained it (accounting/gdp.py)."""
        years = range(self.plan.base_year + 1, self.plan.period[1] + 1)
        return {year: self._known(GDP, year, MONEY, {"price_year": self.prices}) for year in years}

    def _known(self, metric: str, year: int, unit: str, where: Mapping[str, str]) -> str:
        found = self.find(metric, str(year), **where)
        name = found or figure_id(metric, self.entity, str(year), **where)
        return name if name in self.derived else self.derived.missing(name, words("未录入", "not entered"), unit)
