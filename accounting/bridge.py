"""口径对照: the CO2 totals of one place and the walk from one to the next, with residual 0.

At least six official or customary totals exist and are never called by one name: (a) energy activities, direct;
(b) a + net inflow of electricity and heat; (c) assessment ci_2016 per tce; (d) assessment ci_2025; (e) inventory CO2
(energy + processes); (f) greenhouse gas total. Literature totals stand beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .metric_lookup import Lookup
from .metrics import MetricBook
from .steps import Term
from .wording import listed, words

WAN_T = "10^4 t"


@dataclass(frozen=True, slots=True)
class BridgeStep:
    """One line of the walk: from total (a) by `name` `delta` to `target`; None where an input is missing."""

    target: str
    zh: str
    en: str
    delta: float | None
    figure: str
    missing: str = ""


def totals(book: MetricBook, entity: str, period: str, account: str) -> None:
    """Record totals (b), (d) and (e) from their parts. A total whose part is missing is recorded as 暂缺."""
    where, lookup = {"entity": entity, "period": period}, Lookup(book)
    direct = lookup.term(
        words("能源活动CO2（直接）", "CO2 of energy activities (direct)"), "co2_energy", **where, definition=account
    )
    if direct.value is None:
        return
    electricity = lookup.term(words("净调入电力隐含CO2", "CO2 of net electricity inflow"), "co2_electricity", **where)
    heat = lookup.term(words("净调入热力隐含CO2", "CO2 of net heat inflow"), "co2_heat", **where)
    process = lookup.term(words("工业生产过程CO2", "CO2 of industrial processes"), "co2_process", **where)
    non_energy = lookup.term(
        words("非能源利用CO2（扣除）", "CO2 of non-energy use (deducted)"),
        "co2_non_energy",
        **where,
        definition=account,
    )
    legs = [electricity] if heat.value is None else [electricity, heat]
    _sum(
        book,
        "co2_energy_with_electricity",
        where,
        account,
        words("a + 净调入电力（热力）隐含排放", "a + emissions of net inflow of electricity and heat"),
        [direct, *legs],
    )
    _sum(
        book,
        "co2_inventory",
        where,
        account,
        words("能源活动 + 工业生产过程", "energy activities + industrial processes"),
        [direct, process],
    )
    less = Term(non_energy.name, -(non_energy.value or 0.0), WAN_T, non_energy.ref) if non_energy.value else None
    parts = [direct, *([less] if less else []), process, *legs]
    _sum(
        book,
        "co2_assessment_2025",
        where,
        "ci_2025",
        words(
            "能源活动（不含非能源利用）+ 工业生产过程 + 电力、热力两端",
            "energy activities (without non-energy use) + industrial processes + both legs of electricity and heat",
        ),
        parts,
    )


def _sum(
    book: MetricBook, metric: str, where: dict[str, str], definition: str, equation: str, terms: Sequence[Term]
) -> None:
    missing = [term.name for term in terms if term.value is None]
    value = None if missing else sum(term.value or 0.0 for term in terms)
    book.add(
        metric, value, WAN_T, **where, definition=definition, equation=equation, terms=terms,
        rule=words("口径对照；正式规则原文未见", "comparison of definitions; the official rule was not seen") if definition == "ci_2025" else words("口径对照", "comparison of definitions"),
        note=f"{words('暂缺', 'n/a')}：{listed(missing)}" if missing else "",
    )  # fmt: skip


def walk(book: MetricBook, entity: str, period: str, account: str) -> list[BridgeStep]:
    """Return the walk from (a) to every other total that exists, one line per target. Residual is 0 by construction
    of each line: target - start; lines whose target is built from parts are split by `totals`."""
    lookup = Lookup(book)
    start = lookup.term("co2_energy", "co2_energy", entity, period, definition=account).value
    if start is None:
        return []
    targets = (
        ("co2_energy_with_electricity", account, "加净调入电力（热力）", "plus net inflow of electricity and heat"),
        ("co2_assessment_2016", "ci_2016", "换用折标系数法", "per-tce method instead of fuel factors"),
        ("co2_assessment_2025", "ci_2025", "减非能源利用、加过程和电力热力", "less non-energy use, plus processes and legs"),
        ("co2_inventory", account, "加工业生产过程", "plus industrial processes"),
        ("co2_literature", "", "文献核算（另一套因子和口径）", "literature (other factors and boundary)"),
    )  # fmt: skip
    lines = []
    for metric, definition, zh, en in targets:
        term = lookup.term(metric, metric, entity, period, **({"definition": definition} if definition else {}))
        delta = None if term.value is None else term.value - start
        lines.append(
            BridgeStep(metric, zh, en, delta, term.ref.removeprefix("figure:"), "" if delta is not None else zh)
        )
    return lines
