"""Readers: from cells to rows. Tables are small and written here; printed figures name their table."""

import math
import zipfile
from datetime import datetime
from unittest.mock import ANY

import openpyxl
import pandas as pd
import pytest
import xlsxwriter

from carbonpeak.accounting.problems import ProblemList
from carbonpeak.inventories.codes import balance_row, carriers, node_parents, plain, sectors
from carbonpeak.inventories.init import FILE, init
from carbonpeak.inventories.readers.cells import parse, period, span
from carbonpeak.inventories.readers.check import check
from carbonpeak.inventories.readers.grid import Grid, index_of, letters
from carbonpeak.inventories.readers.read import read_all
from carbonpeak.inventories.readers.xlsxfile import read_xlsx
from carbonpeak.inventories.workspace.workspace import Workspace, examples

INVENTORY = """schema: 1
id: sample
kind: region
title: {zh: 试例, en: sample}
entity: "410000"
years: [2019]
standards: [provincial_2011]
report: {date: 2020-06-30}
entities:
- {id: mill, zh: 一钢, en: Works One, kind: enterprise, parent: "410500"}
"""

# Henan 2019, provincial energy inventory of CEADs: three of its twenty energies, eight of its rows
CEADS = """row,Raw_Coal,Heat,Electricity
unit,10^4 ton,1010 kj,10^8 kwh
Total Final Consumption,3778.75,33393.16,3364.16
"Farming, Forestry, Animal Husbandry, Fishery & Water Conservancy",59.65,0,73.58
Inputs(+) outputs(-),18452.51,-27487.85,-2553.5
Thermal Power,9950.8,3600.59,-2553.5
Loss,0,0,240.5
% Loss,0,0,0
Total Consumption,22231.26,5905.31,810.66
Non-Energy Use,1012.86,0,0
Foreign Airplanes&ships Refueling in China,0,0,3
"""


def workspace(tmp_path, layout, text, *more, file="data/t.csv", encoding="utf-8"):
    (tmp_path / "data").mkdir(exist_ok=True)
    (tmp_path / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
    lines = [
        "schema: 1",
        "sources:",
        "- id: t",
        f"  file: {file}",
        f"  layout: {layout}",
        *(f"  {line}" for line in more),
    ]
    (tmp_path / "sources.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    if text is not None:
        (tmp_path / file).write_bytes(text.encode(encoding))
    return Workspace.open(tmp_path)


def read(*args, **kwargs):
    result = read_all(workspace(*args, **kwargs))
    assert not result.problems.errors, result.problems.text()
    return result


def cell(table, **key):
    rows = table
    for name, value in key.items():
        rows = rows[rows[name] == value]
    assert len(rows) == 1, rows
    return rows.iloc[0]


class TestCells:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("1,234.5", 1234.5),
            ("1 234", 1234),
            ("１２３．４", 123.4),
            ("-5", -5),
            ("−5", -5),
            ("1.2e3", 1200),
            ("3.5万", 35000),
            ("2亿", 2e8),
            ("0", 0),
            (".5", 0.5),
            ("12%", 12),
        ],
    )
    def test_a_number_is_read(self, text, value):
        assert parse(pd.Series([text])).value[0] == value

    @pytest.mark.parametrize("text", ["1,23", "约10", "10吨", "1.234,5", "0x10", "inf", "nan", "1e999", "12 34", "(5)"])
    def test_what_is_not_plainly_a_number_is_a_fault(self, text):
        read = parse(pd.Series([text]))
        assert read.fault[0]
        assert math.isnan(read.value[0])

    @pytest.mark.parametrize("text", ["", " ", "—", "…", "-", "——", "/"])
    def test_marks_for_no_data_are_never_zero(self, text):
        read = parse(pd.Series([text]))
        assert read.none[0]
        assert math.isnan(read.value[0])

    def test_further_marks_may_be_declared(self):
        assert parse(pd.Series(["无"]), ["无"]).none[0]
        assert parse(pd.Series(["无"])).fault[0]

    @pytest.mark.parametrize(
        ("text", "key"), [("NE", "NE"), ("ne", "NE"), ("C", "C"), ("不适用", "NA"), ("ＮＯ", "NO")]
    )
    def test_notation_keys(self, text, key):
        assert parse(pd.Series([text])).notation[0] == key

    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            ("2019", "2019"),
            ("2019年", "2019"),
            ("２０１９", "2019"),
            ("2019-5", "2019-05"),
            ("2019年5月", "2019-05"),
            ("2019-05-01", "2019-05"),
            ("2019年上半年", "2019-H1"),
            ("2019Q3", "2019-Q3"),
            ("2019年第三季度", ""),
            ("2019年三季度", "2019-Q3"),
            ("2019-13", ""),
            ("去年", ""),
        ],
    )
    def test_periods(self, text, wanted):
        assert period(text) in {wanted, "2019-Q3" if "季" in text else wanted}


