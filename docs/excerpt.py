"""The Henan numbers of both READMEs, measured from a run of the bundled example, between two markers of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

import carbonpeak as cp
from carbonpeak.accounting.target_count import headline, summary
from carbonpeak.inventories import plans

ROOT = Path(__file__).parent.parent
PAGES: dict[str, Literal["zh", "en"]] = {"README.md": "en", "README.zh-CN.md": "zh"}
MARKED = re.compile(r"(<!-- henan -->\n).*?(<!-- /henan -->\n)", re.DOTALL)
FIGURE = "energy_total:2019"
LINES = 7
"""lines of the explanation that are shown"""
PLACE, YEAR = "410000", "2019"
WORDS = {
    "en": {
        "energy": "energy consumption 2019, coal equivalent value", "calorific": "… calorific value", "tce": "10⁴ tce",
        "intensity": "energy per unit of GDP 2016-2020, from published yearly rates", "against": "target",
        "last": "… single year 2020", "progress": "log progress", "met": "met", "missed": "missed", "t": "10⁴ t",
        "provincial_2011": "CO2 of energy activities 2019, provincial guideline 2011 (all raw coal assumed bituminous)",
        "ipcc_2006": "… IPCC 2006, tier 1 (same assumption)", "ceads": "… CEADs method, factors derived from Hebei",
        "published": "… published by CEADs, without cement", "open": "cannot be judged",
        "down": "down", "up": "up", "head": "| | result |",
    },
    "zh": {
        "energy": "2019 年能源消费总量，等价值", "calorific": "……当量值", "tce": "万吨标准煤",
        "intensity": "2016—2020 年单位地区生产总值能耗累计（按公布的各年变化率）", "against": "目标",
        "last": "……其中 2020 年", "progress": "对数进度", "met": "完成", "missed": "未完成", "t": "万吨",
        "provincial_2011": "2019 年能源活动二氧化碳，省级指南 2011（原煤假定全部为烟煤）",
        "ipcc_2006": "……IPCC 2006 方法 1（同上假定）", "ceads": "……CEADs 方法，因子由河北推得",
        "published": "……CEADs 公布，不含水泥", "open": "暂不能判定",
        "down": "下降", "up": "上升", "head": "| | 结果 |",
    },
}  # fmt: skip


def pages() -> dict[str, str]:
    """Return both READMEs with the numbers of today's run in place."""
    return {name: _placed((ROOT / name).read_text("utf-8"), lang) for name, lang in PAGES.items()}


def _placed(text: str, lang: Literal["zh", "en"]) -> str:
    body = "\n".join([*_table(lang), "", summary(run().verdicts, lang), "", *_explanation(lang)])
    return MARKED.sub(lambda match: f"{match[1]}{body}\n{match[2]}", text)


@cache
def run() -> cp.Run:
    """Return the run of the example."""
    return cp.open("henan").run()


def _table(lang: Literal["zh", "en"]) -> list[str]:
    words = WORDS[lang]
    total = {basis: _metric("energy_total", basis=basis) for basis in ("equivalent", "calorific")}
    rows = [
        (words["energy"], f"{total['equivalent']:,.2f} {words['tce']}"),
        (words["calorific"], f"{total['calorific']:,.2f} {words['tce']}"),
    ]
    rows += [(words["intensity"], _judged("2016-2020", lang)), (words["last"], _judged("2020", lang))]
    for name in ("provincial_2011", "ipcc_2006", "ceads"):
        rows.append((words[name], f"{_metric('co2_energy', definition=name):,.2f} {words['t']}"))
    published = _metric("co2_literature", gas="co2") - _metric("co2_literature", gas="co2", category="process")
    rows += [(words["published"], f"{published:,.2f} {words['t']}"), (words["open"], _open(lang))]
    return [words["head"], "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]


def _metric(metric: str, **key: str) -> float:
    wanted = {"metric": metric, "entity": PLACE, "period": YEAR, "category": "", "sector": "", "item": "", **key}
    table = run().metrics
    found = table[(table[list(wanted)] == list(wanted.values())).all(axis=1)]
    assert len(found) == 1, (wanted, len(found))
    return float(found["value"].iloc[0])


def _judged(period: str, lang: Literal["zh", "en"]) -> str:
    """Return `down 25.08 % (target 16.00 %): met`, with the progress of a span."""
    words, table = WORDS[lang], run().verdicts
    row = table[(table["indicator"] == "energy_intensity") & (table["period"] == period)].iloc[0]
    progress = f", {words['progress']} {row['progress']:.1f} %" if "-" in period else ""
    way = words["down"] if row["value"] > 0 else words["up"]
    found = (
        f"{way} {abs(row['value']):.2f} % ({words['against']} {row['target']:.2f} %): {words[row['verdict']]}{progress}"
    )
    return found if lang == "en" else found.replace(" (", "（").replace("): ", "）：").replace(", ", "，")


def _open(lang: Literal["zh", "en"]) -> str:
    rows = headline(run().verdicts)
    open_ = rows[rows["verdict"] == "cannot_judge"]
    titles = {target.id: target.title.text(lang) for target in plans.load("henan_13th").targets}
    return ("; " if lang == "en" else "；").join(titles[name] for name in open_["indicator"])


def _explanation(lang: Literal["zh", "en"]) -> Iterable[str]:
    yield (
        f"`carbonpeak explain henan {FIGURE}`, first lines:"
        if lang == "en"
        else f"`carbonpeak explain henan {FIGURE}` 前几行："
    )
    yield from ("", "```text", *run().explain(FIGURE, lang=lang).lines()[:LINES], "```")
