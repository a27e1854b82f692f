"""Electricity and heat an enterprise buys: CO2 by the average factor, and by the residual factor after certificates.

location-based   Q x EF(average of the data year, as the notice names it)
market-based     (Q - q_certified) x EF(excluding market-traded non-fossil), only with retired certificates
heat             Q x 0.11 tCO2/GJ

Q is what was bought less what was supplied to others (GB/T 32150-2025; notices of the electricity factors).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .completeness import left_out, mark
from .figure_id import figure_id
from .metrics import MetricBook
from .models import Evidence, weakest
from .steps import Term
from .wording import words

RULE = words(
    "企业温室气体排放核算；因子按数据年和用途选取", "emissions of enterprises; factors by data year and purpose"
)
PARTS = {
    "purchase": words("购入", "bought"), "sold": words("外供（扣减）", "sold (deducted)"), "consumption": words("消费量", "consumption"), "production_use": words("工业生产消费", "use in industrial production"),
    "transformation_output": words("自产（扣减）", "own production (deducted)"), "recovered": words("回收（扣减）", "recovered (deducted)"),
}  # fmt: skip
"""flow -> what it is in the net purchase"""
TOTAL = {
    "co2_scope1": words("化石燃料燃烧", "combustion of fossil fuels"),
    "co2_scope2_location": words("净购入电力", "net purchased electricity"),
    "co2_scope2_heat": words("净购入热力", "net purchased heat"),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A factor chosen for a purchase: value in t CO2 per kWh or GJ; None where none fits."""

    value: float | None
    factor_id: str = ""
    evidence: str = ""
    missing: str = ""
    why: str = ""


def electricity(
    book: MetricBook,
    where: dict[str, str],
    parts: Sequence[Term],
    average: Chosen,
    certified: tuple[float, Chosen, str] | None = None,
) -> None:
    """Record purchased electricity (`parts` in 10^4 kWh, signed) and its CO2 (t). `certified`: (kWh, residual factor, source)."""
    amount, quantity = _amount(
        book, "electricity_purchased", where, parts, words("净购入电量", "net purchased electricity")
    )
    kwh = quantity * 1e4
    equation = words("净购入电量 x 全国平均因子", "net purchased electricity x national average factor")
    _product(book, ("co2_scope2_location", "t/kWh"), where, [amount], kwh, average, equation)
    if certified is None:
        return
    green, residual, source = certified
    less = Term(
        words("已核销绿证对应电量", "electricity of retired green certificates"),
        green / 1e4,
        "10^4 kWh",
        f"input:{source}",
    )
    equation = words(
        "(净购入电量 - 已核销绿证电量) x 不含市场化交易非化石电量的因子",
        "(net purchased electricity - electricity of retired green certificates) x factor without traded non-fossil electricity",
    )
    _product(book, ("co2_scope2_market", "t/kWh"), where, [amount, less], kwh - green, residual, equation)


def heat(book: MetricBook, where: dict[str, str], parts: Sequence[Term], factor: Chosen) -> None:
    """Record purchased heat (`parts` in GJ, signed) and its CO2 (t)."""
    amount, quantity = _amount(book, "heat_purchased", where, parts, words("净购入热力", "net purchased heat"))
    _product(
        book,
        ("co2_scope2_heat", "t/GJ"),
        where,
        [amount],
        quantity,
        factor,
        words("净购入热力 x 热力因子", "net purchased heat x heat factor"),
    )


def _amount(
    book: MetricBook, metric: str, where: dict[str, str], parts: Sequence[Term], name: str
) -> tuple[Term, float]:
    value = sum(part.value or 0.0 for part in parts)
    figure = book.add(
        metric,
        value,
        parts[0].unit,
        **where,
        equation=words(f"{name} = 购入 - 外供", f"{name} = bought - sold"),
        terms=parts,
    )
    return Term(name, value, parts[0].unit, f"figure:{figure}"), value


def _product(
    book: MetricBook,
    what: tuple[str, str],
    where: dict[str, str],
    terms: list[Term],
    quantity: float,
    factor: Chosen,
    equation: str,
) -> None:
    metric, unit = what
    value = None if factor.value is None else quantity * factor.value
    name = f"{words('因子', 'factor')}（{factor.why}）" if factor.why else words("因子", "factor")
    book.add(
        metric, value, "t", **where, equation=equation, rule=RULE, evidence=factor.evidence,
        terms=[*terms, Term(name, factor.value, unit, f"factor:{factor.factor_id}" if factor.factor_id else "")],
        note=f"{words('暂缺', 'n/a')}：{factor.missing}" if factor.value is None else "",
    )  # fmt: skip


def total(book: MetricBook, where: dict[str, str]) -> None:
    """Record the CO2 total: combustion + purchased electricity (location-based) + purchased heat.

    A part without a value leaves the total incomplete, and the note says so; without any value there is no total.
    """
    parts = [book.term(name, metric, **where) for metric, name in TOTAL.items() if _key(metric, where) in book.rows]
    rows = [book.rows[part.ref.removeprefix("figure:")] for part in parts]
    known = [part for part in parts if part.value is not None]
    if not known:
        return
    order = [str(level) for level in Evidence]
    lacking = [name for row in rows for name in left_out(str(row["note"]))]
    lacking += [part.name for part in parts if part.value is None]
    book.add(
        "co2_enterprise", sum(part.value or 0.0 for part in known), "t", **where,
        equation=words("燃烧 + 净购入电力（基于位置） + 净购入热力", "combustion + net purchased electricity (location-based) + net purchased heat"), terms=parts, note=mark(lacking),
        evidence=weakest([book.evidence([part.ref.removeprefix("figure:")], order) for part in known]),
    )  # fmt: skip


def _key(metric: str, where: dict[str, str]) -> str:
    return figure_id(metric, where["entity"], where["period"])
