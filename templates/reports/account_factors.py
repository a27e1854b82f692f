"""因子与来源 (annex table 18): every factor a run used, part by part, with document, table and evidence, what was taken of
a printed range, for whom it was lent, and the share of the totals that rests on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...accounting.models import weakest
from ...factors.cited import cited, locator
from ...inventories import derived_factors
from ...inventories.derived_factors import CO2, ENERGY
from ...inventories.factors_used import taken_of_range
from ..figure import Figure, Text
from ..numbers import places, unit_label
from ..report import Block, Cell, Column, Note, Paragraph, Ref, Row, Section, Table, para, row
from ..words import EVIDENCES
from . import account_evidence
from .account_text import numbered
from .lookup import Lookup, same

Factor = Mapping[str, Any]
MOST_DECIMALS = 6
PARTS = {
    "value": Text("因子", "factor"), "ncv": Text("低位发热量", "net calorific value"),
    "carbon_content": Text("单位热值含碳量", "carbon content"), "oxidation": Text("碳氧化率", "oxidation rate"),
    "per_heat": Text("单位热值因子", "factor per heat"),
}  # fmt: skip
COAL_EQUIVALENT = {
    "tce_calorific": Text("折标系数（当量值）", "coal equivalent (calorific)"),
    "tce_equivalent": Text("折标系数（等价值）", "coal equivalent"), "coal_rate": Text("发电标准煤耗", "coal rate"),
}  # fmt: skip
RULES = {"low": Text("下限", "low end"), "high": Text("上限", "high end"), "named": Text("指定值", "named value")}
ROLES = {
    "lent": Text("借给{item}", "lent to {item}"), "stand_in": Text("代{item}", "stands in for {item}"),
    "mix": Text("{item}的构成", "in the mix of {item}"),
}  # fmt: skip
NOTE = Text(
    "因子编号为“因子集#品种/量”，可用 factors show 查询选用理由。依据等级取各部分所载（公开转录均未核原文）；文件只印区间的，另列取用值及其等级。“占能源消费”“占二氧化碳”为依据该因子的各品种贡献（绝对值）占总量的份额：能源按当量值；二氧化碳按用到该因子的第一个核算标准（企业为排放总量）。一项贡献依据几个因子，份额不能相加。只列本次用到的参数，实测参数代替的不列。",
    "Factor ids are `set#item/quantity`; `factors show` tells why a factor was chosen. Evidence stands with each part (transcribed: from a public copy, not compared with the document); where the document prints a range, the value taken and its level stand beside it. 'Of energy' and 'of CO2' are the shares of the absolute contributions that rest on the factor: energy by the calorific value; CO2 by the first standard that uses the factor (an enterprise: total emissions). A contribution rests on several factors, so the shares do not add up. Only what the run used is listed; what a measured parameter replaced is not.",
)


def annexes(look: Lookup) -> list[Section]:
    """Return the shares by evidence level, then one table a factor set."""
    sets: dict[str, list[Factor]] = {}
    for factor in look.results.factors:
        sets.setdefault(str(factor["set"]), []).append(factor)
    shares = [found for year in look.years if (found := account_evidence.table(look, year)).rows]
    if not (sets or shares):
        return []
    blocks: list[Block] = [*shares, Note(NOTE), *(_set(look, name, sets) for name in sets)]
    return [Section(Text("因子与来源", "Factors and sources"), tuple(blocks), kind="annex")]


def table_id(set_id: str) -> str:
    """Return the id of the table of a factor set."""
    return f"factors-{set_id.replace('/', '-')}"


def _set(look: Lookup, name: str, sets: Mapping[str, list[Factor]]) -> Table:
    first = sets[name][0]
    columns = (
        Column(Text("品种", "Item"), width=1.7), Column(Text("参数", "Parameter"), width=1.8),
        Column(Text("适用", "For"), width=1.2), Column(Text("印出数值", "Printed"), width=1),
        Column(Text("取用值", "Taken"), width=1.2), Column(Text("单位", "Unit"), width=1.2), Column(Text("表", "Table"), width=1.4),
        Column(Text("依据等级", "Evidence"), width=1.3), Column(Text("借用", "On behalf of"), width=1.4),
        Column(Text("占能源消费", "Of energy"), unit="%", width=0.9), Column(Text("占二氧化碳", "Of CO2"), unit="%", width=0.9),
    )  # fmt: skip
    totals = derived_factors.totals(look.derived, look.entity, look.years, look.results.workspace.inventory.standards)
    rows = [one for factor in _by_share(sets[name]) for one in _factor(look, factor, totals)]
    kept = [place for place in range(len(columns)) if any(line.cells[place] not in _BLANK for line in rows)]
    publisher, document = str(first["publisher"]), str(first["document"])
    english = [str(first["publisher_en"]) or publisher, cited(document, str(first["document_en"]), "en")]
    return Table(
        table_id(name),
        Text(str(first["title_zh"]), str(first["title_en"])),
        tuple(columns[place] for place in kept),
        tuple(Row(tuple(line.cells[place] for place in kept)) for line in rows),
        source=Text("，".join(filter(None, [publisher, document])), ", ".join(filter(None, english))),
        notes=(*_reasons(look, sets[name]), *_lenders(look, name, sets)),
    )


_BLANK: tuple[Cell, ...] = (None, "—", same("—"), same(""))


def _by_share(factors: Sequence[Factor]) -> list[Factor]:
    """The factors that matter first; those without a share in a total as they are listed."""
    return sorted(factors, key=lambda one: -max((float(share["share"]) for share in one["shares"]), default=0.0))


def _factor(look: Lookup, factor: Factor, totals: Sequence[str]) -> Iterator[Row]:
    shares: list[Cell] = []
    for metrics in (ENERGY, CO2):
        key = derived_factors.share(look.derived, factor, metrics, totals)
        shares.append(_plain(look, key, 2) if key else "—")
    for which in factor["parts"]:
        if which["used"]:
            yield row(
                look.item(str(factor["item"])), _parameter(factor, which), _for(look, factor),
                *_values(look, factor, which),
                _unit(str(which["unit"])), Text(str(which["table"]), locator(str(which["table"]), "en")), _level(which),
                _behalf(look, which), *shares,
            )  # fmt: skip
            shares = [None, None]  # said once a factor


def _unit(unit: str) -> Text:
    return Text(unit_label(unit, "zh"), unit_label(unit, "en")) if unit != "1" else same("—")


def _parameter(factor: Factor, which: Mapping[str, Any]) -> Text:
    """What the number is: the part, and the gas where the part does not tell it."""
    part, quantity = str(which["part"]), str(factor["quantity"])
    name = PARTS.get(part, same(part))
    if part == "value" and quantity in COAL_EQUIVALENT:
        return COAL_EQUIVALENT[quantity]
    if part in ("value", "per_heat"):
        gas = quantity.upper()
        return Text(f"{gas}{name.zh}", f"{gas} {name.en}")
    return name


def _for(look: Lookup, factor: Factor) -> Text:
    """Place, year, sector and technology that a factor is for."""
    key = str(factor["factor_id"]).partition("#")[2].split("/")[2:]
    more = [look.named("sector", one) for one in key if one not in (str(factor["region"]), str(factor["year"]))]
    year = [same(str(factor["year"]))] if factor["year"] else []
    place = [look.place(str(factor["region"]))] if factor["region"] else []
    words = [*place, *year, *more]
    return Text(" ".join(one.zh for one in words), " ".join(one.en for one in words))


def _values(look: Lookup, factor: Factor, which: Mapping[str, Any]) -> tuple[Cell, Cell]:
    """The number or range as printed, and what was taken of a range with the rule."""
    ends = [_plain(look, one) for one in derived_factors.printed(look.derived, factor, which)]
    if len(ends) < 2:
        return (ends[0] if ends else None), None
    values: dict[str, Figure | Text] = {}
    for number, one in enumerate(derived_factors.taken(look.derived, factor, which)):
        values |= {f"v{number}": _plain(look, one.figure), f"r{number}": RULES[one.rule]}
    count = len(values) // 2
    zh = "；".join(f"{{v{number}:n}}（{{r{number}}}）" for number in range(count))
    en = "; ".join(f"{{v{number}:n}} ({{r{number}}})" for number in range(count))
    span = para(zh="{a:n}—{b:n}", en="{a:n}-{b:n}", a=ends[0], b=ends[1])
    return span, para(zh, en, **values) if count else None


def _level(which: Mapping[str, Any]) -> Text:
    """The level the part is printed with, and that of what was taken of it where it is weaker."""
    own = _short(str(which["evidence"]))
    taken = weakest(str(one["evidence"]) for one in taken_of_range(which))
    if taken in ("", str(which["evidence"])):
        return own
    return Text(f"{own.zh}；取用值{_short(taken).zh}", f"{own.en}; taken: {_short(taken).en}")


def _short(level: str) -> Text:
    """The word of a level without its remark, which stands above the tables."""
    word = EVIDENCES.get(level, same(level))
    return Text(word.zh.partition("（")[0], word.en)


def _behalf(look: Lookup, which: Mapping[str, Any]) -> Cell:
    """For which carrier a number was lent, stands in or is mixed."""
    found = dict.fromkeys((str(one["role"]), str(one["item"])) for one in which["for"] if one["role"] in ROLES)
    if not found:
        return None
    words = [(ROLES[role], look.item(item)) for role, item in found]
    return Text(
        "、".join(role.zh.format(item=item.zh) for role, item in words),
        ", ".join(role.en.format(item=item.en.lower()) for role, item in words),
    )


def _reasons(look: Lookup, factors: Sequence[Factor]) -> Iterator[Paragraph]:
    """Why an end of the printed range was taken."""
    for factor in factors:
        for which in factor["parts"]:
            for one in derived_factors.taken(look.derived, factor, which):
                item, rule = look.item(str(factor["item"])), RULES[one.rule]
                why = look.said(one.reason)
                text = Text(f"{item.zh}取{rule.zh}：{why.zh}", f"{item.en}, {rule.en}: {why.en}")
                yield numbered(look, f"note/{one.figure}", text, f"factor {factor['factor_id']}")


def _lenders(look: Lookup, name: str, sets: Mapping[str, list[Factor]]) -> Iterator[Paragraph]:
    """What the factors of this set borrow from others."""
    for lender, factors in sets.items():
        for factor in factors:
            for which in factor["parts"]:
                borrowers = dict.fromkeys(
                    str(one["item"]) for one in which["for"]
                    if one["role"] == "lent" and str(one["factor_id"]).partition("#")[0] == name
                )  # fmt: skip
                for item in borrowers:
                    yield para(
                        zh="{i}的{p}本集未印，借自{t}“{s}”。", en="{i}: the {p} is not printed here and is lent by {t} ({s}).",
                        i=look.item(item), p=PARTS[str(which["part"])], t=Ref(table_id(lender)),
                        s=Text(str(factor["title_zh"]), str(factor["title_en"])),
                    )  # fmt: skip


def _plain(look: Lookup, key: str, decimals: int | None = None) -> Figure:
    """Return a number of the annex, as its document prints it; the evidence stands in its own column, so no mark."""
    value = look.derived.value(key)
    shown = places(value, MOST_DECIMALS) if value is not None else 0
    return Figure(key, value, look.derived.unit(key), shown if decimals is None else decimals)
