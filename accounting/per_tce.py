"""CO2 of the carbon-intensity indicator by coal equivalent (折标系数法), definitions ci_2011 and ci_2016.

    C = a_coal x E_coal + a_oil x E_oil + a_gas x E_gas (+ electricity legs where declared)

E_coal is 煤品: net consumption of raw coal, washed coal, briquettes, coke, coke-oven gas and other coking products;
recovered gases (blast furnace, converter) are excluded, refinery output is netted by the balance itself. Official text
of the provincial rule was not seen: results say so.
"""

from __future__ import annotations

from collections.abc import Mapping

from .energy import UNIT, WAN
from .energy_table import EnergyTable
from .metrics import MetricBook
from .models import weakest
from .steps import Term, items_query
from .wording import coded, words

GROUPS = {
    "coal_group": ("per_tce_coal", words("煤品", "coal")),
    "oil_group": ("oil", words("油品", "oil")),
    "gas_group": ("gas", words("天然气", "natural gas")),
}


def record(
    table: EnergyTable,
    book: MetricBook,
    factors: Mapping[str, tuple[float, str, str]],
    metric: str = "co2_assessment_2016",
    definition: str = "ci_2016",
) -> float:
    """Record the CO2 (10^4 t) and return it. `factors`: group -> (tCO2/tce, factor id, evidence)."""
    where = {"entity": table.entity, "period": table.period}
    terms, total = [], 0.0
    for group, (items_group, label) in GROUPS.items():
        items = table.items(items_group)
        energy = table.net_of(items) / WAN
        value, factor_id, _ = factors[group]
        query = items_query(items, items_group, **where, account="energy")
        terms += [
            Term(words(f"E_{label}", f"E({label})"), energy, UNIT, query),
            Term(words(f"a_{label}", f"a({label})"), value, "tCO2/tce", f"factor:{factor_id}"),
        ]
        total += energy * value
    book.add(
        metric, total, "10^4 t", **where, definition=definition, equation=words("C = a煤 x E煤 + a油 x E油 + a气 x E气", "C = a(coal) x E(coal) + a(oil) x E(oil) + a(gas) x E(gas)"),
        terms=terms, rule=coded("definition", definition) + words("：折标系数法，煤品含净焦炭，不含回收煤气；规则原文未见", ": per-tce method; coal with net coke, without recovered gases; the rule itself was not seen"),
        evidence=weakest([level for _, _, level in factors.values()]),
    )  # fmt: skip
    return total