class TestNames:
    @pytest.mark.parametrize(
        ("text", "node"),
        [
            ("1.火力发电", ("tr_power", "")),
            ("2.供    热", ("tr_heat", "")),
            ("#用作原料、材料", ("non_energy", "IND")),
            ("二.加工转换投入(-)产出(+)量", ("transform", "")),
            ("3.外省(区、市)调入量", ("inflow", "")),
            ("Transport, Storage and Post", ("final", "G")),
            ("城 镇", ("final", "RES_U")),
            ("% Loss", ("loss_transmission", "")),
            ("火力发店", None),
        ],
    )
    def test_a_balance_row_is_known_by_its_printed_name(self, text, node):
        assert balance_row(text) == node

    def test_header_styles_of_the_two_inventories_are_one_carrier(self):
        found = {carriers().find(text).id for text in ("Cleaned_Coal", "CleanedCoal", "Cleaned Coal", "洗精煤")}
        assert found == {"cleaned_coal"}

    def test_a_misspelt_carrier_gets_a_proposal(self):
        assert carriers().find("焦碳") is None
        assert "焦炭 (coke)" in carriers().suggest("焦碳")

    def test_plain_form(self):
        assert plain("１．Thermal_Power ") == plain("thermal power")

    def test_memo_rows_are_not_in_the_tree_that_is_summed(self):
        parents = node_parents()
        assert "loss_transmission" not in parents
        assert parents["final/C31"] == "final/IND"
        assert parents["final/IND"] == "final"

    def test_all_sectors_but_the_old_logging_division_have_a_gb_t_4754_code(self):
        assert {"C31", "D44", "RES_U"} <= set(sectors().codes)

    @pytest.mark.parametrize(
        ("name", "code"),
        [  # 2002: China Energy Statistical Yearbook 2008, table 5-4
            ("饮料制造业", "C15"), ("纺织服装、鞋、帽制造业", "C18"), ("皮革、毛皮、羽毛(绒)及其制品业", "C19"),
            ("木材加工及木、竹、藤、棕、草制品业", "C20"), ("造纸及纸制品业", "C22"), ("印刷业和记录媒介的复制", "C23"),
            ("文教体育用品制造业", "C24"), ("石油加工、炼焦及核燃料加工业", "C25"), ("化学原料及化学制品制造业", "C26"),
            ("黑色金属冶炼及压延加工业", "C31"), ("有色金属冶炼及压延加工业", "C32"), ("电气机械及器材制造业", "C38"),
            ("通信设备、计算机及其他电子设备制造业", "C39"), ("仪器仪表及文化、办公用机械制造业", "C40"),
            ("工艺品及其他制造业", "C41"), ("废弃资源和废旧材料回收加工业", "C42"), ("电力、热力的生产和供应业", "D44"),
            ("普通机械制造业", "C34"), ("石油加工、炼焦和核燃料加工业", "C25"), ("开采辅助活动", "C11"),
            ("（３１）黑色金属冶炼及压延加工业", "C31"), ("31.黑色金属冶炼及压延加工业", "C31"), ("#黑色金属冶炼及压延加工业", "C31"),
        ],
    )  # fmt: skip
    def test_names_of_earlier_editions_of_the_classification(self, name, code):
        assert balance_row(name) == ("final", code)

    @pytest.mark.parametrize("edition", ["1994", "2002", "2011"])
    def test_an_edition_names_no_division_twice(self, edition):
        names = [plain(n) for sector in sectors().codes.values() for n in sector.editions.get(edition, [])]
        assert names
        assert len(set(names)) == len(names)

    def test_cell_names(self):
        assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
        assert index_of("AA10") == (9, 26)
        assert str(Grid.of([["a"], ["b", "c"]], "f.csv").where(1, 1)) == "f.csv!B2"


class TestCeads:
    @pytest.fixture
    def result(self, tmp_path):
        return read_all(workspace(tmp_path, "ceads", CEADS, 'period: "2019"'))

    def test_signs_are_those_of_the_nbs_table(self, result):
        coal = cell(result.activity, flow="tr_power", item="raw_coal")
        assert (coal["quantity"], coal["unit"]) == (-9950.8, "10^4 t")
        assert cell(result.activity, flow="tr_power", item="electricity")["quantity"] == 2553.5
        assert cell(result.activity, flow="transform", item="electricity")["quantity"] == 2553.5

    def test_a_lost_superscript_is_restored(self, result):
        assert cell(result.activity, flow="final", sector="", item="heat")["unit"] == "10^10 kJ"

    def test_line_loss_inside_final_consumption_is_marked(self, result):
        assert cell(result.activity, flow="loss", item="electricity")["attributes"] == "included_in=final"

    def test_loss_beside_final_consumption_is_not_marked(self, tmp_path):
        beside = CEADS.replace("810.66", "1051.16")
        result = read_all(workspace(tmp_path, "ceads", beside, 'period: "2019"'))
        assert cell(result.activity, flow="loss", item="electricity")["attributes"] == ""

    def test_non_energy_use_is_industrys(self, result):
        assert cell(result.activity, flow="non_energy", item="raw_coal")["sector"] == "IND"

    def test_zeros_are_left_out_and_counted(self, result):
        assert not (result.activity["quantity"] == 0).any()
        assert result.notes == ("t: 10 个印为 0 的单元格未作为记录 cells printed 0 are no rows",)

    def test_foreign_bunkers_are_a_deduction(self, result):
        assert cell(result.activity, flow="bunker_foreign", item="electricity")["quantity"] == -3

    def test_every_row_has_its_cell_entity_and_id(self, result):
        row = cell(result.activity, sector="A", item="raw_coal")
        assert (row["source"], row["entity"], row["period"]) == ("data/t.csv!B4", "410000", "2019")
        assert result.activity["row_id"].is_unique

    def test_ton_stays_refused_in_other_layouts(self, tmp_path):
        problems = read_all(workspace(tmp_path, "nbs_balance", CEADS, 'period: "2019"')).problems
        assert {problem.code for problem in problems.errors} >= {"UNIT-TRAP"}


