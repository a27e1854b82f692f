"""The rows of the verdict table with their figures and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...accounting.problems import InputError
from ...accounting.target_count import headline, is_annual
from ...accounting.target_models import Plan, Target, YearTarget
from ...inventories import plans, rules
from ...inventories.derived_verdicts import Judged, judged
from ..figure import NOT_APPLICABLE, NOTHING, Figure, Style, Text
from ..numbers import places
from ..verdict_table import NATURES, PACES, REASONS, VERDICTS
from .lookup import Lookup

WORDS = {
    "before_2026": {"met": Text("完成", "met"), "missed": Text("未完成", "not met")},
    "from_2026": {"met": Text("达标", "met"), "missed": Text("不达标", "not met")},
}
OPEN = Text("暂不能判定", "cannot be judged")
HOPES = {
    "aim": Text("力争", "aim: "), "in_principle": Text("原则上", "in principle "), "basically": Text("基本", "basically "),
}  # fmt: skip
REGIME_2026 = 2026
"""first assessment year of the regime whose words are 达标 and 不达标"""
AFTER = (Text("及以上", " or more"), Text("以上", " or more"), Text("以下", " or less"), Text("以内", " or less"))
MOST_DECIMALS = 4


@dataclass(frozen=True)
class Assessed:
    """One row of the verdict table."""

    look: Lookup
    plan: Plan
    target: Target
    row: Mapping[str, Any]
    judged: Judged

    @property
    def plan_first(self) -> int:
        """First year of the plan."""
        return self.plan.period[0]

    @property
    def year(self) -> int:
        """The last year of the row's period."""
        return int(str(self.row["period"])[-4:])

    @property
    def due(self) -> bool:
        """Whether the target is due in the row's period."""
        return self.year >= self._end

    @property
    def _end(self) -> int:
        return self.target.target_year or self.plan.period[1]

    @property
    def years_left(self) -> Figure:
        """Number of years from the row's period to the target year."""
        name = f"years_left/{self.plan.id}/{self.target.id}:{self.row['period']}"
        key = self.look.derived.put(name, float(self._end - self.year), "年", f"{self._end} - {self.year}")
        return self.look.figure(key, decimals=0)

    @property
    def title(self) -> Text:
        """Name of the indicator as it begins a line."""
        title = self.target.title
        return Text(title.zh, title.en[:1].upper() + title.en[1:])

    @property
    def aim(self) -> Target | YearTarget:
        """What the row is judged against: the target, or the one set for its year."""
        period = str(self.row["period"])
        yearly = self.target.yearly.get(int(period)) if period.isdigit() and self.annual else None
        return yearly or self.target

    @property
    def annual(self) -> bool:
        """Whether the row is judged against the number of one year."""
        return is_annual(str(self.row["rule"]))

    @property
    def printed(self) -> str:
        """The target as printed in the plan, with its unit where the print leaves it to the head of the table; '' for a
        yearly rate that nobody printed.
        """
        if str(self.row["nature"]) == "reference":
            return ""
        text = self.aim.printed
        bare = bool(text) and not text.strip("0123456789.,-~—–－+ ")
        return f"{text}%" if bare and self.target.unit == "%" else text

    @property
    def wording(self) -> tuple[Text, Text, Text]:
        """What the plan's sentence puts before the verb, before the number and after it: 力争, 约, 左右 or 以上."""
        front = HOPES.get(self.aim.hedge, NOTHING)
        near = self.aim.hedge == "about"
        about = Text("约", "about ") if near and "左右" not in self.aim.printed else Text("", "about " if near else "")
        after = next((word for word in AFTER if word.zh in self.aim.printed), NOTHING)
        return front, about, Text("左右", "") if near and not about.zh else after

    @property
    def verdict(self) -> Text:
        """The word of the regime of the year: 完成/未完成 to 2025, 达标/不达标 from 2026."""
        word = str(self.row["verdict"])
        if word == "cannot_judge":
            return OPEN
        if not word:
            return VERDICTS[""]
        return WORDS["from_2026" if self.year >= REGIME_2026 else "before_2026"][word]

    @property
    def kind(self) -> Text:
        """The kind of reason for which it cannot be judged."""
        return REASONS.get(str(self.row["reason"]), Text(str(self.row["reason"]), str(self.row["reason"])))

    @property
    def reason(self) -> Text:
        """Why it cannot be judged: the kind, and what is missing."""
        kind = self.kind
        if not self.row["missing"]:
            return kind
        return Text(f"{kind.zh}：{self.row['missing']}", f"{kind.en}: {self.row['missing_en']}")

    @property
    def remarks(self) -> Text:
        """The remarks of the judgement."""
        return Text(str(self.row["note"]), str(self.row["note_en"]))

    @property
    def nature(self) -> Text:
        """约束性, 预期性…"""
        return NATURES.get(str(self.row["nature"]), Text("未注明", "not stated"))

    @property
    def pace(self) -> Text:
        """提前完成, 超前, 符合进度, 滞后; blank where it is not told."""
        return PACES.get(str(self.row["pace"]), Text("", ""))

    @property
    def grade(self) -> Text:
        """Grade in the words of the dated scheme, “—” where there is none."""
        return self._word("grade")

    @property
    def warning(self) -> Text:
        """Warning in the words of the dated scheme, “—” where there is none."""
        return self._word("warning")

    def _word(self, column: str) -> Text:
        name = str(self.row[column])
        if not name:
            return NOT_APPLICABLE
        title = rules.word(str(self.row["rule"]), name, self.look.schemes)
        return Text(title.zh, title.en)

    @property
    def rule(self) -> Text:
        """What the result was compared with, and the titles of the schemes in whose words grade and warning stand."""
        found = rules.titles(str(self.row["rule"]), self.look.schemes)
        return Text("；".join(one.zh for one in found), "; ".join(one.en for one in found))

    @cached_property
    def value(self) -> Figure:
        """The result, as the target counts it (a fall is positive)."""
        return self._figure(self.judged.value, 2)

    @property
    def fall(self) -> Figure:
        """The result as 下降x%."""
        return self._figure(self.judged.value, 2, "fall")

    def figure(self, part: str) -> Figure:
        """Return target, schedule, progress, share, over or remaining."""
        value = self.look.derived.value(self.judged.parts[part])
        quoted = part == "target" and str(self.row["nature"]) != "reference"
        decimals = places(value, MOST_DECIMALS) if quoted and value is not None else 2
        return self._figure(self.judged.parts[part], decimals)

    def _figure(self, key: str, decimals: int, style: Style = "plain") -> Figure:
        found = self.look.figure(key, decimals=decimals, style=style)
        if found.value is None:
            told = key == self.judged.value and str(self.row["verdict"]) == "cannot_judge"
            missing = self.kind if told else NOT_APPLICABLE
            return Figure(key, None, found.unit, decimals, style=style, missing=missing)
        return found


