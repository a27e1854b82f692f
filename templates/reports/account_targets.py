"""主要指标完成情况 (annex table 1) and 与统计公报衔接."""

from __future__ import annotations

import re

from ...accounting.figure_id import figure_id
from ..figure import Text
from ..report import Block, Cell, Column, Heading, Note, Paragraph, Ref, Row, Section, Table, para, row
from ..words import EVIDENCES
from . import account_room, account_years
from .account_text import cell, numbered, source, unit_text, years_of
from .assessed import Assessed, assessed
from .english import both
from .lookup import Lookup, same

NONE = Text("—", "—")


def sections(look: Lookup) -> list[Section]:
    """Return the assessment: the first chapter, for it is what the report is asked for."""
    return [Section(Text("主要指标完成情况", "Main indicators"), (*_assessment(look), *account_room.sections(look)))]


def links(look: Lookup) -> list[Section]:
    """Return the link to published statistics."""
    return [Section(Text("与统计公报衔接", "Link to published statistics"), tuple(_links(look)))]


def annexes(look: Lookup) -> list[Section]:
    """Return annex table 1 with everything of every row: results, measures, schedules, remarks and sources."""
    rows = assessed(look)
    tables: list[Block] = [table for table, known in account_room.tables(look) if not known]
    if rows:
        _, open_ = account_years.tables(look, rows)
        tables = [results(look, rows), measures(look, rows), details(look, rows), *open_, *tables]
    return (
        [Section(Text("主要指标完成情况（全表）", "Main indicators in full"), tuple(tables), kind="annex")]
        if tables
        else []
    )


def _assessment(look: Lookup) -> list[Block]:
    rows = assessed(look)
    if not rows:
        return [
            Note(
                Text("工作区没有列入规划目标（plans），本节从略。", "The workspace lists no plan; nothing is assessed.")
            )
        ]
    known, open_ = account_years.tables(look, rows)
    return [main(look, rows), *known, *account_years.untold(open_), *_conflicts(look, rows)]


def main(look: Lookup, rows: list[Assessed]) -> Table:
    """Return the table of the text: what was set by somebody, by nature; grade, warning and 责任单位 where any is told."""
    told = _by_target([one for one in rows if one.row["nature"] != "reference"])
    more = [
        (Column(title, width=0.9), cells) for title, cells in (
            (Text("考核等级", "Grade"), [one.grade for one in told]),
            (Text("预警", "Warning"), [one.warning for one in told]),
            (Text("责任单位", "Responsible"), [_lead(one) for one in told]),
        ) if any(cell != NONE for cell in cells)
    ]  # fmt: skip
    columns = (
        Column(Text("指标", "Indicator"), width=2.2), Column(Text("时期", "Period"), width=0.9), Column(Text("单位", "Unit"), width=0.9),
        Column(Text("目标", "Target"), width=0.8), Column(Text("进度目标", "Schedule"), width=0.8), Column(Text("实绩", "Result"), width=0.8),
        Column(Text("评价结果", "Assessment result"), width=1.1), Column(Text("进度", "Pace"), width=0.8), *(column for column, _ in more),
    )  # fmt: skip
    table: list[Row] = []
    for nature in dict.fromkeys(one.nature for one in told):
        table.append(Row((nature,), "group"))
        table += [
            row(
                one.title, _period(one), unit_text(look.unit(str(one.row["unit"]))), one.figure("target"), one.figure("schedule"),
                one.value, one.verdict, one.pace, *(cells[number] for _, cells in more),
            )
            for number, one in enumerate(told) if one.nature == nature
        ]  # fmt: skip
    where = para(
        zh="暂不能判定的原因、对数进度、超额和目标来源见{a}，年度参考数见{b}。",
        en="Why a target cannot be judged, logarithmic progress, over-fulfilment and sources of targets stand in {a}, yearly reference rates in {b}.",
        a=Ref("indicator-notes"), b=Ref("indicators"),
    )  # fmt: skip
    return Table(
        "main-indicators", Text("主要指标完成情况", "Main indicators"), columns, tuple(table), source=source(look), notes=(NOTE_MAIN, where),
    )  # fmt: skip


