"""口径说明: how totals are defined, and how numbers are rounded and marked."""

from __future__ import annotations

from ..figure import Text
from ..report import Note, Paragraph, Section, para
from .lookup import Lookup


def scope(look: Lookup) -> Section:
    """Return the section."""
    texts: list[Paragraph | Text] = [
        methods(look),
        RECOVERED,
        COAL,
        NON_ENERGY,
        ELECTRICITY,
        DEFINITIONS,
        *prices(look),
        *coal_mix(look),
        ROUNDING,
    ]
    return Section(Text("口径说明", "Definitions"), tuple(Note(text) for text in texts), kind="plain")


def methods(look: Lookup) -> Paragraph:
    """Both methods of conversion, with W and k."""
    return para(
        zh="能源消费总量同时列出等价值（发电煤耗计算法）和当量值（电热当量计算法）；总量和强度的评价用等价值，分行业、分品种和加工转换用当量值。"
        "等价值 = 当量值 + W ×（k － k当量），W 为一次电力与净调入{w}，k 为火力发电标准煤耗{k}。",
        en="Energy consumption is given by the coal equivalent value (coal equivalent calculation) and by the calorific value (calorific value calculation);"
        " totals and intensity are assessed by the former, sectors, carriers and transformation use the latter."
        " Coal equivalent value = calorific value + W × (k - k calorific), where W is primary electricity and net inflow, {w}, and k the coal rate of thermal generation, {k}.",
        w=look.metric("electricity_not_from_fuel", look.year), k=look.metric("coal_rate", look.year),
    )  # fmt: skip


RECOVERED = Text(
    "回收能（高炉煤气、转炉煤气、余热余压等）不是新增一次能源：其热量和碳已随焦炭、煤计入，二氧化碳不再计。能源消费总量：来源列为加工转换产出的已扣除；来源列入可供量的（2009年前后以前的平衡表），总量按当年公布口径含回收能，另列扣除后的数；来源没有“回收能”行时，净额为正的部分列入未计入清单。其他煤气一列合并了高炉、转炉煤气时，先按“回收能”行、制气产出或申报的构成划出回收部分，其余按制气产品计算二氧化碳。",
    "Recovered energy (blast furnace and converter gas, waste heat and pressure) is no new primary energy: its heat and carbon are counted with coke and coal, and its CO2 is not counted again. Where the source lists it as output of transformation, total energy consumption is net of it; where the source lists it as supply (balances to about 2009), the total holds it as published then, and the total less recovered energy stands beside it. Where a source has no row for it, what is positive on balance is listed as not counted. Where the column other gas merges blast furnace and converter gas, the recovered part is told apart by the row of recovered energy, the output of gas works or a declared mix; the rest is counted as gas made from coal.",
)
COAL = Text(
    "煤炭消费量（实物量）为煤合计，不含焦炭；能源构成和折标系数法二氧化碳中的“煤品”为原煤、洗精煤、其他洗煤、煤制品、焦炭、焦炉煤气和其他焦化产品的净消费，不含回收煤气。油品和天然气同为净额，扣减炼油产出。",
    "Coal consumption in physical tonnes is the sum of the coal columns, without coke; 'coal' in the energy mix and in the per-tce method is net consumption of raw, cleaned and other washed coal, briquettes, coke, coke oven gas and other coking products, without recovered gas. Oil and gas are net as well, refinery output deducted.",
)
NON_ENERGY = Text(
    "平衡表“#用作原料、材料”不等于考核扣除的原料用能；后者来自专项统计，本报告不由平衡表推算。非能源利用的碳按所用标准归口一次，排放和固碳分别列出。",
    "Non-energy use of the balance is not the feedstock use that assessments deduct; the latter comes from its own survey and is never read from the balance. The carbon of non-energy use has one owner under each standard; emitted and stored parts are shown.",
)
ELECTRICITY = Text(
    "地区电力调入调出用“净调入”；两端分别用送端和本地的平均因子。企业用语“净购入”不用于地区。",
    "For a region electricity crosses the border as net inflow; each leg takes the average factor of the sending place and of the own place.",
)
DEFINITIONS = Text(
    "二氧化碳排放强度有口径之分：“十二五”口径和 2016 年起口径为能源活动二氧化碳（折标系数法）；2025 年起口径为不含非能源利用的能源活动二氧化碳，加工业生产过程二氧化碳，省级另加电力两端，正式文本未见。跨口径的变化率不计算。",
    "CO2 intensity has dated definitions: those of the 12th plan and of 2016 are CO2 of energy activities by the per-tce method; that of 2025 is CO2 of energy activities without non-energy use plus CO2 of industrial processes, with both electricity legs for provinces; its official text was not seen. No rate crosses two definitions.",
)
ROUNDING = Text(
    "计算保留全部位数，打印时四舍五入，分项之和与合计可能因修约有尾差。上升、下降以文字表示；数字右上角的字母说明其依据弱于公开转录（见文末符号）。没有数据的写“暂缺”并注明缺什么，不填估计值。",
    "All digits are kept in computing; printed numbers are rounded half up, so parts may not add up to the last digit. Letters at a number say that it rests on less than a transcribed source (marks at the end). What has no data is marked n/a with what is missing; nothing is filled in.",
)


def prices(look: Lookup) -> list[Text]:
    """Say at which constant prices intensities stand."""
    years = look.results.workspace.inventory.price_years
    if not years:
        return []
    zh, en = "、".join(str(year) for year in years), ", ".join(str(year) for year in years)
    return [
        Text(
            f"可比价地区生产总值以{zh}年为基期，由各年实际增速连乘；强度变化率按同一基期计算，公布的变化率优先于本报告连乘结果。",
            f"GDP at constant prices of {en} is chained from real growth; rates stay inside one base year, and published rates outrank our chain.",
        )
    ]


def coal_mix(look: Lookup) -> list[Paragraph]:
    """Name the declared kinds of raw coal with their source."""
    out = []
    for mix in look.results.workspace.inventory.coal_mix:
        kinds_zh = "、".join(look.item(kind).zh for kind in mix.of)
        kinds_en = ", ".join(look.item(kind).en.lower() for kind in mix.of)
        why = look.said(mix.source or mix.note)
        out.append(
            para(
                zh="原煤按申报的分煤种构成（{k}）取因子：{w}", en="Raw coal takes its factor from the declared kinds ({k}): {w}",
                k=Text(kinds_zh, kinds_en), w=why,
            )
        )  # fmt: skip
    return out
