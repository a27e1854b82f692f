"""逐年进度: the years of every target that compares figures, from the first that counts to the target year."""

from __future__ import annotations

from collections.abc import Sequence

from ...inventories.derived_schedule import KINDS, LEVELS, Due, schedule
from ..figure import NOT_APPLICABLE, Text
from ..report import Block, Cell, Column, Note, Paragraph, Ref, Table, para, row
from .account_progress import same_target
from .account_text import numbered, source, unit_text
from .assessed import Assessed, assessed
from .lookup import Lookup, same

YEAR = Column(Text("年份", "Year"), width=0.6)
ALONE, SO_FAR = Text("当年", "In the year"), Text("累计", "Since the base year")
DUE = Text("进度目标", "Schedule")
WORDS = {
    "cumulative_pct": Text("降低率", "Fall"),
    "reduction_pct": Text("降低率", "Fall"),
    "reduction_amount": Text("削减量", "Cut"),
    "cumulative_amount": Text("完成量", "Amount"),
    "increment_cap": Text("增量", "Increment"),
}
"""what is counted, by kind of target"""


def tables(look: Lookup, rows: list[Assessed]) -> tuple[list[Table], list[Table]]:
    """Return the tables of the targets that have results by year, and the schedules of those that have none yet."""
    targets = {(one.plan.id, one.target.id): one for one in rows if one.target.kind in KINDS}
    known: list[Table] = []
    open_: list[Table] = []
    for one in targets.values():
        found = schedule(look.derived, one.plan, one.target, look.entity)
        if any(year.reached or year.fell for year in found):
            known.append(table(look, one, found))
        elif any(year.due for year in found):
            open_.append(table(look, one, found))
    return known, open_


def untold(open_: Sequence[Table]) -> list[Block]:
    """Point to the schedules of targets without results by year."""
    if not open_:
        return []
    refs = {f"t{number}": Ref(one.id) for number, one in enumerate(open_)}
    places = [f"{{{name}}}" for name in refs]
    return [
        Note(
            para(
                zh=f"没有逐年实绩的指标只列进度目标，见{'、'.join(places)}。",
                en=f"Of indicators without results by year only the schedule is given, see {', '.join(places)}.", **refs,
            )
        )
    ]  # fmt: skip


def table(look: Lookup, one: Assessed, found: Sequence[Due]) -> Table:
    """Return the years of one target: due and reached in the year and up to it, and what is left."""
    rate = one.target.kind == "cumulative_pct"
    grades = {row.year: row.grade for row in assessed(look) if same_target(row, one) and row.row["grade"]}
    columns = [YEAR, *(_of_a_rate() if rate else _of_an_amount(one))]
    if grades:
        columns.append(Column(Text("考核等级", "Grade")))
    cells = _cells_of_a_rate if rate else _cells_of_an_amount
    lines = [
        row(same(str(year.year)), *cells(look, one, year), *([grades.get(year.year, NOT_APPLICABLE)] if grades else []))
        for year in found
    ]
    span = f"{found[0].year}—{found[-1].year}"
    unit = unit_text(look.unit(one.target.unit, one.target.metric))
    named = "" if rate or one.target.unit == "%" else f"（{unit.zh}）"
    english = "" if not named else f" ({unit.en})"
    return Table(
        f"schedule-{one.plan.id}-{one.target.id}",
        Text(f"{one.target.title.zh}：{span}年逐年进度{named}", f"{one.title.en}: schedule and result by year, {span}{english}"),
        tuple(columns), tuple(lines), source=source(look), notes=(_note(found) if rate else _note_of_an_amount(one), *_lacks(look, one, found)),
    )  # fmt: skip


def _of_a_rate() -> list[Column]:
    fall = WORDS["cumulative_pct"]
    return [
        Column(fall, unit="%", group=ALONE), Column(Text("应降", "Due"), unit="%", group=ALONE),
        Column(fall, unit="%", group=SO_FAR), Column(DUE, unit="%", group=SO_FAR),
        Column(Text("偏差（个百分点，±）", "Deviation (percentage points, ±)"), group=SO_FAR, width=1.2),
        Column(Text("对数进度", "Logarithmic progress"), unit="%"), Column(Text("线性完成比例", "Linear share"), unit="%"),
        Column(Text("今后年均需下降", "Needed fall a year"), unit="%"),
    ]  # fmt: skip


