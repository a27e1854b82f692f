"""The account report of the bundled examples: every number explained, words as bureaux write them, a run on disk."""

import json
import re
import zipfile
from html.parser import HTMLParser

import docx
import openpyxl
import pytest

from carbonpeak.accounting.problems import InputError
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories import store
from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.run import library_for, run
from carbonpeak.inventories.standards import standard
from carbonpeak.inventories.workspace.workspace import Workspace
from carbonpeak.templates.figure import Text
from carbonpeak.templates.figures import printed
from carbonpeak.templates.layout import lay_out
from carbonpeak.templates.nodes import ChartNode, HeadingNode, ParagraphNode, TableNode
from carbonpeak.templates.numbers import significant
from carbonpeak.templates.publish import publish
from carbonpeak.templates.report import Table
from carbonpeak.templates.reports.account import build
from carbonpeak.templates.reports.assessed import assessed
from carbonpeak.templates.reports.lookup import Lookup

EXAMPLES = ("henan", "henan_2007", "china_2007")
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
NUMERAL = re.compile(r"(?<!GB/T )(?<![\w.\-/〔^(×])\d[\d,]*(?:\.\d+)?(?![\w\-/〕^⁰¹²³⁴-⁹])", re.ASCII)


@pytest.fixture(scope="module")
def library():
    return FactorLibrary.bundled()


@pytest.fixture(scope="module")
def reports():
    """Results and report of each example."""
    out = {}
    for name in EXAMPLES:
        workspace = Workspace.open(name)
        own = library_for(workspace)
        results = run(workspace, library=own)
        out[name] = (results, build(results, own))
    return out


@pytest.fixture(scope="module")
def henan(reports):
    return reports["henan"]


@pytest.fixture(scope="module")
def published(henan, library, tmp_path_factory):
    """The folder of a whole run of Henan."""
    out = tmp_path_factory.mktemp("runs") / "2019"
    return publish(henan[0], library, out), out


def lines(report, lang):
    """Every printed line with what it belongs to: (kind, runs)."""
    for node in lay_out(report, lang).nodes:
        if isinstance(node, HeadingNode):
            continue
        if isinstance(node, ParagraphNode):
            yield "paragraph", node.line
            continue
        table = node.table if isinstance(node, ChartNode) else node
        for line in table.notes:
            yield f"note {table.title}", line
        if isinstance(node, TableNode):
            for row in node.rows:
                for cell in row.cells:
                    yield f"cell {table.title}", cell.line


def text_of(report, lang):
    return "\n".join("".join(run.text for run in line) for _, line in lines(report, lang))


def documents(results):
    """Proper names that are printed as they are: documents, tables of documents, targets as printed."""
    look = Lookup(results, library_for(results.workspace))
    names = [look.said(source.document).zh for source in results.workspace.sources]
    for one in results.workspace.documents:
        # an address may break at its strokes
        access = look.said(one.access.replace("/", "/\u200b"))
        names += [one.title.zh, one.title.en, access.zh, access.en]
    names += [one["document"] for one in results.factors] + [one["publisher"] for one in results.factors]
    names += [part["table"] for one in results.factors for part in one["parts"]]
    names += [look.said(standard(name).document).zh for name in results.workspace.inventory.standards]
    targets = (term.ref for step in results.steps for term in step.terms if "target" in term.name)
    names += [look.said(ref.removeprefix("input:")).zh for ref in targets]
    for one in assessed(look):
        names += [look.said(one.plan.document).zh, one.target.printed, str(one.row["source"])]
    return sorted({name for name in names if name and (len(name) > 8 or CJK.search(name))}, key=len, reverse=True)


# every number --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_printed_number_is_explained(reports, name):
    results, report = reports[name]
    ids = {figure.id for figure in printed(report)}
    assert len(ids) > 500
    assert ids <= set(results.steps_by_figure)
    for figure in sorted(ids)[::7]:
        assert explain(results, figure, depth=2).below, figure


