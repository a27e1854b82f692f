"""What the signer of the account report sees: a short main text whose shortened tables add up, the years of every kind
of target, processes and flows across the border, the same colours everywhere, a page to sign on."""

from pathlib import Path

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from openpyxl import load_workbook

from carbonpeak.accounting.target_goals import Goal
from carbonpeak.accounting.target_models import JudgingRule, Target
from carbonpeak.accounting.target_question import Actual
from carbonpeak.accounting.target_verdict import decide
from carbonpeak.accounting.unit_words import in_words, unit_words
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories import plans
from carbonpeak.inventories.derived import Derived
from carbonpeak.inventories.derived_schedule import KINDS, schedule
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace
from carbonpeak.templates.charts import render
from carbonpeak.templates.charts.colours import COLOURS, colours, fixed
from carbonpeak.templates.docx_table import kept_rows
from carbonpeak.templates.figure import Figure, Formula
from carbonpeak.templates.layout import lay_out
from carbonpeak.templates.nodes import TableNode
from carbonpeak.templates.report import Chart, Table
from carbonpeak.templates.reports.account import build

from .small_balance import ROWS, write

LEGS = """electricity:
- {year: 2022, direction: in, counterpart: '420000', value: 4, unit: 亿千瓦时, source: 测试 test, evidence: transcribed}
- {year: 2022, direction: in, value: 2, unit: 亿千瓦时, source: 测试 test, evidence: transcribed}
- {year: 2022, direction: out, counterpart: '370000', value: 2, unit: 亿千瓦时, source: 测试 test, evidence: transcribed}
heat:
- {year: 2022, direction: in, value: 50, unit: 万GJ, source: 测试 test, evidence: transcribed}
"""


@pytest.fixture(scope="module")
def library():
    return FactorLibrary.bundled()


@pytest.fixture(scope="module")
def henan(library):
    results = run(Workspace.open("henan"), library=library)
    return results, build(results, library)


@pytest.fixture(scope="module")
def small(library, tmp_path_factory):
    """A synthetic place of 2022 with clinker, lime, power of a known and an unknown sender, and heat."""
    folder = tmp_path_factory.mktemp("small")
    rows = ROWS + ",activity,clinker,100,10^4 t,\n,activity,lime,30,10^4 t,\n"
    write(folder, rows=rows, more=LEGS)
    for name in ("inventory.yaml", "sources.yaml"):
        text = (folder / name).read_text("utf-8").replace("2019", "2022").replace("2020-06-30", "2023-06-30")
        (folder / name).write_text(text, encoding="utf-8")
    results = run(Workspace.open(folder), library=library)
    return results, build(results, library)


def blocks(report, kind, *, annex=None):
    return [
        block
        for section in report.sections
        if annex is None or (section.kind == "annex") is annex
        for block in section.blocks
        if isinstance(block, kind)
    ]


def figure(cell):
    found = cell.figure if isinstance(cell, Formula) else cell
    return found if isinstance(found, Figure) and found.value is not None else None


def nodes(report, lang="zh"):
    return {node.table.id: node for node in lay_out(report, lang).nodes if isinstance(node, TableNode)}


def text(line):
    return "".join(part.text for part in line)


# length --------------------------------------------------------------------------------------------------------------


def test_the_main_text_holds_no_long_and_no_turned_table(henan):
    body, annexed = blocks(henan[1], Table, annex=False), blocks(henan[1], Table, annex=True)
    assert not [table.id for table in body if table.wide]
    assert max(len(table.rows) for table in body) <= 30
    assert {"sectors-2019", "co2-standards-2019", "problems", "indicator-notes"} <= {table.id for table in annexed}


def test_shortened_tables_add_up_and_say_what_the_rest_holds(henan):
    results, report = henan
    steps = results.steps_by_figure
    tables = {table.id: table for table in blocks(report, Table)}
    short = [one for one in tables if one.startswith("main-") and one.removeprefix("main-") in tables]
    cut = [one for one in short if one != "main-indicators"]
    assert {"main-sectors-2019", "main-contrast-ipcc_2006-2019", "main-contrast-ceads-2019"} == set(cut)
    for ident in cut:
        full, brief = tables[ident.removeprefix("main-")], tables[ident]
        rest = [row for row in brief.rows if row.kind == "" and row.cells[0].__class__.__name__ == "Paragraph"]
        assert rest, ident
        left = sum(row.kind == "" for row in full.rows) - sum(row.kind == "" for row in brief.rows) + len(rest)
        assert left == sum(row.cells[0].values["n"].value for row in rest)
        assert all(row.cells[0].values["t"].target == full.id for row in rest)
        for column in range(1, len(full.columns)):
            if figure(rest[0].cells[column]) is None:
                continue
            sums = [
                sum(found.value for row in table.rows if row.kind == "" and (found := figure(row.cells[column])))
                for table in (full, brief)
            ]
            assert sums[0] == pytest.approx(sums[1], rel=1e-12), (ident, column)
        for cell in (cell for row in brief.rows for cell in row.cells if isinstance(cell, Formula)):
            assert sum(steps[ref].value if ref in steps else 0 for ref in cell.refs) == pytest.approx(cell.figure.value)
    assert "其余按大小为" in text(nodes(report)["main-sectors-2019"].notes[0])


