"""《企业X年度能源消费与碳排放核算报告》: one enterprise's comprehensive energy consumption and CO2, short."""

from __future__ import annotations

from ...factors.library import FactorLibrary
from ...inventories.results import Results
from ..figure import Text
from ..report import Block, Column, Heading, Note, Report, Row, Section, Table, para, row
from . import account_basis, account_factors, account_quality
from .account import meta, sign_off
from .lookup import Lookup

Lines = tuple[tuple[str, str, str, dict[str, str]], ...]
"""name zh and en, metric, qualifiers"""
OWN = Text("本企业填报（数据版本见封面）", "Reported by the enterprise (vintage on the cover)")


def build(results: Results, library: FactorLibrary) -> Report:
    """Return the report of an enterprise run. It must be built before the run is stored, as the account report."""
    look = Lookup(results, library)
    inventory = results.workspace.inventory
    issuer, place = inventory.report.issuer, look.place()
    years = look.year if len(look.years) == 1 else f"{look.years[0]}—{look.years[-1]}"
    return Report(
        id="enterprise",
        title=Text(f"{place.zh}{years}年度能源消费与碳排放核算报告", f"{place.en}: Energy and CO2 Account {years}"),
        sections=(
            _summary(look),
            account_basis.basis(look),
            *(_year(look, year) for year in look.years),
            _quality(look),
            *account_factors.annexes(look),
        ),
        issuer=Text(issuer.zh, issuer.en) if issuer else Text("", ""),
        date=inventory.report.date,
        sign_off=sign_off(look),
        meta=meta(look),
    )


def _summary(look: Lookup) -> Section:
    blocks: list[Block] = []
    for year in look.years:
        energy = look.metric("energy_comprehensive", year, basis="calorific", decimals=2)
        equivalent = look.metric("energy_comprehensive", year, basis="equivalent", decimals=2)
        blocks.append(para(
            zh="{y}年综合能源消费量{a}（当量值）、{b}（等价值）；二氧化碳排放{c}，其中化石燃料燃烧{d}，净购入电力{e}，净购入热力{f}。",
            en="In {y} comprehensive energy consumption was {a} (calorific value) and {b} (coal equivalent value); CO2 {c}: combustion {d}, net purchased electricity {e}, heat {f}.",
            y=year, a=energy, b=equivalent, c=look.metric("co2_enterprise", year, decimals=1),
            d=look.metric("co2_scope1", year, decimals=1), e=look.metric("co2_scope2_location", year, decimals=1),
            f=look.metric("co2_scope2_heat", year, decimals=1),
        ))  # fmt: skip
        notes = {str(look.rows[key]["note"]) for key in look.having("energy_comprehensive", year, basis="calorific")}
        blocks += [Note(Text(note, note)) for note in sorted(notes) if note]
    return Section(Text("摘要", "Summary"), tuple(blocks))


def _year(look: Lookup, year: str) -> Section:
    blocks: list[Block] = [
        Heading(2, Text("综合能源消费量", "Comprehensive energy consumption")), _energy(look, year), _items(look, year),
        Heading(2, Text("二氧化碳排放", "CO2 emissions")), _co2(look, year),
        Note(Text(
            "综合能源消费量 = 工业生产消费 - 加工转换产出 - 回收利用；购入电力的基于市场核算只在已核销绿证时给出，与基于位置的数并列，不相加。",
            "Comprehensive energy consumption = production use - transformation output - recovery. The market-based figure is given only for retired certificates and stands beside the location-based one.",
        )),
    ]  # fmt: skip
    return Section(Text(f"{year}年核算结果", f"Results of {year}"), tuple(blocks))


def _energy(look: Lookup, year: str) -> Table:
    lines: Lines = (
        ("综合能源消费量（当量值）", "Comprehensive energy consumption (calorific value)", "energy_comprehensive", {"basis": "calorific"}),
        ("综合能源消费量（等价值）", "Comprehensive energy consumption (coal equivalent value)", "energy_comprehensive", {"basis": "equivalent"}),
        ("采用的发电标准煤耗", "Coal rate used", "coal_rate", {}),
    )  # fmt: skip
    return _table(
        look, f"enterprise-energy-{year}", Text("综合能源消费量", "Comprehensive energy consumption"), year, lines
    )


def _co2(look: Lookup, year: str) -> Table:
    lines: Lines = (
        ("化石燃料燃烧", "Fuel combustion", "co2_scope1", {}),
        ("净购入电力（基于位置）", "Net purchased electricity (location-based)", "co2_scope2_location", {}),
        ("净购入电力（基于市场）", "Net purchased electricity (market-based)", "co2_scope2_market", {}),
        ("净购入热力", "Net purchased heat", "co2_scope2_heat", {}),
        ("合计（燃烧＋电力（基于位置）＋热力）", "Total (combustion, electricity location-based, heat)", "co2_enterprise", {}),
        ("净购入电量", "Net purchased electricity", "electricity_purchased", {}),
        ("净购入热量", "Net purchased heat", "heat_purchased", {}),
    )  # fmt: skip
    return _table(look, f"enterprise-co2-{year}", Text("二氧化碳排放", "CO2 emissions"), year, lines)


def _table(look: Lookup, name: str, title: Text, year: str, lines: Lines) -> Table:
    columns = (
        Column(Text("指标", "Item"), width=3),
        Column(Text("数值", "Value"), width=1.4),
        Column(Text("单位", "Unit"), width=1.2),
    )
    rows = []
    for zh, en, metric, where in lines:
        figure = look.metric(metric, year, where)
        rows.append(row(Text(zh, en), figure, look.unit_of(metric)))
    return Table(name, title, columns, tuple(rows), source=OWN)


def _items(look: Lookup, year: str) -> Table:
    keys = look.having("energy_by_item", year, basis="calorific")
    columns = (Column(Text("品种", "Carrier"), width=2), Column(Text("消费量", "Consumption"), unit="万tce", width=1.4))
    rows: list[Row] = [row(look.item(str(look.rows[key]["item"])), look.figure(key, decimals=4)) for key in keys]
    return Table(
        f"enterprise-items-{year}", Text("分品种消费量", "Consumption by carrier"), columns, tuple(rows), source=OWN
    )


def _quality(look: Lookup) -> Section:
    blocks: list[Block] = [*account_quality.problems(look)]
    blocks += [account_quality.uncounted(look, year) for year in look.years]
    return Section(Text("数据质量与未计入", "Data quality and what was not counted"), tuple(blocks))
