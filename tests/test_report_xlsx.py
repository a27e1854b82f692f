"""Workbooks: live formulas, the index, sheet names."""

import datetime as dt
import re

import openpyxl
import pytest

from carbonpeak.templates.figures import printed
from carbonpeak.templates.report import (
    Chart,
    Column,
    Figure,
    Formula,
    Report,
    Section,
    Table,
    Text,
    row,
)
from carbonpeak.templates.xlsx_sheets import sheet_name

from .report_sample import balance_table, charts, mix_table, sample

LANGS = ("zh", "en")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The sample in both languages."""
    folder = tmp_path_factory.mktemp("reports")
    for lang in LANGS:
        assert not sample().save(folder / f"{lang}.xlsx", lang=lang)
    sample().save(folder / "public.xlsx", edition="public")
    return folder


def _evaluated(sheet, formula):
    """Compute the formulas that the sample writes: SUM over cells and ranges, and a share."""

    def value(name):
        return sheet[name].value

    total = re.fullmatch(r"=SUM\((.+)\)", formula)
    if total:
        cells = [part if ":" in part else f"{part}:{part}" for part in total[1].split(",")]
        return sum(cell.value for area in cells for line in sheet[area] for cell in line)
    one, other = re.fullmatch(r"=(\w+)/(\w+)\*100", formula).groups()
    return value(one) / value(other) * 100


def test_xlsx_formulas_live_and_carry_their_values(written):
    live = openpyxl.load_workbook(written / "zh.xlsx")
    values = openpyxl.load_workbook(written / "zh.xlsx", data_only=True)
    found = 0
    for sheet in live:
        for cell in (cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"):
            stored = values[sheet.title][cell.coordinate].value
            assert stored == pytest.approx(_evaluated(values[sheet.title], cell.value), rel=1e-11)
            found += 1
    assert found == 5
    mix = live[live.sheetnames[1]]
    assert [mix["B9"].value, mix["C5"].value] == ["=SUM(B5:B7)", "=B5/B9*100"]
    assert mix["B5"].number_format == "0.0"


def test_xlsx_index_leads_to_every_figure(written):
    book = openpyxl.load_workbook(written / "zh.xlsx", data_only=True)
    index = book["数字索引"]
    rows = list(index.iter_rows(min_row=2, values_only=True))
    in_tables = {figure.id for figure in printed(Report("r", Text("", ""), (Section(Text("", ""), (mix_table(), balance_table(), *charts().values())),)))}  # fmt: skip
    assert {line[0] for line in rows} == in_tables - {"gap@410000:2019"}
    for name, sheet, cell, value, *_ in rows:
        assert book[sheet][cell].value == value, name


def test_xlsx_sheets_are_named_frozen_and_drawn(written):
    book = openpyxl.load_workbook(written / "zh.xlsx")
    assert book.sheetnames[:2] == ["封面", "表1 能源消费总量与构成"]
    assert book.sheetnames[-1] == "数字索引"
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert book["表1 能源消费总量与构成"].freeze_panes == "B5"
    drawn = {sheet.title: len(sheet._charts) for sheet in book if sheet._charts}
    assert "图1 能源消费构成" in drawn
    assert "图4 能耗强度与进度目标" not in drawn, "a missing number would be drawn as zero"
    assert book.properties.created == dt.datetime(2020, 10, 30)


def test_sheet_names_are_ones_excel_accepts():
    assert sheet_name("a/b[c]:d*e?'", []) == "a b c  d e"
    long = "分行业能源消费量" * 6
    first = sheet_name(long, [])
    second = sheet_name(long, [first])
    assert len(first) == len(second) == 31
    assert first != second


def test_a_formula_may_point_to_another_sheet(tmp_path):
    total = Figure("a", 2.0, "t")
    one = Table("one", Text("甲", "One"), (Column(Text("量", "Amount")),), (row(total),))
    double = Formula(Figure("b", 4.0, "t"), "{0}*2", ("a",))
    lone = Formula(Figure("c", 5.0, "t"), "{0}*2", ("nowhere",))
    two = Table("two", Text("乙", "Two"), (Column(Text("量", "Amount")),), (row(double), row(lone)))
    Report("r", Text("报告", "Report"), (Section(Text("节", "Part"), (one, two)),)).save(tmp_path / "x.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["表2 乙"]
    assert [sheet["A4"].value, sheet["A5"].value] == ["='表1 甲'!A4*2", 5]


def test_a_formula_over_a_withheld_cell_becomes_a_number(written):
    book = openpyxl.load_workbook(written / "public.xlsx")
    assert book["表1 能源消费总量与构成"]["B10"].value == 22654.3


def _chart(values, first, step=1):
    rows = tuple({"x": str(first + step * n), "series": Text("全省", "Province"), "value": Figure(f"v@{n}", v, "万tCO2")}
                 for n, v in enumerate(values))  # fmt: skip
    return Chart(
        "c", Text("CO2排放", "CO2 emissions"), "lines", rows, Text("年份", "Year"), Text("万吨CO2", "10⁴ t CO2")
    )


@pytest.mark.parametrize(
    ("values", "step", "kind", "low"),
    [((10.0, 60.0), 1, "lineChart", 0), ((90.0, 100.0), 1, "lineChart", None), ((90.0, 100.0), 5, "barChart", 0)],
)
def test_charts_of_a_workbook_cut_no_axis_unsaid_and_join_no_distant_years(tmp_path, values, step, kind, low):
    Report("r", Text("报告", "Report"), (Section(Text("节", "Part"), (_chart(values, 2000, step),)),)).save(
        tmp_path / "x.xlsx"
    )
    book = openpyxl.load_workbook(tmp_path / "x.xlsx")
    sheet = book["图1 CO2排放"]
    (drawn,) = sheet._charts
    assert drawn.tagname == kind
    assert drawn.y_axis.scaling.min == low
    assert sheet["A1"].value == "图1  CO₂排放"
    said = [cell.value for (cell,) in sheet.iter_rows(max_col=1) if "不从零起" in str(cell.value)]
    assert bool(said) == (values[0] > 0.6 * values[1]), "what stands below the picture stands in the sheet as well"


def test_bars_of_a_workbook_grow_to_the_right_in_the_order_of_the_table(tmp_path):
    Report("r", Text("报告", "Report"), (Section(Text("节", "Part"), (charts()["bars"],)),)).save(tmp_path / "x.xlsx")
    (drawn,) = openpyxl.load_workbook(tmp_path / "x.xlsx")["图1 降低率"]._charts
    assert (drawn.tagname, drawn.barDir) == ("barChart", "bar")
    assert (drawn.x_axis.scaling.orientation, drawn.y_axis.scaling.orientation) == ("maxMin", "minMax")
    assert drawn.y_axis.scaling.min == 0
