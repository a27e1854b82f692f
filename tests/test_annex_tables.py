"""The standard annex tables of the account report (rules of the domain, points 19, 30, 40), for the bundled examples and
for a province imported from its CEADs table. Expected numbers stand in the sources: the yearbook's own totals, CEADs'
published inventory, or sums of input cells."""

import re

import pandas as pd
import pytest

from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.run import library_for, run
from carbonpeak.inventories.workspace.workspace import Workspace, examples
from carbonpeak.templates.figure import Figure, Formula
from carbonpeak.templates.figures import printed
from carbonpeak.templates.layout import lay_out
from carbonpeak.templates.nodes import ChartNode, HeadingNode, ParagraphNode, TableNode
from carbonpeak.templates.reports.account import build
from carbonpeak.templates.reports.account_annex_list import ANNEXES

from .known_answers import places
from .small_balance import SOURCES, write

PLACES = ("henan", "henan_2007", "china_2007", "hebei")
COAL = ("raw_coal", "cleaned_coal", "other_washed_coal", "briquettes")
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
MINE = (
    "energy-", "mix-", "items-", "sectors-", "six-", "coal-", "fuels", "electricity", "non-fossil", "intensity", "ratios",
    "co2-", "balance-", "efficiency-", "annex-list", "gases",
)  # fmt: skip
"""tables this file answers for"""


