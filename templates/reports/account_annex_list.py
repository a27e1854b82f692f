"""附表编制情况: where each standard annex table stands in this report, or that it was not compiled and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..figure import NOT_APPLICABLE, Text
from ..report import Cell, Column, Ref, Section, Table, para, row
from .lookup import Lookup

NOT_COMPILED = Text("本报告未编", "Not compiled")
NO_BALANCE = Text("缺能源平衡表", "no energy balance")
Remark = Callable[[Lookup, set[str]], Text | None]


@dataclass(frozen=True)
class Annex:
    """A standard table: its name, the ids of the tables that hold it, why it may be absent, what of it is absent."""

    name: Text
    ids: tuple[str, ...] = ()
    """beginnings of table ids, each printed as one table or a range of parts"""
    absent: Text = NO_BALANCE
    remark: Remark = lambda look, ids: None


def _six(look: Lookup, ids: set[str]) -> Text | None:
    if any(one.startswith("six-") for one in ids):
        return None
    return Text(
        "六大高耗能行业未编：来源没有工业分行业数据",
        "The six industries are not compiled: no industrial divisions in the source",
    )


def _above_size(look: Lookup, ids: set[str]) -> Text | None:
    if look.has(look.find("coal_consumption_above_size", look.year)):
        return None
    return Text("规模以上工业暂缺", "Industry above designated size: n/a")


def _capacity(look: Lookup, ids: set[str]) -> Text | None:
    lacking = []
    if not look.having("capacity", look.year):
        lacking.append(Text("发电装机", "capacity"))
    if not look.has(look.find("electricity_net_inflow", look.year)):
        lacking.append(Text("净调入", "net inflow"))
    if not lacking:
        return None
    return Text(
        "、".join(one.zh for one in lacking) + "暂缺", ", ".join(one.en for one in lacking).capitalize() + ": n/a"
    )


def _certificates(look: Lookup, ids: set[str]) -> Text | None:
    return Text("绿证台账未编：没有绿证数据", "Ledger of green certificates not compiled: no data")


def _industry(look: Lookup, ids: set[str]) -> Text | None:
    if look.has(look.find("industry_intensity", look.year)) or look.has(
        look.find("industry_intensity_change", look.year)
    ):
        return None
    return Text("单位工业增加值能耗暂缺", "Energy per unit of industrial value added: n/a")


ANNEXES = (
    Annex(Text("主要指标完成情况", "Main indicators"), ("indicators",), Text("工作区没有列入规划目标", "the workspace names no plan")),
    Annex(Text("能源消费总量与构成", "Energy consumption and mix"), ("energy-total", "energy-deducted", "mix-")),
    Annex(Text("分品种能源消费量（实物量）", "Consumption by carrier (physical)"), ("items-",)),
    Annex(Text("分行业能源消费量、六大高耗能行业", "Consumption by sector, six energy-intensive industries"), ("sectors-", "six-"), remark=_six),
    Annex(Text("综合能源平衡表（标准量）", "Energy balance in coal equivalent"), ("balance-tce-",)),
    Annex(Text("综合能源平衡表（实物量）", "Energy balance in physical units"), ("balance-physical-",)),
    Annex(Text("能源加工转换效率", "Efficiency of transformation"), ("efficiency-",)),
    Annex(Text("煤炭消费（分品种、分用途）", "Coal by kind and use"), ("coal-{year}",), remark=_above_size),
    Annex(Text("发电装机与发电量、全社会用电量分行业、净调入", "Capacity, generation, electricity by sector, net inflow"), ("electricity", "sectors-"), remark=_capacity),
    Annex(Text("非化石与可再生能源、绿证台账", "Non-fossil and renewable energy, green certificates"), ("non-fossil",), remark=_certificates),
    Annex(Text("单位地区生产总值能耗、电耗，单位工业增加值能耗", "Energy and electricity per unit of GDP, energy per unit of industrial value added"), ("intensity", "ratios"), remark=_industry),
    Annex(Text("二氧化碳分部门、分品种", "CO2 by sector and fuel"), ("co2-category-{year}-", "co2-sector-", "co2-items-", "co2-standards-")),
    Annex(Text("二氧化碳总量口径对照", "Bridge of CO2 totals"), ("bridge-",)),
    Annex(Text("驱动因素", "Driving factors"), absent=Text("本版程序没有因素分解（LMDI）", "this version has no decomposition (LMDI)")),
    Annex(Text("县（市、区）完成情况", "Results of counties and districts"), absent=Text("工作区没有县（市、区）数据", "the workspace holds no data of counties or districts")),
    Annex(Text("重点用能单位", "Key energy users"), absent=Text("工作区没有重点用能单位数据；企业另建工作区、另出报告", "the workspace holds no data of key energy users; an enterprise has its own workspace and report")),
    Annex(Text("主要产品单耗对标", "Unit consumption of main products against benchmarks"), absent=Text("工作区没有产品产量、单耗和标杆值", "the workspace holds no output, unit consumption or benchmark values")),
    Annex(Text("因子与来源", "Factors and sources"), ("evidence-", "factors-", "sources"), Text("没有用到因子", "no factor was used")),
)  # fmt: skip
"""the tables every analyst looks for, in the order of the bureaux"""


def annex_list(look: Lookup, sections: Iterable[Section]) -> Section:
    """Return the list of standard tables with their places in `sections`."""
    tables = [block.id for section in sections for block in section.blocks if isinstance(block, Table)]
    columns = (
        Column(Text("附表", "Table"), width=2.6), Column(Text("位置", "Where"), width=1.8),
        Column(Text("说明", "Remark"), width=3),
    )  # fmt: skip
    rows = [row(annex.name, *_found(look, annex, tables)) for annex in ANNEXES]
    title = Text("标准附表编制情况", "Standard tables of this report")
    return Section(title, (Table("annex-list", title, columns, tuple(rows)),), kind="annex")


def _found(look: Lookup, annex: Annex, tables: list[str]) -> tuple[Cell, Cell]:
    starts = dict.fromkeys(start.replace("{year}", year) for start in annex.ids for year in look.years)
    places = [place for start in starts if (place := [one for one in tables if one.startswith(start)])]
    if not places:
        return NOT_COMPILED, annex.absent
    values: dict[str, Ref] = {}
    words = []
    for number, place in enumerate(places):
        ends = dict.fromkeys((place[0], place[-1]))
        names = [f"t{number}{end}" for end in range(len(ends))]
        values |= {name: Ref(one) for name, one in zip(names, ends, strict=True)}
        words.append("—".join(f"{{{name}}}" for name in names))
    return para("、".join(words), ", ".join(words), **values), annex.remark(look, set(tables)) or NOT_APPLICABLE
