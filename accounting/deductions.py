"""Gross, net and controlled energy: what is deducted when energy is assessed, kept apart and never netted in silence.

    net of feedstock  E - F             发改环资〔2022〕803号: F from its own statistical survey
    controlled        E - F - N         发改环资〔2024〕113号: N = non-fossil energy
    increment         E(t) - E(base)

F is never the balance row 用作原料、材料, which is wider (lubricants, bitumen, reducing coke); entering that row's number
as F is an error.
"""

from __future__ import annotations

from .energy import UNIT
from .metrics import MetricBook
from .problems import Problem, Where
from .run_messages import MESSAGES

SAME = 1e-6
"""relative: the survey's number would not equal the balance row's to six digits by chance"""


def record(book: MetricBook, entity: str, period: str) -> list[Problem]:
    """Record net and controlled energy (coal equivalent value) where feedstock use is entered; return problems."""
    where = {"entity": entity, "period": period}
    total = book.term("E 能源消费总量(等价值)", "energy_total", **where, basis="equivalent")
    feedstock = book.term("F 原料用能", "energy_feedstock", **where)
    if total.value is None or feedstock.value is None:
        return []
    row = book.value("non_energy_use", **where)
    if row and abs(feedstock.value / row - 1) < SAME:
        place = Where(key=f"energy_feedstock@{entity}:{period}")
        return [MESSAGES.problem("FEEDSTOCK-ROW", place, f"{feedstock.value:g}", f"{row:g}")]
    book.add(
        "energy_net_of_feedstock", total.value - feedstock.value, UNIT, **where, equation="E - F",
        terms=[total, feedstock], rule="发改环资〔2022〕803号",
    )  # fmt: skip
    other = book.term("N 非化石能源", "non_fossil_energy", **where, basis="equivalent")
    if other.value is not None:
        book.add(
            "energy_controlled", total.value - feedstock.value - other.value, UNIT, **where, equation="E - F - N",
            terms=[total, feedstock, other], rule="发改环资〔2024〕113号",
        )  # fmt: skip
    return []
