"""Bundled plans and rules: readable, checked against their print, and what a wrong plan file is told."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import carbonpeak as cp
from carbonpeak.accounting.metrics import MetricBook
from carbonpeak.accounting.problems import InputError, ProblemList
from carbonpeak.accounting.tables import VERDICTS
from carbonpeak.accounting.target_count import counts, exit_code
from carbonpeak.accounting.target_messages import MESSAGES
from carbonpeak.accounting.targets import judge
from carbonpeak.accounting.wording import plain
from carbonpeak.cli import app
from carbonpeak.inventories import codes, plans, rules
from carbonpeak.templates.reports.account_targets import rates
from carbonpeak.templates.reports.assessed import assessed
from carbonpeak.templates.reports.lookup import Lookup

from .small_balance import write

FIVE_PLANS = {
    # indicator: (number in the table, line of the transcript, base and target as printed, nature)
    "beiguan_14th": {
        "carbon_intensity": ("8", 133, "—", "完成市级下达任务要求", "binding"),
        "energy_intensity": ("9", 134, "—", "完成市级下达任务要求", "binding"),
        "non_fossil_share": ("12", 137, "—", "完成市级下达任务要求", "anticipatory"),
    },
    "kaifeng_14th": {
        "carbon_intensity": ("9", 128, "—", "完成省下目标", "binding"),
        "energy_intensity": ("10", 135, "—", "完成省下目标", "binding"),
        "non_fossil_share": ("13", 156, "8.5", "13", "anticipatory"),
        "coal_consumption": ("", 280, "", "完成省下达目标", ""),
    },
    "jiyuan_14th": {
        "carbon_intensity": ("11", 119, "—", "完成省定目标", "binding"),
        "energy_intensity": ("12", 120, "[22.7]", "完成省定目标", "binding"),
        "non_fossil_share": ("15", 123, "10", "完成省定目标", "anticipatory"),
        "coal_consumption": ("", 183, "", "完成省下达目标任务", ""),
    },
    "xingtai_14th": {
        "carbon_intensity": ("9", 98, "--", "达到省要求", "binding"),
        "energy_intensity": ("10", 99, "--", "达到省要求", "binding"),
        "non_fossil_share": ("11", 100, "9.1", "13", "anticipatory"),
    },
    "wugang_14th": {
        "carbon_intensity": ("8", 85, "", "", ""),
        "energy_intensity": ("9", 86, "", "", ""),
        "coal_consumption": ("", 142, "", "完成上级下达的煤炭消费总量控制目标", ""),
    },
}
PLAN = """\
schema: 1
id: town
title: {{zh: 镇, en: town}}
entity: X
document: 文件
base_year: 2020
period: [2021, 2025]
targets:
- id: t
  title: {{zh: 指标, en: indicator}}
  {row}
  evidence: transcribed
