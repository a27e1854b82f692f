"""Word files, from the default template and a bureau's own."""

import datetime as dt

import pytest
from docx import Document
from docx.oxml.ns import qn

from carbonpeak.accounting.problems import InputError
from carbonpeak.templates.charts import fonts
from carbonpeak.templates.charts.spec import chart_names
from carbonpeak.templates.layout import lay_out
from carbonpeak.templates.report import Column, Figure, Report, Section, Table, Text, para, row

from .report_sample import TOTAL, inner_text, sample

LANGS = ("zh", "en")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The sample in both languages."""
    folder = tmp_path_factory.mktemp("reports")
    for lang in LANGS:
        assert not sample().save(folder / f"{lang}.docx", lang=lang)
    return folder


def test_docx_follows_the_layout_of_official_documents(written):
    document = Document(written / "zh.docx")
    page = document.sections[0]
    assert [round(side.mm) for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)] == [
        37,
        35,
        28,
        26,
    ]
    for name, font, size in (
        ("公文标题", "方正小标宋简体", 22),
        ("公文正文", "仿宋_GB2312", 16),
        ("Heading 1", "黑体", 16),
    ):
        style = document.styles[name]
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font
        assert style.font.size.pt == size
    assert document.styles["公文正文"].paragraph_format.line_spacing.pt == 28
    assert document.paragraphs[0].text == "河南省2019年度能源消费与碳排放核算报告"
    assert [p.text for p in document.paragraphs if p.style.name == "Heading 1"] == ["摘要", "一、能源消费情况", "附件1 综合能源平衡表"]  # fmt: skip


def test_docx_says_what_the_report_says(written):
    document = Document(written / "zh.docx")
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert any("能源消费总量20100.1万吨标准煤（等价值），比上年下降1.7%" in text for text in texts)
    assert any("比上年下降7.99%r；非化石能源占比与上年持平" in text for text in texts)
    assert any("<b>不得</b>出现标签 & 乱码{{ 7*7 }}" in text for text in texts)
    assert not any("\ue000" in text or "{{ 正文" in text for text in texts)
    mix = document.tables[0]
    assert [cell.text for cell in mix.rows[2].cells] == ["煤品", "15000.0", "74.6", "完成，差0.3%"]
    assert mix.rows[0].cells[1].text == mix.rows[0].cells[2].text == "2019年"
    assert any(run.font.subscript and run.text == "2" for p in document.paragraphs for run in p.runs)


def test_docx_tables_repeat_their_head_and_wide_ones_turn_the_page(written):
    document = Document(written / "zh.docx")
    for table in document.tables[:-1]:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert [section.orientation for section in document.sections] == [0, 1, 0]
    assert len(document.inline_shapes) == len(chart_names())


def test_docx_keeps_the_order_of_the_schema(written):
    body = Document(written / "zh.docx").element.body
    orders = {
        "w:tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
        "w:tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    }
    for tag, order in orders.items():
        names = [qn(f"w:{name}") for name in order.split()]
        for properties in body.iter(qn(tag)):
            places = [names.index(child.tag) for child in properties]
            assert places == sorted(set(places))
    ids = [item.get("id") for item in body.iter(qn("wp:docPr"))]
    assert len(ids) == len(set(ids)) == len(chart_names())


def test_docx_is_dated_by_the_report(written):
    properties = Document(written / "zh.docx").core_properties
    assert properties.created.replace(tzinfo=None) == dt.datetime(2020, 10, 30)
    assert properties.modified == properties.created
    assert properties.author == "某省发展和改革委员会"


def test_without_a_chinese_font_the_table_stands_in(tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "register", lambda: None)
    problems = sample().save(tmp_path / "x.docx")
    assert [problem.code for problem in problems] == ["FONT-NONE"] * len(chart_names())
    document = Document(tmp_path / "x.docx")
    assert len(document.inline_shapes) == 0
    assert len(document.tables) == 2 + len(chart_names()) + 1
    assert sum("没有中文字体" in paragraph.text for paragraph in document.paragraphs) == len(chart_names())


def _template(path, *paragraphs, font="微软雅黑", header=""):
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name = "Arial"
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    document.sections[0].header.paragraphs[0].text = header
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(path)
    return path


def test_a_bureaus_own_template_keeps_its_fonts(tmp_path):
    own = _template(
        tmp_path / "模板.docx",
        "内部资料 {{ issuer }}",
        "《{{ 标题 }}》",
        f'能源消费总量：{{{{ 数字("{TOTAL.id}") }}}}万吨标准煤',
        "{{ 正文 }}",
        "—— 完 ——",
        header="{{ 日期 }}",
    )
    assert not sample().save(tmp_path / "x.docx", template=own)
    document = Document(tmp_path / "x.docx")
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:3] == ["内部资料 某省发展和改革委员会", "《河南省2019年度能源消费与碳排放核算报告》", "能源消费总量：20100.1万吨标准煤"]  # fmt: skip
    assert texts[3] == "摘要"
    assert texts[-1] == "—— 完 ——"
    assert document.sections[0].header.paragraphs[0].text == "2020年10月30日"
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "微软雅黑"
    assert {p.style.name for p in document.paragraphs} <= {"Normal", "Heading 1", "Heading 2", "Heading 3"}
    assert "方正小标宋简体" not in inner_text(tmp_path / "x.docx")


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["{{ 正文 }}", "{{ 单位名 }}"], "TPL-PLACEHOLDER"),
        (["前言 {{ 正文 }}"], "TPL-BODY"),
        (["{{ 标题 }}"], "TPL-BODY"),
        (["{{ 正文 }}", "{% if 标题 %}"], "TPL-SYNTAX"),
        (["{{ 正文 }}", "{{ 标题"], "TPL-SYNTAX"),
        (["{{ 正文 }}", "{{ 标题.__class__.__mro__ }}"], "TPL-SANDBOX"),
        (["{{ 正文 }}", "{{ 数字.__globals__ }}"], "TPL-SANDBOX"),
        (["{{ 正文 }}", "{{ ''.format.__self__ }}"], "TPL-SANDBOX"),
        (["{{ 正文 }}", '{{ 数字("nothing@410000:2019") }}'], "TPL-FIGURE"),
        (["{{ 正文 }}", "{{ 数字() }}"], "TPL-SYNTAX"),
        (["{{ 正文 }}", "{{ 1 / 0 }}"], "TPL-SYNTAX"),
        (["{{ 正文 }}", "{{ 标题 | tojson }}"], "TPL-SYNTAX"),
        (["{{ 正文 }}", "{{ 标题 * 99999999999 }}"], "TPL-SANDBOX"),
        (["{{ 正文 }}", "{{ 标题[0] }}"], "TPL-SANDBOX"),
        (["{{ 正文 }}", "{{ 标题.format }}"], "TPL-SANDBOX"),
    ],
)
def test_a_wrong_template_is_a_message(tmp_path, lines, code):
    own = _template(tmp_path / "own.docx", *lines)
    with pytest.raises(InputError) as caught:
        sample().save(tmp_path / "x.docx", template=own)
    assert [problem.code for problem in caught.value.problems] == [code]
    assert not (tmp_path / "x.docx").exists()


@pytest.mark.parametrize("content", [b"not a zip", None])
def test_a_template_that_is_no_word_file_is_a_message(tmp_path, content):
    own = tmp_path / "own.docx"
    if content:
        own.write_bytes(content)
    with pytest.raises(InputError, match="TPL-FILE"):
        sample().save(tmp_path / "x.docx", template=own)


def _long_report(chapters=9):
    sections = tuple(
        Section(Text(f"第{n}章CO2", f"Chapter {n} CO2"), (para(zh="排放{x}。", en="Emissions {x}.", x=Figure("co2", 5.0, "万tCO2")),))
        for n in range(chapters)
    )  # fmt: skip
    return Report("long", Text("报告", "Report"), sections)


def test_a_long_report_has_contents_that_lead_to_its_headings(tmp_path):
    _long_report().save(tmp_path / "x.docx")
    body = Document(tmp_path / "x.docx").element.body
    fields = [item.text.split()[0] for item in body.iter(qn("w:instrText"))]
    assert fields == ["TOC", *["PAGEREF"] * 9]
    kinds = [item.get(qn("w:fldCharType")) for item in body.iter(qn("w:fldChar"))]
    assert kinds.count("begin") == kinds.count("end") == kinds.count("separate") == 10
    names = {item.get(qn("w:name")) for item in body.iter(qn("w:bookmarkStart"))}
    assert {item.get(qn("w:anchor")) for item in body.iter(qn("w:hyperlink"))} == names
    assert len(names) == 9
    _long_report(3).save(tmp_path / "short.docx")
    assert not list(Document(tmp_path / "short.docx").element.body.iter(qn("w:instrText")))


def test_a_formula_has_its_subscript_in_sentences_too(tmp_path):
    _long_report(1).save(tmp_path / "x.docx")
    paragraph = next(p for p in Document(tmp_path / "x.docx").paragraphs if p.text.startswith("排放"))
    assert paragraph.text == "排放5.0万吨CO2。"
    assert [run.text for run in paragraph.runs if run.font.subscript] == ["2"]


def test_pictures_are_told_in_words(written):
    body = Document(written / "zh.docx").element.body
    told = [item.get("descr") for item in body.iter(qn("wp:docPr"))]
    assert all("图" in text and any(digit in text for digit in "0123456789") for text in told)


def test_columns_are_as_wide_as_what_stands_in_them(tmp_path):
    long, code = Text("很长的说明文字" * 12, "a long remark " * 12), Text("甲", "A")
    number = Figure("n", 1234567.89, "t", 2)
    table = Table(
        "t", Text("表", "Table"), (Column(code, width=5.0), Column(code), Column(code)), (row(code, number, long),)
    )
    widths = lay_out(Report("r", Text("", ""), (Section(Text("节", "Part"), (table,)),)), "zh").nodes[1].widths
    assert widths[2] > widths[1] > widths[0]
    assert widths[1] >= len("1234567.89")
