"""The line under a table names the documents behind its figures, and their vintage."""

from __future__ import annotations

from pathlib import Path

import pytest

import carbonpeak as cp
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories.workspace.source_models import Document
from carbonpeak.templates.reports import account_factors, source_lines
from carbonpeak.templates.reports.lookup import Lookup

INVENTORY = """schema: 1
id: bad
kind: region
title: {zh: 例, en: Example}
entity: "410000"
years: [2019]
standards: [provincial_2011]
report: {date: 2020-06-30}
coal_mix:
- {entity: "410000", of: {bituminous: 1.0}, basis: heat, source: test, evidence: assumed}
"""
SOURCES = """schema: 1
documents:
- id: yearbook
  title: {zh: 《某省统计年鉴2020》, en: Statistical Yearbook 2020}
  publisher: {zh: 某省统计局, en: Bureau of Statistics}
  date: "2020"
  vintage: 年报数
- {id: notice, title: {zh: 统计公报, en: Communique}, date: 2020-02-28}
sources:
- {id: balance, file: balance.csv, layout: tidy, document: yearbook}
- {id: own, file: own.csv, layout: tidy, supplied_by: 能源科}
- {id: series, file: series.csv, layout: series, document: notice}
"""
BALANCE = "flow,sector,item,period,quantity,unit\nfinal,A,raw_coal,2019,100,10^4 t\n"
OWN = "flow,sector,item,period,quantity,unit\nfinal,A,diesel,2019,10,10^4 t\n"
SERIES = (
    "metric,period,value,unit,vintage,source\n"
    "population,2019,100,10^4 persons,,\n"
    "gdp_current,2019,50,10^8 yuan,最终核实数,yearbook\n"
)


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Lookup:
    root: Path = tmp_path_factory.mktemp("sources")
    texts = {"inventory.yaml": INVENTORY, "sources.yaml": SOURCES, "balance.csv": BALANCE, "own.csv": OWN}
    for name, text in {**texts, "series.csv": SERIES}.items():
        (root / name).write_text(text, encoding="utf-8")
    run = cp.open(root).run()
    return Lookup(run.results, FactorLibrary.bundled())


def line(look: Lookup, *figures: str) -> tuple[str, str]:
    text = source_lines.line(look, figures)
    assert text is not None
    return text.zh, text.en


def test_a_computed_figure_names_the_document_of_its_rows_and_a_table_without_one_its_supplier(look: Lookup) -> None:
    zh, en = line(look, "energy_total@410000:2019?basis=calorific")
    assert zh == "据能源科：own（数据版本未注明）、某省统计局《某省统计年鉴2020》（年报数）计算"
    assert en.startswith("computed from ")
    assert "Bureau of Statistics: Statistical Yearbook 2020 (annual figures)" in en


def test_a_number_that_was_read_is_printed_as_it_stands(look: Lookup) -> None:
    zh, _ = line(look, "population@410000:2019")
    assert zh == "统计公报，2020年（数据版本未注明）"


def test_the_vintage_of_a_row_stands_before_that_of_its_document(look: Lookup) -> None:
    zh, _ = line(look, "gdp_current@410000:2019?vintage=verified")
    assert zh == "某省统计局《某省统计年鉴2020》（最终核实数）"


def test_documents_only_read_stand_before_those_computed_with(look: Lookup) -> None:
    zh, _ = line(look, "energy_total@410000:2019?basis=calorific", "population@410000:2019")
    read, _, computed = zh.partition("；")
    assert read == "统计公报，2020年（数据版本未注明）"
    assert computed.startswith("据")
    assert computed.endswith("计算")


def test_a_figure_without_a_document_gives_no_line(look: Lookup) -> None:
    assert source_lines.line(look, ["nothing@410000:2019"]) is None


def test_a_date_is_a_year_a_month_or_a_day() -> None:
    assert Document(id="x", title={"zh": "甲", "en": "A"}, date="2020-02").date == "2020-02"
    with pytest.raises(ValueError, match="date"):
        Document(id="x", title={"zh": "甲", "en": "A"}, date="February")


def test_every_table_of_numbers_of_the_example_names_a_document() -> None:
    """What the analyst reads under the tables of the main example; only the program's own counts have no document."""
    run = cp.open("henan_2007").run()
    report = run.report()
    lines = {
        block.id: block.source.zh
        for section in report.sections
        for block in section.blocks
        if getattr(block, "source", None) is not None
    }
    assert "《中国能源统计年鉴2008》河南能源平衡表（实物量）（年报数）" in lines["energy-total"]
    assert [name for name, text in lines.items() if "本次核算" in text] == []
    # shares of the totals stand beside the numbers of a factor set; its numbers are from its own document all the same
    assert run.results.factors
    for one in run.results.factors:
        assert lines[account_factors.table_id(one["set"])].endswith(one["document"]), one["set"]