# targets -------------------------------------------------------------------------------------------------------------


def test_an_increment_has_its_years_where_vintages_allow(henan):
    """Published totals, annual figures: 23 161 (2015), 23 117 (2016), 22 944 (2017); 3 540 over five years is 708 a year."""
    node = nodes(henan[1])["schedule-henan_13th-energy_increment"]
    rows = {text(row.cells[0].line): [text(cell.line) for cell in row.cells[1:5]] for row in node.rows}
    assert [one.rstrip("r") for one in rows["2016"]] == ["-44.00", "-44.00", "708.00", "-752.00"]
    assert [one.rstrip("r") for one in rows["2017"]] == ["-173.00", "-217.00", "1416.00", "-1633.00"]
    # from 2018 the totals are of another vintage than that of 2015
    assert rows["2018"] == ["—", "—", "2124.00", "—"]
    notes = "".join(text(line) for line in node.notes)
    assert "2018、2019、2020年：口径或数据版本不一致" in notes
    assert "万吨标准煤" in node.title


def test_every_target_of_the_bundled_plans_that_compares_figures_has_its_years(henan):
    derived, kinds = Derived.of(henan[0]), set()
    for file in sorted(plans.PLANS.glob("*.yaml")):
        plan = plans.load(file.stem, Path())
        for target in (one.settled() for one in plan.targets):
            if target.kind in KINDS:
                years = schedule(derived, plan, target, plan.entity)
                first, last = (target.base_year or plan.base_year) + 1, target.target_year or plan.period[1]
                assert [one.year for one in years] == list(range(first, last + 1)), (plan.id, target.id)
                kinds.add(target.kind)
    assert {"cumulative_pct", "level", "increment_cap", "reduction_pct"} <= kinds


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("10^4 tce", "万吨标准煤", "10⁴ tce"), ("10^8 kWh", "亿千瓦时", "10⁸ kWh"), ("t/10^4 yuan", "吨/万元", "t/10⁴ yuan"),
        ("10^10 kJ", "百亿千焦", "10¹⁰ kJ"), ("kg/m2", "千克/平方米", "kg/m²"), ("%", "%", "%"),
    ],
)  # fmt: skip
def test_units_of_sentences_are_words(unit, zh, en):
    assert unit_words(unit) == (zh, en)


def test_a_shortfall_is_told_with_the_unit_in_words():
    assert in_words("12.50", "10^4 tce") == ("12.50 万吨标准煤", "12.50 × 10⁴ tce")
    target = Target.model_validate(
        {"id": "cap", "title": {"zh": "总量", "en": "total"}, "kind": "cap", "op": "<=", "value": 100, "printed": "100",
         "unit": "10^4 tce", "evidence": "recalled"}
    )  # fmt: skip
    found = decide(Actual(112.5), Goal(target=100.0, due=100.0, op="<="), target, JudgingRule())
    assert found.remarks[0] == ("未达到，超出 12.50 万吨标准煤", "not reached, 12.50 × 10⁴ tce above")


# balance and emissions -----------------------------------------------------------------------------------------------


def test_thermal_power_beside_nought_is_explained(henan):
    """Heat put into power plants: 3 600.59 x 10^10 kJ at 0.03412 tce/GJ is 122.85; at 75.57 % of heat plants + 39.71."""
    steps = henan[0].steps_by_figure
    heat = steps["power_row_heat@410000:2019"]
    assert heat.value == pytest.approx(-39.71, abs=0.005)
    assert heat.value == pytest.approx(steps["balance_tce@410000:2019?category=tr_power&basis=equivalent"].value)
    note = "".join(text(line) for line in nodes(henan[1])["balance-tce-2019-2"].notes)
    assert "“火力发电”行合计（等价值）为-39.71，不为零：发电投入了热力" in note


def test_processes_and_legs_have_their_chapters(small):
    """Clinker 0.538 and lime 0.683 t/t (guideline 2011); Hubei 0.4364, Central China 0.5395, Henan 0.6058 kg/kWh (2022)."""
    made = nodes(small[1])
    assert [[text(cell.line).rstrip("ars") for cell in row.cells][1::2] for row in made["processes-2022"].rows] == [
        ["100.00", "0.5380", "53.80"], ["30.00", "0.6830", "20.49"], ["", "", "74.29"],
    ]  # fmt: skip
    legs = [[text(cell.line) for cell in row.cells] for row in made["legs-2022"].rows]
    assert [line[:4] for line in legs[:3]] == [
        ["电力", "调入", "湖北省", "湖北省"], ["电力", "调入", "未申报", "华中区域电网"], ["电力", "调出", "山东省", "河南省"],
    ]  # fmt: skip
    # 4 x 0.4364 x 10 = 17.456; 2 x 0.5395 x 10 = 10.79; -2 x 0.6058 x 10 = -12.116; together 16.13
    assert [line[8] for line in legs[:4]] == ["17.46", "10.79", "-12.12", "16.13"]
    # 50 x 10^4 GJ x 0.11 t/GJ
    assert [line[8] for line in legs[4:]] == ["5.50", "5.50"]
    assert "legs-2022" in nodes(small[1], "en")


