"""The last lines of a balance as figures: whether a column closes, and a row's total by the coal equivalent value."""

from __future__ import annotations

from collections.abc import Callable

from ..accounting.energy import UNIT, WAN
from ..accounting.figure_id import figure_id
from .derived import Derived
from .derived_balance import Balance

SIGNS = {"supply": 1, "transform": 1, "loss": -1, "final": -1, "stat_diff": -1}
CLOSURE = "供应 + 加工转换 - 损失 - 终端消费 - 平衡差额"
EQUIVALENT = "各品种之和 + 电力 x (k - k当量) + 热力 x (1 / 供热效率 - 1)"
ELECTRICITY, HEAT, POWER = "electricity", "heat", "tr_power"
PRINTED = 0.005


def closure(derived: Derived, balance: Balance, item: str, *, physical: bool) -> str:
    """Record supply + transformation - loss - final - difference of one carrier from its printed cells.

    A blank cell adds nothing. '' where the source prints no supply at all, or nothing of the carrier.
    """
    take = balance.physical if physical else balance.standard
    metric = "balance_closure" if physical else "balance_closure_tce"
    key = figure_id(metric, balance.table.entity, balance.table.period, item=item)
    return _closure(derived, balance, key, lambda node: take(derived, node, item))


def closure_of_totals(derived: Derived, balance: Balance, basis: str) -> str:
    """Record the same of the totals over all carriers, 10^4 tce."""
    key = figure_id("balance_closure_tce", balance.table.entity, balance.table.period, basis=basis)
    if basis == "equivalent":
        return _closure(derived, balance, key, lambda node: equivalent_total(derived, balance, node))
    return _closure(derived, balance, key, lambda node: balance.standard_total(derived, node))


def _closure(derived: Derived, balance: Balance, key: str, of: Callable[[str], str]) -> str:
    if "supply" not in balance.nodes:
        return ""
    parts = {node: figure for node in SIGNS if (figure := of(node))}
    if not parts:
        return ""
    value = sum(SIGNS[node] * (derived.value(figure) or 0.0) for node, figure in parts.items())
    terms = [derived.term(figure) for figure in parts.values()]
    return derived.put(key, value, derived.unit(terms[0].ref.removeprefix("figure:")), CLOSURE, terms)


def equivalent_total(derived: Derived, balance: Balance, node: str) -> str:
    """Record the sum of a row by the coal equivalent value, 10^4 tce; '' where nothing can be summed.

    Electricity counts at the coal rate of thermal power and heat at the input of heat plants, as the yearbook's
    table by coal equivalent calculation does. Its rows 火力发电 and 供热 then add up to nought, but for what
    `power_parts` tells apart.
    """
    whole, power = balance.standard_total(derived, node), balance.standard(derived, node, ELECTRICITY)
    entity, period = balance.table.entity, balance.table.period
    rate = figure_id("coal_rate", entity, period)
    if not whole or derived.value(rate) is None:
        return ""
    flow, _, sector = node.partition("/")
    key = figure_id("balance_tce", entity, period, category=flow, sector=sector, basis="equivalent")
    heat = balance.standard(derived, node, HEAT)
    efficiency = figure_id("conversion_efficiency", entity, period, category="tr_heat")
    value, terms = derived.value(whole) or 0.0, [derived.term(whole)]
    if power:
        kwh = balance.physical(derived, node, ELECTRICITY)
        value += (derived.value(kwh) or 0.0) * 1e8 * (derived.value(rate) or 0.0) / 1000 / WAN
        value -= derived.value(power) or 0.0
        terms += [derived.term(power, "减：电力（当量值）"), derived.term(kwh, "电力"), derived.term(rate, "k")]
    if heat and (percent := derived.value(efficiency)):
        value += (derived.value(heat) or 0.0) * (100 / percent - 1)
        terms += [derived.term(heat, "热力（当量值）"), derived.term(efficiency, "供热效率")]
    return derived.put(key, value, UNIT, EQUIVALENT, terms, rule="发电煤耗计算法；热力按供热投入")


def power_parts(derived: Derived, balance: Balance) -> tuple[str, str]:
    """Record why the row 火力发电 does not add up to nought by the coal equivalent value, 10^4 tce; '' for no such part.

    First heat put into power plants: the coal rate counts it by its calorific value, the row at the input of heat
    plants. Then what is left: the coal rate used is not that of the balance itself.
    """
    whole = equivalent_total(derived, balance, POWER)
    if not whole or not _seen(derived, whole):
        return "", ""
    entity, period = balance.table.entity, balance.table.period
    heat = balance.standard(derived, POWER, HEAT)
    efficiency = figure_id("conversion_efficiency", entity, period, category="tr_heat")
    percent, amount = derived.value(efficiency), derived.value(heat) if heat else None
    own = ""
    if percent and amount:
        terms = [derived.term(heat, "热力（当量值）"), derived.term(efficiency, "供热效率")]
        own = derived.put(
            figure_id("power_row_heat", entity, period),
            amount * (100 / percent - 1),
            UNIT,
            "热力 x (1 / 供热效率 - 1)",
            terms,
        )
    rest = derived.put_rest(figure_id("power_row_rate", entity, period), whole, [own] if own else [])
    return own if own and _seen(derived, own) else "", rest if _seen(derived, rest) else ""


def _seen(derived: Derived, figure: str) -> bool:
    """Tell whether a figure prints as more than nought with two decimals."""
    return abs(derived.value(figure) or 0.0) >= PRINTED
