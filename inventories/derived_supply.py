"""Primary energy available to a place, the other denominator of the non-fossil share, as a figure."""

from __future__ import annotations

from ..accounting.energy import UNIT, WAN
from ..accounting.figure_id import figure_id, parse
from ..accounting.wording import coded, words
from .derived import Derived
from .derived_balance import Balance

SUPPLY, RECOVERY = "primary_energy_supply", "recovery"
SHARE = "non_fossil_share_of_supply"
ELECTRICITY = "electricity"


def supply(derived: Derived, balance: Balance, basis: str) -> str:
    """Record 可供本地区消费的能源量 without recovered energy, 10^4 tce; missing where the balance has no such row.

    By the coal equivalent value the electricity that flows in or is made without fuel counts at the coal rate, as in
    total consumption: supply = consumption + statistical difference.
    """
    key = figure_id(SUPPLY, balance.table.entity, balance.table.period, basis=basis)
    power = balance.physical(derived, "supply", ELECTRICITY) if basis == "equivalent" else ""
    items = [item for item in balance.items if not (power and item == ELECTRICITY)]
    parts = [figure for item in items if (figure := balance.standard(derived, "supply", item))]
    back = [figure for item in items if (figure := balance.standard(derived, RECOVERY, item))]
    rate = figure_id("coal_rate", balance.table.entity, balance.table.period)
    if not parts or (power and derived.value(rate) is None):
        return derived.missing(
            key,
            words("缺一次能源生产、调入、调出和库存变化", "needs primary production, inflow, outflow and stock change"),
            UNIT,
        )
    value = sum(derived.value(one) or 0.0 for one in parts) - sum(derived.value(one) or 0.0 for one in back)
    terms = [derived.term(one) for one in parts] + [
        derived.term(one, words("减 ", "less ") + coded("carrier", dict(parse(one).qualifiers)["item"])) for one in back
    ]
    equation = words("Σ可供本地区消费的能源量 - 回收能", "Σ energy available for consumption - recovered energy")
    if power:
        value += (derived.value(power) or 0.0) * 1e8 * (derived.value(rate) or 0.0) / 1000 / WAN
        terms += [derived.term(power, words("电力可供量", "electricity available")), derived.term(rate, "k")]
        equation = words(
            "Σ可供本地区消费的能源量（电力以外） - 回收能 + 电力可供量 x k",
            "Σ energy available for consumption (without electricity) - recovered energy + electricity available x k",
        )
    return derived.put(
        key, value, UNIT, equation, terms, rule=words("NBS 能源平衡表 一", "NBS energy balance, block 1")
    )


def non_fossil_share(derived: Derived, balance: Balance, basis: str) -> str:
    """Record non-fossil energy over primary energy supply, both by the same conversion."""
    entity, period = balance.table.entity, balance.table.period
    part = figure_id("non_fossil_energy", entity, period, basis=basis)
    whole = supply(derived, balance, basis)
    key = figure_id(SHARE, entity, period, basis=basis)
    return derived.share(
        key, part, whole, words("非化石能源消费量 / 一次能源可供量", "non-fossil energy / primary energy available")
    )
