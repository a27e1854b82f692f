"""The commented inventory.yaml and sources.yaml of a new workspace."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..factors import yamlfile
from .workspace.workspace import INVENTORY, SOURCES

_INVENTORY = """\
# 谁、哪几年、按什么标准。 Who, which years, by which standard.
schema: 1
id: '{id}'
kind: {kind}            # region 地区 | enterprise 企业 | park 园区
title: {{zh: '{zh}', en: '{en}'}}
entity: "{entity}"     # 行政区划代码，或下面 entities 中声明的编号 | GB/T 2260 code, or an id declared under entities
years: [{years}]
standards: [{standards}]   # 第一个为主 | the first is the main one
report:
  date: {date}          # 报告日期，不取当天 | date of the report, never today's
  issuer: {{zh: '', en: ''}}
  vintage: ''           # 初步数 | 年报数 | 最终核实数
  signatories: {{prepared_by: '', reviewed_by: '', head: '', phone: ''}}
plans: []               # 规划：自带规划的编号或路径 | bundled plans or paths
{entities}
{declarations}"""
_REGION = """\
# 原煤没有排放因子，须申报分煤种构成；假定也可以，但会印在报告里。
# Raw coal has no factor of its own: declare its mix. An assumption is legal and printed.
# coal_mix:
# - {{year: {year}, of: {{bituminous: 0.7, anthracite: 0.3}}, basis: heat, source: '…', evidence: assumed}}
# 其他能源（万吨标准煤）所含的生物质、垃圾、工业废料、余热余压，按热量；不填则不计二氧化碳并列出数量。
# What other energy (in coal equivalent) holds, by heat; without it there is no CO2 and the size is listed.
# other_energy_mix:
# - {{year: {year}, of: {{biomass_fuel: 0.6, waste_heat_pressure: 0.4}}, basis: heat, source: '…', evidence: assumed}}
# 发电煤耗（等价值折算）；不填则由平衡表推得。 Coal rate for the coal equivalent value; derived from the balance if absent.
# coal_rate:
# - {{year: {year}, value: 0.3050, basis: prescribed, source: '…', evidence: recalled}}
# 车用油品中道路交通的份额。 Share of motor fuel burnt on the road.
# road_split:
# - {{sector: A, item: diesel, share: 0.2, source: '…', evidence: assumed}}
# 交通运输业的天然气默认按固定源；车用的份额写在这里。 Gas of transport is stationary unless its share in vehicles is declared.
# - {{sector: G, item: natural_gas, share: 0.9, source: '…', evidence: assumed}}
# 乙醇汽油的生物成因份额（按热量）；E10 约为热量的 7 %。 Biogenic share of E10 gasoline, by heat.
# biogenic_share:
# - {{item: gasoline, share: 0.066, source: '…', evidence: assumed}}
# 锅炉类型（氧化亚氮）。 Boiler types, for N2O.
# boiler_types:
# - {{flow: tr_power, of: {{cfb: 0.3, pulverized: 0.7}}, source: '…', evidence: assumed}}
# 汽油车按排放控制技术（甲烷、氧化亚氮）；IPCC 2006 没有缺省技术，不填则不计入并列出范围。
# Gasoline vehicles by exhaust technology, for CH4 and N2O; there is no default: undeclared is not counted, the range is printed.
# vehicle_technology:
# - {{item: gasoline, of: {{uncontrolled: 0.1, oxidation_catalyst: 0.4, low_mileage_ldv_1995_on: 0.5}}, source: '…', evidence: assumed}}
"""
_ENTERPRISE = """\
# 发电煤耗（外购电力的等价值）；不填则只给当量值。 Coal rate for the coal equivalent value of power; without it only the calorific one.
# coal_rate:
# - {{year: {year}, value: 0.3050, basis: prescribed, source: '…', evidence: recalled}}
# 已核销的绿证。 Retired green power certificates.
# certificates:
# - {{year: {year}, value: 100, unit: 万千瓦时, retired_on: '{year}-12-31', source: '…'}}
# 原煤、洗煤等的实测热值和含碳量写在表中。 Measured heat value and carbon content of coal go into the table.
"""
_ENTITIES = """\
entities:               # 行政区划以外的单位 | what GB/T 2260 does not list
- {{id: '{id}', zh: '{zh}', en: '{en}', kind: {kind}, parent: '{parent}'}}   # parent: 所在地区代码 code of the region
"""
_SOURCES = """\
# 每张表一条。 One entry per table.
# layout: tidy 逐行 | nbs_balance 能源平衡表 | ceads | series 指标 | coal_table 煤炭表 | form_205 企业205-1表 | records 大表（同键相加）
# - id: 编号 | file: 相对路径 relative path | sheet: 工作表 | entity, period: 表中没有时填 where the table has none
#   unit 或 unit_row: 表中没有单位时填 | supplied_by, supplied_on, document: 谁、何时、出自何处
#   evidence: '' 本单位数据 own data | transcribed | recalled | assumed …
#   vintage: 初步数 | 年报数 | 最终核实数；印在报告各表的“资料来源”里 printed under the tables of the report
#   一个文件供多张表，或一张表出自多个文件：写 documents，各表 document（各行“来源”列）填其编号
#   Several tables of one document, or rows of several documents: list them under documents and name them by id.
# documents:
# - {{id: yearbook, title: {{zh: '…', en: '…'}}, publisher: {{zh: '…', en: '…'}}, date: '2024', vintage: 年报数}}
schema: 1
sources:{body}
"""


@dataclass(frozen=True)
class Subject:
    """Who the account is about: a region by its code, or an entity with names and the region it lies in."""

    id: str
    zh: str = ""
    en: str = ""
    parent: str = ""


def write_inventory(
    root: Path,
    name: str,
    kind: str,
    title: Mapping[str, str],
    subject: Subject,
    years: Sequence[int],
    standards: Sequence[str],
) -> None:
    """Write a commented inventory.yaml. An enterprise or park is declared under entities."""
    declarations = _ENTERPRISE if kind == "enterprise" else _REGION
    text = _INVENTORY.format(
        id=name,
        kind=kind,
        zh=title["zh"].replace("'", "''"),
        en=title["en"].replace("'", "''"),
        entity=subject.id,
        years=", ".join(map(str, years)),
        standards=", ".join(standards),
        date=f"{years[-1] + 1}-06-30",
        entities=_ENTITIES.format(**vars(subject), kind=kind) if kind != "region" else "",
        declarations=declarations.format(year=years[0]),
    )
    root.mkdir(parents=True, exist_ok=True)
    (root / INVENTORY).write_text(text, encoding="utf-8")


def write_sources(root: Path, entries: Sequence[str]) -> None:
    """Write a commented sources.yaml with the given entries (YAML text, one list item each)."""
    body = " []" if not entries else "\n" + "\n".join(entries)
    root.mkdir(parents=True, exist_ok=True)
    (root / SOURCES).write_text(_SOURCES.format(body=body), encoding="utf-8")


_FLOW_YEARS = re.compile(r"^(years:[ \t]*\[)([^\]#]*)(\])", re.M)
_BLOCK_YEARS = re.compile(r"^years:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*(?:([ \t]*)- .*(?:\r?\n|\Z))+", re.M)


def add_years(root: Path, wanted: Sequence[int]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Add the years that inventory.yaml lacks to its list; return (added, those that its text gave no place for).

    Only the list itself is written anew; comments and everything else stay as they are.
    """
    path = root / INVENTORY
    text = path.read_bytes().decode("utf-8-sig")
    listed = [int(year) for year in yamlfile.load(path, INVENTORY).data.get("years", [])]
    new = tuple(year for year in sorted(wanted) if year not in listed)
    flow, block = _FLOW_YEARS.search(text), _BLOCK_YEARS.search(text)
    if not new or not (flow or block):
        return (), new
    if flow:
        whole = [*listed, *new] if listed != sorted(listed) else sorted([*listed, *new])
        text = text[: flow.start(2)] + ", ".join(map(str, whole)) + text[flow.end(2) :]
    elif block:
        head = text[: block.end()]
        lines = "".join(f"{block[1]}- {year}\n" for year in new)
        text = head + ("" if head.endswith("\n") else "\n") + lines + text[block.end() :]
    path.write_bytes(text.encode("utf-8"))
    return new, ()
