"""Kinds of targets, edges and hedges as printed, and results that cannot be judged."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonpeak.accounting.metrics import MetricBook
from carbonpeak.accounting.target_models import JudgingRule, Resolution, edge_of, hedge_of
from carbonpeak.accounting.target_verdict import counts, exit_code, in_language
from carbonpeak.accounting.targets import judge
from carbonpeak.inventories import rules

from .target_sample import one, plan, row, target


def test_19_98_against_20_is_missed_by_0_02() -> None:
    aim = target(metric="energy_intensity", kind="cumulative_pct", value=20, printed="20")
    metrics = [row("energy_intensity_change", 2016 + n, rate) for n, rate in enumerate([-4.0, -4.1, -4.2, -4.5, -5.0])]
    found = one(aim, 2020, *metrics)
    assert found["verdict"] == "missed"
    assert "差 0.02 个百分点" in found["note"]
    assert "修约到目标印出位数为 20" in found["note"]
    assert in_language(found["note"], "en").startswith("short by 0.02 percentage points")
    assert "percentage" not in in_language(found["note"], "zh")


@pytest.mark.parametrize(
    ("op", "value", "verdict"),
    [(">=", 13.0, "met"), (">", 13.0, "missed"), ("<=", 13.0, "met"), ("<", 13.0, "missed"), (">=", 12.996, "met")],
)
def test_edges(op: str, value: float, verdict: str) -> None:
    aim = target(metric="non_fossil_share", kind="level", op=op, value=13, printed="13", base_value=8.5)
    assert one(aim, 2020, row("non_fossil_share", 2020, value))["verdict"] == verdict


@pytest.mark.parametrize(
    ("text", "edge"),
    [("13%以上", "inclusive"), ("控制在1.9%以内", "inclusive"), ("不低于67%", "inclusive"), ("不超过5%", "inclusive"),
     ("≥30", "inclusive"), ("大于3000吨", "strict"), ("<1.3", "strict"), ("超过25.7%", "strict"), ("突破160亿元", "strict"), ("13", "")],
)  # fmt: skip
def test_edges_as_printed(text: str, edge: str) -> None:
    assert edge_of(text) == edge


def test_hedges_as_printed() -> None:
    assert [hedge_of(text) for text in ("15%左右", "约20%", "力争达到25%", "原则上5%", "13")] == [
        "about", "about", "aim", "in_principle", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("hedge", "words"), [("about", "约数目标，偏差 1.00 个百分点，不作未完成判定"), ("aim", "未达预期（非约束表述）")]
)
def test_hedged_targets_are_never_missed(hedge: str, words: str) -> None:
    aim = target(metric="coal_consumption", kind="reduction_pct", value=15, hedge=hedge)
    short = one(aim, 2020, row("coal_change_published", "2016-2020", -14.0))
    assert (short["verdict"], short["reason"]) == ("cannot_judge", "hedged")
    assert words in short["note"]
    assert one(aim, 2020, row("coal_change_published", "2016-2020", -15.0))["verdict"] == "met"


def test_a_tolerance_of_the_plan_is_used() -> None:
    aim = target(metric="coal_consumption", kind="reduction_pct", value=15, hedge="about", tolerance=1)
    assert one(aim, 2020, row("coal_change_published", "2016-2020", -14.0))["verdict"] == "met"


def test_unresolved_target_is_never_met() -> None:
    aim = target(
        metric="energy_intensity", kind="assigned_by_superior", resolves_to="cumulative_pct", printed="完成省定目标",
        assigned_by="河南省",
    )  # fmt: skip
    metrics = [row("energy_intensity_change", year, -50.0) for year in range(2016, 2021)]
    found = one(aim, 2020, *metrics)
    assert (found["verdict"], found["reason"]) == ("cannot_judge", "target_unresolved")
    assert "河南省" in found["missing"]
    received = Resolution(level="河南省", document="豫政〔2016〕1号", value=16, received_on="2016-12-01")
    settled = judge(plan(aim.model_copy(update={"resolved": received})), pd.DataFrame(metrics), "2020")
    assert settled[settled["nature"] == "binding"]["verdict"].tolist() == ["met"]
    assert "豫政〔2016〕1号" in settled["source"].iloc[0]


def test_coal_of_enterprises_above_size_never_answers_for_society() -> None:
    aim = target(metric="coal_consumption", kind="cap", op="<=", value=20, unit="10^4 t")
    found = one(aim, 2020, row("coal_consumption_above_size", 2020, 17.09, "10^4 t"))
    assert (found["verdict"], found["reason"]) == ("cannot_judge", "scope_mismatch")


def test_units_of_another_kind_are_refused() -> None:
    aim = target(metric="coal_consumption", kind="cap", op="<=", value=20, unit="10^4 t")
    found = one(aim, 2020, row("coal_consumption", 2020, 17.09, "10^4 tce"))
    assert (found["verdict"], found["reason"]) == ("cannot_judge", "unit_mismatch")


def test_figures_of_another_basis_are_not_taken() -> None:
    aim = target(metric="non_fossil_share", kind="level", value=13, base_value=8.5, qualifiers={"basis": "equivalent"})
    found = one(aim, 2020, row("non_fossil_share", 2020, 14.0, basis="calorific"))
    assert (found["verdict"], found["reason"]) == ("cannot_judge", "definition_break")


@pytest.mark.parametrize(
    ("value", "pace"),
    [(13.0, "achieved_early"), (11.5, "ahead"), (11.2, "on_track"), (11.0, "on_track"), (10.8, "behind")],
)
def test_pace_of_a_level_runs_on_a_straight_line(value: float, pace: str) -> None:
    aim = target(metric="non_fossil_share", kind="level", value=13, printed="13", base_value=8.5)
    found = one(aim, 2018, row("non_fossil_share", 2018, value))
    assert found["pace"] == pace
    assert found["schedule"] == pytest.approx(11.2)
    assert found["verdict"] == ("met" if value >= 11.2 else "missed")


def test_level_without_a_base_cannot_be_told_before_it_is_due() -> None:
    aim = target(metric="non_fossil_share", kind="level", value=13)
    assert one(aim, 2018, row("non_fossil_share", 2018, 11.0))["reason"] == "no_data"
    assert one(aim, 2018, row("non_fossil_share", 2018, 13.0))["verdict"] == "met"


@pytest.mark.parametrize(("kind", "op", "value", "verdict"), [("hold_level", ">=", 2.43, "met"), ("hold_level", ">=", 2.4, "missed"), ("trend", ">", 2.43, "missed"), ("trend", ">=", 2.43, "met")])  # fmt: skip
def test_hold_and_trend_compare_with_what_was(kind: str, op: str, value: float, verdict: str) -> None:
    aim = target(metric="coal_for_power_share", kind=kind, op=op, base_value=2.43)
    rows = [row("coal_for_power_share", 2017, 2.43), row("coal_for_power_share", 2018, value)]
    assert one(aim, 2018, *rows)["verdict"] == verdict


def test_sums_over_the_period() -> None:
    aim = target(metric="energy_saving", kind="cumulative_amount", value=100, unit="10^4 tce")
    rows = [row("energy_saving", year, 20.0, "10^4 tce") for year in range(2016, 2021)]
    assert one(aim, 2020, *rows)["verdict"] == "met"
    assert one(aim, 2018, *rows)["pace"] == "on_track"


def test_reduction_from_levels_and_a_printed_base() -> None:
    aim = target(metric="coal_consumption", kind="reduction_pct", value=10, base_value=1000, base_unit="10^4 t")
    found = one(aim, 2020, row("coal_consumption", 2020, 8.9, "Mt"))
    assert (found["verdict"], found["value"]) == ("met", pytest.approx(11.0))


def test_not_applicable_and_lost_and_qualitative() -> None:
    aims = [
        target(id="a", kind="not_applicable", printed="不涉及"),
        target(id="b", kind="lost", resolves_to="cumulative_pct", note="栏目缺失"),
        target(id="c", kind="qualitative", printed="基本消除"),
    ]
    verdicts = judge(plan(*aims), MetricBook(), "2018")
    assert verdicts["reason"].tolist() == ["not_applicable", "target_unresolved", "target_unresolved"]
    assert counts(verdicts).total == 2
    assert exit_code(verdicts) == 4


def test_evidence_below_the_required_level_is_not_judged() -> None:
    aim = target(metric="energy_intensity", kind="cumulative_pct", value=16, evidence="recalled")
    metrics = [row("energy_intensity_change", year, -5.0) for year in range(2016, 2021)]
    rule = JudgingRule(require_evidence="transcribed")
    assert one(aim, 2020, *metrics, rule=rule)["reason"] == "evidence"
    assert one(aim, 2020, *metrics)["verdict"] == "met"


@given(st.floats(1, 40), st.floats(1, 40))
def test_met_exactly_when_progress_is_full(reduction: float, aim: float) -> None:
    found = one(
        target(metric="energy_intensity", kind="cumulative_pct", value=aim), 2020,
        row("energy_intensity_cumulative_published", "2016-2020", -reduction),
    )  # fmt: skip
    if abs(reduction - aim) > 0.01:
        assert (found["verdict"] == "met") == (found["progress"] >= 100)


def test_a_cap_is_compared_in_its_own_unit_every_year() -> None:
    aim = target(metric="energy_total", kind="cap", op="<=", value=50, printed="50亿吨标准煤以内", unit="10^8 tce")
    found = one(aim, 2018, row("energy_total", 2018, 498000, "10^4 tce", basis="equivalent"))
    assert (found["verdict"], found["value"], found["pace"]) == ("met", pytest.approx(49.8), "")
    assert one(aim, 2018, row("energy_total", 2018, 500100, "10^4 tce"))["verdict"] == "missed"


@pytest.mark.parametrize(("year", "grade"), [(2013, "不合格"), (2019, "")])
def test_a_missed_year_of_carbon_vetoed_until_2015_only(year: int, grade: str) -> None:
    aim = target(
        metric="carbon_intensity", kind="cumulative_pct", yearly={year: {"value": 3.9, "evidence": "transcribed"}}
    )
    metrics = pd.DataFrame([row("carbon_intensity_change", year, -3.0)])
    verdicts = judge(plan(aim, base=year - 2), metrics, str(year), rule=rules.judging_rule(year))
    assert verdicts["grade"].tolist() == [grade]
