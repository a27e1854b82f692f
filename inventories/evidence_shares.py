"""The share of the totals that rests on each evidence level, and on each printed number.

    share of a level = Σ |contributions on that level| / Σ |contributions| x 100

A contribution stands on the weakest level of its chain: printed numbers and input data (contributions.py). The two are
also given apart. Shares by factor do not add up to 100: a contribution rests on several numbers, or on none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..accounting.figure_id import figure_id, parse
from ..accounting.metrics import MetricBook
from ..accounting.models import Evidence
from ..accounting.steps import Step, Term
from ..accounting.wording import coded, plain, words
from .contributions import Contribution, Total

PER_CENT, OWN = "%", "own_data"
"""category of what is the place's own: no printed number, no published data"""
KINDS: Mapping[str, tuple[Callable[[Contribution], str], str]] = {
    "evidence_share": (lambda part: part.level, words("依据链最低等级", "weakest level of the chain")),
    "factor_evidence_share": (lambda part: part.factor, words("因子最低等级", "weakest level of the factors")),
    "data_evidence_share": (lambda part: part.data, words("数据最低等级", "weakest level of the data")),
}
"""end of the metric -> level that counts, in words"""
RULE = words(
    "贡献可为负（净调出、净产出的品种），份额按绝对值计算",
    "contributions may be negative: shares are of absolute values",
)
GROSS = words(
    "Σ|各品种贡献|，同一品种按所依据的因子和数据分组",
    "Σ|contributions|, of a carrier by the factors and data it rests on",
)


def prefix(total: str) -> str:
    """Return how the metrics of a total begin: energy or co2."""
    return "energy" if parse(total).metric.startswith("energy") else "co2"


def share_id(total: str, kind: str, level: str) -> str:
    """Return the figure of the share of a total on a level; `kind` of KINDS, level '' = the place's own."""
    one = parse(total)
    return figure_id(f"{prefix(total)}_{kind}", one.entity, one.period, category=level or OWN, **_qualifiers(total))


def gross_id(total: str) -> str:
    """Return the figure of the sum of absolute contributions of a total (a step, no metric)."""
    one = parse(total)
    return figure_id(f"{prefix(total)}_gross_contributions", one.entity, one.period, **_qualifiers(total))


def _qualifiers(total: str) -> dict[str, str]:
    return {name: value for name, value in parse(total).qualifiers if name in ("basis", "definition")}


def record(totals: Sequence[Total], book: MetricBook) -> None:
    """Record the shares of every total as metrics, each with the contributions behind it as terms."""
    for total in totals:
        gross = _gross(total, book)
        for kind, (level_of, what) in KINDS.items():
            levels = {level_of(part) for part in total.parts}
            for level in [one for one in (*map(str, Evidence), "") if one in levels]:
                own = [part for part in total.parts if level_of(part) == level]
                one = parse(share_id(total.figure, kind, level))
                book.add(
                    one.metric, 100 * sum(abs(part.value) for part in own) / total.gross, PER_CENT,
                    entity=one.entity, period=one.period, **dict(one.qualifiers), rule=RULE,
                    evidence=str(book.rows[total.figure]["evidence"]),
                    equation=_equation(what), terms=[*_terms(own, total.unit), gross],
                )  # fmt: skip


def _equation(what: str) -> str:
    return words(
        f"Σ|{what}为该等级的各品种贡献| / Σ|各品种贡献| x 100",
        f"Σ|contributions of which this is the {what}| / Σ|contributions| x 100",
    )


def _gross(total: Total, book: MetricBook) -> Term:
    figure = gross_id(total.figure)
    book.steps.append(Step(figure, GROSS, tuple(_terms(total.parts, total.unit)), total.gross, total.unit, RULE))
    return Term(words("Σ|各品种贡献|", "Σ|contributions|"), total.gross, total.unit, f"figure:{figure}")


def _terms(parts: Sequence[Contribution], unit: str) -> list[Term]:
    """One term a carrier, largest first."""
    sums: dict[tuple[str, str], float] = {}
    for part in parts:
        sums[part.item, part.ref] = sums.get((part.item, part.ref), 0.0) + part.value
    order = sorted(sums, key=lambda key: (-abs(sums[key]), key))
    return [Term(coded("carrier", item), sums[item, ref], unit, ref) for item, ref in order]


def of_numbers(totals: Sequence[Total]) -> dict[str, list[dict[str, Any]]]:
    """Return what rests on each factor: factor id -> one record for every total it bears a part of.

    A record holds `total` and `gross` (figures), `share` in per cent, and `terms`, the carriers with their amounts.
    """
    out: dict[str, list[dict[str, Any]]] = {}
    for total in totals:
        by_factor: dict[str, list[Contribution]] = {}
        for part in total.parts:
            for factor in sorted({name for name, _ in part.numbers}):
                by_factor.setdefault(factor, []).append(part)
        for factor, parts in by_factor.items():
            share = 100 * sum(abs(part.value) for part in parts) / total.gross
            terms = [
                {"item": plain(t.name), "value": t.value, "unit": t.unit, "ref": t.ref}
                for t in _terms(parts, total.unit)
            ]
            record_ = {"total": total.figure, "gross": gross_id(total.figure), "share": share, "terms": terms}
            out.setdefault(factor, []).append(record_)
    return out