@pytest.mark.parametrize("name", EXAMPLES)
def test_no_number_of_a_sentence_or_table_is_mere_text(reports, name):
    results, report = reports[name]
    known = documents(results)
    tables = {part["table"] for one in results.factors for part in one["parts"]}
    names = {one["title_zh"] for one in results.factors} | {
        standard(s).title.zh for s in results.workspace.inventory.standards
    }
    for kind, line in lines(report, "zh"):
        for run_ in line:
            if run_.figure or run_.link or run_.text in tables or "@" in run_.text:
                continue
            text = run_.text
            for word in (
                *sorted(names, key=len, reverse=True),
                *known,
                "IPCC 2006",
                results.workspace.inventory.report.date,
            ):
                text = text.replace(word, "")
            found = [n for n in NUMERAL.findall(text) if not re.fullmatch(r"(19|20)\d\d,?", n)]
            assert not found, (kind, run_.text, found)


def test_html_docx_and_xlsx_print_the_figures_of_figures_json(published):
    files, out = published
    records = json.loads((out / "figures.json").read_text("utf-8"))
    ids = {record["id"] for record in records}
    assert all(record["refs"] or record["equation"] for record in records)
    page = _Page()
    page.feed(files["report.html"].read_text("utf-8"))
    assert page.ids == ids

    texts = {record["zh"] for record in records}
    marks = re.compile(r"(?<=\d)(?:[darsp],?)+$")
    word = docx.Document(str(files["report.docx"]))
    cells = {cell.text.strip() for table in word.tables for row in table.rows for cell in row.cells}
    numbers = {marks.sub("", text) for text in cells if re.fullmatch(r"-?\d[\d.]*(?:[darsp],?)*", text)}
    years = {text for text in numbers if re.fullmatch(r"(19|20)\d\d", text)}
    # numbers of tables in documents (2.3, 1.5) stand in the factor annex as names
    tables = {part["table"] for one in json.loads((out / "factors.json").read_text("utf-8")) for part in one["parts"]}
    assert numbers - years - tables <= texts
    assert len(numbers) > 500

    values = {record["value"] for record in records}
    book = openpyxl.load_workbook(files["report.xlsx"], data_only=True)
    found = [c.value for sheet in book for row in sheet.iter_rows() for c in row if isinstance(c.value, int | float)]
    assert len(found) > 500
    assert {significant(value) for value in found if not isinstance(value, bool)} <= values


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids = set()

    def handle_starttag(self, tag, attrs):
        found = dict(attrs).get("data-figure")
        if found:
            self.ids.add(found)


# words ---------------------------------------------------------------------------------------------------------------


def test_the_title_and_the_parts_are_those_of_the_bureaux(henan):
    report = henan[1]
    assert report.title.zh == "河南省2019年度能源消费与碳排放核算报告"
    titles = [section.title.zh for section in report.sections]
    assert titles[:3] == ["摘要", "编制依据", "口径说明"]
    for wanted in ("与统计公报衔接", "存在问题", "下一步措施", "主要指标完成情况", "口径对照", "因子与来源"):
        assert wanted in titles


def test_the_counting_sentence(henan):
    report = henan[1]
    found = re.search(
        r"约束性指标 (\d+) 项：完成 (\d+)，未完成 (\d+)，暂不能判定 (\d+)（原因见表）", text_of(report, "zh")
    )
    assert found
    total, met, missed, unsettled = map(int, found.groups())
    assert total == met + missed + unsettled
    # 13th FYP: energy intensity is met by the published rates, increment and CO2 intensity lack data (decisions, point 40)
    assert (total, met, missed, unsettled) == (3, 1, 0, 2)


def test_falls_are_words_without_minus(henan):
    for kind, line in lines(henan[1], "zh"):
        if kind == "paragraph":
            text = "".join(run.text for run in line)
            assert not re.search(r"(下降|上升|增长)[-−]", text), text
            assert not re.search(r"[-−]\d", re.sub(r"\d-\d\d?(-\d\d)?|1-[(R]", "", text)), text


def test_the_published_result_of_the_plan_is_in_the_summary(henan):
    """-7.64, -7.90, -5.01, -7.98, +0.76 % chain to -25.08 % (bulletins 2016-2020)."""
    text = text_of(henan[1], "zh")
    assert "2016—2020年累计下降25.08%，完成“十三五”目标（下降16%）的165.62%（按累计降低率对数进度）" in text
    assert "单位地区生产总值能耗（2015年可比价）比上年下降7.98%" in text


