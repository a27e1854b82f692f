"""How far the intensity targets are: the sentences of the summary. The tables of the years: account_years."""

from __future__ import annotations

from ...inventories.derived_schedule import Due, schedule
from ..figure import Text
from ..numbers import chinese_ordinal
from ..report import Paragraph
from .account_text import Clauses
from .assessed import REGIME_2026, Assessed, assessed
from .lookup import Lookup


def against(words: Clauses, one: Assessed) -> None:
    """Add “；2016—2020年累计下降x%，完成“十三五”目标（下降16%）的x%（按累计降低率对数进度），超额完成…” and the effort left."""
    if one.row["nature"] == "reference":
        return
    if "-" not in str(one.row["period"]):
        words.add("；{y}年度目标（", "; target of {y} (", y=str(one.row["period"]))
        _goal(words, one)
        words.add("）：{v}", "): {v}", v=one.verdict)
        return
    plan, judged = plan_name(one.plan_first), one.row["verdict"] != "cannot_judge"
    if one.value.value is not None:
        span = str(one.row["period"]).replace("-", "—")
        words.add("；{s}年累计{r}", "; cumulatively {r} in {s}", s=span, r=one.fall)
        words.add("，完成{p}目标（", ", fulfilment of the target of the {p} (", p=plan)
        _goal(words, one)
        words.add("）的{g}（按累计降低率对数进度）", "): {g} by logarithmic progress", g=one.figure("progress"))
        if judged:
            _outcome(words, one)
        _effort(words, one)
    if not judged:
        words.add("；{p}目标（累计", "; target of the {p} (cumulatively ", p=plan)
        _goal(words, one)
        words.add("）暂不能判定（{why}）", "): cannot be judged ({why})", why=one.kind)


def _goal(words: Clauses, one: Assessed) -> None:
    """Add the target as its sentence words it: 力争下降约16%, 下降16%左右, 下降16%以上."""
    front, near, after = one.wording
    words.add("{f}下降{n}{t:abs}{a}", "{f}a fall of {n}{t:abs}{a}", f=front, n=near, t=one.figure("target"), a=after)


def _outcome(words: Clauses, one: Assessed) -> None:
    """Add met or missed, by how much the target is exceeded, and the grade."""
    over = one.figure("over")
    if one.row["verdict"] == "missed":
        words.add("，{w}", ", {w}", w=one.verdict if one.due else Text("未达到进度目标", "behind the schedule"))
    elif one.due and over.value is not None and over.value > 0:
        exceeded = Text("超过目标" if one.year >= REGIME_2026 else "超额完成", "exceeded")
        words.add("，{w}（线性超额{o}）", ", {w} (over-fulfilment {o}, linear)", w=exceeded, o=over)
    elif one.due:
        words.add("，{w}", ", {w}", w=one.verdict)
    else:
        words.add("，{w}", ", {w}", w=one.pace if one.row["pace"] else Text("达到进度目标", "on schedule"))
    if one.row["grade"]:
        words.add("，考核等级{g}", ", grade {g}", g=one.grade)


def _effort(words: Clauses, one: Assessed) -> None:
    """Add “，今后 n 年需年均下降 y%” while the period is open and something is left."""
    if one.figure("remaining").value is not None:
        words.add(
            "，今后{n:n}年需年均下降{e}", "; a fall of {e} a year is needed in the {n:n} years left",
            n=one.years_left, e=one.figure("remaining"),
        )  # fmt: skip


def years(look: Lookup, one: Assessed) -> Paragraph | None:
    """Say the progress at the end of every year, which years alone fell short, and the grades that were published."""
    if one.target.kind != "cumulative_pct" or one.target.value is None:
        return None
    found = [year for year in schedule(look.derived, one.plan, one.target, look.entity) if year.year <= one.year]
    if not any(year.progress for year in found):
        return None
    words = Clauses().add("{name}逐年完成进度（对数）：", "{name}, logarithmic progress by year: ", name=one.title)
    for number, year in enumerate(year for year in found if year.progress):
        words.add("，{y}年{p}" if number else "{y}年{p}", ", {y} {p}" if number else "{y} {p}", y=str(year.year),
                  p=look.figure(year.progress, decimals=2))  # fmt: skip
    for year in found:
        if year.met is False:
            _short_year(look, words, year)
    for grade in _grades(look, one):
        words.add("；公布的{y}年度考核等级为{g}", "; grade published for {y}: {g}", y=str(grade.year), g=grade.grade)
    return words.add("。", ".").paragraph


def _short_year(look: Lookup, words: Clauses, year: Due) -> None:
    """Add “；2020年上升0.76%，未达到当年应下降的3.43%（按等对数进度推得，非下达目标）”."""
    words.add(
        "；{y}年{f}，未达到当年应下降的{a}", "; {y}: {f}, short of the {a} due in the year", y=str(year.year),
        f=look.figure(year.fell, decimals=2, style="fall"), a=look.figure(year.asked, decimals=2),
    )  # fmt: skip
    if not year.set_for_year:
        words.add("（按等对数进度推得，非下达目标）", " (follows from the even schedule, not assigned)")


def _grades(look: Lookup, one: Assessed) -> list[Assessed]:
    """Rows of the same indicator with a grade, but the one the sentence before has told."""
    rows = (row for row in assessed(look) if same_target(row, one) and row.row["grade"])
    return [row for row in rows if row.row["period"] != one.row["period"]]


def same_target(one: Assessed, other: Assessed) -> bool:
    """Tell whether two rows are of one target."""
    return (one.plan.id, one.target.id) == (other.plan.id, other.target.id)


def plan_name(first: int) -> Text:
    """Return “十三五” and 13th Five-Year Plan for the plan that begins in a year."""
    number = (first - 1951) // 5
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number > 13 or number < 11 else 0, "th")
    return Text(f"“{chinese_ordinal(number)}五”", f"{number}{ending} Five-Year Plan")
