"""Gross, net and controlled energy: what is deducted when energy is assessed, kept apart and never netted in silence.

    net of feedstock  E - F             发改环资〔2022〕803号: F from its own statistical survey
    controlled        E - F - N - GEC   发改环资〔2024〕113号: N = non-fossil energy; GEC = green certificates bought from
                                        other provinces, at most half of the saving the five-year target needs
    increment         E(t) - E(base)

F is never the balance row 用作原料、材料, which is wider (lubricants, bitumen, reducing coke); entering that row's number
as F is an error.
"""

from __future__ import annotations

from collections.abc import Mapping

from . import rates
from .energy import UNIT
from .gdp import problem
from .metric_lookup import Found, Lookup, clash
from .metrics import MetricBook
from .models import weakest
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
    traded, problems = _certificates(book, where)
    deducted = [feedstock, other, *traded]
    apart = clash([total, *deducted])
    if apart:
        key = f"energy_controlled@{entity}:{period}"
        return [*problems, problem("DEF-BREAK", key, apart, "")]
    names = ("F 原料用能", "N 非化石能源", "GEC 跨省绿证抵扣 traded certificates")
    terms = [
        total.term("E 能源消费总量(等价值)"),
        *(one.term(name) for one, name in zip(deducted, names, strict=False)),
    ]
    book.add(
        "energy_controlled", total.value - sum(one.value for one in deducted), UNIT, **keys,
        equation="E - F - N - GEC" if traded else "E - F - N", terms=terms, rule="发改环资〔2024〕113号",
    )  # fmt: skip
    return problems


def _certificates(book: MetricBook, where: Mapping[str, str]) -> tuple[list[Found], list[Problem]]:
    """Record what certificates bought from other provinces may deduct; nothing while the cap is not known (GEC-CAP)."""
    claim, needed = (_one(book, name, where) for name in ("energy_gec", "energy_saving_needed"))
    if claim is None:
        return [], []
    key = f"energy_gec@{where['entity']}:{where['period']}"
    if needed is None:
        found = f"{claim.value:g}"
        return [], [
            MESSAGES.problem("GEC-CAP", Where(key=key), found, "energy_saving_needed", key=coded("figure", key))
        ]
    apart = clash([claim, needed])
    if apart:
        return [], [problem("DEF-BREAK", key, apart, "")]
    book.add(
        "energy_gec_deducted", rates.gec_allowed(claim.value, needed.value), UNIT, **where,
        equation=words("min(GEC, 50 % x 所需节能量)", "min(GEC, 50 % x saving needed)"),
        rule=words("发改环资〔2024〕113号", "NDRC document Fagaihuanzi [2024] No. 113"),
        terms=(
            claim.term(words("GEC 跨省绿证对应的能源", "GEC energy of certificates from other provinces")),
            needed.term(words("完成五年目标所需节能量", "saving needed for the five-year target")),
        ),
        evidence=weakest([claim.evidence, needed.evidence]),
    )  # fmt: skip
    return Lookup(book).best("energy_gec_deducted", where["entity"], where["period"]), []


def _one(book: MetricBook, metric: str, where: Mapping[str, str]) -> Found | None:
    """The best vintage of a figure in 10^4 tce, by the coal equivalent value or without a basis."""
    found = Lookup(book).best(metric, where["entity"], where["period"], {"basis": "equivalent"})
    return found[0].converted(UNIT) if len(found) == 1 else None