def test_nothing_says_that_emissions_have_peaked(reports):
    for _, report in reports.values():
        assert "已达峰" not in text_of(report, "zh")
    assert "历史最高值出现在2011年" in text_of(reports["henan"][1], "zh")
    assert "是否达峰尚待确认" in text_of(reports["henan"][1], "zh")


def test_data_problems_stand_in_the_summary(henan):
    first = henan[1].sections[0]
    text = "\n".join("".join(str(getattr(block, "body", block)).split()) for block in first.blocks)
    for word in ("回收煤气", "燃气生产和供应业", "未拆分", "数据时效", "依据等级"):
        assert word in text


def test_what_is_missing_says_what_it_needs(henan):
    report = henan[1]
    missing = [figure for figure in printed(report) if figure.value is None]
    assert missing
    assert all(figure.missing for figure in missing)
    text = text_of(report, "zh")
    assert "暂缺：" in text
    assert "缺核电、风电、生物质发电量或净调入电量" in text


def test_the_known_numbers_of_henan(henan):
    """46 063 of which other gas 2 481.9 (5.4 %), 26.7 Mt of gas works in the literature, 810.66 (decisions, points 3, 6)."""
    text = text_of(henan[1], "zh")
    for number in ("46063.08万吨CO2", "2481.86万吨CO2（5.4%）", "810.66亿千瓦时"):
        assert number in text


def test_the_assessment_of_henan(henan):
    """Rates -7.64, -7.90, -5.01, -7.98, +0.76 against 16 % (decisions, point 40).

    R = 1 - 0.9236 x 0.9210 x 0.9499 x 0.9202 x 1.0076 = 25.08 %; ln(1-R)/ln(0.84) = 165.62 %, of 2016 alone 45.58 %;
    (25.08 - 16)/16 = 56.76 %; the even yearly rate is 1 - 0.84^(1/5) = 3.43 %.
    """
    text = text_of(henan[1], "zh")
    for words in (
        "2016—2020年累计下降25.08%，完成“十三五”目标（下降16%）的165.62%（按累计降低率对数进度），超额完成（线性超额56.76%）",
        "2016年45.58%，", "2020年165.62%；2020年上升0.76%，未达到当年应下降的3.43%（按等对数进度推得，非下达目标）",
        "公布的2016年度考核等级为超额完成", "规划期目标（截至2020年）3 项：完成 1，未完成 0，暂不能判定 2", "15%左右",
    ):  # fmt: skip
        assert words in text


def test_the_assessment_of_henan_2007(reports):
    """-4.11 against -4.0 to -4.5 in 2007: met, and graded 基本完成 by the announcement; nothing is judged for 2008."""
    text = text_of(reports["henan_2007"][1], "zh")
    assert (
        "约束性指标 1 项：完成 1，未完成 0，暂不能判定 0（原因见表）；年度目标（2007年）1 项：完成 1，未完成 0，暂不能判定 0"
        in text
    )
    assert "基本完成" in text


def test_an_open_period_says_what_is_left(reports):
    """China, -1.79 and -3.66 against 约20%: 1 - 0.9821 x 0.9634 = 5.38 %, and 1 - (0.80/0.9462)^(1/3) = 5.44 % a year."""
    text = text_of(reports["china_2007"][1], "zh")
    assert "（下降约20%）的24.80%（按累计降低率对数进度），今后3年需年均下降5.44%" in text


# sums ----------------------------------------------------------------------------------------------------------------


def test_factor_and_activity_effects_add_up_to_the_difference(henan):
    steps = henan[0].steps_by_figure
    found = [key for key in steps if key.startswith("co2_standard_difference@")]
    assert len(found) > 20
    for key in found:
        parts = [steps[key.replace("standard_difference", name)].value for name in ("factor_effect", "activity_effect")]
        assert sum(parts) == pytest.approx(steps[key].value, abs=1e-9)