@pytest.fixture(scope="module")
def library():
    return FactorLibrary.bundled()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Results, report and its Chinese nodes of each place; Hebei is imported from CEADs with everything default."""
    out = {}
    for name in PLACES:
        if name == "hebei":
            workspace = places.import_ceads(tmp_path_factory.mktemp(name), name)
        else:
            workspace = Workspace.open(name)
        own = library_for(workspace)
        results = run(workspace, library=own)
        report = build(results, own)
        tables = {n.table.id: n for n in lay_out(report, "zh").nodes if isinstance(n, TableNode)}
        out[name] = (results, report, tables)
    return out


def read(name: str, file: str) -> pd.DataFrame:
    """An input table of an example, as text but for the quantity."""
    path = examples()[name] / "data" / file
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    amount = "quantity" if "quantity" in table else "value"
    return table.assign(**{amount: table[amount].astype(float)})


def figure_of(cell):
    return cell.figure if isinstance(cell, Formula) else cell if isinstance(cell, Figure) else None


def value(tables, table: str, label: str, column: int, nth: int = 0) -> float:
    """The number behind a printed cell."""
    rows = [row for row in tables[table].rows if text(row.cells[0]) == label]
    figure = figure_of(rows[nth].cells[column].cell)
    assert figure is not None, (table, label, column)
    assert figure.value is not None, (table, label, column)
    return figure.value


def text(cell) -> str:
    return "".join(run_.text for run_ in cell.line)


def printed_cell(tables, table: str, label: str, column: int, nth: int = 0) -> str:
    rows = [row for row in tables[table].rows if text(row.cells[0]) == label]
    return text(rows[nth].cells[column])


# form ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLACES)
def test_tables_fit_the_paper_and_have_no_blank_number(made, name):
    """At most ten columns upright, thirteen on a turned page; a cell without a number says so (— or 暂缺 with its reason), blank only in a row of totals."""
    seen = 0
    for ident, node in made[name][2].items():
        if not ident.startswith(MINE):
            continue
        seen += 1
        assert len(node.widths) <= (13 if node.table.wide else 10), ident
        for row in node.rows:
            for cell in row.cells:
                figure = figure_of(cell.cell)
                if figure is not None and figure.value is None:
                    assert figure.missing is not None, (ident, figure.id)
                if row.kind == "":
                    assert text(cell) or cell is row.cells[1], (ident, text(row.cells[0]))
    assert seen > 20


@pytest.mark.parametrize("name", PLACES)
def test_every_number_of_the_tables_is_explained(made, name):
    results, report, _ = made[name]
    steps = results.steps_by_figure
    ids = {figure.id for figure in printed(report)}
    assert ids <= set(steps)
    new = (
        "coal_use_cell",
        "co2_sector_",
        "balance_closure",
        "primary_energy",
        "energy_share_rest",
        "non_fossil_share_of",
    )
    chosen = sorted(one for one in ids if one.startswith(new))
    assert len(chosen) > 40
    for figure in chosen[::5]:
        assert explain(results, figure, depth=3).below, figure


def test_an_imported_province_reads_in_english(made):
    for node in lay_out(made["hebei"][1], "en").nodes:
        if isinstance(node, HeadingNode):
            lines = [node.text]
        elif isinstance(node, ParagraphNode):
            lines = ["".join(run_.text for run_ in node.line)]
        else:
            table = node.table if isinstance(node, ChartNode) else node
            if not table.table.id.startswith(MINE) and not isinstance(node, ChartNode):
                continue
            lines = [text(cell) for row in table.rows for cell in row.cells] + [table.title]
        assert not [line for line in lines if CJK.search(line)], lines[:3]


@pytest.mark.parametrize("name", PLACES)
def test_the_list_names_every_standard_table_and_what_was_not_compiled(made, name):
    rows = [[text(cell) for cell in row.cells] for row in made[name][2]["annex-list"].rows]
    assert len(rows) == len(ANNEXES) == 18
    found = {row[0]: row[1:] for row in rows}
    for absent in ("驱动因素", "县（市、区）完成情况", "重点用能单位", "主要产品单耗对标"):
        assert found[absent][0] == "本报告未编"
        assert found[absent][1] not in ("", "—")
    assert "绿证台账未编" in found["非化石与可再生能源、绿证台账"][1]
    assert all(re.search(r"表\d", row[1]) or row[1] == "本报告未编" for row in rows)
    plans = found["主要指标完成情况"][0]
    assert (plans == "本报告未编") is (name == "hebei")


def test_what_is_not_split_has_its_plain_name(made):
    labels = {name: [text(row.cells[0]) for row in made[name][2][f"co2-category-{year}"].rows]
              for name, year in (("henan", 2019), ("china_2007", 2007))}  # fmt: skip
    assert "交通运输" in labels["china_2007"]
    assert "交通运输（未列入公路的部分）" in labels["henan"]


def test_an_elasticity_that_is_not_computed_prints_a_dash(made):
    """Energy fell in Henan in 2019 (22 300 against 22 659); China 2007: 7.84 % energy, 11.9 % GDP, 0.66."""
    assert printed_cell(made["henan"][2], "ratios", "能源消费弹性系数", 2) == "—"
    assert value(made["china_2007"][2], "ratios", "能源消费弹性系数", 2) == pytest.approx(
        (265583 / 246270 - 1) * 100 / 11.9, abs=0.005
    )
    assert printed_cell(made["hebei"][2], "ratios", "能源消费弹性系数", 2) == "暂缺"


@pytest.mark.parametrize("name", PLACES)
def test_every_usual_indicator_is_printed(made, name):
    tables = made[name][2]
    labels = [text(row.cells[0]) for table in ("ratios", "intensity") for row in tables[table].rows]
    for wanted in ("人均能源消费量", "人均用电量", "人均二氧化碳排放量", "单位能源消费碳排放", "能源自给率", "电气化率", "煤炭占", "节能量", "单位工业增加值能耗"):  # fmt: skip
        assert [one for one in labels if one.startswith(wanted)], wanted
    assert [one for one in labels if re.match("单位(地区|国内)生产总值电耗", one)]


# coal ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLACES)
def test_coal_adds_up_over_kinds_and_over_uses(made, name):
    results, _, tables = made[name]
    year = results.workspace.inventory.years[0]
    rows = tables[f"coal-{year}"].rows
    by_label = {text(row.cells[0]): row for row in rows}
    total, net, gap = (by_label[one] for one in ("合计（各用途之和）", "净消费量（平衡表）", "核对：相差"))
    plain = [row for row in rows if row.indent == 0 and row.kind == "" and row is not gap]
    for column in range(1, len(rows[0].cells)):

        def number(row, column=column):
            figure = figure_of(row.cells[column].cell)
            return figure.value if figure else 0.0

        assert sum(number(row) for row in plain) == pytest.approx(number(total), abs=1e-6)
        assert number(total) == pytest.approx(number(net), abs=1e-6)
        assert abs(number(gap)) < 1e-6
    kinds = [figure_of(cell.cell).value for cell in net.cells[1:-2]]
    assert sum(kinds) == pytest.approx(figure_of(net.cells[-2].cell).value, abs=1e-6)


def test_industry_and_feedstock_of_the_coal_table_are_those_of_the_balance(made):
    """China 2007 prints industry as one row; Henan 2019 by division (sections B, C, D)."""
    national = read("china_2007", "balance_physical_2007.csv")
    own = national[national["item"].isin(COAL)]
    tables = made["china_2007"][2]
    industry = own[(own["flow"] == "final") & (own["sector"] == "IND")]["quantity"].sum()
    assert value(tables, "coal-2007", "工业终端", 5) == pytest.approx(industry, abs=1e-6)
    feedstock = own[own["flow"] == "non_energy"]["quantity"].sum()
    assert value(tables, "coal-2007", "#用作原料、材料", 5) == pytest.approx(feedstock, abs=1e-6)
    again = national[(national["flow"] == "tr_coke_input") & (national["item"] == "coke")]["quantity"].sum()
    assert value(tables, "coal-2007", "焦炭再投入量（－）", 6) == pytest.approx(-again, abs=1e-6)

    henan = read("henan", "energy_inventory_2019.csv")
    divisions = henan[(henan["flow"] == "final") & henan["sector"].str[:1].isin(["B", "C", "D"])]
    coal = divisions[divisions["item"].isin(COAL)]["quantity"].sum()
    assert value(made["henan"][2], "coal-2019", "工业终端", 5) == pytest.approx(coal, abs=1e-6)


def test_tonnes_do_not_rest_on_coefficients(made):
    """What is entered as transcribed stays so in tonnes; in coal equivalent it rests on coefficients from memory."""
    results, _, tables = made["henan"]
    row = next(row for row in tables["items-2019"].rows if text(row.cells[0]) == "其他煤气")
    assert figure_of(row.cells[5].cell).evidence == "transcribed"
    assert figure_of(row.cells[6].cell).evidence == "recalled"
    coal = next(row for row in tables["fuels"].rows if text(row.cells[0]) == "煤炭消费量（实物量）")
    assert figure_of(coal.cells[2].cell).evidence == "transcribed"
    assert results.value("coal_consumption@410000:2019") is not None


def test_an_entered_coal_table_is_printed_for_a_place_without_a_balance(tmp_path, library):
    """The bureaux' form: whole society beside industry above designated size."""
    head = "年份,煤合计,原煤,洗精煤,其他,火力发电,供热,工业,用作原料、材料,其他用途\n"
    write(tmp_path)
    (tmp_path / "all.csv").write_text(head + "2019,100,80,15,5,60,10,25,4,5\n", encoding="utf-8")
    (tmp_path / "big.csv").write_text(head + "2019,90,72,14,4,60,10,20,4,0\n", encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(
        "schema: 1\nsources:\n"
        "- {id: a, file: all.csv, layout: coal_table}\n"
        "- {id: b, file: big.csv, layout: coal_table, options: {scope: above_size}}\n",
        encoding="utf-8",
    )
    results = run(Workspace.open(tmp_path), library=library)
    tables = {n.table.id: n for n in lay_out(build(results, library), "zh").nodes if isinstance(n, TableNode)}
    assert [printed_cell(tables, "coal-2019", "工业终端", n) for n in (1, 2)] == ["25.00", "20.00"]
    assert [printed_cell(tables, "coal-2019", "#用作原料、材料", n) for n in (1, 2)] == ["4.00", "4.00"]
    # the kinds add up: 80 + 15 + 5 = 100, 72 + 14 + 4 = 90
    assert [printed_cell(tables, "coal-2019", "其他", n) for n in (1, 2)] == ["5.00", "4.00"]
    assert [printed_cell(tables, "coal-2019", "煤合计", n) for n in (1, 2)] == ["100.00", "90.00"]
    assert value(tables, "fuels", "规模以上工业占全社会煤炭消费比重", 2) == pytest.approx(90)
    remark = next(text(row.cells[2]) for row in tables["annex-list"].rows if text(row.cells[0]).startswith("煤炭消费"))
    assert remark == "—"


def test_industry_above_designated_size_stands_beside_the_balance(tmp_path, library):
    """The balance is whole society: 40 thermal, 50 + 10 final; the form of industry above designated size adds a column."""
    write(tmp_path)
    head = "年份,煤合计,原煤,火力发电,工业,其他用途\n"
    (tmp_path / "big.csv").write_text(head + "2019,85,85,40,45,0\n", encoding="utf-8")
    more = "- {id: b, file: big.csv, layout: coal_table, options: {scope: above_size}}\n"
    (tmp_path / "sources.yaml").write_text(SOURCES + more, encoding="utf-8")
    results = run(Workspace.open(tmp_path), library=library)
    tables = {n.table.id: n for n in lay_out(build(results, library), "zh").nodes if isinstance(n, TableNode)}
    assert printed_cell(tables, "coal-2019", "工业终端", 1) == "50.00"
    assert printed_cell(tables, "coal-2019", "工业终端", -1) == "45.00"
    assert printed_cell(tables, "coal-2019", "净消费量（平衡表）", -1) == "85.00"
    assert value(tables, "fuels", "规模以上工业占全社会煤炭消费比重", 2) == pytest.approx(85)


def test_a_report_of_two_years_has_its_tables_for_each(tmp_path, library):
    write(tmp_path)
    inventory = tmp_path / "inventory.yaml"
    text_ = inventory.read_text("utf-8").replace("years: [2019]", "years: [2019, 2020]")
    mix = "- {year: 2020, of: {bituminous: 1.0}, basis: heat, source: 测试 test, evidence: assumed}"
    inventory.write_text(text_.replace("coal_mix:\n", f"coal_mix:\n{mix}\n"), "utf-8")
    second = "- {id: next, file: balance.csv, layout: tidy, period: 2020}\n"
    (tmp_path / "sources.yaml").write_text(SOURCES + second, encoding="utf-8")
    results = run(Workspace.open(tmp_path), library=library)
    report = build(results, library)
    tables = {n.table.id: n for n in lay_out(report, "zh").nodes if isinstance(n, TableNode)}
    for year in (2019, 2020):
        assert {f"coal-{year}", f"sectors-{year}", f"co2-items-{year}", f"balance-tce-{year}-1"} <= set(tables)
    assert len(tables["energy-deducted"].widths) == 4
    assert {figure.id for figure in printed(report)} <= set(results.steps_by_figure)


def test_a_long_account_prints_the_years_a_page_holds(tmp_path, library):
    write(tmp_path)
    inventory, years = tmp_path / "inventory.yaml", range(2010, 2021)
    mixes = "".join(
        f"- {{year: {year}, of: {{bituminous: 1.0}}, basis: heat, source: 测试 test, evidence: assumed}}\n"
        for year in years
    )
    text_ = inventory.read_text("utf-8").replace("years: [2019]", f"years: {list(years)}")
    inventory.write_text(re.sub(r"coal_mix:\n.*\n", f"coal_mix:\n{mixes}", text_), "utf-8")
    sources = "".join(f"- {{id: y{y}, file: balance.csv, layout: tidy, period: {y}}}\n" for y in years)
    (tmp_path / "sources.yaml").write_text(f"schema: 1\nsources:\n{sources}", encoding="utf-8")
    results = run(Workspace.open(tmp_path), library=library)
    tables = {n.table.id: n for n in lay_out(build(results, library), "zh").nodes if isinstance(n, TableNode)}
    for ident in ("energy-total", "energy-deducted", "ratios", "gases", "electricity"):
        assert len(tables[ident].widths) <= 10, ident
    assert "只列最近八年" in "".join("".join(run_.text for run_ in line) for line in tables["ratios"].notes)


# balance and sectors -------------------------------------------------------------------------------------------------

TOTALS = {"energy_total_calorific": -2, "energy_total_equivalent": -1}
ROWS = {
    "supply": "可供本地区消费的能源量", "production": "一次能源生产量", "recovery": "回收能", "import": "进口量",
    "export": "出口量（－）", "stock_change": "库存增（－）减（＋）量", "transform": "加工转换投入（－）产出（＋）量",
    "tr_power": "火力发电", "tr_heat": "供热", "tr_wash": "煤炭洗选", "loss": "损失量", "final": "终端消费量", "stat_diff": "平衡差额",
}  # fmt: skip


@pytest.mark.parametrize("item", TOTALS)
@pytest.mark.parametrize("flow", ROWS)
def test_totals_of_the_balance_are_those_the_yearbook_prints(made, flow, item):
    """China Energy Statistical Yearbook 2008, standard-quantity balance of 2007, both total columns (10^4 tce)."""
    table = read("china_2007", "balance_standard_2007.csv")
    found = table[(table["flow"] == flow) & (table["item"] == item) & (table["sector"] == "")]["quantity"]
    wanted = found.iloc[0] if len(found) else 0.0
    # one cell is printed with one decimal and cut, 235 445.4
    slack = 0.1 if (flow, item) == ("production", "energy_total_equivalent") else 0.02
    assert value(made["china_2007"][2], "balance-tce-2007-2", ROWS[flow], TOTALS[item]) == pytest.approx(
        wanted, abs=slack
    )


@pytest.mark.parametrize("sector", ["A", "IND", "E", "G", "FH", "RES_U", "RES_R", "OTH"])
def test_sectors_by_both_methods_are_those_the_yearbook_prints(made, sector):
    table = read("china_2007", "balance_standard_2007.csv")
    own = table[(table["flow"] == "final") & (table["sector"] == sector)].set_index("item")["quantity"]
    steps = made["china_2007"][0].steps_by_figure
    for basis in ("calorific", "equivalent"):
        figure = f"energy_by_sector@CN:2007?sector={sector}&basis={basis}"
        assert steps[figure].value == pytest.approx(own[f"energy_total_{basis}"], abs=0.02)


def test_columns_with_a_supply_block_close_and_others_say_why_not(made):
    tables = made["china_2007"][2]
    label = "核对：供应＋加工转换－损失－终端－平衡差额"
    for number in (1, 2):
        last = tables[f"balance-physical-2007-{number}"].rows[-1]
        assert text(last.cells[0]) == label
        values = [figure_of(cell.cell).value for cell in last.cells[1:] if figure_of(cell.cell)]
        assert values
        assert all(abs(one) < 0.02 for one in values)
    notes = "".join("".join(run_.text for run_ in line) for line in made["hebei"][2]["balance-physical-2019-2"].notes)
    assert "来源没有“回收能”行" in notes
    assert "不能作平衡核对" in notes
    labels = [text(row.cells[0]) for row in tables["balance-tce-2007-1"].rows]
    assert labels.index("水电") == labels.index("一次能源生产量") + 1
    assert labels.index("#用作原料、材料") == labels.index("工业") + 1
    assert "回收能" in labels


def test_no_data_is_not_nought(made):
    """Henan 2019 has no final consumption of cleaned coal and no loss of raw coal; loss of electricity is in final use."""
    tables = made["henan"][2]
    assert printed_cell(tables, "items-2019", "洗精煤", 2) == "—"
    assert printed_cell(tables, "items-2019", "原煤", 3) == "—"
    assert printed_cell(tables, "items-2019", "电力", 3) == "—"
    assert printed_cell(tables, "balance-physical-2019-2", "损失量", 9) == "240.50"
    assert printed_cell(made["china_2007"][2], "items-2007", "原油", 3) == "198.35"


def test_electricity_by_sector_ends_in_the_use_of_the_whole_place(made):
    tables = made["china_2007"][2]
    table = read("china_2007", "balance_physical_2007.csv")
    own = table[table["item"] == "electricity"]
    final, loss = (own[(own["flow"] == flow) & (own["sector"] == "")]["quantity"].iloc[0] for flow in ("final", "loss"))
    assert value(tables, "sectors-2007", "终端消费合计", 4) == pytest.approx(final, abs=0.02)
    assert value(tables, "sectors-2007", "输配损失量", 4) == pytest.approx(loss, abs=1e-6)
    assert value(tables, "sectors-2007", "全社会用电量", 4) == pytest.approx(final + loss, abs=1e-6)


def test_the_six_industries_have_shares_where_divisions_are_given(made):
    tables = made["henan"][2]
    assert len(tables["six-2019"].rows) == 7
    parts = [figure_of(row.cells[2].cell).value for row in tables["six-2019"].rows]
    assert sum(parts[:-1]) == pytest.approx(parts[-1])
    assert "six-2007" not in made["china_2007"][2]


# mix, non-fossil, deductions -----------------------------------------------------------------------------------------


def test_the_mix_has_every_year_of_the_published_series(made):
    """Yearbook 2008, table 5-1: 1995 and 2000, 2003-2007 by both methods; other = hydro + nuclear."""
    series = read("china_2007", "chain_1995_2007.csv")
    shares = series[series["metric"] == "energy_share"]
    rows = [[text(cell) for cell in row.cells] for row in made["china_2007"][2]["mix-years"].rows]
    published = [row for row in rows if row[2] == "公布数"]
    assert {row[0] for row in published} == set(shares["period"])
    words = {"equivalent": "等价值", "calorific": "当量值"}
    for (year, basis), own in shares.groupby(["period", "basis"]):
        found = next(row for row in published if row[:2] == [year, words[basis]])
        amounts = own.groupby("item")["value"].sum()
        wanted = [amounts[item] for item in ("coal_total", "petroleum_total", "natural_gas", "electricity")]
        for cell, number in zip(found[4:], wanted, strict=True):
            assert float(cell) == pytest.approx(number, abs=0.0501)
    assert [row for row in rows if row[2] == "本次核算"]
    assert "mix-years" not in made["hebei"][2]


def test_the_non_fossil_share_has_both_conversions_and_both_denominators(made):
    """7.2 and 2.7 % of consumption (table 5-1: hydro 6.5 + nuclear 0.8 by the coal equivalent value); supply without
    recovered energy is what the yearbook prints: 261 110.94 - 3 056.55 and 249 015.12 - 3 056.55."""
    tables = made["china_2007"][2]
    rows = {text(row.cells[0]): figure_of(row.cells[2].cell).value for row in tables["non-fossil"].rows}
    standard = read("china_2007", "balance_standard_2007.csv").set_index(["flow", "item"])["quantity"]
    for word, basis in (("等价值", "equivalent"), ("当量值", "calorific")):
        item = f"energy_total_{basis}"
        supply = standard["supply", item] - standard["recovery", item]
        assert rows[f"一次能源可供量（{word}）"] == pytest.approx(supply, abs=0.02)
        own = rows[f"非化石能源消费量（{word}）"]
        assert rows[f"非化石能源占一次能源可供量比重（{word}）"] == pytest.approx(100 * own / supply, abs=1e-4)
    assert rows["非化石能源占能源消费总量比重（等价值）"] == pytest.approx(7.2, abs=0.05)


@pytest.mark.parametrize("name", PLACES)
def test_each_deduction_has_its_row_and_says_what_it_lacks(made, name):
    node = made[name][2]["energy-deducted"]
    rows = {text(row.cells[0]): text(row.cells[2]) for row in node.rows}
    assert len(rows) == 7
    assert rows["减：原料用能F（专项统计）"] == "暂缺"
    assert rows["减：新增可再生能源电力消费（比2020年）"] == "—"
    notes = "".join("".join(run_.text for run_ in line) for line in node.notes)
    assert "缺原料用能专项统计" in notes


DEDUCTIONS = """\
metric,period,value,unit
energy_feedstock,2022,4,10^4 tce
renewable_electricity,2020,2,10^8 kWh
renewable_electricity,2022,3.5,10^8 kWh
"""


def test_new_renewables_are_what_was_added_since_2020(tmp_path, library):
    """(3.5 - 2) x 10^8 kWh at the balance's own rate: 40 x 10^4 t x 0.7143 for 10 x 10^8 kWh = 0.285720 kgce/kWh,
    so 4.28580 x 10^4 tce; feedstock 4 x 10^4 tce from its survey."""
    write(tmp_path)
    inventory = tmp_path / "inventory.yaml"
    inventory.write_text(
        inventory.read_text("utf-8").replace("2019]", "2022]").replace("year: 2019", "year: 2022"), "utf-8"
    )
    (tmp_path / "series.csv").write_text(DEDUCTIONS, encoding="utf-8")
    (tmp_path / "sources.yaml").write_text(
        SOURCES.replace("2019", "2022") + "- {id: series, file: series.csv, layout: series, evidence: transcribed}\n",
        "utf-8",
    )
    results = run(Workspace.open(tmp_path), library=library)
    new = results.value("energy_new_renewables@410000:2022")
    assert new == pytest.approx(1.5e8 * 40e4 * 0.7143 / 10e8 / 1e4)
    total = results.value("energy_total@410000:2022?basis=equivalent")
    assert total is not None
    assert results.value("energy_net_of_renewables@410000:2022") == pytest.approx(total - 4 - new)
    tables = {n.table.id: n for n in lay_out(build(results, library), "zh").nodes if isinstance(n, TableNode)}
    assert printed_cell(tables, "energy-deducted", "减：新增可再生能源电力消费（比2020年）", 2) == "4.29"


# CO2 -----------------------------------------------------------------------------------------------------------------


def test_three_standards_stand_side_by_side_and_add_up(made):
    results, _, tables = made["henan"]
    rows = tables["co2-standards-2019"].rows
    *sectors, total = rows
    steps = results.steps_by_figure
    for column, definition in ((1, "provincial_2011"), (2, "ipcc_2006"), (5, "ceads")):
        figures = [figure_of(row.cells[column].cell) for row in sectors]
        whole = figure_of(total.cells[column].cell).value
        assert sum(one.value for one in figures if one) == pytest.approx(whole, abs=1e-6)
        assert whole == pytest.approx(steps[f"co2_energy@410000:2019?definition={definition}"].value)
    for column in (3, 6):
        gaps = sum(figure_of(row.cells[column].cell).value for row in sectors)
        assert gaps == pytest.approx(figure_of(total.cells[column].cell).value, abs=1e-6)
    assert len(rows) > 40


def test_ceads_by_sector_is_what_ceads_published(made):
    """Inventory of Henan 2019 by sector (10^4 t); sectors whose factors come from Hebei alone agree to the last digit."""
    published = read("henan", "co2_ceads_2019.csv")
    published = published[(published["sector"] != "") & (published["item"] != "")]
    wanted = published.groupby("sector")["value"].sum()
    steps = made["henan"][0].steps_by_figure
    found = {
        key.split("sector=")[1].split("&")[0]: step.value
        for key, step in steps.items()
        if key.startswith("co2_sector_fuel@") and key.endswith("definition=ceads") and "item=" not in key
    }
    assert set(found) == set(wanted[wanted > 0].index)
    for sector, number in found.items():
        assert number == pytest.approx(wanted[sector], rel=1e-4, abs=0.005), sector


def test_a_difference_names_its_fuel(made):
    """Steel: IPCC 107 kg/GJ against 29.5 kgC/GJ x 0.93 on 1274.02 x 10^4 t of coke at 0.9714 tce/t."""
    coke = read("henan", "energy_inventory_2019.csv").set_index(["flow", "sector", "item"])["quantity"][
        "final", "C31", "coke"
    ]
    gap = coke * 0.9714 * 29.3076 * (0.107 - 0.0295 * 0.93 * 44 / 12)
    assert printed_cell(made["henan"][2], "co2-standards-2019", "黑色金属冶炼和压延加工业", 4) == f"焦炭{gap:.2f}"


@pytest.mark.parametrize("name", PLACES)
def test_sectors_by_fuel_add_up_to_every_fuel(made, name):
    tables = made[name][2]
    parts = [node for ident, node in tables.items() if ident.startswith("co2-sector-")]
    assert parts
    for node in parts:
        *rows, total = node.rows
        for column in range(1, len(total.cells)):
            values = [figure_of(row.cells[column].cell) for row in rows]
            whole = figure_of(total.cells[column].cell).value
            assert sum(one.value for one in values if one) == pytest.approx(whole, abs=1e-6)


def test_a_standard_without_categories_points_to_the_sectors(made):
    _, report, tables = made["hebei"]
    assert "co2-category-2019" not in tables
    lines = ["".join(run_.text for run_ in n.line) for n in lay_out(report, "zh").nodes if isinstance(n, ParagraphNode)]
    assert [line for line in lines if re.search(r"CEADs不分部门，分行业、分品种的排放见附表\d+", line)]
