"""A made-up report with every kind of block; its numbers mean nothing."""

import re
import zipfile

from carbonpeak.templates.report import (
    PREVIOUS_YEAR,
    Chart,
    Column,
    Figure,
    Formula,
    Heading,
    Note,
    Ref,
    Report,
    Restricted,
    Section,
    SignOff,
    Table,
    Text,
    para,
    row,
    sum_of,
)

YEARS = ("2017", "2018", "2019")
FUELS = {
    "coal": (Text("煤品", "Coal"), (16500.0, 16000.0, 15000.0)),
    "oil": (Text("油品", "Oil"), (3400.0, 3500.0, 3600.0)),
    "gas": (Text("天然气", "Natural gas"), (1300.0, 1400.5, 1500.05)),
}
YEAR, TCE = Text("年份", "Year"), Text("万吨标准煤", "10⁴ tce")
TOTAL = Figure("energy_total@410000:2019?basis=equivalent", 20100.05, "万tce", 1, evidence="transcribed")
GROWTH = Figure("energy_growth@410000:2019", -1.715, "%", 1, style="growth", versus=PREVIOUS_YEAR)
FALL = Figure("intensity_fall@410000:2019", 7.985, "%", 2, style="fall", versus=PREVIOUS_YEAR, evidence="recalled")
POINTS = Figure("nonfossil_change@410000:2019", 0.04, "%", 1, style="points", versus=PREVIOUS_YEAR)
GDP = Figure("gdp@410000:2019", None, "亿元", missing=Text("缺可比价GDP", "no constant-price GDP"))
SECRET = Figure("energy@E1:2019", 7654.3, "万tce", 1, confidential=True, evidence="derived")


def fuel(name: str, year: str) -> Figure:
    return Figure(f"energy@410000:{year}?item={name}", FUELS[name][1][YEARS.index(year)], "万tce", 1)


def share(name: str) -> Formula:
    value = fuel(name, "2019").value / TOTAL.value * 100
    figure = Figure(f"energy_share@410000:2019?item={name}", value, "%", 1)
    return Formula(figure, "{0}/{1}*100", (fuel(name, "2019").id, TOTAL.id))


def mix_table() -> Table:
    group = Text("2019年", "2019")
    ids = [fuel(name, "2019").id for name in FUELS]
    verdict = para(zh="完成，差{x:abs}", en="met, by {x:abs}", x=Figure("gap@410000:2019", -0.25, "%", 1))
    return Table(
        "mix",
        Text("能源消费总量与构成", "Energy consumption and mix"),
        columns=(
            Column(Text("品种", "Energy"), width=1.5),
            Column(Text("消费量", "Consumption"), "万tce", group=group),
            Column(Text("占比", "Share"), "%", group=group),
            Column(Text("评价结果", "Assessment result")),
        ),
        rows=(
            *(row(title, fuel(name, "2019"), share(name), verdict) for name, (title, _) in FUELS.items()),
            row(Text("其中：重点企业", "of which: key enterprise"), SECRET, None, None, indent=1),
            row(Text("合计", "Total"), sum_of(TOTAL, ids), None, None, kind="total"),
            row(Text("含不公开数据之和", "Sum with a withheld part"), sum_of(
                Figure("with_secret@410000:2019", 22654.3, "万tce"), [ids[0], SECRET.id]), GDP, None),
        ),
        source=Text("测试数据（年报数）", "test data (annual report figures)"),
        notes=(Text("按等价值计算。", "Coal equivalent value."),),
    )  # fmt: skip


def balance_table() -> Table:
    columns = tuple(Column(Text(f"品种{n}", f"Carrier {n}")) for n in range(14))
    rows = tuple(
        row(Text(title, english), *(Figure(f"bal@410000:2019?item=c{n}&sector={english}", n * 100.5 - 300, "万tce", 2,
                                           evidence="derived") for n in range(14)))
        for title, english in (("生产量", "production"), ("消费量", "use"))
    )  # fmt: skip
    head = row(Text("一、可供消费的能源量", "I. Available"), kind="group")
    columns = (Column(Text("项目", "Item"), width=2), *columns)
    title = Text("综合能源平衡表", "Energy balance")
    return Table("balance", title, columns, (head, *rows), unit="万tce", wide=True)


def _series(names):
    return tuple({"x": year, "series": FUELS[name][0], "value": fuel(name, year)} for name in names for year in YEARS)