NOTE_MAIN = Text(
    "降低率类指标以下降为正。实绩不作修约，直接与目标数比较。",
    "Falls are positive for reduction targets. Results are compared unrounded.",
)


def _lead(one: Assessed) -> Text:
    return same("、".join(one.target.lead)) if one.target.lead else NONE


def results(look: Lookup, rows: list[Assessed]) -> Table:
    """Return target, result, assessment, pace, grade and warning of every indicator."""
    columns = (
        Column(Text("指标", "Indicator"), width=2.2), Column(Text("性质", "Nature"), width=0.8), Column(Text("时期", "Period"), width=0.9),
        Column(Text("单位", "Unit"), width=0.9), Column(Text("目标", "Target"), width=0.8), Column(Text("进度目标", "Schedule"), width=0.8),
        Column(Text("实绩", "Result"), width=0.8), Column(Text("评价结果", "Assessment result"), width=1.1), Column(Text("进度", "Pace"), width=0.8),
        Column(Text("考核等级", "Grade"), width=0.9), Column(Text("预警", "Warning"), width=0.7), Column(Text("责任单位", "Responsible"), width=1.1),
    )  # fmt: skip
    table = [
        row(
            one.title, one.nature, _period(one), unit_text(look.unit(str(one.row["unit"]))), one.figure("target"),
            one.figure("schedule"), one.value, one.verdict, one.pace, one.grade, one.warning,
            _lead(one),
        )
        for one in rows
    ]  # fmt: skip
    title = Text("主要指标完成情况（含年度参考数）", "Main indicators, with yearly reference rates")
    return Table("indicators", title, columns, tuple(table), wide=True, source=source(look), notes=(NOTE, GRADES))


def _period(one: Assessed) -> Text:
    first, _, last = str(one.row["period"]).partition("-")
    return same(f"{first}—{last}" if last and last != first else first)


NOTE = Text(
    "降低率类指标以下降为正。性质为“参考”的年度数由五年目标按等对数进度推得，非下达目标，不计入项数。实绩不作修约，直接与目标数比较。",
    "Falls are positive for reduction targets. Yearly rates of nature 'reference' follow from the five-year target, were not assigned and are not counted. Results are compared unrounded.",
)
GRADES = Text(
    "考核等级用当年办法的用语：公布的等级照录，未完成目标的按办法否决，其余由考核得分评定，没有得分不评。预警为当年晴雨表的级别。所依规则见下表。",
    "Grades are words of the scheme of the year: published ones as published, missed targets by the scheme's veto, all else by points, and none without points. Warnings are levels of the year's barometer. The rules stand in the table below.",
)


def measures(look: Lookup, rows: list[Assessed]) -> Table:
    """Return progress, share, over-fulfilment, remaining effort and rule of every row."""
    columns = (
        Column(Text("指标", "Indicator"), width=2.2), Column(Text("时期", "Period"), width=0.9),
        Column(Text("对数进度", "Logarithmic progress"), unit="%"), Column(Text("线性完成比例", "Linear share"), unit="%"),
        Column(Text("超额（线性，±）", "Over-fulfilment (linear, ±)"), unit="%"),
        Column(Text("今后年均需下降", "Needed fall a year"), unit="%"), Column(Text("评价规则", "Rule"), width=3.0),
    )  # fmt: skip
    table = [
        row(
            one.title,
            _period(one),
            *(one.figure(part) for part in ("progress", "share", "over", "remaining")),
            one.rule,
        )
        for one in rows
    ]
    title = Text("完成程度和评价规则", "Degree of fulfilment and rules")
    return Table("measures", title, columns, tuple(table), wide=True, source=source(look), notes=(MEASURES,))


MEASURES = Text(
    "对数进度 = ln(1-R)/ln(1-T)，为评价口径；线性完成比例 = R/T，并列参考。超额 =（实绩 - 目标）/目标，正数为好于目标，只在到期或已达到时计算。",
    "Logarithmic progress ln(1-R)/ln(1-T) is the measure of assessment; the linear share R/T stands beside it. Over-fulfilment = (result - target)/target, positive is better than the target; only once due or reached.",
)