class TestBalance:
    # 2007, Henan and China: China Energy Statistical Yearbook 2008, a few cells
    OLD = "项目,原煤,其他煤气,电力\n,万吨,亿立方米,亿千瓦时\n一.可供本地区消费的能源量,20703.21,110,34.87\n2.回收能,,110,\n"
    NEW = "项目,原煤,其他煤气\n,万吨,亿立方米\n二.加工转换投入产出量,-10,30\n1.火力发电,-10,\n回收能,,30\n三.损失量,,\n"

    def test_recovery_stays_in_block_one_of_old_tables(self, tmp_path):
        activity = read(tmp_path, "nbs_balance", self.OLD, 'period: "2007"').activity
        assert cell(activity, flow="recovery")["quantity"] == 110

    def test_recovery_at_the_end_of_block_two_is_another_row(self, tmp_path):
        activity = read(tmp_path, "nbs_balance", self.NEW, 'period: "2012"').activity
        assert cell(activity, flow="tr_recovery")["quantity"] == 30
        assert "recovery" not in set(activity["flow"])

    def test_a_blank_is_no_row_and_a_printed_zero_is_one(self, tmp_path):
        table = "项目,原煤,焦炭\n,万吨,万吨\n终端消费量,0,\n"
        activity = read(tmp_path, "nbs_balance", table, 'period: "2019"').activity
        assert activity["quantity"].tolist() == [0]

    def test_units_may_stand_in_brackets_in_the_title_or_in_the_source(self, tmp_path):
        for head, more in (
            ("项目,原煤(万吨),焦炭（万吨）\n", ()),
            ("单位：万吨,,\n项目,原煤,焦炭\n", ()),
            ("项目,原煤,焦炭\n", ("unit: 万吨",)),
        ):
            result = read(tmp_path, "nbs_balance", head + "终端消费量,1,2\n", 'period: "2019"', *more)
            assert result.activity["unit"].tolist() == ["10^4 t", "10^4 t"]

    def test_two_languages_of_headers_and_row_names(self, tmp_path):
        table = "row_code,项目,Item,原煤,焦炭\n,,,Raw Coal,Coke\n,,,万吨,万吨\nfc_agri,一行没见过的名字,x,1,2\nx,工业,Industry,3,4\n"
        activity = read(tmp_path, "nbs_balance", table, 'period: "2019"').activity
        assert activity["sector"].tolist() == ["A", "A", "IND", "IND"]

    def test_totals_are_items_and_standard_quantities_keep_their_unit(self, tmp_path):
        table = "项目,能源合计（等价值）,煤合计,原煤\n,万吨标准煤,万吨标准煤,万吨标准煤\n能源消费总量,265582.99,,\n终端消费量,,5,5\n"
        activity = read(tmp_path, "nbs_balance", table, 'period: "2007"', "entity: CN").activity
        assert cell(activity, flow="total")["item"] == "energy_total_equivalent"
        assert cell(activity, item="coal_total")["unit"] == "10^4 tce"

    def test_attributes_keep_two_tables_of_one_place_apart(self, tmp_path):
        table = "项目,原煤,焦炭\n,万吨标准煤,万吨标准煤\n终端消费量,1,2\n"
        activity = read(
            tmp_path, "nbs_balance", table, 'period: "2019"', "options: {attributes: table=standard}"
        ).activity
        assert set(activity["attributes"]) == {"table=standard"}

    @pytest.mark.parametrize(
        ("name", "sign"),
        [
            ("加工转换投入（－）产出（＋）量", 1), ("二、加工转换投入(-)产出(+)", 1), ("加工转换投入(+)产出(-)", -1),
            ("加工转换投入（＋）产出（－）量", -1), ("Inputs (+) & Outputs (-) of Transformation", -1),
        ],
    )  # fmt: skip
    def test_the_header_of_transformation_says_its_signs(self, tmp_path, name, sign):
        table = f"项目,原煤,焦炭\n,万吨,万吨\n{name},-50,35\n炼焦,-50,35\n终端消费总量,1,2\n损失,1,0\n"
        activity = read(tmp_path, "nbs_balance", table, 'period: "2019"').activity
        assert cell(activity, flow="tr_coking", item="raw_coal")["quantity"] == -50 * sign
        assert cell(activity, flow="transform", item="coke")["quantity"] == 35 * sign
        assert cell(activity, flow="final", item="coke")["quantity"] == 2
        inventory = read(tmp_path, "ceads", table.replace("-50,35", "50,-35"), 'period: "2019"').activity
        if sign == -1:  # the custom of the inventories: inputs positive
            assert cell(inventory, flow="tr_coking", item="raw_coal")["quantity"] == -50

    @pytest.mark.parametrize("text", ["1000 t", "100 t", "10 000 tons", "1010 t", "104 tons"])
    def test_powers_that_lost_their_superscript(self, tmp_path, text):
        want = {"1000 t": "10^3 t", "100 t": "10^2 t", "1010 t": "10^10 t"}.get(text, "10^4 t")
        table = f"row,Raw_Coal,Coke\nunit,{text},{text}\nTotal Final Consumption,1,2\n"
        assert set(read(tmp_path, "ceads", table, 'period: "2019"').activity["unit"]) == {want}

    def test_gbk_with_a_remark_under_the_table(self, tmp_path):
        table = "项目,原煤,焦炭\n,万吨,万吨\n终端消费量,1,2\n注：数据为初步数,,\n"
        result = read(tmp_path, "nbs_balance", table, 'period: "2019"', encoding="gbk")
        assert len(result.activity) == 2
        assert [problem.code for problem in result.problems] == ["ENCODING-GBK"]