def test_the_factor_effect_is_what_the_other_factor_gives_on_the_same_fuel(henan):
    """Diesel: IPCC 74.1 kg/GJ against the provincial 20.2 kgC/GJ x 0.98, both on 1.4571 tce/t, on the same tonnes."""
    results = henan[0]
    where = "@410000:2019?item=diesel&definition="
    factor = {name: results.value(f"co2_mean_factor{where}{name}") for name in ("provincial_2011", "ipcc_2006")}
    assert factor["ipcc_2006"] == pytest.approx(1.4571 * 29.3076 * 74.1 / 1000, rel=1e-6)
    assert factor["provincial_2011"] == pytest.approx(1.4571 * 29.3076 * 0.0202 * 0.98 * 44 / 12, rel=1e-6)
    emitted = results.value(f"co2_by_item{where}provincial_2011")
    tonnes = emitted / factor["provincial_2011"]
    effect = results.value(f"co2_factor_effect{where}ipcc_2006-provincial_2011")
    assert effect == pytest.approx((factor["ipcc_2006"] - factor["provincial_2011"]) * tonnes, rel=1e-6)


@pytest.mark.parametrize("name", EXAMPLES)
def test_evidence_shares_are_the_whole(reports, name):
    results, _ = reports[name]
    for definition in results.workspace.inventory.standards:
        steps = results.steps_by_figure
        shares = [
            s.value for key, s in steps.items() if key.startswith("co2_evidence_share") and key.endswith(definition)
        ]
        assert sum(shares) == pytest.approx(100)


def test_groups_of_sectors_add_up_to_final_consumption(henan):
    steps = henan[0].steps_by_figure
    parts = [s.value for key, s in steps.items() if key.startswith("energy_group_share@")]
    assert len(parts) == 4
    assert sum(parts) == pytest.approx(100)


def test_recording_twice_changes_nothing(henan, library):
    results, report = henan
    before = len(results.steps)
    again = build(results, library)
    assert len(results.steps) == before
    assert [f.id for f in printed(again)] == [f.id for f in printed(report)]
    assert [f.evidence for f in printed(again)] == [f.evidence for f in printed(report)]


# runs on disk --------------------------------------------------------------------------------------------------------


def test_a_run_folder_is_whole(published):
    files, out = published
    assert set(files) >= {
        "report.html", "report.docx", "report.xlsx", "figures.json", "steps.json", "problems.json", "factors.json",
        "manifest.json", "run.log",
    }  # fmt: skip
    manifest = store.manifest(out)
    assert manifest["options"]["formats"] == ["html", "docx", "xlsx"]
    assert store.hashes(out) == manifest["files"]
    assert "carbonpeak" in (out / "run.log").read_text("utf-8")
    assert [path.name for path in out.parent.iterdir()] == [out.name]


def test_a_stored_run_explains_and_prints_the_same(published, library):
    files, out = published
    loaded = store.load(out)
    assert explain(loaded, "energy_total@410000:2019?basis=equivalent").below
    again = build(loaded, library)
    records = json.loads(files["figures.json"].read_text("utf-8"))
    stored = {(one["id"], one["value"], one["evidence"]) for one in records}
    assert {(f.id, None if f.value is None else significant(f.value), f.evidence) for f in printed(again)} == stored


