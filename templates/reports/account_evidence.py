"""依据等级: the share of every total that rests on each evidence level, as a sentence and as a table of the annex."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...accounting.figure_id import parse
from ...inventories import derived_factors
from ...inventories.evidence_shares import KINDS, gross_id
from ..figure import Figure, Text
from ..report import Cell, Column, Inline, Paragraph, Ref, Row, Table, para, row
from ..words import EVIDENCES
from .account_text import Clauses, source
from .lookup import Lookup

OWN = Text("自有数据或无须因子", "own data, or no factor needed")
COLUMNS = {
    "evidence_share": Text("份额（依据链最低等级）", "Share (weakest of the chain)"),
    "factor_evidence_share": Text("其中：只看因子", "By factors alone"),
    "data_evidence_share": Text("其中：只看数据", "By data alone"),
}
METHOD = Text(
    "一项贡献以依据链（因子、取值方案、活动数据、拆分份额）的最低等级为准。净调出、净产出的品种贡献为负，故份额按各品种贡献的绝对值计算，不是净额的份额；同一品种按所依据的因子和数据分组。等价值的电力按发电煤耗折算，其等级取煤耗和电量的最低者。",
    "A contribution stands on the weakest level of its chain (factors, what the profile takes, activity data, shares of splits). Carriers that are sent out or produced on balance contribute negative amounts, so shares are taken of absolute contributions, not of the net total; a carrier is grouped by the factors and data it rests on. In the coal equivalent value electricity is taken at the coal rate: its level is the weakest of rate and quantity.",
)


def totals(look: Lookup, year: str) -> list[str]:
    """Return the totals of a year that have shares."""
    return derived_factors.totals(look.derived, look.entity, [year], look.results.workspace.inventory.standards)


def name(look: Lookup, total: str) -> Text:
    """Return what a total is called: its metric, method and standard."""
    one = parse(total)
    said = dict(one.qualifiers)
    label = look.label(one.metric)
    if "basis" in said:
        method = {"calorific": ("当量值", "calorific value"), "equivalent": ("等价值", "coal equivalent value")}[
            said["basis"]
        ]
        return _bracketed(label, Text(*method))
    if "definition" in said:
        return _bracketed(label, look.standard_name(said["definition"], short=True))
    return label


def _bracketed(label: Text, more: Text) -> Text:
    """Add a remark, into the brackets that end the name where it has any."""
    zh = f"{label.zh[:-1]}，{more.zh}）" if label.zh.endswith("）") else f"{label.zh}（{more.zh}）"
    return Text(zh, f"{label.en} ({more.en})")


def _share(look: Lookup, key: str) -> Figure:
    """Return a share without the mark of weak evidence: evidence is what it speaks of."""
    return replace(look.figure(key, decimals=1), evidence="")


def sentence(look: Lookup, year: str) -> Paragraph | None:
    """Say how much of energy by both methods and of CO2 by the main standard rests on weak evidence."""
    wanted = [
        total for total in totals(look, year) if dict(parse(total).qualifiers).get("definition", look.main) == look.main
    ]
    if not wanted:
        return None
    words = Clauses().add(
        "依据等级：{y}年各品种贡献（绝对值）中，依据“出处待核”“凭记忆待核”或“假定”的因子或数据的份额，",
        "Evidence: of the absolute contributions of carriers in {y}, the share on factors or data that are attributed, recalled or assumed is ",
        y=year,
    )  # fmt: skip
    for number, total in enumerate(wanted):
        gap = ("、", ", ") if number else ("", "")
        figure = _share(look, derived_factors.weak_share(look.derived, total))
        label = name(look, total)
        lower = Text(label.zh, label.en[:1].lower() + label.en[1:] if label.en[1:2].islower() else label.en)
        values: dict[str, Inline] = {f"n{number}": lower, f"s{number}": figure}
        words.add(
            f"{gap[0]}{{n{number}}}{{s{number}}}", f"{gap[1]}{{s{number}}} of {{n{number}}}",
            **values,
        )  # fmt: skip
    words.add("，见{t}。", "; see {t}.", t=Ref(table_id(year)))
    return words.paragraph


def pointer(look: Lookup, year: str) -> Paragraph | None:
    """Say where the shares stand."""
    if not totals(look, year):
        return None
    return para(
        zh="{y}年能源消费总量、二氧化碳按依据等级的份额及其算法见{t}，逐个因子的份额见其后各表。",
        en="The shares of energy consumption and CO2 of {y} by evidence level, and how they are computed, stand in {t}; those of single factors in the tables after it.",
        y=year, t=Ref(table_id(year)),
    )  # fmt: skip


def table_id(year: str) -> str:
    """Return the id of the table of shares."""
    return f"evidence-{year}"


def table(look: Lookup, year: str) -> Table:
    """Return the share of every total by evidence level: chain, factors alone, data alone."""
    columns = (
        Column(Text("依据等级", "Evidence"), width=2.2),
        *(Column(COLUMNS[kind], unit="%", width=1.4) for kind in KINDS),
    )
    found = totals(look, year)
    rows = [one for total in found for one in _rows(look, total)]
    title = Text(f"{year}年总量按依据等级的份额", f"Shares by evidence level {year}")
    notes: tuple[Paragraph | Text, ...] = (METHOD, *(_base(look, total) for total in found))
    return Table(table_id(year), title, columns, tuple(rows), source=source(look), notes=notes)


def _rows(look: Lookup, total: str) -> Sequence[Row]:
    rows = [Row((name(look, total),), "group")]
    for level, shares in derived_factors.levels(look.derived, total):
        cells: list[Cell] = [_share(look, shares[kind]) if kind in shares else "—" for kind in KINDS]
        rows.append(row(EVIDENCES.get(level, OWN), *cells, indent=1))
    return rows


def _base(look: Lookup, total: str) -> Paragraph:
    """Give the base of the shares beside the total."""
    decimals = look.decimals(parse(total).metric)
    figures = (look.figure(key, decimals=decimals) for key in (gross_id(total), total))
    gross, whole = (replace(one, unit="tCO2") if one.unit == "t" else one for one in figures)
    return Clauses().add(
        "{n}：各品种贡献绝对值之和{g}，总量{t}。", "{n}: absolute contributions {g}, total {t}.",
        n=name(look, total), g=gross, t=whole,
    ).paragraph  # fmt: skip