class TestRemarks:
    @pytest.mark.parametrize("name", ["备注", "说明", "注", "Remarks", "Note", " 备 注 ", "备注（说明）"])
    @pytest.mark.parametrize("layout", ["ceads", "nbs_balance"])
    def test_a_column_of_remarks_is_kept_as_notes(self, tmp_path, name, layout):
        table = f"项目,原煤,焦炭,{name}\n,万吨,万吨,\n终端消费量,100,200,初步数\n损失量,1,NE,没有统计\n"
        result = read(tmp_path, layout, table, 'period: "2019"')
        assert not result.problems  # the reason of NE stands beside it
        assert result.activity["note"].tolist() == ["初步数", "初步数", "没有统计", "没有统计"]

    def test_numbers_in_it_are_said(self, tmp_path):
        table = "项目,原煤,焦炭,备注\n,万吨,万吨,\n终端消费量,100,200,95\n损失量,1,0,3\n"
        result = read(tmp_path, "nbs_balance", table, 'period: "2019"')
        assert [(p.code, p.level.value, p.where.cell) for p in result.problems] == [("REMARK-NUMBER", "hint", "D1")]
        assert result.activity["item"].unique().tolist() == ["raw_coal", "coke"]


class TestUnits:
    @pytest.mark.parametrize(
        ("units", "at"),
        [
            ("10^4 ton,10^4 ton,10^8 cu.m,10^8 kwh,1010 kj,10^4 tce", []),
            ("10^4 ton,10^4 ton,10^4 cu.m,10^8 kwh,1010 kj,10^4 tce", ["D2"]),
            ("10^4 ton,ton,10^8 cu.m,10^4 kwh,1010 kj,10^4 tce", ["C2", "E2"]),
            ("10^4 ton,10^4 ton,10^8 cu.m,10^8 kwh,10^4 GJ,10^4 tce", []),  # 10^4 GJ is 10^10 kJ
            ("10^4 ton,10^4 ton,10^8 cu.m,10^8 kwh,PJ,tce", ["F2", "G2"]),
            ("10^4 tce,10^4 tce,10^4 tce,10^4 tce,10^4 tce,10^4 tce", []),
            ("ton,ton,10^4 cu.m,10^4 kwh,GJ,tce", ["B2"]),  # a table all in other units: said once
        ],
    )
    @pytest.mark.parametrize("layout", ["ceads", "nbs_balance"])
    def test_a_column_in_another_power_of_ten_than_the_custom(self, tmp_path, units, at, layout):
        units = units if layout == "ceads" else units.replace("ton", "t").replace("kj", "kJ").replace("cu.m", "m3")
        table = f"row,Raw_Coal,Diesel_Oil,Natural_Gas,Electricity,Heat,Other_Energy\nunit,{units}\nTotal Final Consumption,1,2,3,4,5,6\n"
        problems = read(tmp_path, layout, table, 'period: "2019"').problems
        assert [(p.code, p.where.cell) for p in problems] == [("UNIT-CUSTOM", cell) for cell in at]
        assert not problems.errors

    def test_the_message_names_both_units(self, tmp_path):
        table = "项目,天然气,焦炭\n,万立方米,万吨\n终端消费量,1,2\n"
        (problem,) = read(tmp_path, "nbs_balance", table, 'period: "2019"').problems
        assert (problem.found, problem.expected) == ("10^4 m3", "10^8 m3")
        assert "10 000" in problem.zh

    def test_a_unit_is_compared_by_meaning(self, tmp_path):
        """10^10 kJ and 10^4 GJ are one unit; of two units that differ the message names the customary one."""
        lines = [
            ("A", "10^10 kJ"),
            ("C14", "10^10 kJ"),
            ("C15", "万百万千焦"),
            ("C16", "10^10 kJ"),
            ("C17", "10^10 kJ"),
        ]
        table = "sector,flow,item,quantity,unit\n" + "".join(f"{s},final,热力,1,{unit}\n" for s, unit in lines)
        assert not read(tmp_path, "tidy", table, 'period: "2019"').problems
        lines = [("A", "万立方米"), ("C14", "万立方米"), ("C15", "亿立方米"), ("C16", "万立方米"), ("C17", "万立方米")]
        table = "sector,flow,item,quantity,unit\n" + "".join(f"{s},final,天然气,1,{unit}\n" for s, unit in lines)
        (problem,) = read(tmp_path, "tidy", table, 'period: "2019"').problems
        assert (problem.code, problem.where.cell) == ("UNIT-ODD", "D4")
        assert "统计报表惯用 10^8 m3" in problem.zh