def details(look: Lookup, rows: list[Assessed]) -> Table:
    """Return reason and remarks of every row, by target as printed with its source."""
    columns = (
        Column(Text("时期", "Period"), width=0.7), Column(Text("暂不能判定的原因", "Why it cannot be judged"), width=3),
        Column(Text("说明", "Remarks"), width=3),
    )  # fmt: skip
    table: list[Row] = []
    for key, mine in _by_print(rows).items():
        owner = f"target_printed/{mine[0].plan.id}/{mine[0].target.id}/{mine[0].row['period']}"
        table.append(Row((numbered(look, owner, _print(look, mine[0]), key[-1]),), "group"))
        table += [_detail(look, one) for one in mine]
    title = Text("指标说明和目标来源", "Remarks on indicators and sources of targets")
    return Table("indicator-notes", title, columns, tuple(table), wide=True)


def _by_print(rows: list[Assessed]) -> dict[tuple[str, str, str, str], list[Assessed]]:
    out: dict[tuple[str, str, str, str], list[Assessed]] = {}
    for one in _by_target(rows):
        out.setdefault((one.plan.id, one.target.id, one.printed, str(one.row["source"])), []).append(one)
    return out


def _by_target(rows: list[Assessed]) -> list[Assessed]:
    """Return the rows so that those of one target stand together, in the order of the plans."""
    rank = {key: number for number, key in enumerate(dict.fromkeys((one.plan.id, one.target.id) for one in rows))}
    return sorted(rows, key=lambda one: rank[one.plan.id, one.target.id])


def _print(look: Lookup, one: Assessed) -> Text:
    """Name the target as printed and where it stands; a yearly rate that nobody printed says so."""
    name, source_ = one.title, str(one.row["source"])
    if not one.printed:
        return Text(f"{name.zh}（年度数，原文没有；{source_}）", f"{name.en} (yearly rate, not printed; {source_})")
    english = _POWER.sub(r"\1 × \2", look.english.of(one.printed))
    return Text(f"{name.zh}（原文目标 {one.printed}；{source_}）", f"{name.en} (as printed: {english}; {source_})")


def _detail(look: Lookup, one: Assessed) -> Row:
    owner = f"verdict_note/{one.plan.id}/{one.target.id}/{one.row['period']}"
    open_ = str(one.row["verdict"]) == "cannot_judge"
    return row(
        _period(one), numbered(look, owner, one.reason) if open_ else NONE,
        numbered(look, owner, named(look, one)) if one.remarks.zh else NONE,
    )  # fmt: skip


def named(look: Lookup, one: Assessed) -> Text:
    """Return the remarks with metric ids replaced by their names."""
    zh, en = one.remarks.zh, one.remarks.en
    for metric in (
        f"{one.target.metric}{end}" for end in ("_cumulative_published", "_change_published", "_cumulative", "_change")
    ):
        name = look.metric_name(metric)
        zh, en = zh.replace(metric, name.zh), en.replace(metric, name.en)
    return Text(zh, look.english.of(en))


_POWER = re.compile(r"(\d)(10⁴|10⁸)")
"""a number runs into the power of ten of its unit where a Chinese unit was put in English"""


def _conflicts(look: Lookup, rows: list[Assessed]) -> list[Block]:
    """Tell what a reader must know about the print of a target."""
    seen = {f"{one.plan.id}/{one.target.id}": one for one in rows}
    out: list[Block] = []
    for key, one in seen.items():
        for number, text in enumerate([*one.target.conflicts, *one.target.flags], 1):
            words, name = both(text), one.title
            told = Text(f"{name.zh}：{words.zh}", f"{name.en}: {look.english.of(words.en)}")
            out.append(Note(numbered(look, f"target_remark/{key}/{number}", told)))
    return out


def _links(look: Lookup) -> list[Block]:
    return [
        Heading(2, Text("能源消费总量", "Energy consumption")), published(look),
        Heading(2, Text("单位地区生产总值能耗", "Energy per unit of GDP")), rates(look),
    ]  # fmt: skip


