"""Electricity and heat an enterprise buys: CO2 by the average factor, and by the residual factor after certificates.

location-based   Q x EF(average of the data year, as the notice names it)
market-based     (Q - q_certified) x EF(excluding market-traded non-fossil), only with retired certificates
heat             Q x 0.11 tCO2/GJ
"""

from __future__ import annotations

from dataclasses import dataclass

from .metrics import MetricBook
from .models import weakest
from .steps import Term


@dataclass(frozen=True, slots=True)
class Chosen:
    """A factor chosen for a purchase: value in t CO2 per kWh or GJ; None where none fits."""

    value: float | None
    factor_id: str = ""
    evidence: str = ""
    missing: str = ""


def electricity(
    book: MetricBook,
    where: dict[str, str],
    bought: Term,
    average: Chosen,
    certified: tuple[float, Chosen, str] | None = None,
) -> None:
    """Record purchased electricity (10^4 kWh in `bought`) and its CO2 (t). `certified`: (kWh, residual factor, source)."""
    quantity = (bought.value or 0.0) * 1e4
    figure = book.add(
        "electricity_purchased", bought.value, "10^4 kWh", **where, equation="购入 - 外供", terms=[bought],
    )  # fmt: skip
    amount = Term("净购入电量", bought.value, "10^4 kWh", f"figure:{figure}")
    _product(book, "co2_scope2_location", where, amount, quantity, average, "净购入电量 x 全国平均因子")
    if certified is None:
        return
    kwh, residual, source = certified
    green = Term("已核销绿证对应电量", kwh / 1e4, "10^4 kWh", f"input:{source}")
    _product(
        book, "co2_scope2_market", where, amount, quantity - kwh, residual,
        "(净购入电量 - 已核销绿证电量) x 不含市场化交易非化石电量的因子", [green],
    )  # fmt: skip


def heat(book: MetricBook, where: dict[str, str], bought: Term, factor: Chosen) -> None:
    """Record purchased heat (GJ) and its CO2 (t)."""
    figure = book.add("heat_purchased", bought.value, "GJ", **where, equation="购入 - 外供", terms=[bought])
    amount = Term("净购入热力", bought.value, "GJ", f"figure:{figure}")
    _product(book, "co2_scope2_heat", where, amount, bought.value or 0.0, factor, "净购入热力 x 热力因子")


def _product(
    book: MetricBook,
    metric: str,
    where: dict[str, str],
    amount: Term,
    quantity: float,
    factor: Chosen,
    equation: str,
    more: list[Term] | None = None,
) -> None:
    value = None if factor.value is None else quantity * factor.value
    terms = [amount, *(more or [])]
    if factor.value is not None:
        terms.append(
            Term(
                "因子 factor",
                factor.value,
                "t/kWh" if metric != "co2_scope2_heat" else "t/GJ",
                f"factor:{factor.factor_id}",
            )
        )
    book.add(
        metric, value, "t", **where, equation=equation, terms=terms, evidence=factor.evidence,
        rule="企业温室气体排放核算；因子按数据年和用途选取", note=f"暂缺：{factor.missing}" if factor.missing else "",
    )  # fmt: skip


def total(book: MetricBook, where: dict[str, str]) -> None:
    """Record the CO2 total: combustion + purchased electricity (location-based) + purchased heat."""
    parts = [
        book.term(name, metric, **where)
        for metric, name in (
            ("co2_scope1", "化石燃料燃烧"), ("co2_scope2_location", "净购入电力"), ("co2_scope2_heat", "净购入热力"),
        )
        if book.value(metric, **where) is not None
    ]  # fmt: skip
    if not parts:
        return
    levels = weakest([book.evidence([term.ref.removeprefix("figure:")], list(_ORDER)) for term in parts])
    book.add(
        "co2_enterprise", sum(term.value or 0.0 for term in parts), "t", **where, equation="燃烧 + 净购入电力 + 净购入热力",
        terms=parts, evidence=levels,
    )  # fmt: skip


_ORDER = ("confirmed", "transcribed", "derived", "attributed", "recalled", "assumed")