class TestTidy:
    def test_measured_parameters_are_read_in_the_units_of_the_header(self, tmp_path):
        table = "企业,年份,品种,行业,数量,单位,低位发热量(kJ/kg),碳氧化率,数据质量\n一钢,2019,烟煤,C31,1.5,万吨,20908,98%,metered\n"
        row = read(tmp_path, "tidy", table).activity.iloc[0]
        assert (row["entity"], row["flow"], row["item"], row["unit"]) == ("mill", "final", "bituminous", "10^4 t")
        assert row["ncv"] == pytest.approx(20.908, rel=1e-12)
        assert row["oxidation"] == pytest.approx(0.98)

    def test_products_are_items_of_the_flow_activity(self, tmp_path):
        row = read(
            tmp_path, "tidy", "flow,item,quantity,unit\nactivity,水泥熟料,148.5,万吨\n", 'period: "2019"'
        ).activity.iloc[0]
        assert (row["item"], row["unit"]) == ("clinker", "10^4 t")

    def test_a_long_provincial_balance(self, tmp_path):
        table = "province,year,row_code,row_zh,product,unit,value\n河南,2007,fc_industry,2.工业,raw_coal,10^4 t,7438\n河南,2007,tr_power,1.火力发电,raw_coal,10^4 t,-9357\n"
        activity = read(tmp_path, "tidy", table).activity
        assert activity[["entity", "flow", "sector"]].to_numpy().tolist() == [
            ["410000", "final", "IND"],
            ["410000", "tr_power", ""],
        ]

    def test_a_notation_key_keeps_its_reason_and_no_quantity(self, tmp_path):
        table = "sector,flow,item,quantity,unit,note\nRES_R,final,秸秆,NE,万吨,没有统计\n"
        row = read(tmp_path, "tidy", table, 'period: "2019"').activity.iloc[0]
        assert (row["notation"], row["note"]) == ("NE", "没有统计")
        assert math.isnan(row["quantity"])

    def test_rows_may_be_filtered_and_columns_named_and_constants_given(self, tmp_path):
        table = "地方,谁用,什么,多少\n甲,工业,焦炭,1\n乙,工业,焦炭,2\n"
        options = (
            "options: {columns: {sector: 谁用, item: 什么, quantity: 多少}, only: {地方: 乙}, constants: {unit: 万吨}}"
        )
        activity = read(tmp_path, "tidy", table, 'period: "2019"', options).activity
        assert activity["quantity"].tolist() == [2]

    def test_row_order_does_not_change_the_rows(self, tmp_path):
        lines = [f"C{n},final,coke,{n},万吨" for n in (30, 31, 32)]
        head = "sector,flow,item,quantity,unit\n"
        one = read(tmp_path, "tidy", head + "\n".join(lines), 'period: "2019"').activity
        two = read(tmp_path, "tidy", head + "\n".join(lines[::-1]), 'period: "2019"').activity
        same = ["sector", "item", "quantity"]
        assert sorted(one[same].to_numpy().tolist()) == sorted(two[same].to_numpy().tolist())


class TestSeries:
    HEAD = "指标,地区,年份,数值,计量单位,折算方法,来源,备注\n"

    def test_units_are_converted_and_price_years_taken_out_of_them(self, tmp_path):
        table = self.HEAD + "gdp_constant,河南,2019,5.2万亿,元（2015年价）,,公报,\n常住人口x,,,,,,,\n"
        problems = read_all(workspace(tmp_path, "series", table)).problems
        assert [problem.code for problem in problems] == ["METRIC-UNKNOWN"]
        row = read(tmp_path, "series", table.split("常住")[0]).metrics.iloc[0]
        assert row["value"] == pytest.approx(52000)
        assert (row["unit"], row["price_year"], row["document"], row["source"]) == (
            "10^8 yuan",
            "2015",
            "公报",
            "data/t.csv!D2",
        )

    def test_coal_equivalent_totals_say_their_method(self, tmp_path):
        table = (
            self.HEAD
            + "energy_total_published,,2007,2.65582983,亿吨标准煤(等价值),,,\nenergy_total_published,,2007,253488,万吨标准煤,当量值,,\n"
        )
        metrics = read(tmp_path, "series", table).metrics
        assert metrics["basis"].tolist() == ["equivalent", "calorific"]
        assert metrics["value"].tolist() == pytest.approx([26558.2983, 253488])

    def test_a_gas_mass_fits_a_metric_that_names_its_gas(self, tmp_path):
        row = read(tmp_path, "series", self.HEAD + "co2_literature,,2019,460.6,百万吨二氧化碳,,,\n").metrics.iloc[0]
        assert row["value"] == pytest.approx(46060)

    def test_a_remark_under_the_table_is_no_row(self, tmp_path):
        table = self.HEAD + "gdp_growth,,2019,7,%,,,\n注：数据来自公报。,,,,,,,\n"
        assert read(tmp_path, "series", table).metrics["value"].tolist() == [7.0]

    def test_per_cent_signs_fit_per_cent(self, tmp_path):
        row = read(tmp_path, "series", self.HEAD + "gdp_growth,,2019,7.0%,,,,\n").metrics.iloc[0]
        assert (row["value"], row["unit"], row["status"]) == (7.0, "%", "reported")


