"""《企业X年度能源消费与碳排放核算报告》: one enterprise's comprehensive energy consumption and CO2, short."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from ...accounting.completeness import of_note, plain
from ...factors.library import FactorLibrary
from ...inventories.derived_quality import LeftOut, left_out
from ...inventories.results import Results
from ..figure import NOT_APPLICABLE, Figure, Text
from ..report import Block, Cell, Column, Heading, Note, Report, Row, Section, Table, para, row
from . import account_basis, account_evidence, account_factors, account_quality
from .account import meta, sign_off
from .account_text import filled, numbered, unit_text
from .lookup import Lookup

Lines = tuple[tuple[str, str, str, dict[str, str]], ...]
"""name zh and en, metric, qualifiers"""
OWN = Text("本企业填报（数据版本见封面）", "Reported by the enterprise (vintage on the cover)")
CALORIFIC, EQUIVALENT = {"basis": "calorific"}, {"basis": "equivalent"}
ENERGY: Lines = (
    ("工业生产消费", "Production use", "energy_production_use", CALORIFIC),
    ("减：加工转换产出", "Less output of transformation", "energy_transformation_output", CALORIFIC),
    ("减：回收利用", "Less recovered energy", "energy_recovered", CALORIFIC),
    ("综合能源消费量（当量值）", "Comprehensive energy consumption (calorific value)", "energy_comprehensive", CALORIFIC),
    ("综合能源消费量（等价值）", "Comprehensive energy consumption (coal equivalent value)", "energy_comprehensive", EQUIVALENT),
    ("采用的发电标准煤耗", "Coal rate used", "coal_rate", {}),
)  # fmt: skip
CO2: Lines = (
    ("化石燃料燃烧", "Fuel combustion", "co2_scope1", {}),
    ("净购入电力（基于位置）", "Net purchased electricity (location-based)", "co2_scope2_location", {}),
    ("净购入热力", "Net purchased heat", "co2_scope2_heat", {}),
    ("合计", "Total", "co2_enterprise", {}),
    ("另列：净购入电力（基于市场，绿证核减后）", "Beside it: net purchased electricity (market-based, after certificates)", "co2_scope2_market", {}),
    ("净购入电量", "Net purchased electricity", "electricity_purchased", {}),
    ("净购入热量", "Net purchased heat", "heat_purchased", {}),
)  # fmt: skip
UNITS = {"10^4 kWh": "万kWh", "t": "tCO2"}
"""unit of a metric -> the unit it is printed with; every tonne of this report is one of CO2"""
ALWAYS = ("energy_comprehensive", "co2_scope1", "co2_enterprise")
"""printed as 暂缺 where they are missing; other lines are left out"""
RULES = Text(
    "综合能源消费量 = 工业生产消费 - 加工转换产出 - 回收利用，各按折标系数折算；回收利用的能源已随投入的燃料计入。购入电力按公布的全国平均因子计算（基于位置）；基于市场的数只在申报已核销绿证时给出，与基于位置的数并列，不相加。高炉、转炉等自产煤气的碳随投入的燃料计入，外购的按购进量计入，外供的扣减。",
    "Comprehensive energy consumption = production use - output of transformation - recovery, each by its coal equivalent; recovered energy was counted with the fuel put in. Purchased electricity takes the published national average (location-based); a market-based figure is given only for retired certificates, beside the location-based one and never added to it. The carbon of an enterprise's own furnace gas is counted with the fuel put in, bought gas as bought, supplied gas deducted.",
)  # fmt: skip
REASONS = {
    **account_quality.REASONS,
    "not_consumption": Text("购进、库存、外供，不是消费", "purchases, stocks and supplies, no consumption"),
    "part": Text("已含在消费量中", "part of consumption"),
    "product": Text("产出和回收，不是消费", "output and recovery, no consumption"),
    "process": Text("工业生产过程账户", "account of industrial processes"),
    "indirect": Text("电力、热力另计", "electricity and heat are accounted apart"),
    "double_count": Text("煤气的碳已随投入的燃料或购进的煤气计入", "carbon of the gas is counted with the fuel or the gas bought"),
}  # fmt: skip
BY_RULE = (*account_quality.BY_RULE, "not_consumption", "part", "product", "process")


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
            Section(Text("摘要", "Summary"), tuple(_summary(look)), kind="plain"),
            account_basis.whole(look),
            *(_year(look, year) for year in look.years),
            _quality(look),
            *account_factors.annexes(look),
        ),
        issuer=Text(issuer.zh, issuer.en) if issuer else Text("", ""),
        date=inventory.report.date,
        sign_off=sign_off(look),
        meta=meta(look),
    )


def _summary(look: Lookup) -> Iterator[Block]:
    for year in look.years:
        yield para(
            zh="{y}年综合能源消费量{a}（当量值）、{b}（等价值）。",
            en="In {y} comprehensive energy consumption was {a} (calorific value) and {b} (coal equivalent value).",
            y=year, a=_energy(look, year, "calorific"), b=_energy(look, year, "equivalent"),
        )  # fmt: skip
        parts = [
            (zh, en, look.metric(name, year, decimals=1)) for zh, en, name, _ in CO2[:3] if _given(look, name, year)
        ]
        names = {f"p{number}": figure for number, (_, _, figure) in enumerate(parts)}
        zh = "，".join(f"{zh}{{p{number}}}" for number, (zh, _, _) in enumerate(parts))
        en = ", ".join(f"{en[:1].lower()}{en[1:]} {{p{number}}}" for number, (_, en, _) in enumerate(parts))
        total = look.metric("co2_enterprise", year, decimals=1)
        yield para(zh=f"二氧化碳排放{{c}}，其中{zh}。", en=f"CO2 emissions were {{c}}: {en}.", c=total, **names)
        yield from _remarks(look, year)
        evidence = account_evidence.sentence(look, year)
        if evidence:
            yield evidence


def _energy(look: Lookup, year: str, basis: str) -> Figure:
    return look.metric("energy_comprehensive", year, basis=basis, decimals=2)


def _given(look: Lookup, metric: str, year: str) -> bool:
    return metric in ALWAYS or bool(look.find(metric, year))


def _remarks(look: Lookup, year: str) -> Iterator[Block]:
    """Yield what the notes of the totals say: the limit reached, what a sum leaves out."""
    keys = [look.find("energy_comprehensive", year, **CALORIFIC), look.find("co2_enterprise", year)]
    keys += [] if keys[1] else [look.find("co2_scope1", year)]
    for key in filter(None, keys):
        note = _note(look, key)
        lacking = Text(of_note(note.zh), of_note(note.en))
        if lacking.zh:
            yield Note(_incomplete(look, key, lacking), "warning")
        if rest := plain(note.zh):
            text = Text(f"综合能源消费量（当量值）{rest}。", f"By calorific value, consumption {plain(note.en)}.")
            yield Note(numbered(look, f"note/{key}", text, key))


def _note(look: Lookup, key: str) -> Text:
    row = look.rows[key]
    return Text(str(row["note"]), str(row["note_en"]))


def _incomplete(look: Lookup, key: str, note: Text) -> Text:
    name = look.label(key.partition("@")[0])
    zh, en = note.zh.partition("：")[2], note.en.partition(": ")[2]
    return Text(
        f"{name.zh}不完整，未包括：{zh}（见未计入清单）。",
        f"{name.en} is incomplete and leaves out: {en} (see what was not counted).",
    )


def _year(look: Lookup, year: str) -> Section:
    blocks: list[Block] = [
        Heading(2, Text("综合能源消费量", "Comprehensive energy consumption")),
        _table(look, f"enterprise-energy-{year}", Text("综合能源消费量", "Comprehensive energy consumption"), year, ENERGY),
        _items(look, year),
        Heading(2, Text("二氧化碳排放", "CO2 emissions")),
        _table(look, f"enterprise-co2-{year}", Text("二氧化碳排放", "CO2 emissions"), year, CO2),
        _fuels(look, year),
        Note(RULES),
    ]  # fmt: skip
    return Section(Text(f"{year}年核算结果", f"Results of {year}"), tuple(blocks))


def _table(look: Lookup, name: str, title: Text, year: str, lines: Lines) -> Table:
    columns = (
        Column(Text("指标", "Item"), width=3),
        Column(Text("数值", "Value"), width=1.4),
        Column(Text("单位", "Unit"), width=1.2),
    )
    rows = []
    for zh, en, metric, where in lines:
        if _given(look, metric, year):
            kind: Literal["", "total"] = "total" if metric == "co2_enterprise" else ""
            figure = look.metric(metric, year, where)
            unit = UNITS.get(look.unit_of(metric), look.unit_of(metric))
            rows.append(row(Text(zh, en), figure, unit_text(unit), kind=kind))
    return Table(name, title, columns, tuple(rows), source=OWN)


def _items(look: Lookup, year: str) -> Table:
    keys = look.having("energy_by_item", year, **CALORIFIC)
    columns = (
        Column(Text("品种", "Carrier"), width=2),
        Column(Text("工业生产消费", "Production use"), unit="万tce", width=1.4),
    )
    rows: list[Row] = [row(look.item(str(look.rows[key]["item"])), look.figure(key, decimals=4)) for key in keys]
    title = Text("分品种工业生产消费（当量值）", "Production use by carrier (calorific value)")
    return Table(f"enterprise-items-{year}", title, columns, tuple(rows), source=OWN)


def _fuels(look: Lookup, year: str) -> Block:
    """Return CO2 by fuel with what each figure rests on: the default, or the enterprise's own measurements."""
    columns = (
        Column(Text("品种", "Fuel"), width=1.4), Column(Text("二氧化碳", "CO2"), unit="tCO2", width=1.2),
        Column(Text("参数", "Parameters"), width=3),
    )  # fmt: skip
    keys = [key for key in look.having("co2_scope1", year) if look.rows[key]["item"]]
    rows = [row(look.item(str(look.rows[key]["item"])), look.figure(key), _parameters(look, key)) for key in keys]
    title = Text("分品种燃烧排放", "CO2 of combustion by fuel")
    table = Table(f"enterprise-fuels-{year}", title, columns, tuple(rows), source=OWN)
    return filled(table, Text("没有化石燃料燃烧。", "No fossil fuel is burnt."))


