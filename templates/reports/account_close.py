"""方法说明, 存在问题, 下一步措施: facts of the run, in neutral words."""

from __future__ import annotations

from collections.abc import Iterator

from ...inventories.standards import standard
from ..figure import Text
from ..report import Block, Column, Note, Ref, Section, Table, para, row
from .account_steps import actions
from .account_summary import without_factor
from .account_text import numbered
from .lookup import Lookup

KEY_METRICS: tuple[tuple[str, dict[str, str]], ...] = (
    ("gdp_current", {}), ("population", {}), ("energy_feedstock", {}),
    ("energy_growth", {}), ("energy_intensity_change_published", {}), ("carbon_intensity_change", {}),
    ("non_fossil_share", {"basis": "equivalent"}), ("electricity_net_inflow", {}), ("co2_electricity", {}), ("co2_heat", {}),
    ("co2_process", {}), ("co2_reference", {}), ("co2_road", {}), ("co2_biogenic", {}), ("coal_consumption_above_size", {}),
    ("self_sufficiency", {}), ("industry_intensity_change", {}), ("co2_non_energy", {"definition": "main"}),
)  # fmt: skip
"""what a full account holds; those that a run lacks are listed with what they need"""


ODD = (
    "DQ-ABOVE-SIZE", "DQ-ALLOC", "DQ-APPROACH", "DQ-CLOSURE", "DQ-CO2-ENERGY", "DQ-COAL-RATE", "DQ-COEFFICIENT", "DQ-EFFICIENCY",
    "DQ-RECOVERED", "DQ-STAT-DIFF",
)  # fmt: skip
"""findings on the balance itself, told one by one"""


def sections(look: Lookup) -> list[Section]:
    """Return the two closing sections."""
    return [
        Section(Text("存在问题", "Open problems"), tuple(open_problems(look))),
        Section(Text("下一步措施", "Next steps"), tuple(next_steps(look))),
    ]


def annexes(look: Lookup) -> list[Section]:
    """Return the method notes."""
    return [Section(Text("方法说明", "Method notes"), tuple(methods(look)), kind="annex")]


def methods(look: Lookup) -> Iterator[Block]:
    """Say how the main figures are computed, and the notes of each standard."""
    for number, text in enumerate(FORMULAS, 1):
        yield numbered(look, f"method/{number}", text)
    for name in look.results.workspace.inventory.standards:
        found = standard(name)
        for number, note in enumerate(found.notes, 1):
            title = look.standard_name(name, short=True)
            text = Text(f"{title.zh}：{note.zh}", f"{title.en}: {note.en}")
            yield Note(numbered(look, f"standard_note/{name}/{number}", text))


FORMULAS = (
    Text(
        "能源消费总量 = 终端消费量 + 损失量 - 加工转换投入产出净额；实物量按各品种折标系数折算，标准量表给出本地系数时优先采用。",
        "Energy consumption = final consumption + loss - net transformation; physical quantities are converted with the coefficient of each carrier, local coefficients of a table in coal equivalent first.",
    ),
    Text(
        "二氧化碳 = Σ 活动水平 × 低位发热量 × 单位热值含碳量 × 碳氧化率 × 44/12；地区清单以热量为活动水平，热量取本地折标系数乘以 29.3076 吉焦/吨标准煤，没有本地系数的用国家标准附录值。",
        "CO2 = Σ activity × net calorific value × carbon content × oxidation rate × 44/12; a regional inventory works in heat: local coefficients times 29.3076 GJ/tce, else those of the national standard.",
    ),
    Text(
        "降低率按年度指数连乘；完成进度 = ln(1-R)/ln(1-T)；剩余年份年均需降低率 = 1-((1-T)/(1-R))^(1/n)。质量求和以整数克进行，结果与行的次序无关。",
        "Reductions compound from yearly indices; progress = ln(1-R)/ln(1-T); needed yearly fall = 1-((1-T)/(1-R))^(1/n). Masses are summed as whole grams, so the order of rows never matters.",
    ),
)