"""


@pytest.mark.parametrize("name", sorted(plans.bundled()))
def test_bundled_plans_read_without_a_remark(name: str) -> None:
    problems = ProblemList()
    plan = plans.load(name, problems=problems)
    assert not problems, problems.text()
    assert plan.title.zh
    assert plan.title.en
    assert all(target.source for target in plan.targets)


@pytest.mark.parametrize("name", sorted(FIVE_PLANS))
def test_cells_of_the_five_plans(name: str) -> None:
    plan = plans.load(name)
    found = {t.id: (t.seq, t.line, t.base_printed, t.printed, t.nature) for t in plan.targets}
    assert found == FIVE_PLANS[name]


@pytest.mark.parametrize("name", sorted(FIVE_PLANS))
@pytest.mark.parametrize("year", ["2021", "2023", "2025"])
def test_the_five_plans_cannot_be_judged_without_the_superior(name: str, year: str) -> None:
    verdicts = judge(plans.load(name), MetricBook(), year, rule=rules.judging_rule(int(year)))
    assert set(verdicts["verdict"]) == {"cannot_judge"}
    assert (verdicts["missing"] != "").all()
    assert exit_code(verdicts) == 4
    assert counts(verdicts).open == counts(verdicts).total == (0 if name == "wugang_14th" else 2)


WORKSPACE = """\
schema: 1
id: town
kind: region
title: {{zh: 试例, en: test case}}
entity: "{entity}"
years: [2023]
standards: [provincial_2011]
report: {{date: 2024-06-30}}
plans: [{plan}]
"""
SOURCES = """\
schema: 1
sources:
- {id: t, file: t.csv, layout: tidy, period: "2023"}
"""


@pytest.mark.parametrize("name", sorted(FIVE_PLANS))
def test_targets_of_the_five_plans_as_a_user_asks(tmp_path: Path, name: str) -> None:
    """Exit 4; every column in the json; each open indicator says what is missing and from whom."""
    plan = plans.load(name)
    (tmp_path / "inventory.yaml").write_text(WORKSPACE.format(entity=plan.entity, plan=name), encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "t.csv").write_text(
        "sector,flow,item,quantity,unit\nRES,final,natural_gas,1,亿立方米\n", encoding="utf-8"
    )
    done = CliRunner().invoke(app, ["targets", str(tmp_path), "--json"])
    assert done.exit_code == 4, done.output
    rows = json.loads(done.stdout)
    assert [set(row) for row in rows] == [set(VERDICTS.names)] * len(plan.targets)
    for row in rows:
        target = next(one for one in plan.targets if one.id == row["indicator"])
        said = {
            "assigned_by_superior": f"待{target.assigned_by}下达：原文为“{target.printed}”", "lost": "原表数值缺失",
        }.get(target.kind, "缺 2023 年数据：非化石能源占能源消费总量比重")  # fmt: skip
        assert row["verdict"] == "cannot_judge"
        assert row["missing"].startswith(said)


def test_path_of_the_non_fossil_share_of_kaifeng() -> None:
    plan = plans.load("kaifeng_14th")
    due = [
        judge(plan, MetricBook(), str(year)).set_index("indicator").loc["non_fossil_share", "schedule"]
        for year in range(2021, 2026)
    ]
    assert due == pytest.approx([9.4, 10.3, 11.2, 12.1, 13.0])


def test_names_of_metrics_stand_in_what_is_missing() -> None:
    names = {code.id: code for code in codes.metrics().codes.values()}
    verdicts = judge(plans.load("xingtai_14th"), MetricBook(), "2023", names=names)
    missing = verdicts.set_index("indicator").loc["non_fossil_share", "missing"]
    assert plain(missing) == "缺 2023 年数据：非化石能源占能源消费总量比重"


def written(folder: Path, row: str, name: str = "town.yaml") -> Path:
    path = folder / name
    path.write_text(PLAN.format(row=row), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("row", "code", "line"),
    [
        ("{metric: energy_intensty, kind: cumulative_pct, value: 16}", "PLAN-METRIC", 11),
        ("{metric: coal_consumption, kind: cap, op: '<=', value: 20, unit: 10^4 tce}", "PLAN-UNIT", 9),
        ("{metric: energy_intensity, kind: cumulative_pct, value: 16, printed: '15'}", "YAML-VALUE", 9),
        ("{metric: energy_intensity, kind: cumulative_pct}", "YAML-VALUE", 9),
        ("{metric: energy_intensity, kind: assigned_by_superior}", "YAML-VALUE", 9),
        ("{metric: energy_intensity, kind: cumulative_pct, value: 16, vlaue: 1}", "YAML-KEY", 11),
    ],
)
def test_a_wrong_plan_is_refused_at_its_line(tmp_path: Path, row: str, code: str, line: int) -> None:
    inside = row.strip("{}")
    with pytest.raises(InputError) as raised:
        plans.load(written(tmp_path, inside.replace(", ", "\n  ")))
    problem = next(iter(raised.value.problems))
    assert problem.code == code
    assert problem.where.line >= line


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("value: 13\n  printed: 13%以上\n  op: '>'", "PLAN-EDGE"),
        ("value: 13\n  printed: 超过13%", "PLAN-EDGE"),
        ("value: 13\n  printed: 不超过13%", "PLAN-EDGE"),
        ("value: 13\n  printed: 不满13%\n  op: '<='", "PLAN-EDGE"),
        ("value: 13\n  printed: 13%左右", "PLAN-HEDGE"),
        ("value: 13\n  printed: '13'\n  hedge: aim", "PLAN-HEDGE"),
    ],
)
def test_print_and_reading_must_agree(tmp_path: Path, row: str, code: str) -> None:
    problems = ProblemList()
    plans.load(written(tmp_path, f"metric: non_fossil_share\n  kind: level\n  {row}"), problems=problems)
    assert [problem.code for problem in problems] == [code]


def test_names_of_plans(tmp_path: Path) -> None:
    row = "metric: energy_intensity\n  kind: cumulative_pct\n  value: 16"
    written(tmp_path, row)
    assert plans.load("town.yaml", tmp_path).id == plans.load("town", tmp_path).id == "town"
    with pytest.raises(InputError) as raised:
        plans.load(written(tmp_path, row, "other.yaml"))
    assert [problem.code for problem in raised.value.problems] == ["PLAN-ID"]
    with pytest.raises(InputError) as raised:
        plans.load("henan_13", tmp_path)
    assert [problem.code for problem in raised.value.problems] == ["PLAN-UNKNOWN"]
    assert "henan_13th" in raised.value.problems.text()


def test_definitions_name_metrics_that_exist() -> None:
    computed = [one for one in rules.definitions().values() if one.numerator]
    assert all(one.numerator in codes.metrics() for one in computed)
    assert [one.id for one in computed] == ["ci_2016", "ci_2025", "ei_gross", "ei_net_feedstock", "ei_controlled"]
    assert {"ci_2011", "ci_2016", "ci_2025"} <= set(rules.definitions())


def test_unknown_scheme_is_refused() -> None:
    with pytest.raises(InputError) as raised:
        rules.judging_rule(2020, local=["national_2021"])
    assert [problem.code for problem in raised.value.problems] == ["RULE-UNKNOWN"]


WHOLE = """\
schema: 1
id: mine
title: {zh: 规划, en: plan}
entity: "410000"
document: 文件
base_year: 2018
period: [2019, 2020]
targets:
- id: energy_intensity
  title: {zh: 单位地区生产总值能耗降低, en: reduction}
  metric: energy_intensity
  kind: cumulative_pct
  nature: binding
  evidence: transcribed
  yearly: {2019: {value: 4, evidence: transcribed}}