def _parameters(look: Lookup, key: str) -> Cell:
    note = Text(plain(_note(look, key).zh), plain(_note(look, key).en))
    return numbered(look, f"note/{key}", note, key) if note.zh else Text("缺省值", "default")


def _quality(look: Lookup) -> Section:
    found = account_quality.problems(look) if len(look.results.problems) else account_quality.NO_PROBLEM
    blocks: list[Block] = [found]
    blocks += [filled(_uncounted(look, year), account_quality.NOTHING_LEFT_OUT) for year in look.years]
    return Section(Text("数据质量与未计入", "Data quality and what was not counted"), tuple(blocks))


def _uncounted(look: Lookup, year: str) -> Table:
    """Return what the accounts left out, by period and reason; first what is not counted for want of a factor."""
    frame = look.results.uncounted
    periods = sorted(set(frame.loc[frame["period"].str[:4] == year, "period"]))
    found = [(period, one) for period in periods for one in left_out(look.derived, look.entity, period)]
    columns = (
        Column(Text("时期", "Period"), width=0.8), Column(Text("账户", "Account"), width=1.2), Column(Text("原因", "Reason"), width=3.4),
        Column(Text("行数", "Rows"), width=0.7), Column(Text("规模（折标准煤）", "Size in coal equivalent"), unit="万tce", width=1.1),
    )  # fmt: skip
    rows: list[Row] = []
    for title, wanted in (
        (Text("应予关注：未计入能耗或排放", "Needs attention: not counted"), False),
        (Text("按规则不计：避免重复", "Left out by rule: nothing counts twice"), True),
    ):
        mine = [(period, one) for period, one in found if (one.reason in BY_RULE) is wanted]
        rows += [Row((title,), "group")] if mine else []
        rows += [_left(look, period, one) for period, one in mine]
    title = Text(f"{year}年未计入清单", f"Not counted {year}")
    notes = (Text("逐行明细见 results/uncounted.csv。", "Row by row in results/uncounted.csv."),)
    return Table(f"uncounted-{year}", title, columns, tuple(rows), source=OWN, notes=notes)


def _left(look: Lookup, period: str, one: LeftOut) -> Row:
    reason = REASONS.get(one.reason, Text(f"没有适用因子（{one.reason}）", f"no factor ({one.reason})"))
    size = look.figure(one.size, decimals=4)
    size = size if size.value is not None else replace(size, missing=NOT_APPLICABLE)
    return row(period, account_quality.account_name(look, one.account), reason, look.figure(one.rows, decimals=0), size)
