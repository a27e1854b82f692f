"""Gross, net and controlled energy: what is deducted when energy is assessed, kept apart and never netted in silence.

    net of feedstock  E - F             发改环资〔2022〕803号: F from its own statistical survey
    controlled        E - F - N         发改环资〔2024〕113号: N = non-fossil energy
    increment         E(t) - E(base)

F is never the balance row 用作原料、材料, which is wider (lubricants, bitumen, reducing coke); entering that row's number
as F is an error.
"""

from __future__ import annotations

from collections.abc import Mapping

from .energy import UNIT
from .gdp import problem
from .metric_lookup import Found, Lookup, clash
from .metrics import MetricBook
from .problems import Problem, Where
from .run_messages import MESSAGES
from .wording import coded, words

SAME = 1e-6
"""relative: the survey's number would not equal the balance row's to six digits by chance"""


def record(book: MetricBook, entity: str, period: str) -> list[Problem]:
    """Record net and controlled energy (coal equivalent value) where feedstock use is entered; return problems."""
    where = {"entity": entity, "period": period}
    total, feedstock = (_one(book, metric, where) for metric in ("energy_total", "energy_feedstock"))
    if total is None or feedstock is None:
        return []
    row = _one(book, "non_energy_use", where)
    if row and row.value and abs(feedstock.value / row.value - 1) < SAME:
        place = Where(key=f"energy_feedstock@{entity}:{period}")
        return [
            MESSAGES.problem(
                "FEEDSTOCK-ROW", place, f"{feedstock.value:g}", f"{row.value:g}", key=coded("figure", place.key)
            )
        ]
    apart = clash([total, feedstock])
    if apart:
        key = f"energy_net_of_feedstock@{entity}:{period}"
        return [problem("DEF-BREAK", key, apart, "")]
    vintage = total.qualifiers.get("vintage", "")
    keys = where | ({"vintage": vintage} if vintage else {})
    parts = [
        total.term(words("E 能源消费总量(等价值)", "E total energy consumption (coal equivalent value)")),
        feedstock.term(words("F 原料用能", "F feedstock use")),
    ]
    book.add(
        "energy_net_of_feedstock", total.value - feedstock.value, UNIT, **keys, equation="E - F",
        terms=parts, rule=words("发改环资〔2022〕803号", "NDRC document Fagaihuanzi [2022] No. 803"),
    )  # fmt: skip
    other = _one(book, "non_fossil_energy", where)
    if other is None:
        return []
    apart = clash([total, feedstock, other])
    if apart:
        key = f"energy_controlled@{entity}:{period}"
        return [problem("DEF-BREAK", key, apart, "")]
    book.add(
        "energy_controlled", total.value - feedstock.value - other.value, UNIT, **keys, equation="E - F - N",
        terms=[*parts, other.term(words("N 非化石能源", "N non-fossil energy"))], rule=words("发改环资〔2024〕113号", "NDRC document Fagaihuanzi [2024] No. 113"),
    )  # fmt: skip
    return []


def _one(book: MetricBook, metric: str, where: Mapping[str, str]) -> Found | None:
    """The best vintage of a figure in 10^4 tce, by the coal equivalent value or without a basis."""
    found = Lookup(book).best(metric, where["entity"], where["period"], {"basis": "equivalent"})
    return found[0].converted(UNIT) if len(found) == 1 else None
