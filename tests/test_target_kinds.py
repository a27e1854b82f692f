"""Kinds of targets, edges and hedges as printed, and results that cannot be judged."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonpeak.accounting.metrics import MetricBook
from carbonpeak.accounting.target_count import counts, exit_code
from carbonpeak.accounting.target_models import JudgingRule, Resolution, edge_of, hedge_of
from carbonpeak.accounting.targets import judge
from carbonpeak.accounting.wording import plain
from carbonpeak.inventories import rules

from .target_sample import one, plan, row, target


def test_19_98_against_20_is_missed_by_0_02() -> None:
    aim = target(metric="energy_intensity", kind="cumulative_pct", value=20, printed="20")
    metrics = [row("energy_intensity_change", 2016 + n, rate) for n, rate in enumerate([-4.0, -4.1, -4.2, -4.5, -5.0])]
    found = one(aim, 2020, *metrics)
    assert found["verdict"] == "missed"
    assert "差 0.02 个百分点" in found["note"]
    assert "修约到目标印出位数为 20" in found["note"]
    assert plain(found["note"]).startswith("未达到，差 0.02 个百分点")
    assert plain(found["note"], "en").startswith("not reached, short by 0.02 percentage points")
    assert "percentage" not in plain(found["note"])


@pytest.mark.parametrize(
    ("op", "value", "verdict", "told"),
    [
        (">=", 13.0, "met", ""), (">=", 12.996, "missed", "差 0.004"), (">=", 12.9, "missed", "差 0.10"),
        (">", 13.0, "missed", "不含本数"), (">", 13.004, "met", ""), (">", 12.99, "missed", "差 0.01"),
        ("<=", 13.0, "met", ""), ("<=", 13.004, "missed", "超出 0.004"), ("<=", 13.5, "missed", "超出 0.50"),
        ("<", 13.0, "missed", "不含本数"), ("<", 12.996, "met", ""), ("<", 13.01, "missed", "超出 0.01"),
    ],
)  # fmt: skip
def test_edges(op: str, value: float, verdict: str, told: str) -> None:
    aim = target(metric="non_fossil_share", kind="level", op=op, value=13, printed="13", base_value=8.5)
    found = one(aim, 2020, row("non_fossil_share", 2020, value))
    assert found["verdict"] == verdict
    assert told in found["note"]


def test_noise_of_binary_arithmetic_is_no_shortfall() -> None:
    # 0.1 + 0.2 = 0.30000000000000004 in binary: a cap of 0.3 is met, and more than 0.3 is not reached
    for op, verdict in (("<=", "met"), (">", "missed")):
        aim = target(metric="non_fossil_share", kind="level", op=op, value=0.3, base_value=0)
        assert one(aim, 2020, row("non_fossil_share", 2020, 0.1 + 0.2))["verdict"] == verdict


@pytest.mark.parametrize(
    ("text", "op"),
    [("13%以上", ">="), ("13%及以上", ">="), ("不低于67%", ">="), ("≥30", ">="), ("至少5个", ">="),
     ("2%以下", "<="), ("控制在1.9%以内", "<="), ("不超过5%", "<="), ("不得超过5%", "<="), ("不突破20万吨", "<="), ("≤5", "<="),
     ("大于3000吨", ">"), ("超过25.7%", ">"), ("突破160亿元", ">"), ("高于5%", ">"),
     ("<1.3", "<"), ("小于5%", "<"), ("低于10%", "<"), ("不足100万吨", "<"), ("不满5%", "<"), ("13", None)],
)  # fmt: skip
def test_edges_as_printed(text: str, op: str | None) -> None:
    assert edge_of(text) == op


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


def test_reached_without_a_base_has_no_pace() -> None:
    # whether 13 % was reached on the way or held from the start cannot be told
    assert (
        one(target(metric="non_fossil_share", kind="level", value=13), 2018, row("non_fossil_share", 2018, 13.0))[
            "pace"
        ]
        == ""
    )


# Two of five years have gone (40 %), the band is ±5 points. Each line: kind, comparison, target, base level, level or yearly
# change in 2016 and 2017, pace. By hand: done = way gone / whole way; "something to reach" is ahead from 45 %, behind
# below 35 %; "a limit to stay within" the other way round, and never early.
PACES = [
    # level to reach, rising 10 -> 20: 20 | 15 = 50 % | 14 = 40 % | 13 = 30 %
    ("level", ">=", 20, 10, 20, "achieved_early"), ("level", ">=", 20, 10, 15, "ahead"),
    ("level", ">=", 20, 10, 14, "on_track"), ("level", ">=", 20, 10, 13, "behind"),
    # strict: 20 itself is not above 20, the way is gone all the same
    ("level", ">", 20, 10, 20, "ahead"), ("level", ">", 20, 10, 20.1, "achieved_early"),
    # level to reach, falling 20 -> 10
    ("level", "<=", 10, 20, 10, "achieved_early"), ("level", "<=", 10, 20, 15, "ahead"),
    ("level", "<=", 10, 20, 16, "on_track"), ("level", "<=", 10, 20, 18, "behind"), ("level", "<", 10, 20, 10, "ahead"),
    # limit, allowed to rise 10 -> 20 (water use 13.30 -> 16.16): 13 = 30 % used | 14 = 40 % | 16 = 60 % | 21 beyond
    ("level", "<=", 20, 10, 13, "ahead"), ("level", "<=", 20, 10, 14, "on_track"), ("level", "<=", 20, 10, 16, "behind"),
    ("level", "<=", 20, 10, 21, "behind"), ("level", "<=", 20, 10, 9, "ahead"),
    # limit, allowed to fall 20 -> 10
    ("level", ">=", 10, 20, 19, "ahead"), ("level", ">=", 10, 20, 16, "on_track"), ("level", ">=", 10, 20, 12, "behind"),
    # no way to go
    ("level", ">=", 10, 10, 11, ""), ("cap", "<=", 20, 10, 9, ""), ("hold_level", "<=", 10, 10, 9, ""),
    ("trend", ">=", None, None, 9, ""), ("increment_cap", "<=", 5, 10, 11, ""),
    # fall to reach, 10 % of 100: 90 | 95 = 50 % | 96 = 40 % | 99 = 10 % | 101 = -10 %
    ("reduction_pct", ">=", 10, 100, 90, "achieved_early"), ("reduction_pct", ">=", 10, 100, 95, "ahead"),
    ("reduction_pct", ">=", 10, 100, 96, "on_track"), ("reduction_pct", ">=", 10, 100, 99, "behind"),
    ("reduction_pct", ">=", 10, 100, 101, "behind"),
    # a fall of at most 10 %: 99 = 10 % used | 96 = 40 % | 92 = 80 %
    ("reduction_pct", "<=", 10, 100, 99, "ahead"), ("reduction_pct", "<=", 10, 100, 96, "on_track"),
    ("reduction_pct", "<=", 10, 100, 92, "behind"),
    # the same in amounts
    ("reduction_amount", ">=", 10, 100, 90, "achieved_early"), ("reduction_amount", ">=", 10, 100, 95, "ahead"),
    ("reduction_amount", ">=", 10, 100, 96, "on_track"), ("reduction_amount", ">=", 10, 100, 99, "behind"),
    ("reduction_amount", "<=", 10, 100, 99, "ahead"), ("reduction_amount", "<=", 10, 100, 92, "behind"),
    # sums over the period, 1 in the first year: 10 = all | 5 = 50 % | 4 = 40 % | 2 = 20 %
    ("cumulative_amount", ">=", 10, None, 9, "achieved_early"), ("cumulative_amount", ">=", 10, None, 4, "ahead"),
    ("cumulative_amount", ">=", 10, None, 3, "on_track"), ("cumulative_amount", ">=", 10, None, 1, "behind"),
    # a budget of 10: 1 + 1 = 20 % used | 40 % | 60 % | 110 %
    ("cumulative_amount", "<=", 10, None, 1, "ahead"), ("cumulative_amount", "<=", 10, None, 3, "on_track"),
    ("cumulative_amount", "<=", 10, None, 5, "behind"), ("cumulative_amount", "<=", 10, None, 10, "behind"),
    # rates compound, T = 19 %, so that ln(0.9)/ln(0.81) = 50 %: first year 0, second -19 | -10 | -8.1 | -4 | +1
    # ln(0.919)/ln(0.81) = 40.1 %, ln(0.96)/ln(0.81) = 19.4 %
    ("cumulative_pct", ">=", 19, None, -19, "achieved_early"), ("cumulative_pct", ">=", 19, None, -10, "ahead"),
    ("cumulative_pct", ">=", 19, None, -8.1, "on_track"), ("cumulative_pct", ">=", 19, None, -4, "behind"),
    ("cumulative_pct", ">=", 19, None, 1, "behind"),
    ("cumulative_pct", "<=", 19, None, -4, "ahead"), ("cumulative_pct", "<=", 19, None, -10, "behind"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "op", "value", "base", "now", "pace"), PACES)
def test_pace_after_two_of_five_years(
    kind: str, op: str, value: float | None, base: float | None, now: float, pace: str
) -> None:
    in_percent = kind in ("reduction_pct", "cumulative_pct")
    metric = "energy_intensity" if kind == "cumulative_pct" else "coal_consumption"
    aim = target(metric=metric, kind=kind, op=op, value=value, base_value=base, unit="%" if in_percent else "10^4 t",
                 base_unit="10^4 t" if in_percent and base else "")  # fmt: skip
    if kind == "cumulative_pct":
        rows = [row("energy_intensity_change", 2016, 0.0), row("energy_intensity_change", 2017, now)]
    else:
        first = 1.0 if kind == "cumulative_amount" else base or now
        rows = [row(metric, 2016, first, "10^4 t"), row(metric, 2017, now, "10^4 t")]
    assert one(aim, 2017, *rows)["pace"] == pace


@pytest.mark.parametrize(
    ("op", "before", "now", "pace"),
    [(">=", 14, 13, "achieved_early"), (">=", 12, 13, ""), (">=", 14, 12, ""), ("<=", 8, 9, ""), ("<=", 13.5, 13, "")],
)
def test_a_level_reached_before_it_was_due(op: str, before: float, now: float, pace: str) -> None:
    # base 8.5: >= 13 is something to reach, <= 13 a limit
    aim = target(metric="non_fossil_share", kind="level", op=op, value=13, base_value=8.5)
    rows = [row("non_fossil_share", 2018, before), row("non_fossil_share", 2020, now)]
    assert one(aim, 2020, *rows)["pace"] == pace


def test_a_target_is_judged_in_its_target_year() -> None:
    aim = target(metric="non_fossil_share", kind="level", value=13, base_value=8.5, target_year=2018)
    rows = [row("non_fossil_share", year, value) for year, value in ((2018, 13.2), (2020, 12.5))]
    found = one(aim, 2020, *rows)
    assert (found["period"], found["verdict"], found["value"], found["target"]) == ("2018", "met", 13.2, 13)
    assert "目标年为 2018 年；2020 年为 12.50 %，仅供参考" in found["note"]


def test_a_rate_is_judged_up_to_its_target_year() -> None:
    # 1 - 0.95^3 = 14.2625 % by 2018; the rise of 2019 and 2020 would take it to 5.47 %
    aim = target(metric="energy_intensity", kind="cumulative_pct", value=14, target_year=2018)
    rows = [row("energy_intensity_change", 2016 + n, rate) for n, rate in enumerate([-5, -5, -5, 5, 5])]
    found = one(aim, 2020, *rows)
    assert (found["period"], found["verdict"]) == ("2016-2018", "met")
    assert found["value"] == pytest.approx(14.2625)
    assert "2020 年为 5.47 %" in found["note"]


def test_a_target_is_not_judged_before_it_begins() -> None:
    aim = target(metric="coal_consumption", kind="reduction_pct", value=10, base_year=2018)
    rows = [row("coal_consumption", year, 100.0, "10^4 t") for year in (2016, 2018)]
    found = one(aim, 2016, *rows)
    assert (found["verdict"], found["reason"]) == ("cannot_judge", "target_unresolved")
    assert "自 2019 年起计算" in found["missing"]


@pytest.mark.parametrize(("now", "verdict", "reason", "said"), [(0.0, "", "not_applicable", "降低率不适用"), (2.0, "cannot_judge", "zero_base", "降低率无法计算")])  # fmt: skip
def test_no_reduction_in_per_cent_of_nothing(now: float, verdict: str, reason: str, said: str) -> None:
    share = target(id="pct", metric="coal_consumption", kind="reduction_pct", value=10)
    cap = target(id="cap", metric="coal_consumption", kind="cap", op="<=", value=0, unit="10^4 t")
    rows = [row("coal_consumption", year, value, "10^4 t") for year, value in ((2015, 0.0), (2020, now))]
    found = judge(plan(share, cap), pd.DataFrame(rows), "2020").set_index("indicator")
    assert (found.loc["pct", "verdict"], found.loc["pct", "reason"]) == (verdict, reason)
    assert said in found.loc["pct", "note"] + found.loc["pct", "missing"]
    assert found.loc["cap", "verdict"] == ("met" if now == 0 else "missed")


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