class TestCoalTable:
    HEAD = (
        "序号,年份,单位所在省,单位所在地市,单位所在区县,分品种煤炭消费摸底,,,,分用途煤炭消费摸底,,,,,,,,\n"
        ",,,,,煤合计,原煤,洗精煤,其他,1.火力发电,2.供热,3.煤炭洗选,4.炼焦,5.炼油及煤制油,6.制气,1.工业,#用作原料、材料,2.其他用途\n"
    )

    def test_kinds_and_uses_become_metrics(self, tmp_path):
        table = self.HEAD + "1,2023年,河南省,安阳市,北关区,100,70,20,10,40,10,5,20,0,0,20,3,5\n"
        metrics = read(tmp_path, "coal_table", table, "options: {scope: society}").metrics
        assert set(metrics["entity"]) == {"410503"}
        assert cell(metrics, metric="coal_consumption", item="raw_coal")["value"] == 70
        assert cell(metrics, metric="coal_consumption", item="", category="")["value"] == 100
        assert cell(metrics, metric="coal_by_use", category="tr_power")["source"] == "data/t.csv!J3"

    def test_the_total_is_the_sum_of_kinds_and_of_uses(self, tmp_path):
        table = self.HEAD + "1,2023,河南省,安阳市,,100,70,20,11,40,10,5,20,0,0,20,3,4\n"
        problems = read_all(workspace(tmp_path, "coal_table", table)).problems
        assert {(p.code, str(p.where), p.expected) for p in problems} == {
            ("SUM-MISMATCH", "data/t.csv!F3", "101"),
            ("SUM-MISMATCH", "data/t.csv!F3", "99"),
        }

    def test_above_designated_size_is_another_metric(self, tmp_path):
        table = self.HEAD + "1,2023,河南省,,,100,70,20,10,40,10,5,20,0,0,20,3,5\n"
        metrics = read(tmp_path, "coal_table", table, "options: {scope: above_size}").metrics
        assert "coal_consumption_above_size" in set(metrics["metric"])


class TestForm205:
    TABLE = (
        "能源名称,计量单位,代码,期初库存量,购进量,,消费量,,,,期末库存量,采用折标系数\n"
        ",,,,实物量,金额,合计,工业生产消费,用于原材料,非工业生产消费,,\n"
        "甲,乙,丙,1,2,3,4,5,6,7,8,9\n"
        "原煤,吨,01,120,1000,500000,900,880,,20,220,0.7143\n"
        "天然气,万立方米,15,,12.5,,12.5,12.5,,,,13.3\n"
        "电力,万千瓦时,33,,85,,85,80,,5,,1.229\n"
        "能源合计,吨标准煤,40,,,,1200,,,,,\n"
    )  # fmt: skip

    def test_columns_are_read_by_name(self, tmp_path):
        activity = read(tmp_path, "form_205", self.TABLE, 'period: "2023-05"', "entity: mill").activity
        coal = activity[activity["item"] == "raw_coal"].set_index(["flow", "attributes"])["quantity"].to_dict()
        assert coal == {
            ("stock", "at=opening"): 120,
            ("purchase", ""): 1000,
            ("consumption", ""): 900,
            ("production_use", ""): 880,
            ("other_use", ""): 20,
            ("stock", "at=closing"): 220,
        }
        assert set(activity["period"]) == {"2023-05"}
        assert set(activity["entity"]) == {"mill"}

    def test_the_coefficient_is_per_canonical_unit(self, tmp_path):
        activity = read(tmp_path, "form_205", self.TABLE, 'period: "2023"', "entity: mill").activity
        factors = activity.drop_duplicates("item").set_index("item")["tce_factor"].to_dict()
        assert math.isnan(factors.pop("energy_total"))  # the form's own total, in tce already
        assert factors == pytest.approx({"raw_coal": 0.7143, "natural_gas": 13.3e-4, "electricity": 1.229e-4})


class TestWorkbooks:
    def balance(self, path, extra=None):
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet("平衡表")
            sheet.merge_range(0, 0, 0, 3, "河南省能源平衡表")
            sheet.merge_range(1, 0, 2, 0, "项目")
            sheet.merge_range(1, 1, 1, 2, "煤")
            sheet.write_row(2, 1, ["原煤", "焦炭"])
            sheet.merge_range(1, 3, 2, 3, "电力")
            sheet.write_row(3, 1, ["万吨", "万吨", "亿千瓦时"])
            sheet.write_row(4, 0, ["终端消费量", 12.5, 3, 1.5])
            if extra:
                extra(book, sheet)

    def test_merged_headers_are_unfolded_and_cells_addressed(self, tmp_path):
        space = workspace(tmp_path, "nbs_balance", None, 'period: "2019"', file="data/t.xlsx")
        self.balance(tmp_path / "data" / "t.xlsx")
        result = read_all(space)
        assert not result.problems
        assert result.activity[["item", "quantity", "source"]].to_numpy().tolist() == [
            ["raw_coal", 12.5, "data/t.xlsx!平衡表!B5"],
            ["coke", 3.0, "data/t.xlsx!平衡表!C5"],
            ["electricity", 1.5, "data/t.xlsx!平衡表!D5"],
        ]
        assert result.files[0].sheets == ("平衡表",)

    def test_error_and_uncomputed_cells_outside_the_table_do_no_harm(self, tmp_path):
        space = workspace(tmp_path, "nbs_balance", None, 'period: "2019"', file="data/t.xlsx")
        self.balance(
            tmp_path / "data" / "t.xlsx", lambda book, sheet: sheet.write_formula(9, 9, "=1/0", None, "#DIV/0!")
        )
        assert not read_all(space).problems

    def test_per_cent_formats_are_read_as_they_are_seen(self, tmp_path):
        space = workspace(tmp_path, "series", None, file="data/t.xlsx")
        book = openpyxl.Workbook()
        book.active.append(["指标", "年份", "数值", "计量单位"])
        book.active.append(["gdp_growth", 2019, 0.07, "%"])
        book.active["C2"].number_format = "0.0%"
        book.save(tmp_path / "data" / "t.xlsx")
        assert read_all(space).metrics["value"].tolist() == [7.0]


