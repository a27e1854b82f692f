"""The document engine: model, layout, html, editions, equal bytes, from one made-up report."""

import io
import json
import re
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path

import pytest

from carbonpeak.accounting.problems import InputError
from carbonpeak.templates import numbers
from carbonpeak.templates.charts.spec import chart_names
from carbonpeak.templates.figures import figures, printed
from carbonpeak.templates.layout import lay_out
from carbonpeak.templates.messages import MESSAGES
from carbonpeak.templates.nodes import HeadingNode, TableNode
from carbonpeak.templates.report import (
    Column,
    Figure,
    Ref,
    Report,
    Section,
    Table,
    Text,
    para,
    row,
)

from .report_sample import SECRET, TOTAL, inner_text, sample

LANGS = ("zh", "en")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """The sample in every format, language and edition, each written twice."""
    folder = tmp_path_factory.mktemp("reports")
    for lang in LANGS:
        for suffix in ("html", "docx", "xlsx"):
            assert not sample().save(folder / f"{lang}.{suffix}", lang=lang)
    for suffix in ("html", "docx", "xlsx"):
        sample().save(folder / f"again.{suffix}")
        sample().save(folder / f"public.{suffix}", edition="public")
    return folder


def test_placeholders_and_values_must_match():
    with pytest.raises(KeyError):
        para(zh="{a}", en="{a}", b="x")
    with pytest.raises(KeyError):
        para(zh="{a}", en="{b}", a="x")


def test_a_row_has_as_many_cells_as_columns():
    with pytest.raises(ValueError, match="2 cells in 1 columns"):
        Table("t", Text("表", "Table"), (Column(Text("一", "One")),), (row("a", "b"),))


def test_a_figure_needs_an_id():
    with pytest.raises(ValueError, match="explained"):
        Figure("", 1.0)


@pytest.mark.parametrize(
    ("lang", "headings", "tables"),
    [
        ("zh", ["摘要", "一、能源消费情况", "（一）总量", "1. 说明", "附件1 综合能源平衡表"], ["表1", "附表1"]),
        ("en", ["Summary", "1 Energy consumption", "1.1 Total", "1.1.1 Remarks", "Annex 1 Energy balance"], ["Table 1", "Table A1"]),
    ],
)  # fmt: skip
def test_headings_and_tables_are_numbered(lang, headings, tables):
    nodes = lay_out(sample(), lang).nodes
    assert [node.full for node in nodes if isinstance(node, HeadingNode)] == headings
    assert [node.label for node in nodes if isinstance(node, TableNode)] == tables


def test_a_mark_shared_by_a_whole_table_is_one_note():
    table = next(n for n in lay_out(sample(), "zh").nodes if isinstance(n, TableNode) and n.table.id == "balance")
    assert all(run.mark == "" for line in table.rows for cell in line.cells for run in cell.line)
    assert table.notes[-1][0].text == "注：本表全部数据：由公开数据推算"


def test_reasons_for_missing_numbers_stand_below_the_table():
    table = next(n for n in lay_out(sample(), "zh").nodes if isinstance(n, TableNode))
    assert "暂缺：缺可比价GDP" in [note[0].text for note in table.notes]


def test_a_reference_to_nothing_is_refused():
    body = (para(zh="{r}", en="{r}", r=Ref("nowhere")),)
    with pytest.raises(KeyError):
        lay_out(Report("r", Text("报告", "Report"), (Section(Text("一", "One"), body),)), "zh")


def test_figures_are_recorded_once_with_both_languages():
    records = figures(sample())
    assert len({(r["id"], r["unit"], r["decimals"], r["style"]) for r in records}) == len(records)
    total = next(r for r in records if r["id"] == TOTAL.id)
    assert (total["value"], total["zh"], total["en"]) == (20100.05, "20100.1", "20,100.1")
    hidden = next(r for r in figures(sample(), "public") if r["id"] == SECRET.id)
    assert (hidden["value"], hidden["zh"], hidden["withheld"]) == (None, "不公开", True)
    json.dumps(records, allow_nan=False)


