"""New renewable electricity: what is consumed beyond 2020, left out of the energy total that is assessed (not of intensity).

    new        = sum over k = 2021..t of (R(k) - R(k-1)) x k_equiv = (R(t) - R(2020)) x k_equiv
    assessed   = E - F - new

R is the consumption of wind, solar, hydro, biomass and geothermal power, by flows and certificates; it is entered, never
read from generation. Rule: 发改运行〔2022〕1258号 (base year 2020, the increase of each year since), F by 发改环资〔2022〕803号.
"""

from __future__ import annotations

from .energy import UNIT, WAN
from .metric_lookup import Lookup
from .metrics import MetricBook
from .wording import words

BASE_YEAR = 2020
RULE = words("发改运行〔2022〕1258号", "NDRC document Fagaiyunxing [2022] No. 1258")


def record(book: MetricBook, entity: str, period: str) -> None:
    """Record new renewables (10^4 tce) and the total without feedstock and new renewables, where both years are entered.

    Nothing is recorded up to 2020, for parts of a year, or where two vintages of R would be mixed.
    """
    if not period.isdigit() or int(period) <= BASE_YEAR:
        return
    lookup = Lookup(book)
    found = [lookup.best("renewable_electricity", entity, year) for year in (str(BASE_YEAR), period)]
    rate = lookup.best("coal_rate", entity, period)
    if any(len(one) != 1 for one in (*found, rate)):
        return
    (before,), (now,), (k,) = *found, rate
    kwh = (now.value - before.value) * 1e8
    book.add(
        "energy_new_renewables", kwh * k.value / 1000 / WAN, UNIT, entity=entity, period=period,
        equation="(R(t) - R(2020)) x k", rule=RULE,
        terms=[now.term(words("R(t) 可再生能源电力消费量", "R(t) renewable electricity consumed")), before.term("R(2020)"), k.term("k")],
    )  # fmt: skip
    net = lookup.best("energy_net_of_feedstock", entity, period)
    if len(net) == 1:
        new = book.term(words("新增可再生能源", "added renewable energy"), "energy_new_renewables", entity, period)
        vintage = net[0].qualifiers.get("vintage", "")
        book.add(
            "energy_net_of_renewables", net[0].value - (new.value or 0.0), UNIT, entity=entity, period=period,
            **({"vintage": vintage} if vintage else {}), equation=words("E - F - 新增可再生能源", "E - F - added renewable energy"),
            terms=[net[0].term("E - F"), new], rule=RULE,
        )  # fmt: skip