def published(look: Lookup) -> Table:
    """Return published against computed totals with their difference."""
    columns = (
        Column(Text("年份", "Year"), width=0.7), Column(Text("公布数（等价值）", "Published (coal equivalent)"), unit="万tce"),
        Column(Text("本次核算（等价值）", "This account (coal equivalent)"), unit="万tce"), Column(Text("核算 - 公布", "Account - published"), unit="万tce"),
        Column(Text("相差（±）", "Difference (±)"), unit="%", width=0.8), Column(Text("公布数版本", "Vintage of the published figure"), width=1.2), Column(Text("依据等级", "Evidence"), width=1.2),
    )  # fmt: skip
    rows = []
    notes: dict[str, list[str]] = {}
    for year in years_of(look, "energy_total_published"):
        theirs = look.find("energy_total_published", year, basis="equivalent")
        ours = look.find("energy_total", year, basis="equivalent") if year in look.years else ""
        cells: list[Cell] = [
            look.metric("energy_total_published", year, basis="equivalent"),
            cell(look, ours),
            None,
            None,
        ]
        if theirs and ours:
            key = figure_id("energy_published_difference", look.entity, year, basis="equivalent")
            look.derived.difference(key, ours, theirs, "本次核算 - 公布数")
            rate = look.derived.growth(f"{key}&category=rate", ours, theirs, "本次核算 / 公布数 - 1")
            cells[2:] = [cell(look, key), cell(look, rate, 2)]
        own = look.rows.get(theirs, {})
        if own.get("note"):
            notes.setdefault(str(own["note"]), []).append(year)
        level = EVIDENCES.get(str(own.get("evidence", "")), NONE)
        rows.append(row(year, *cells, PUBLISHED.get(str(own.get("vintage", "")), NONE), level))
    return Table(
        "published", Text("能源消费总量：公布数与本次核算", "Energy consumption: published and this account"), columns, tuple(rows),
        source=source(look), notes=tuple(_note(look, text, years) for text, years in notes.items()),
    )  # fmt: skip


PUBLISHED = {
    "preliminary": Text("初步数", "preliminary"), "annual": Text("年报数", "annual"), "verified": Text("最终核实数", "final verified"),
    "census": Text("普查修订数", "census revision"), "first": Text("首次公布数", "first published"),
}  # fmt: skip


def _note(look: Lookup, text: str, years: list[str]) -> Paragraph:
    """Name the source of published figures below the table, with the years it holds for."""
    words = both(text)
    words = Text(words.zh, look.english.of(words.en))
    zh, en = "、".join(years), ", ".join(years)
    return numbered(
        look,
        f"published_source/{years[0]}",
        Text(f"{zh}年公布数：{words.zh}", f"Published figures of {en}: {words.en}"),
    )


def rates(look: Lookup) -> Table:
    """Return published against chained changes of energy intensity."""
    columns = (
        Column(Text("年份", "Year"), width=0.7), Column(Text("公布的变化率（±）", "Published change (±)"), unit="%"),
        Column(Text("本次连乘（±）", "This chain (±)"), unit="%"), Column(Text("相差（个百分点，±）", "Difference (percentage points, ±)")),
        Column(Text("采用", "Used"), width=0.8),
    )  # fmt: skip
    rows = []
    for year in years_of(look, "energy_intensity_change_published", "energy_intensity_change"):
        theirs, ours = (
            look.find(name, year) for name in ("energy_intensity_change_published", "energy_intensity_change")
        )
        cells: list[Cell] = [
            look.metric("energy_intensity_change_published", year),
            look.metric("energy_intensity_change", year),
            None,
        ]
        if look.has(theirs) and look.has(ours):
            key = figure_id("energy_intensity_change_difference", look.entity, year)
            cells[2] = cell(look, look.derived.difference(key, ours, theirs, "本次连乘 - 公布"))
        used = (
            Text("公布数", "published") if look.has(theirs) else Text("本次连乘", "chain") if look.has(ours) else NONE
        )
        rows.append(row(year, *cells, used))
    return Table(
        "published-rates",
        Text("单位地区生产总值能耗变化率：公布数与本次连乘", "Change of energy intensity: published and chained"),
        columns,
        tuple(rows),
        source=source(look),
    )
