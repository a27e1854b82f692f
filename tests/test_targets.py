"""Verdicts: published results judged as published, edges and hedges, what cannot be judged and why."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonpeak.accounting.metrics import MetricBook
from carbonpeak.accounting.problems import InputError
from carbonpeak.accounting.steps import by_figure
from carbonpeak.accounting.tables import VERDICTS
from carbonpeak.accounting.target_count import Counts, counts, counts_apart, exit_code, standing, summary
from carbonpeak.accounting.target_grades import Official
from carbonpeak.accounting.target_models import Bands
from carbonpeak.accounting.targets import judge
from carbonpeak.accounting.wording import plain
from carbonpeak.factors import yamlfile
from carbonpeak.inventories import plans, rules

from .target_sample import one, plan, row, target

CASES = yamlfile.load(Path(__file__).parent / "cases" / "targets.yaml").data
HENAN_RATES = {2016: -7.64, 2017: -7.90, 2018: -5.01, 2019: -7.98, 2020: 0.76}


def henan(until: int = 2020) -> pd.DataFrame:
    return pd.DataFrame(
        row("energy_intensity_change_published", year, rate, entity="410000", price_year="2015", evidence="transcribed")
        for year, rate in HENAN_RATES.items()
        if year <= until
    )


def intensity_rows(verdicts: pd.DataFrame) -> dict[str, dict[str, Any]]:
    rows = verdicts[verdicts["indicator"] == "energy_intensity"]
    return {str(record["period"]): record for record in rows.to_dict("records")}


def test_henan_13th_five_years() -> None:
    found = intensity_rows(judge(plans.load("henan_13th"), henan(), "2020"))
    total, year = found["2016-2020"], found["2020"]
    assert total["verdict"] == "met"
    assert total["value"] == pytest.approx(25.1, abs=0.1)
    assert total["target"] == 16
    assert total["progress"] == pytest.approx(165.6, abs=0.1)
    assert total["pace"] == "achieved_early"
    assert (year["verdict"], year["value"], year["nature"]) == ("missed", -0.76, "reference")
    assert year["target"] == pytest.approx(3.43, abs=0.005)


def test_henan_2016_progress_as_published() -> None:
    found = intensity_rows(judge(plans.load("henan_13th"), henan(2016), "2016"))["2016-2016"]
    assert found["progress"] == pytest.approx(45.58, abs=0.005)
    assert found["share"] == pytest.approx(47.75)
    assert found["pace"] == "ahead"
    assert found["remaining"] == pytest.approx(2.344, abs=0.001)


def test_xingtai_2019_as_published() -> None:
    metrics = pd.DataFrame(
        [
            row("energy_intensity_change_published", 2019, -5.97, entity="130500"),
            row("energy_intensity_cumulative_published", "2016-2019", -19.3, entity="130500"),
            row("coal_consumption", 2018, 1820.97 + 186.93, "10^4 t", "130500"),
            row("coal_consumption", 2019, 1820.97, "万吨", "130500"),
        ]
    )
    verdicts = judge(plans.load("xingtai_13th"), metrics, "2019", rule=rules.judging_rule(2019))
    energy = intensity_rows(verdicts)
    assert energy["2019"]["verdict"] == "met"
    assert energy["2019"]["over"] == pytest.approx(65.8, abs=0.05)
    assert energy["2016-2019"]["pace"] == "achieved_early"
    assert energy["2016-2019"]["progress"] == pytest.approx(101.76, abs=0.02)
    coal = verdicts[verdicts["indicator"] == "coal_consumption"].iloc[0]
    assert (coal["verdict"], coal["value"], coal["target"]) == ("met", pytest.approx(186.93), 20)
    assert exit_code(verdicts) == 0


@pytest.mark.parametrize("case", CASES["provinces_2007"], ids=lambda case: case["place"])
def test_provinces_2007_met_and_missed_as_published(case: dict[str, Any]) -> None:
    yearly = {2007: {"value": case["target"], "evidence": "transcribed"}}
    aim = target(metric="energy_intensity", kind="cumulative_pct", yearly=yearly)
    verdicts = judge(
        plan(aim, base=2005),
        pd.DataFrame([row("energy_intensity_change_published", 2007, case["actual"])]),
        "2007",
        rule=rules.judging_rule(2007),
    )
    missed = case["grade"] == "未完成"
    assert verdicts["verdict"].tolist() == ["missed" if missed else "met"]
    # a missed target fixes the grade, a met one does not
    assert verdicts["grade"].tolist() == ["未完成" if missed else ""]


@pytest.mark.parametrize("case", CASES["increments"], ids=lambda case: case["place"])
def test_increments_of_qinghai_2019(case: dict[str, Any]) -> None:
    aim = target(
        metric="energy_total", kind="increment_cap", op="<=", unit="10^4 tce",
        yearly={2019: {"value": case["target"], "evidence": "transcribed"}},
    )  # fmt: skip
    assert one(aim, 2019, row("energy_increment", 2019, case["actual"], "10^4 tce"))["verdict"] == "met"
    levels = [
        row("energy_total", 2018, 1000, "10^4 tce"),
        row("energy_total", 2019, 1000 + case["target"] + 1, "10^4 tce"),
    ]
    assert one(aim, 2019, *levels)["verdict"] == "missed"


@pytest.mark.parametrize(
    ("scheme", "case"),
    [(group["scheme"], case) for group in CASES["warnings"] for case in group["cases"]],
    ids=lambda part: part if isinstance(part, str) else str(part["actual"]),
)
def test_warnings(scheme: str, case: dict[str, Any]) -> None:
    bands = rules.schemes()[scheme]
    year = bands.valid_from or 0
    aim = target(
        metric="energy_intensity",
        kind="cumulative_pct",
        yearly={year: {"value": case["target"], "evidence": "transcribed"}},
    )
    rule = rules.judging_rule(year, local=[scheme] if bands.scope == "local" else [])
    verdicts = judge(
        plan(aim, base=year - 1),
        pd.DataFrame([row("energy_intensity_change", year, -case["actual"])]),
        str(year),
        rule=rule,
    )
    assert verdicts["warning"].tolist() == [case["level"]]


def test_no_scheme_of_another_year_gives_a_word() -> None:
    aim = target(metric="energy_intensity", kind="cumulative_pct", value=17)
    verdicts = judge(
        plan(aim, base=2025),
        pd.DataFrame([row("energy_intensity_change", 2026, 1.0)]),
        "2026",
        rule=rules.judging_rule(2026),
    )
    assert set(verdicts["warning"]) == {""}
    assert set(verdicts["grade"]) == {""}


@pytest.mark.parametrize(
    ("score", "grade"), [(96, "超额完成"), (95, "超额完成"), (80, "完成"), (60, "基本完成"), (59.9, "未完成")]
)
def test_grade_follows_from_points(score: float, grade: str) -> None:
    verdicts = graded(Official(score=score))
    assert verdicts["grade"].tolist() == [grade]
    assert verdicts["rule"].tolist() == ["judging/year_set energy_until_2025"]


def graded(official: Official, change: float | None = -5.97, required: str = "", **aim: Any) -> pd.DataFrame:
    """The verdicts of 2019 against 3.6 %, from a change of the year and the official result."""
    given = {"metric": "energy_intensity", "yearly": {2019: {"value": 3.6, "evidence": "transcribed"}}, **aim}
    known = [] if change is None else [row(f"{given['metric']}_change", 2019, change, evidence="transcribed")]
    metrics = pd.DataFrame([row("population", 2015, 1.0, "10^4 persons"), *known])
    rule = rules.judging_rule(2019, require_evidence=required)
    asked = target(kind="cumulative_pct", **given)
    return judge(plan(asked), metrics, "2019", rule=rule, officials={("t", 2019): official})


def test_a_met_target_without_points_has_no_grade_and_says_so() -> None:
    verdicts = graded(Official())
    assert verdicts["grade"].tolist() == [""]
    assert "未录入得分" in verdicts["note"].iloc[0]


def test_a_published_grade_stands_as_published() -> None:
    verdicts = graded(Official(grade="超额完成", source="河北省考核结果"))
    assert verdicts["grade"].tolist() == ["超额完成"]
    assert "公布的 2019 年度考核等级" in verdicts["note"].iloc[0]
    assert verdicts["source"].iloc[0].endswith("河北省考核结果")


@pytest.mark.parametrize(
    ("grade", "change", "verdict", "told"),
    [
        ("未完成", -5.97, "missed", "按本表的数为完成"), ("基本完成", -3.0, "met", "按本表的数为未完成"),
        ("完成", None, "met", "按本表的数不能判定；缺 2019 年数据"), ("完成", -5.97, "met", ""), ("未完成", -3.0, "missed", ""),
    ],
)  # fmt: skip
def test_a_published_grade_outranks_our_comparison(grade: str, change: float | None, verdict: str, told: str) -> None:
    """A missed target vetoes every grade but 未完成: any other was published for a target that was met."""
    (found,) = graded(Official(grade=grade, evidence="transcribed"), change).to_dict("records")
    assert (found["verdict"], found["grade"], found["reason"]) == (verdict, grade, "")
    note = plain(found["note"])
    assert ("评价以公布的考核等级" in note) == bool(told)
    assert told in note


def test_a_grade_that_no_target_vetoes_leaves_the_verdict_alone() -> None:
    """Carbon 2016-2025: a missed year only loses points, so 良好 says nothing of the year."""
    (found,) = graded(Official(grade="良好"), -3.0, metric="carbon_intensity").to_dict("records")
    assert (found["verdict"], found["grade"]) == ("missed", "良好")


def test_evidence_of_the_official_result_reaches_the_verdict() -> None:
    for official in (Official(grade="完成", evidence="recalled"), Official(score=96, evidence="recalled")):
        assert set(graded(official)["evidence"]) == {"recalled"}
        # where more is asked for, the result is not used and our own comparison stands
        (strict,) = graded(official, required="transcribed").to_dict("records")
        assert (strict["verdict"], strict["grade"], strict["evidence"]) == ("met", "", "transcribed")


def carbon_14th(*, mixed: bool) -> pd.DataFrame:
    yearly = {2021: -3.8, 2022: -0.8, 2023: 0.0, 2024: -3.4, 2025: -5.0}
    return pd.DataFrame(
        row("carbon_intensity_change_published", year, rate, entity="CN",
            definition="ci_2025" if mixed and year == 2025 else "ci_2016")
        for year, rate in yearly.items()
    )  # fmt: skip


def test_definitions_are_never_chained() -> None:
    verdicts = judge(plans.load("china_14th"), carbon_14th(mixed=True), "2025")
    carbon = verdicts[(verdicts["indicator"] == "carbon_intensity") & (verdicts["period"] == "2021-2025")].iloc[0]
    assert (carbon["verdict"], carbon["reason"]) == ("cannot_judge", "definition_break")
    assert "只有口径" in carbon["missing"]


def test_published_result_outranks_the_chain_and_is_not_compared_with_it() -> None:
    official = row("carbon_intensity_cumulative_published", "2021-2025", -17.7, entity="CN", definition="ci_2025")
    metrics = pd.concat([carbon_14th(mixed=False), pd.DataFrame([official])], ignore_index=True)
    verdicts = judge(plans.load("china_14th"), metrics, "2025")
    carbon = verdicts[(verdicts["indicator"] == "carbon_intensity") & (verdicts["period"] == "2021-2025")].iloc[0]
    assert (carbon["value"], carbon["verdict"]) == (17.7, "missed")
    assert "口径不同" in carbon["note"]
    assert "不可比较" in carbon["note"]
    assert "12.42" in carbon["note"]


@pytest.mark.parametrize(
    ("year", "pace", "progress"), [(2022, "behind", 23.6)],
)  # fmt: skip
def test_midterm_of_the_14th_plan_lags_as_published(year: int, pace: str, progress: float) -> None:
    metrics = pd.concat(
        [
            carbon_14th(mixed=False),
            pd.DataFrame(
                [row("energy_intensity_change_published", y, v, entity="CN") for y, v in ((2021, -2.7), (2022, -0.1))]
            ),
        ]
    )
    verdicts = judge(plans.load("china_14th"), metrics, str(year))
    rows = verdicts[verdicts["period"] == f"2021-{year}"].set_index("indicator")
    assert rows["pace"].to_dict() == {"energy_intensity": pace, "carbon_intensity": pace}
    assert rows.loc["carbon_intensity", "progress"] == pytest.approx(progress, abs=0.1)
    assert rows.loc["energy_intensity", "progress"] == pytest.approx(19.6, abs=0.1)


def test_a_printed_range_is_met_from_its_lower_end() -> None:
    metrics = pd.DataFrame([row("energy_intensity_change_published", 2007, -4.11, entity="410000")])
    verdicts = judge(plans.load("henan_11th"), metrics, "2007")
    assert verdicts["verdict"].tolist() == ["met"]
    assert "未达上限 4.5" in verdicts["note"].iloc[0]


def test_every_row_leaves_a_step_that_leads_on() -> None:
    book = MetricBook()
    book.take(henan())
    verdicts = judge(plans.load("henan_13th"), book, "2020")
    steps = by_figure(book.steps)
    ids = [
        f"verdict/henan_13th/{indicator}:{period}" for indicator, period in verdicts[["indicator", "period"]].to_numpy()
    ]
    assert all(figure in steps for figure in ids)
    step = steps["verdict/henan_13th/energy_intensity:2016-2020"]
    assert step.terms[0].ref == "figure:energy_intensity_change_published@410000:2016?price_year=2015"
    assert step.terms[-1].ref.startswith("input:")
    assert "25.08 ≥ 16.00" in step.equation


def test_verdicts_are_a_table_and_counted_once_an_indicator() -> None:
    verdicts = judge(plans.load("henan_13th"), henan(), "2020")
    assert list(verdicts.columns) == VERDICTS.names
    assert not verdicts.duplicated(list(VERDICTS.key)).any()
    assert summary(verdicts) == (
        "约束性指标 3 项：完成 1，未完成 0，暂不能判定 2（原因见表）；"
        "规划期目标（截至 2020 年）3 项：完成 1，未完成 0，暂不能判定 2"
    )
    assert summary(verdicts, "en").startswith("3 binding indicators: 1 met, 0 not met, 2 cannot be judged")


def test_years_and_the_period_are_counted_apart() -> None:
    rate = target(
        id="rate", metric="energy_intensity", kind="cumulative_pct", value=16,
        yearly={2018: {"value": 5.5, "evidence": "transcribed"}},
    )  # fmt: skip
    cap = target(id="cap", metric="coal_consumption", kind="cap", op="<=", value=20, unit="10^4 t")
    rows = [row("energy_intensity_change", year, -5.0) for year in (2016, 2017, 2018)]
    verdicts = judge(plan(rate, cap), pd.DataFrame(rows), "2018")
    assert counts(verdicts) == Counts(2, 1, 0, 1)
    assert counts_apart(verdicts) == [Counts(2, 1, 0, 1, False, "2018"), Counts(1, 0, 1, 0, True, "2018")]
    assert summary(verdicts) == (
        "约束性指标 2 项：完成 1，未完成 0，暂不能判定 1（原因见表）；"
        "规划期目标（截至 2018 年）2 项：完成 1，未完成 0，暂不能判定 1；年度目标（2018 年）1 项：完成 0，未完成 1，暂不能判定 0"
    )
    # the year is missed although the period runs ahead
    assert exit_code(verdicts) == 1


def test_a_year_without_a_number_never_hides_one_that_was_judged() -> None:
    metrics = pd.DataFrame(
        [row("energy_intensity_change_published", year, -4.11, entity="410000") for year in (2007, 2008)]
    )
    years = [judge(plans.load("henan_11th"), metrics, year) for year in ("2007", "2008")]
    verdicts = pd.concat(years, ignore_index=True)
    assert verdicts["period"].tolist() == ["2007", "2008"]
    assert counts(verdicts) == Counts(1, 1, 0, 0)
    assert summary(years[0]) == (
        "约束性指标 1 项：完成 1，未完成 0，暂不能判定 0（原因见表）；年度目标（2007 年）1 项：完成 1，未完成 0，暂不能判定 0"
    )
    assert exit_code(years[0]) == 0


def test_a_later_year_supersedes_the_interim_result() -> None:
    aim = target(metric="energy_intensity", kind="cumulative_pct", value=16)
    rows = pd.DataFrame(
        [row("energy_intensity_change", 2015 + n, rate) for n, rate in enumerate([-1, -1, -1, -7, -7], 1)]
    )
    verdicts = pd.concat([judge(plan(aim), rows, year) for year in ("2017", "2020")], ignore_index=True)
    whole = verdicts[verdicts["nature"] == "binding"]
    assert whole["verdict"].tolist() == ["missed", "met"]
    assert standing(verdicts)["period"].tolist() == ["2016-2020"]
    assert exit_code(verdicts) == 0


def test_exit_codes() -> None:
    energy = target(metric="energy_intensity", kind="cumulative_pct", value=16)
    rows = [row("energy_intensity_change", year, -4.0) for year in range(2016, 2021)]
    assert exit_code(judge(plan(energy), pd.DataFrame(rows), "2020")) == 0
    assert exit_code(judge(plan(energy.model_copy(update={"value": 30.0})), pd.DataFrame(rows), "2020")) == 1
    assert exit_code(judge(plan(energy), MetricBook(), "2020")) == 4
    expected = energy.model_copy(update={"nature": "anticipatory"})
    assert exit_code(judge(plan(expected), MetricBook(), "2020")) == 0


@pytest.mark.parametrize("year", ["2015", "2021", "2019-H1"])
def test_a_year_outside_the_period_is_a_problem(year: str) -> None:
    with pytest.raises(InputError) as raised:
        judge(plans.load("henan_13th"), henan(), year)
    assert [problem.code for problem in raised.value.problems] == ["TARGET-YEAR"]


@given(st.permutations(list(HENAN_RATES)))
def test_order_of_rows_never_matters(order: list[int]) -> None:
    shuffled = henan().set_index("period").loc[[str(year) for year in order]].reset_index()
    pd.testing.assert_frame_equal(
        judge(plans.load("henan_13th"), shuffled, "2020"), judge(plans.load("henan_13th"), henan(), "2020")
    )


def test_bands_need_a_measure() -> None:
    bands: Bands = rules.schemes()["national_2020"]
    assert bands.classify({"gap": float("nan")}) is None