def headlines(look: Lookup) -> list[Assessed]:
    """Return one row an indicator, the last one: what the summary counts."""
    rows = headline(look.results.verdicts)
    kept = {(row["plan"], row["indicator"], row["period"]) for row in rows.to_dict("records")}
    return [one for one in assessed(look) if (one.row["plan"], one.row["indicator"], one.row["period"]) in kept]


def assessed(look: Lookup) -> list[Assessed]:
    """Return the verdict rows of the run in order of plan and table."""
    found = []
    base = look.results.workspace.root
    for name in dict.fromkeys(look.results.verdicts["plan"]):
        plan = _plan(name, look.results.workspace.inventory.plans, base)
        if plan is None:
            continue
        targets = {target.id: target.settled() for target in plan.targets}
        rows = look.results.verdicts[look.results.verdicts["plan"] == name]
        found += [
            Assessed(look, plan, targets[row["indicator"]], row, judged(look.derived, row, plan.entity))
            for row in rows.to_dict("records")
            if row["indicator"] in targets
        ]
    return found


def _plan(name: str, listed: list[str], base: Any) -> Plan | None:
    """Load a plan by its id: bundled, or a file that the workspace lists."""
    for source in (name, *(one for one in listed if one.rsplit("/", 1)[-1] == f"{name}.yaml")):
        try:
            return plans.load(source, base)
        except InputError:
            continue
    return None