def test_an_existing_folder_is_kept_unless_forced(henan, library, tmp_path):
    out = tmp_path / "run"
    publish(henan[0], library, out, formats=("html",))
    with pytest.raises(InputError, match="RUN-EXISTS"):
        publish(henan[0], library, out, formats=("html",))
    files = publish(henan[0], library, out, formats=("html",), lang="both", force=True)
    assert {"report.html", "report.en.html"} <= set(files)
    assert 'lang="en"' in files["report.en.html"].read_text("utf-8")[:60]
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_force_never_deletes_what_is_no_run(henan, library, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep")
    with pytest.raises(InputError, match="RUN-NOT"):
        publish(henan[0], library, tmp_path / "mine", force=True)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "keep"


def test_a_failure_leaves_nothing_behind(henan, library, tmp_path):
    with pytest.raises(InputError, match="TPL-SUFFIX"):
        publish(henan[0], library, tmp_path / "run", formats=("odt",))
    assert list(tmp_path.iterdir()) == []


def test_two_runs_give_the_same_bytes(henan, library, tmp_path):
    for name in ("one", "two"):
        publish(henan[0], library, tmp_path / name, formats=("html", "xlsx"))
    for file in ("report.html", "report.xlsx", "figures.json", "steps.json", "manifest.json"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes(), file
    with zipfile.ZipFile(tmp_path / "one" / "report.xlsx") as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_workspace_without_balance_still_reports(library, tmp_path):
    """Only published series: everything else is 暂缺 with what it needs, no table stands empty."""
    source = Workspace.open("henan").root
    (tmp_path / "data").mkdir()
    for name in ("published_results.csv", "economy_2015_2020.csv", "energy_2014_2020.csv"):
        (tmp_path / "data" / name).write_bytes((source / "data" / name).read_bytes())
    entries = re.split(r"\n(?=- id: )", (source / "sources.yaml").read_text("utf-8"))
    kept = [entry for entry in entries if not re.match(r"- id: (energy_2019|co2_)", entry)]
    (tmp_path / "sources.yaml").write_text("\n".join(kept) + "\n", encoding="utf-8")
    inventory = (source / "inventory.yaml").read_text("utf-8").replace("plans: [henan_13th]", "plans: []")
    (tmp_path / "inventory.yaml").write_text(inventory, encoding="utf-8")
    report = build(run(Workspace.open(tmp_path), library=library), library)
    text = text_of(report, "zh")
    assert "缺能源平衡表" in text
    assert "工作区没有列入规划目标" in text
    assert all(node.rows for node in lay_out(report, "zh").nodes if isinstance(node, TableNode))


@pytest.fixture(scope="module")
def signed_text(henan):
    return re.sub(r"\s+", "", text_of(henan[1], "zh"))


def test_growth_of_published_totals_stands_beside_the_published_total(signed_text):
    """22 300 against 22 659 (both published): -1.58 %; our own 22 166 has no own year before."""
    assert re.search(r"公布的能源消费总量为22300\.00万吨标准煤r?（等价值），比上年下降1\.6%", signed_text)
    assert not re.search(r"22166\.42万吨标准煤s?（等价值），比上年", signed_text)


def test_the_headline_says_what_it_leaves_out(henan, signed_text):
    lines_ = henan[0].lines.query("account == 'provincial_2011' and category == 'E1.3.7' and quantity == 'co2'")
    taken = f"{-lines_['value'].sum() / 1e10:.2f}"
    assert re.search(
        rf"已扣除用作原料、材料的化石能源{re.escape(taken)}万吨CO2s?，其排放部分暂缺，合计偏低", signed_text
    )
    assert "不完整，不含汽油" in signed_text


def test_odd_data_are_named_and_steps_are_in_the_words_of_a_bureau(henan):
    words = ["".join(run.text for run in line) for kind, line in lines(henan[1], "zh") if kind == "paragraph"]
    assert [text for text in words if "炼油及煤制油（112.6 %）" in text]
    assert [text for text in words if "煤炭洗选（81.0 %）" in text]
    steps = next(b for s in henan[1].sections for b in s.blocks if isinstance(b, Table) and b.id == "next-steps")
    told = [row.cells[0].zh for row in steps.rows if isinstance(row.cells[0], Text)]
    assert "收集用作原料、材料各产品的固碳率，补算非能源利用排放。" in told
    words += told
    assert not [text for text in words if re.search(r"yaml|attributes|_published|\.csv!", text)]


def test_parts_of_a_step_add_up(henan):
    """The bridge: 46 442.46 - 41 741.31 is non-energy use kept (3 015.11) and the rest; literature likewise."""
    steps = henan[0].steps_by_figure
    rests = [key for key in steps if key.endswith("&category=rest")]
    assert len(rests) == 2
    for key in rests:
        whole, *parts = (term.value for term in steps[key].terms)
        assert steps[key].value == pytest.approx(whole - sum(parts))
        assert parts


def test_reasons_of_missing_figures_are_true(signed_text):
    assert "缺核电、风电、生物质发电量或净调入电量" in signed_text
    assert "缺地区生产总值或全社会用电量" not in signed_text
    assert "能源消费或地区生产总值增速不大于零时弹性系数不计算" in signed_text


def test_a_report_on_the_nation_speaks_of_the_nation(reports):
    text = text_of(reports["china_2007"][1], "zh")
    assert "国内生产总值" in text
    assert not re.search("(?<!万元)地区生产总值", text)


def test_gdp_of_each_vintage_has_its_line(henan):
    """The intensity of 2017 stands over the annual figure, that of 2019 over the verified one: both are printed."""
    text = text_of(henan[1], "zh")
    assert "地区生产总值（2015年可比价，最终核实数）" in text
    assert "地区生产总值（2015年可比价，年报数）" in text