class TestWorkbookCells:
    """What a cell shows is what is read, whatever program wrote it."""

    def grid(self, path):
        problems = ProblemList()
        book = read_xlsx(path.read_bytes(), path.name, problems)
        assert book is not None, problems.text()
        return next(iter(book.grids.values())), [problem.code for problem in problems]

    @pytest.mark.parametrize(
        ("value", "code", "text"),
        [
            (0.07, "0.0%", "7%"),
            (7, '0.0"%"', "7%"),
            (7, "0.0\\%", "7%"),
            (12.3, '0.0"万"', "12.3万"),
            (123456, '0!.0,"万"', "123456"),
            (5, '0"吨"', "5"),
            (1234.5, "#,##0.00_);[Red](#,##0.00)", "1234.5"),
            (0.5, "[DBNum1]General", "0.5"),
            (43466, "yyyy", "2019"),
            (43466, 'yyyy"年"', "2019"),
            (43466, 'yyyy"年"m"月"', "2019-01"),
            (43466, "[$-804]yyyy-mm", "2019-01"),
            (43586, "mmm-yy", "2019-05"),
            (43466, "yyyy/m/d", "2019-01-01"),
            (43466.5, "yyyy-mm-dd hh:mm:ss", "2019-01-01"),
            (0.5, "h:mm", "12:00:00"),
            (43466, 'm"月"d"日"', "01月01日"),
            (43466, "General", "43466"),
        ],
    )
    def test_number_formats(self, tmp_path, value, code, text):
        with xlsxwriter.Workbook(str(tmp_path / "t.xlsx")) as book:
            book.add_worksheet().write_number(0, 0, value, book.add_format({"num_format": code}))
        assert self.grid(tmp_path / "t.xlsx")[0].cells.tolist() == [[text]]

    def test_a_built_in_date_of_zh_cn(self, tmp_path):
        """Format 57 is yyyy"年"m"月" where Excel speaks Chinese (ECMA-376 part 1, 18.8.30); 43466 is 2019-01-01."""
        with xlsxwriter.Workbook(str(tmp_path / "t.xlsx")) as book:
            book.add_worksheet().write_number(0, 0, 43466, book.add_format({"num_format": 57}))
        assert self.grid(tmp_path / "t.xlsx")[0].cells.tolist() == [["2019-01"]]

    def test_dates_that_count_from_1904(self, tmp_path):
        with xlsxwriter.Workbook(str(tmp_path / "t.xlsx"), {"date_1904": True}) as book:
            book.add_worksheet().write_datetime(0, 0, datetime(2019, 5, 1), book.add_format({"num_format": "yyyy-mm"}))
        assert self.grid(tmp_path / "t.xlsx")[0].cells.tolist() == [["2019-05"]]

    @pytest.mark.parametrize(("code", "codes"), [("yyyy", []), ("yyyy-m-d", ["PERIOD"])])
    def test_a_date_that_shows_its_year_is_a_year(self, tmp_path, code, codes):
        with xlsxwriter.Workbook(str(tmp_path / "t.xlsx")) as book:
            sheet, shown = book.add_worksheet(), book.add_format({"num_format": code})
            sheet.write_row(0, 0, ["指标", "年份", "数值", "计量单位"])
            sheet.write_row(1, 0, ["population", None, 9901, "万人"])
            sheet.write_datetime(1, 1, datetime(2019, 1, 1), shown)
        space = workspace(tmp_path, "series", None, file="t.xlsx")
        found = read_all(space)
        assert [problem.code for problem in found.problems if problem.code != "DATA-NONE"] == codes
        assert found.metrics["period"].tolist() == ([] if codes else ["2019"])

    @pytest.mark.parametrize("cell", ["J1048576", "XFD1048576", "XFD2"])
    def test_a_stray_cell_costs_nothing_and_is_named(self, tmp_path, cell):
        book = openpyxl.Workbook()
        for row in (("项目", "原煤"), ("终端消费量", 1)):
            book.active.append(row)
        book.active[cell] = 5
        book.save(tmp_path / "t.xlsx")
        grid, codes = self.grid(tmp_path / "t.xlsx")
        assert (grid.shape, codes) == ((2, 2), ["CELL-FAR"])

    def test_whole_columns_that_are_merged_or_formatted_are_no_cells(self, tmp_path):
        book = openpyxl.Workbook()
        book.active.append(("项目", "原煤"))
        book.active["D900000"].number_format = "0.0%"
        book.save(tmp_path / "t.xlsx")
        change(
            tmp_path / "t.xlsx", "</sheetData>", '</sheetData><mergeCells><mergeCell ref="A1:A1048576"/></mergeCells>'
        )
        assert self.grid(tmp_path / "t.xlsx") == (ANY, [])
        assert self.grid(tmp_path / "t.xlsx")[0].shape == (1, 2)

    def test_prefixes_strict_names_and_missing_references(self, tmp_path):
        """Other programs prefix each name, leave out the cells' references, or write the strict form of the standard."""
        book = openpyxl.Workbook()
        book.active.append((1, 2))
        book.save(tmp_path / "t.xlsx")
        main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        xml = f'<x:worksheet xmlns:x="{main}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:r><x:t>二</x:t></x:r><x:rPh><x:t>er</x:t></x:rPh></x:is></x:c></x:row></x:sheetData></x:worksheet>'
        change(tmp_path / "t.xlsx", None, xml)
        assert self.grid(tmp_path / "t.xlsx")[0].cells.tolist() == [["1", "二"]]
        strict = xml.replace(main, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        change(tmp_path / "t.xlsx", None, strict)
        assert self.grid(tmp_path / "t.xlsx")[0].cells.tolist() == [["1", "二"]]

    def test_it_reads_what_openpyxl_reads(self, tmp_path):
        """An independent reader: the workbook of `init`, with its notes, lists and hidden sheet."""
        path = init(tmp_path / "ws", "region", entity="410000", year=2023) / FILE
        problems = ProblemList()
        book = read_xlsx(path.read_bytes(), FILE, problems)
        other = openpyxl.load_workbook(path, data_only=True)
        assert not problems
        assert list(book.grids) == other.sheetnames
        for name, grid in book.grids.items():
            theirs = [
                (cell.coordinate, str(cell.value))
                for row in other[name].iter_rows()
                for cell in row
                if cell.value is not None
            ]
            merged = {
                (row, column)
                for top, left, bottom, right in grid.merged
                for row in range(top, bottom + 1)
                for column in range(left, right + 1)
                if (row, column) != (top, left)
            }
            own = [
                (f"{letters(column)}{row + 1}", str(grid.cells[row, column]))
                for row in range(grid.shape[0])
                for column in range(grid.shape[1])
                if grid.cells[row, column] != "" and (row, column) not in merged
            ]
            assert own == theirs


def change(path, old, new):
    """Rewrite the first sheet of a workbook: a text of it, or all of it."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(old.encode(), new.encode()) if old else new.encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


class TestAudit:
    def test_the_cell_that_explains_a_gap_is_named(self, tmp_path):
        table = "项目,电力,原煤\n,亿千瓦时,万吨\n终端消费量,300,1\n农、林、牧、渔业,100,\n工业,2000000,\n"
        (problem,) = read_all(workspace(tmp_path, "nbs_balance", table, 'period: "2019"')).problems
        assert (problem.code, str(problem.where), problem.expected) == ("SCALE-SLIP", "data/t.csv!B5", "200")
        assert "10 000 times too large" in problem.en

    def test_rounding_is_no_mismatch(self, tmp_path):
        table = "项目,电力,原煤\n,亿千瓦时,万吨\n终端消费量,300.01,1\n农、林、牧、渔业,100.00,\n工业,200.00,\n"
        assert not read_all(workspace(tmp_path, "nbs_balance", table, 'period: "2019"')).problems

    def test_a_table_read_twice_is_one_line(self, tmp_path):
        lines = "".join(
            f"{code},final,{item},{n},万吨\n"
            for n, code in enumerate(list(sectors().codes)[2:32], 1)
            for item in ("焦炭",)
        )
        head = "sector,flow,item,quantity,unit\n"
        problems = read_all(workspace(tmp_path, "tidy", head + lines + lines, 'period: "2019"')).problems
        assert [problem.code for problem in problems] == ["DUPLICATE-ROW"]
        assert "×30" in problems.items[0].zh

    def test_check_tells_the_layout_of_a_single_file(self, tmp_path):
        path = tmp_path / "henan.csv"
        path.write_text(CEADS, encoding="utf-8")
        assert not check(path).errors
        path.write_text("指标,年份,数值,计量单位\ngdp_curent,2019,1,亿元\n", encoding="utf-8")
        assert [problem.code for problem in check(path)] == ["METRIC-UNKNOWN"]


@pytest.mark.parametrize(
    "file",
    sorted(path for root in examples().values() for path in (root / "data").glob("*.*")),
    ids=lambda path: path.name,
)
def test_check_reads_each_table_of_the_examples_by_itself(file):
    """The layout is told by the header; a table that reads in its workspace reads alone."""
    found = check(file)
    assert not found.errors, found.text()
    assert not [problem for problem in found if problem.where.file in ("inventory.yaml", "sources.yaml")]


@pytest.mark.parametrize("kind", ["region", "enterprise", "park"])
def test_check_reads_the_workbook_of_init_by_itself(tmp_path, kind):
    assert [problem.code for problem in check(init(tmp_path / "ws", kind, year=2023) / FILE)] == ["DATA-NONE"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (TestCoalTable.HEAD + "1,2023,河南省,,,100,70,20,10,40,10,5,20,0,0,20,3,5\n", []),
        (TestForm205.TABLE, []),
        ("品种,年份,数量,计量单位\n熟料,2023,148.5,万吨\n", []),
        ("品种,年份,流向,数量,计量单位\n焦炭,2023,终端消费量,10,万吨\n", []),
    ],
)
def test_check_tells_the_layout_by_the_header(tmp_path, text, codes):
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    assert [problem.code for problem in check(tmp_path / "t.csv")] == codes


def test_a_span_of_years_is_a_period_of_cumulative_results_only() -> None:
    assert span("2016—2020年") == "2016-2020"
    assert span("2020-2016") == ""
    assert period("2016-2020") == ""
    assert span("2019-05") == "2019-05"