def _of_an_amount(one: Assessed) -> list[Column]:
    share = Column(Text("占目标", "Share of the target"), unit="%")
    gap = Text("偏差（±）", "Deviation (±)")
    if one.target.kind in LEVELS:
        due = (
            DUE
            if one.target.kind == "level"
            else Text("上限", "Limit")
            if one.target.op in ("<=", "<")
            else Text("目标", "Target")
        )
        return [Column(Text("实绩", "Result")), Column(due), Column(gap), share]  # fmt: skip
    word = WORDS[one.target.kind]
    return [
        Column(word, group=ALONE), Column(word, group=SO_FAR), Column(DUE, group=SO_FAR), Column(gap, group=SO_FAR), share,
    ]  # fmt: skip


def _cells_of_a_rate(look: Lookup, one: Assessed, year: Due) -> list[Cell]:
    numbers = (year.fell, year.asked, year.reached, year.due, year.deviation, year.progress, year.share, year.remaining)
    return [_number(look, key) for key in numbers]


def _cells_of_an_amount(look: Lookup, one: Assessed, year: Due) -> list[Cell]:
    alone = () if one.target.kind in LEVELS else (year.fell,)
    return [_number(look, key) for key in (*alone, year.reached, year.due, year.deviation, year.share)]


def _number(look: Lookup, key: str) -> Cell:
    return look.figure(key, decimals=2) if key else NOT_APPLICABLE


def _note(found: Sequence[Due]) -> Text:
    given = [str(year.year) for year in found if year.set_for_year]
    zh = f"{'、'.join(given)}年的应降为下达的年度目标，其余年份" if given else "当年应降"
    en = f"What is due in {', '.join(given)} was assigned; else it" if given else "What is due in a year"
    return Text(
        f"{zh}由五年目标按等对数进度推得，非下达目标；偏差 = 累计降低率 - 进度目标，正数为超前；“—”为没有数据或已不需要。",
        f"{en} follows from the target of the period at an even rate and was not assigned. Deviation = fall - schedule, positive is ahead; — means no data, or nothing left to reach.",
    )


def _note_of_an_amount(one: Assessed) -> Text:
    limit = one.target.op in ("<=", "<")
    zh, en = ("正数为超出", "positive is beyond it") if limit else ("正数为超前", "positive is ahead")
    schedule_ = ("", "")
    if one.target.kind not in ("cap", "hold_level"):
        schedule_ = (
            "进度目标按直线由目标推得，非下达目标；",
            "The schedule is a straight line to the target and was not assigned. ",
        )
        if one.target.schedule == "table":
            schedule_ = ("进度目标取自规划；", "The schedule is that of the plan. ")
        elif one.target.schedule == "equal_log":
            schedule_ = (
                "进度目标按等对数进度由目标推得，非下达目标；",
                "The schedule follows from the target at an even rate and was not assigned. ",
            )
    return Text(
        f"{schedule_[0]}偏差 = 实绩 - {'上限' if limit and not schedule_[0] else '进度目标'}，{zh}；“—”为没有数据。",
        f"{schedule_[1]}Deviation = result - {'limit' if limit and not schedule_[1] else 'schedule'}, {en}; — means no data.",
    )  # fmt: skip


def _lacks(look: Lookup, one: Assessed, found: Sequence[Due]) -> list[Paragraph]:
    """Say of which years figures exist that must not be combined, and why."""
    years: dict[tuple[str, str], list[str]] = {}
    for year in found:
        if year.lack[0]:
            years.setdefault(year.lack, []).append(str(year.year))
    owner = f"schedule_note/{one.plan.id}/{one.target.id}"
    return [
        numbered(look, f"{owner}/{number}", Text(f"{'、'.join(told)}年：{zh}", f"{', '.join(told)}: {en}"))
        for number, ((zh, en), told) in enumerate(years.items(), 1)
    ]