def charts() -> dict[str, Chart]:
    number = iter(range(10_000))

    def some(value, unit="MtCO2", decimals=1):
        return Figure(f"some@410000:2019?item=n{next(number)}", value, unit, decimals)

    sectors = (Text("电力", "Power"), Text("工业", "Industry"))
    by_fuel = tuple({"sector": s, "fuel": FUELS[n][0], "value": some(i * 10.0 + 5)} for s in sectors
                    for i, n in enumerate(FUELS))  # fmt: skip
    schedule = tuple(
        {"x": y, "actual": some(a, "tce/万元", 4), "target": some(t, "tce/万元", 4), "low": some(t * 0.99, "tce/万元", 4),
         "high": some(t * 1.01, "tce/万元", 4)}
        for y, a, t in zip(YEARS, (0.56, 0.53, None), (0.57, 0.55, 0.53), strict=True)
    )  # fmt: skip
    peaks = tuple({"x": y, "series": Text("全省", "Province"), "value": some(v), "mark": m}
                  for y, v, m in zip(YEARS, (500.0, 545.0, 520.0), (None, Text("历史最高", "Maximum"), None), strict=True))  # fmt: skip
    coal, power, use = Text("煤", "Coal"), Text("火力发电", "Thermal power"), Text("终端消费", "Final use")
    flows = (
        {"source": coal, "target": power, "value": some(700.0, "万tce"), "source_total": some(1500.0, "万tce")},
        {"source": coal, "target": use, "value": some(800.0, "万tce")},
        {"source": power, "target": use, "value": some(260.0, "万tce")},
        {"source": power, "target": Text("损失", "Losses"), "value": some(440.0, "万tce")},
    )
    bars = tuple({"x": Text(z, e), "series": Text("2019年", "2019"), "value": some(v, "%", 2)}
                 for z, e, v in (("郑州市", "Zhengzhou", 9.21), ("开封市", "Kaifeng", 6.55)))  # fmt: skip
    made = (
        ("stacked_mix", Text("能源消费构成", "Energy mix"), _series(FUELS), YEAR, TCE),
        ("lines", Text("煤品与油品", "Coal and oil"), _series(("coal", "oil")), YEAR, TCE),
        ("bars", Text("降低率", "Falls"), bars, Text("市", "City"), Text("降低率（%）", "Fall (%)")),
        (
            "schedule",
            Text("能耗强度与进度目标", "Intensity and schedule"),
            schedule,
            YEAR,
            Text("吨标准煤/万元", "tce per 10⁴ yuan"),
        ),
        (
            "by_sector_fuel",
            Text("CO2排放分部门", "CO2 by sector"),
            by_fuel,
            Text("部门", "Sector"),
            Text("百万吨CO2", "Mt CO2"),
        ),
        ("peaks", Text("CO2排放历史最高值", "Highest CO2 emissions"), peaks, YEAR, Text("百万吨CO2", "Mt CO2")),
        ("energy_sankey", Text("能源流向图", "Energy flows"), flows, Text("", ""), Text("", "")),
    )
    return {spec: Chart(f"chart-{spec}", title, spec, rows, x, y) for spec, title, rows, x, y in made}


def sample() -> Report:
    drawn = charts()
    summary = para(
        zh="初步核算，{y}年能源消费总量{t}（等价值），{g}；单位地区生产总值能耗{f}；非化石能源占比{p}。地区生产总值{gdp}。共{n:n}项。",
        en="In {y} energy consumption was {t}, {g}; intensity was {f}; the non-fossil share was {p}. GDP: {gdp}. {n:n} items.",
        y="2019", t=TOTAL, g=GROWTH, f=FALL, p=POINTS, gdp=GDP, n=Figure("count/all", 3, "项", 0),
    )  # fmt: skip
    trap = para(
        zh="见{r}和{c}。CO2按附录核算，<b>不得</b>出现标签 & 乱码{code}。",
        en="See {r} and {c}. CO2 by the annex; <b>no</b> tags & no {code}.",
        r=Ref("mix"), c=Ref("chart-lines"), code="{{ 7*7 }}",
    )  # fmt: skip
    secret = Restricted((para(zh="内部数据{s}。", en="Internal figure {s}.", s=SECRET),))
    note = Note(Text("2020年数据尚未公布。", "2020 is not yet published."), "hint")
    body = (Heading(2, Text("总量", "Total")), trap, mix_table(), *drawn.values(), Heading(3, Text("说明", "Remarks")))
    return Report(
        "account",
        Text("河南省2019年度能源消费与碳排放核算报告", "Henan: Energy and CO2 Account 2019"),
        (
            Section(Text("摘要", "Summary"), (summary,), kind="plain"),
            Section(Text("能源消费情况", "Energy consumption"), (*body, note, secret)),
            Section(Text("综合能源平衡表", "Energy balance"), (balance_table(),), kind="annex"),
        ),
        subtitle=Text("（征求意见稿）", "(draft)"),
        issuer=Text("某省发展和改革委员会", "Some commission"),
        date="2020-10-30",
        sign_off=SignOff(filled_by="张三"),
        meta=((Text("地区", "Region"), Text("河南省", "Henan")),),
    )


def inner_text(path) -> str:
    """All text of a docx or xlsx, tags taken off."""
    with zipfile.ZipFile(path) as archive:
        return "".join(
            re.sub("<[^>]+>", "", archive.read(n).decode()) for n in archive.namelist() if n.endswith(".xml")
        )