def test_a_real_place_without_such_data_has_no_such_chapter(henan):
    assert not [one for one in nodes(henan[1]) if one.startswith(("processes-", "legs-"))]


# colours -------------------------------------------------------------------------------------------------------------


def test_a_carrier_has_one_colour_in_every_chart(henan):
    charts = [chart for chart in blocks(henan[1], Chart) if chart.colours]
    seen = {}
    for chart in charts:
        keys = render.colour_keys(chart, "zh")
        names = list(keys)
        for name, colour in zip(names, colours(names, keys), strict=True):
            if keys[name] in fixed()["fills"]:
                assert colour == fixed()["fills"][keys[name]]
                seen.setdefault(keys[name], set()).add(chart.id)
    assert len(seen["coal"]) >= 3
    assert (
        colours(["油", "煤"], {"煤": "coal", "油": "oil"}) == colours(["煤", "油"], {"煤": "coal", "油": "oil"})[::-1]
    )
    # what has no key never takes the colour of a carrier that stands beside it
    assert colours(["甲", "煤"], {"煤": "coal"}) == [COLOURS[0], fixed()["fills"]["coal"]]


def test_every_bar_of_emissions_carries_its_total(henan):
    chart = next(one for one in blocks(henan[1], Chart) if one.id == "chart-co2-2019")
    totals = {row["sector"].zh: row["total"] for row in chart.rows}
    drawn = render.svg(chart, "zh")
    for sector, total in totals.items():
        parts = sum(row["value"].value for row in chart.rows if row["sector"].zh == sector)
        assert total.value == pytest.approx(parts)
        assert f">{total.value:.1f}<" in drawn, sector


# paper ---------------------------------------------------------------------------------------------------------------


def test_rows_stay_together_at_both_ends_of_a_table():
    assert kept_rows(3, notes=True) == [True, True, True]
    assert kept_rows(3, notes=False) == [True, True, False]
    long = kept_rows(20, notes=True)
    assert (long[:3], long[-3:]) == ([True, True, False], [False, True, True])


def test_the_word_file_can_be_printed_and_signed(henan, tmp_path):
    henan[1].save(tmp_path / "x.docx")
    word = Document(tmp_path / "x.docx")
    turned = [page for page in word.sections if page.orientation == WD_ORIENT.LANDSCAPE]
    upright = word.sections[0]
    assert turned
    for page in turned:
        # the area of print is that of the upright page, turned; the foot stays inside its margin
        assert (page.top_margin, page.bottom_margin) == (upright.right_margin, upright.left_margin)
        assert page.footer_distance < page.bottom_margin
    assert "河南省2019年度" in upright.header.paragraphs[0].text
    for footer in (upright.footer, upright.first_page_footer):
        assert "PAGE" in "".join(item.text or "" for item in footer._element.iter(qn("w:instrText")))
    last = [p for p in word.paragraphs if p.text == "填报和审核"]
    assert [p.paragraph_format.page_break_before for p in last] == [True]
    signed = [cell.text for row in word.tables[-1].rows for cell in row.cells]
    assert {"填表人", "审核人", "单位负责人", "联系电话"} <= set(signed)
    assert [p.text for p in word.paragraphs][-1] == "（盖章）"
    for table in word.tables[:-1]:
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    entries = [p for p in word.paragraphs if p.style.name == "toc 1"]
    heads = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert [p.text.rstrip() for p in entries] == heads


def test_the_workbook_can_be_printed(henan, tmp_path):
    henan[1].save(tmp_path / "x.xlsx")
    book = load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames[0] == "封面"
    for sheet in book.worksheets:
        assert sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert "河南省2019年度" in sheet.oddHeader.left.text
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes, sheet.title
        width = sum(dimension.width for dimension in sheet.column_dimensions.values())
        assert width < 110 or sheet.page_setup.orientation == "landscape", sheet.title
    notes = [str(area) for area in book["附表9 2019年分行业终端能源消费量和用电量"].merged_cells.ranges]
    assert any(area.startswith("A") and ":F" in area for area in notes)
    bars = book["图6 2019年二氧化碳排放分部门、分品种"]
    heads = [cell.value for cell in bars[3] if cell.value]
    # the totals stand in the table and are no part of the bars
    assert heads[-1] == "合计"
    assert len(bars._charts[0].series) == len(heads) - 2