class _Page(HTMLParser):
    """Collect ids, addresses and the text of figures."""

    def __init__(self):
        super().__init__()
        self.ids, self.addresses, self.figures, self.tags = [], [], [], []
        self._open = None

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.addresses += [found[key] for key in ("src", "href", "xlink:href") if key in found]
        self._open = found.get("data-figure")

    def handle_data(self, data):
        if self._open:
            self.figures.append((self._open, data))
            self._open = None


@pytest.mark.parametrize("lang", LANGS)
def test_html_anchors_every_figure(written, lang):
    page = _Page()
    page.feed((written / f"{lang}.html").read_text("utf-8"))
    known = {figure.id: figure for figure in printed(sample())}
    assert len(page.ids) == len(set(page.ids))
    assert set(known) <= set(page.ids)
    assert {name for name, _ in page.figures} == set(known)
    for name, text in page.figures:
        figure = known[name]
        expected = None if figure.value is None else numbers.rounded(figure.value, figure.decimals)
        got = numbers.read(text, figure.style, figure.versus)
        # the words around this one say which way it goes (`{x:abs}`)
        assert got == (abs(expected) if name == "gap@410000:2019" else expected), (name, text)


def test_html_needs_no_network_and_no_scripts(written):
    text = (written / "zh.html").read_text("utf-8")
    page = _Page()
    page.feed(text)
    assert all(address.startswith("#") for address in page.addresses)
    assert "script" not in page.tags
    assert "link" not in page.tags
    assert "@import" not in text
    assert not re.search(r"url\((?!#)", text)
    assert page.tags.count("svg") == len(chart_names())
    assert "b" not in page.tags, "text of a builder must not become markup"
    assert "{{ 7*7 }}" in text
    assert "CO<sub>2</sub>" in text


def test_links_inside_the_html_lead_somewhere(written):
    page = _Page()
    page.feed((written / "en.html").read_text("utf-8"))
    assert {address[1:] for address in page.addresses} <= set(page.ids)


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx"])
def test_the_public_edition_holds_no_withheld_number(written, suffix):
    path = written / f"public.{suffix}"
    text = path.read_text("utf-8") if suffix == "html" else inner_text(path)
    assert "7654" not in text
    assert "不公开" in text
    assert "内部数据" not in text


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx"])
def test_the_same_report_gives_the_same_bytes(written, suffix):
    first, again = (written / f"{name}.{suffix}" for name in ("zh", "again"))
    assert first.read_bytes() == again.read_bytes()
    if suffix != "html":
        with zipfile.ZipFile(io.BytesIO(first.read_bytes())) as archive:
            assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_full_rounding_prints_twelve_digits(tmp_path):
    sample().save(tmp_path / "x.html", rounding="full")
    assert "20100.05" in (tmp_path / "x.html").read_text("utf-8")


@pytest.mark.parametrize("suffix", [".doc", ".pdf", ""])
def test_an_unknown_suffix_is_a_message(tmp_path, suffix):
    with pytest.raises(InputError, match="TPL-SUFFIX"):
        sample().save(tmp_path / f"x{suffix}")


def test_a_file_held_open_is_a_message(tmp_path, monkeypatch):
    def refuse(self, target):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(InputError, match="FILE-LOCKED"):
        sample().save(tmp_path / "x.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_every_message_speaks_both_languages():
    assert all(m.zh and m.en and m.remedy_zh and m.remedy_en for m in MESSAGES.values())


def test_the_model_loads_without_renderers():
    code = (
        "import sys, carbonpeak.templates.report, carbonpeak.templates.figures;"
        "print([m for m in ('docx', 'docxtpl', 'jinja2', 'xlsxwriter', 'vl_convert', 'pandas') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8")
    assert found.stdout.strip() == "[]"
