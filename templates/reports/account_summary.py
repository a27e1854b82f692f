"""The sentences of the summary, as bureaux write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...accounting.figure_id import figure_id
from ...accounting.wording import words
from ...inventories.derived_verdicts import counted, counted_apart
from ..figure import PREVIOUS_YEAR, Figure, Text
from ..report import Paragraph, para
from . import account_progress
from .account_text import Clauses
from .assessed import headlines
from .lookup import Lookup

HOW = {
    "": Text("初步核算，", "By preliminary accounts, "),
    "初步数": Text("初步核算，", "By preliminary accounts, "),
    "年报数": Text("按年报数核算，", "By annual figures, "),
    "最终核实数": Text("按最终核实数核算，", "By final verified figures, "),
}
WITHOUT_LEGS = Text("（未含净调入电力）", " (without net inflow of electricity)")


def energy(look: Lookup) -> Paragraph:
    """Return the sentence on total consumption by both methods, with growth."""
    how, whole = HOW[look.results.workspace.inventory.report.vintage], look.whole
    growth = energy_growth(look, look.year)
    ours = not _of_published(look, growth.id)
    words = Clauses().add(
        "{how}{y}年{w}能源消费总量{total}（等价值）",
        "{how}energy consumption of {w} in {y} was {total} (coal equivalent value)",
        how=how, w=whole, y=look.year, total=look.metric("energy_total", look.year, basis="equivalent"),
    )  # fmt: skip
    if ours:
        words.add("，{growth}", ", {growth}", growth=growth)
    words.add(
        "；按当量值计算为{calorific}。", "; by the calorific value it was {calorific}.",
        calorific=look.metric("energy_total", look.year, basis="calorific"),
    )  # fmt: skip
    published = look.find("energy_total_published", look.year, basis="equivalent")
    if published:
        words.add(
            "公布的能源消费总量为{p}（等价值）", " The published total is {p} (coal equivalent value)", p=look.figure(published)
        )  # fmt: skip
        if not ours:
            words.add("，{growth}", ", {growth}", growth=growth)
        words.add("，见“与统计公报衔接”。", ", see 'Link to published statistics'.")
    return words.paragraph


def _of_published(look: Lookup, key: str) -> bool:
    """Whether a growth rate is that of published totals: it must not stand beside a total of our own."""
    step = look.step(key)
    return bool(step and any("energy_total_published" in term.ref for term in step.terms))


def energy_growth(look: Lookup, year: str) -> Figure:
    """Return the growth of energy consumption: the metric, else that of published totals of one vintage."""
    for metric in ("energy_growth", "energy_total_growth"):
        if key := look.find(metric, year):
            return look.figure(key, style="growth", versus=PREVIOUS_YEAR, decimals=1)
    before = str(int(year) - 1)
    for metric in ("energy_total", "energy_total_published"):
        now, then = (look.find(metric, one, basis="equivalent") for one in (year, before))
        if look.has(now) and look.has(then) and look.rows[now]["vintage"] == look.rows[then]["vintage"]:
            key = figure_id("energy_growth", look.entity, year, basis="equivalent", definition=metric)
            look.derived.growth(key, now, then, words("本年 / 上年 - 1", "this year / previous year - 1"))
            return look.figure(key, style="growth", versus=PREVIOUS_YEAR, decimals=1)
    return look.metric("energy_growth", year, style="growth", versus=PREVIOUS_YEAR)


def intensity(look: Lookup) -> list[Paragraph]:
    """Return the sentences on energy and carbon intensity, with the plan's target, progress and the single years."""
    out = []
    rows = headlines(look)
    for metric in ("energy_intensity", "carbon_intensity"):
        change = change_of(look, metric, look.year)
        price = look.rows.get(change.id, {}).get("price_year", "")
        words = Clauses().add(
            "{name}{price}{change}", "{name}{price}: {change}", name=look.label(metric), change=change,
            price=Text(f"（{price}年可比价）", f" (at {price} prices)") if price else "",
        )  # fmt: skip
        mine = [row for row in rows if row.target.metric == metric]
        for one in mine:
            account_progress.against(words, one)
        out.append(words.add("。", ".").paragraph)
        out += [told for one in mine if (told := account_progress.years(look, one))]
    return out


def change_of(look: Lookup, metric: str, year: str) -> Figure:
    """Return the yearly change of an intensity: published before computed."""
    for name in (f"{metric}_change_published", f"{metric}_change"):
        if key := look.find(name, year):
            return look.figure(key, style="change", versus=PREVIOUS_YEAR)
    return look.metric(f"{metric}_change", year, style="change", versus=PREVIOUS_YEAR)


def carbon(look: Lookup) -> Paragraph:
    """Return the sentence on CO2, CH4 and N2O of energy activities."""
    where = {"definition": look.main}
    words = Clauses().add(
        "按{standard}核算，{y}年能源活动二氧化碳（直接排放）{co2}，单位能源消费碳排放{per}",
        "By {standard}, direct CO2 emissions of energy activities in {y} were {co2}, {per} of energy consumption",
        standard=look.standard_name(look.main), y=look.year, co2=look.metric("co2_energy", look.year, where),
        per=look.metric("carbon_per_energy", look.year, where),
    )  # fmt: skip
    _bare(look, words, ("co2",))
    _deducted(look, words)
    words.add(
        "；能源活动甲烷{ch4}，氧化亚氮{n2o}", "; CH4 of energy activities {ch4}, N2O {n2o}",
        ch4=look.metric("ch4_energy", look.year, where), n2o=look.metric("n2o_energy", look.year, where),
    )  # fmt: skip
    _bare(look, words, ("ch4", "n2o"))
    words.add("。", ".")
    words.add(
        "清单二氧化碳（能源活动＋工业生产过程）{inventory}；考核口径（2016 年起口径，折标系数法）{assessment}{legs}。各口径不得混用，见“口径对照”。",
        " CO2 of the inventory (energy and processes): {inventory}; for assessment (definition of 2016, per-tce method): {assessment}{legs}."
        " Totals of different definitions are not mixed, see 'Bridge of totals'.",
        legs=Text("", "") if look.has(look.find("co2_electricity", look.year)) else WITHOUT_LEGS,
        inventory=look.metric("co2_inventory", look.year, where),
        assessment=look.metric("co2_assessment_2016", look.year, definition="ci_2016"),
    )  # fmt: skip
    return words.paragraph