"""
OWN = """\
schema: 1
id: town
title: {zh: 本市晴雨表, en: barometer of the city}
document: 市文件
purpose: warning
applies_to: [energy_intensity]
bands:
- {name: {zh: 一级, en: level one}, measure: completion, op: '<', limit: 90}
- {name: {zh: 三级, en: level three}}
source: 市文件
evidence: transcribed
"""


def test_a_workspace_brings_its_own_scheme(tmp_path: Path) -> None:
    """3 of 4 % is 75 %, below 90: 一级, before the national barometer; the stored run says it in the same words."""
    write(tmp_path, standards="ceads", more="plans: [mine]\nschemes: [rules/town]\n")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "town.yaml").write_text(OWN, encoding="utf-8")
    (tmp_path / "mine.yaml").write_text(WHOLE, encoding="utf-8")
    (tmp_path / "s.csv").write_text("metric,period,value,unit\nenergy_intensity_change_published,2019,-3,%\n")
    with (tmp_path / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("- {id: s, file: s.csv, layout: series}\n")
    done = cp.run(tmp_path)
    (found,) = done.verdicts.query("period == '2019'").to_dict("records")
    assert (found["value"], found["warning"], found["rule"].split()[-1]) == (3.0, "一级", "town")
    stored = cp.load(done.save(tmp_path / "out", formats=("html",)).folder)
    (row,) = [one for one in assessed(Lookup(stored.results, stored.library)) if one.row["period"] == "2019"]
    assert (row.warning.zh, row.warning.en) == ("一级", "level one")
    assert "barometer of the city" in row.rule.en


DEFINED = """\
metric,period,value,unit,basis,definition
gdp_current,2018,100,10^8 yuan,,
gdp_growth,2019,5,%,,
gdp_growth,2020,5,%,,
energy_total_published,2018,100,10^4 tce,equivalent,
energy_total_published,2019,101,10^4 tce,equivalent,
energy_total_published,2020,102,10^4 tce,equivalent,
energy_intensity_change_published,2019,-3,%,,{definition}
energy_intensity_cumulative_published,2019-2020,-6,%,,{definition}
"""


@pytest.mark.parametrize(("definition", "compared"), [("ei_controlled", False), ("", True)])
def test_a_published_result_of_another_definition_is_not_compared(
    tmp_path: Path, definition: str, compared: bool
) -> None:
    """Our chain is gross: published net of non-fossil energy, no difference is printed, and DEF-BREAK says so."""
    write(tmp_path, standards="ceads", more="price_years: [2018]\n")
    (tmp_path / "s.csv").write_text(DEFINED.format(definition=definition))
    with (tmp_path / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("- {id: s, file: s.csv, layout: series}\n")
    done = cp.run(tmp_path)
    found = [str(problem.where) for problem in done.problems if problem.code == "DEF-BREAK"]
    assert any("energy_intensity_cumulative_published" in where for where in found) != compared
    table = rates(Lookup(done.results, done.library))
    (shown,) = [row.cells for row in table.rows if "2019" in str(row.cells[0])]
    assert (shown[3] is not None) == compared


def test_two_local_schemes_in_force_at_once_are_a_fault(tmp_path: Path) -> None:
    for name in ("town", "other"):
        (tmp_path / f"{name}.yaml").write_text(OWN.replace("id: town", f"id: {name}"), encoding="utf-8")
    assert rules.judging_rule(2019, ["town"], base=tmp_path).schemes[-1].scope == "local"
    with pytest.raises(InputError) as raised:
        rules.judging_rule(2019, ["town", "other"], base=tmp_path)
    assert [problem.code for problem in raised.value.problems] == ["RULE-OVERLAP"]


@pytest.fixture
def two_schemes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    shutil.copytree(rules.RULES, tmp_path / "rules")
    text = (rules.RULES / "warning" / "national_2020.yaml").read_text(encoding="utf-8")
    twin = tmp_path / "rules" / "warning" / "twin.yaml"
    twin.write_text(text.replace("id: national_2020", "id: twin"), encoding="utf-8")
    monkeypatch.setattr(rules, "RULES", tmp_path / "rules")
    rules.schemes.cache_clear()
    yield
    rules.schemes.cache_clear()


@pytest.mark.usefixtures("two_schemes")
def test_two_schemes_in_force_at_once_are_a_fault() -> None:
    with pytest.raises(InputError) as raised:
        rules.schemes()
    assert [problem.code for problem in raised.value.problems] == ["RULE-OVERLAP"]


def test_messages_are_in_both_languages() -> None:
    for message in MESSAGES.values():
        assert message.zh
        assert message.en
        assert message.remedy_zh
        assert message.remedy_en


def test_a_plan_outside_the_workspace_is_not_read(tmp_path: Path) -> None:
    row = "metric: energy_intensity\n  kind: cumulative_pct\n  value: 16"
    written(tmp_path, row)
    (tmp_path / "ws").mkdir()
    for name in ("../town.yaml", str(tmp_path / "town.yaml")):
        with pytest.raises(InputError, match="PLAN-UNKNOWN"):
            plans.load(name, tmp_path / "ws")