def lacking(look: Lookup) -> list[tuple[Text, Text]]:
    """Return the main metrics that the last year lacks, with what they need."""
    out = []
    for metric, qualifiers in KEY_METRICS:
        where = {name: look.main if value == "main" else value for name, value in qualifiers.items()}
        figure = look.metric(metric, look.year, where)
        if figure.value is None and figure.missing is not None:
            out.append((look.label(metric), figure.missing))
    return out


def _by_reason(found: list[tuple[Text, Text]]) -> dict[Text, list[Text]]:
    """Put what lacks the same data into one sentence."""
    out: dict[Text, list[Text]] = {}
    for name, reason in found:
        out.setdefault(reason, []).append(name)
    return out


def open_problems(look: Lookup) -> Iterator[Block]:
    """List what is not available and the problems of the run, as facts."""
    if lacking(look):
        yield unavailable(look)
    told = sorted({one for one in look.results.problems if one.code in ODD}, key=lambda one: (one.code, one.zh))
    for number, one in enumerate(told, 1):
        # the sentence of the list of findings again, so that the reader of this section alone knows what is odd
        yield numbered(look, f"open/{one.code}/{number}", Text(one.zh, one.en), str(one.where))
    for gases, said in ((("co2",), Text("CO2", "CO2")), (("ch4", "n2o"), Text("CH4、N2O", "CH4 and N2O"))):
        fuels = [look.item(item) for item in without_factor(look, gases)]
        if fuels:
            yield para(
                zh="{n}的{g}没有适用因子，未计入。", en="{g} of {n} has no factor that fits and is not counted.", g=said,
                n=Text("、".join(one.zh for one in fuels), ", ".join(one.en.lower() for one in fuels)),
            )  # fmt: skip
    found = bool(len(look.results.problems))
    if found:
        yield para(zh="其余问题逐条见{t}。", en="The other findings stand in {t}.", t=Ref("problems"))
    if not found and not lacking(look):
        yield para(zh="未发现需要说明的问题。", en="Nothing needs remark.")


def unavailable(look: Lookup) -> Table:
    """Return what the main figures lack: one row for what is missing, with all figures that wait for it."""
    columns = (
        Column(Text("缺少的数据", "What is missing"), width=3),
        Column(Text("因此暂缺的指标", "Figures not available"), width=3),
    )
    rows = [
        row(Text(reason.zh.removeprefix("缺"), _begun(reason.en.removeprefix("needs "))), Text("、".join(one.zh for one in names), "; ".join(one.en for one in names)))
        for reason, names in _by_reason(lacking(look)).items()
    ]  # fmt: skip
    return Table("unavailable", Text("暂缺的数据和指标", "Data and figures not available"), columns, tuple(rows))


def _begun(text: str) -> str:
    return text[:1].upper() + text[1:]


def next_steps(look: Lookup) -> Iterator[Block]:
    """List what to verify for the findings and the data to be entered; who does it by when is filled in by hand."""
    rows = [row(step, None, None) for step in actions(look.results.problems)]
    if lacking(look):
        enter = para(
            zh="补充{t}所列的数据后重新运行。", en="Enter the data listed in {t} and run again.", t=Ref("unavailable")
        )
        rows.append(row(enter, None, None))
    if not rows:
        yield para(zh="没有由本次核算提出的措施。", en="This account proposes no step.")
        return
    columns = (
        Column(Text("措施", "Step"), align="left", width=4), Column(Text("责任单位", "Responsible"), width=1.2), Column(Text("完成时限", "By when"), width=1),
    )  # fmt: skip
    yield Table("next-steps", Text("下一步措施", "Next steps"), columns, tuple(rows), notes=(FILL_IN,))


FILL_IN = Text(
    "责任单位和完成时限由填报单位填写。", "Who is responsible and by when is filled in by the reporting unit."
)