def _bare(look: Lookup, words: Clauses, gases: tuple[str, ...]) -> None:
    """Name the fuels that a total leaves out for want of a factor."""
    names = [look.item(item) for item in without_factor(look, gases)]
    if names:
        words.add(
            "（不完整，不含{names}，见“未计入清单”）", " (incomplete: without {names}, see 'What was not counted')",
            names=Text("、".join(name.zh for name in names), ", ".join(name.en.lower() for name in names)),
        )  # fmt: skip


def _deducted(look: Lookup, words: Clauses) -> None:
    """Say that non-energy use was taken out and what of it is emitted is not known: the total is then too low."""
    taken, top = deduction(look)
    if taken:
        words.add(
            "（已扣除用作原料、材料的化石能源{taken}，其排放部分暂缺，合计偏低；全部按排放计为{top}）",
            " (fossil fuel used as feedstock, {taken}, is taken out and its emitted part is not available: the total is too low; {top} if all of it were emitted)",
            taken=look.figure(taken), top=look.figure(top),
        )  # fmt: skip


def deduction(look: Lookup) -> tuple[str, str]:
    """Return the figures of the deducted non-energy use and of the total without the deduction; '' where none is open."""
    total = look.find("co2_energy", look.year, definition=look.main)
    taken = look.find("co2_by_sector", look.year, category="E1.3.7", definition=look.main)
    emitted = look.find("co2_non_energy", look.year, definition=look.main)
    if not look.has(total) or not look.has(taken) or look.has(emitted) or not look.derived.value(taken):
        return "", ""
    where = f"{look.entity}:{look.year}?definition={look.main}"
    amount = look.derived.negated(
        f"co2_non_energy_deducted@{where}", taken, words("扣减项取正", "the deduction as a positive number")
    )
    top = look.derived.total(
        f"co2_energy_undeducted@{where}",
        [total, amount],
        words("能源活动合计 + 扣减项", "total of energy activities + deduction"),
    )
    return amount, top


def without_factor(look: Lookup, gases: tuple[str, ...]) -> list[str]:
    """Return the fuels of the main account for which one of the gases has no factor."""
    rows = look.results.uncounted
    mine = rows[(rows["account"] == look.main) & (rows["entity"] == look.entity) & (rows["period"] == look.year)]
    names = "|".join(re.escape(look.named("word", gas).zh) for gas in gases)
    bare = mine[mine["detail"].str.contains(rf"(?:^|；)(?:{names})：")]
    return look.order(bare["item"].unique())


def assessment(look: Lookup) -> list[Paragraph]:
    """Return “约束性指标 x 项：完成 x，未完成 x，暂不能判定 x（原因见表）”."""
    if look.results.verdicts.empty:
        return [
            para(
                zh="本工作区没有列入规划目标，未作评价。",
                en="The workspace names no plan; nothing was assessed.",
            )
        ]
    words = Clauses()
    _count(
        look,
        words,
        "约束性指标 ",
        "Binding indicators",
        counted(look.derived, "binding"),
        "（原因见表）",
        " (reasons in the table)",
    )
    for one, keys in counted_apart(look.derived, "binding"):
        zh = f"；年度目标（{one.until}年）" if one.yearly else f"；规划期目标（截至{one.until}年）"
        en = f"; yearly targets of {one.until}" if one.yearly else f"; targets of the period up to {one.until}"
        _count(look, words, zh, en, keys)
    return [words.add("。", ".").paragraph]


def _count(
    look: Lookup, words: Clauses, zh: str, en: str, keys: Mapping[str, str], zh_end: str = "", en_end: str = ""
) -> None:
    words.add(
        f"{zh}{{total:n}} 项：完成 {{met:n}}，未完成 {{missed:n}}，暂不能判定 {{open:n}}{zh_end}",
        f"{en}: {{total:n}}; met {{met:n}}, not met {{missed:n}}, cannot be judged yet {{open:n}}{en_end}",
        **{name: look.figure(key, decimals=0) for name, key in keys.items()},
    )  # fmt: skip


def peak(look: Lookup) -> list[Paragraph]:
    """Return the finding on the highest CO2 of the literature series; never that emissions have peaked."""
    series = literature(look)
    if len(series) < 3:
        return []
    top = max(series, key=lambda year: look.derived.value(series[year]) or 0.0)
    first, last = min(series), max(series)
    return [
        para(
            zh="文献系列（CEADs，{a}—{b}年）历史最高值出现在{y}年（{v}），是否达峰尚待确认。",
            en="In the literature series (CEADs, {a}-{b}) the highest value was in {y} ({v}); whether emissions have peaked is not confirmed.",
            a=first, b=last, y=top, v=look.figure(series[top]),
        )
    ]  # fmt: skip


def literature(look: Lookup) -> Mapping[str, str]:
    """Return the figures of the total CO2 published in literature, by year."""
    years = sorted(look.periods("co2_literature"))
    return {year: key for year in years if (key := look.find("co2_literature", year))}
