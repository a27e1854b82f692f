"""Bridges: a carrier that the family lacks, by a declared mix of carriers it has, or by a declared stand-in.

Mix on heat shares (IPCC 2006 vol. 2 ch. 1: emission = heat x factor per heat, summed over the kinds)::

    co2 per GJ  = Σ share_i x carbon_i x oxidation_i x 44/12          heat of the carrier itself stays
    tce per t   = 1 / Σ (share_i / tce_i)

Mix on mass shares: value per unit = Σ share_i x value_i.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isnan, nan
from typing import TYPE_CHECKING

from ..accounting.wording import coded, listed, words
from .narrow import Question, Refusal
from .numbers import TCE, Numbers
from .profile import Bridge, Mix
from .use import decided, in_mix, without_heat

if TYPE_CHECKING:
    from .answer import Answer, Answerer


MAX_AGE = 3
"""years a declared mix may be older than the data, where the profile sets no limit"""


@dataclass(frozen=True, slots=True)
class _Shares:
    of: Mapping[str, float]
    basis: str
    source: str
    evidence: str


def bridged(answerer: Answerer, question: Question, bridge: Bridge) -> Answer | Refusal:
    """Return the answer over a bridge; refusal COAL-MIX with the answers of the single kinds where no mix is declared."""
    if bridge.kind == "same_as":
        return _stand_in(answerer, question, bridge)
    shares = _shares(answerer, question, bridge)
    if shares is None:
        return _undeclared(answerer, question, bridge)
    return _mixed(answerer, question, shares, bridge.item)


def _stand_in(answerer: Answerer, question: Question, bridge: Bridge) -> Answer | Refusal:
    found = answerer.answer(replace(question, item=bridge.item))
    if isinstance(found, Refusal):
        return found
    own = replace(found.numbers, uses=decided(found.numbers.uses, bridge.evidence.value, role="stand_in"))
    lacking, other = coded("carrier", question.item), coded("carrier", bridge.item)
    told = words(f"{lacking}无因子，以{other}代", f"no factor for {lacking}, {other} stands in")
    answer = replace(found, numbers=own, why=[f"{told}：{bridge.reason}", *found.why])
    return _own_heat(answerer, question, answer)


def _own_heat(answerer: Answerer, question: Question, answer: Answer) -> Answer:
    """A stand-in lends its factor per heat; the heat is the carrier's own where its coefficient is known."""
    by_heat = not isnan(answer.numbers.per_heat) or not isnan(answer.numbers.carbon_content)
    if question.quantity in TCE or not by_heat:
        return answer
    heat = answerer.heat(question)
    if isinstance(heat, Refusal) or heat.factor_id == answer.ncv_from:
        return answer
    uses = [*without_heat(answer.numbers.uses), *heat.numbers.uses]
    own = replace(answer.numbers, ncv=heat.numbers.ncv, uses=uses)
    told = words("热量用本品种的", "heat of the carrier itself from")
    why = [*answer.why, f"{told} {heat.factor_id}（{own.ncv:.6g} GJ/{question.unit}）"]
    lacks = tuple(part for part in answer.lacks if part != "ncv")
    sets = tuple(dict.fromkeys([*answer.sets, *heat.sets]))
    return replace(answer, numbers=own, why=why, lacks=lacks, ncv_from=heat.factor_id, sets=sets)


def _shares(answerer: Answerer, question: Question, bridge: Bridge) -> _Shares | None:
    if bridge.of:
        return _Shares(bridge.of, bridge.basis, bridge.source, bridge.evidence.value)
    mix = declared(answerer, question, bridge.from_workspace)
    return None if mix is None else _Shares(mix.of, mix.basis, mix.source, str(mix.evidence))


def declared(answerer: Answerer, question: Question, name: str) -> Mix | None:
    """Return the mix of the nearest place; there of the asked year, else the nearest earlier (3 years), else undated."""
    limit = answerer.chooser.profile.max_age
    return nearest(answerer.mixes, name, question.chain, question.year, MAX_AGE if limit is None else limit)


def nearest(
    mixes: Sequence[Mix], name: str, chain: Sequence[str], year: int | None, max_age: int = MAX_AGE
) -> Mix | None:
    """Return the mix of the nearest place of a chain (the place itself first), of the year or the nearest earlier one."""
    fits: list[tuple[int, int, Mix]] = []
    for mix in mixes:
        if mix.name != name or mix.region not in chain:
            continue
        age = 0 if mix.year is None or year is None else year - mix.year
        if 0 <= age <= max_age:
            fits.append((chain.index(mix.region), 1000 if mix.year is None else age, mix))
    return min(fits, key=lambda fit: fit[:2])[2] if fits else None


def _components(
    answerer: Answerer, question: Question, items: list[str], basis: str, own: str
) -> dict[str, Answer] | Refusal:
    """Answer every kind for the same question: per GJ on heat shares, per unit of the carrier on mass shares.

    `own` is the family's name for the part that carries the name of the whole; '' = the same.
    """
    per = "GJ" if basis == "heat" and question.quantity not in TCE else question.unit
    out: dict[str, Answer] = {}
    for item in items:
        itself = item == question.item and not own
        kind = replace(question, item=own if item == question.item and own else item, unit=per)
        found = answerer.without_bridge(kind) if itself else answerer.answer(kind)
        if isinstance(found, Refusal):
            return Refusal(
                found.code, f"{words('构成中的', 'in the mix, ')}{coded('carrier', item)}：{found.detail}", found.params
            )
        out[item] = found
    return out


def _mixed(answerer: Answerer, question: Question, shares: _Shares, own: str = "") -> Answer | Refusal:
    parts = _components(answerer, question, [item for item, share in shares.of.items() if share], shares.basis, own)
    if isinstance(parts, Refusal):
        return parts
    lacking = coded("carrier", question.item)
    per = ("热量", "heat") if shares.basis == "heat" else ("质量（体积）", "mass (volume)")
    kinds = listed(f"{coded('carrier', item)} {shares.of[item]:.4g}" for item in parts)
    told = words(
        f"{lacking}无因子，按{per[0]}构成 {kinds} 加权",
        f"no factor for {lacking}, weighted by shares of {per[1]} {kinds}",
    )
    first = next(iter(parts.values()))
    becomes = "per_heat" if shares.basis == "heat" and question.quantity not in TCE else "value"
    uses = [
        use
        for item, part in parts.items()
        for use in in_mix(part.numbers.uses, shares.of[item], shares.evidence, becomes)
    ]
    answer = replace(
        first,
        numbers=Numbers(uses=uses),
        factor_id=" + ".join(f"{shares.of[item]:g}*{part.factor_id}" for item, part in parts.items()),
        why=[f"{told}（{shares.source}）", *first.why],
        ncv_from="", kind="", lacks=(),
        sets=tuple(dict.fromkeys(name for part in parts.values() for name in part.sets)),
    )  # fmt: skip
    return _weighted(answerer, question, answer, parts, shares)


def _weighted(
    answerer: Answerer, question: Question, answer: Answer, parts: dict[str, Answer], shares: _Shares
) -> Answer | Refusal:
    by_heat = shares.basis == "heat"
    if by_heat and question.quantity in TCE:
        answer.numbers.value = 1 / sum(shares.of[item] / part.per_unit() for item, part in parts.items())
        return answer
    if not by_heat:
        answer.numbers.value = sum(shares.of[item] * part.per_unit() for item, part in parts.items())
        return (
            answer
            if not isnan(answer.numbers.value)
            else Refusal("FACTOR-PART", words("构成中有品种缺热值", "a heat value of a carrier in the mix"))
        )
    answer.numbers.per_heat = sum(shares.of[item] * part.per_heat() for item, part in parts.items())
    if isnan(answer.numbers.per_heat):
        return Refusal(
            "FACTOR-PART", words("构成中有品种缺含碳量或氧化率", "carbon content or oxidation of a carrier in the mix")
        )
    heat = answerer.heat(question)
    if isinstance(heat, Refusal):
        return replace(answer, lacks=("ncv",))
    answer.numbers.ncv = heat.numbers.ncv
    answer.numbers.uses += heat.numbers.uses
    answer.numbers.notes += heat.numbers.notes
    why = [*answer.why, heat_from(heat.factor_id, heat.numbers.ncv, question.unit)]
    return replace(answer, why=why, ncv_from=heat.factor_id, sets=tuple(dict.fromkeys([*answer.sets, *heat.sets])))


def heat_from(factor_id: str, ncv: float, unit: str) -> str:
    """Say which factor gave the heat per unit of activity (GJ)."""
    return words("热量取自", "heat from") + f" {factor_id}（{ncv:.6g} GJ/{unit}）"


def _alone(answerer: Answerer, question: Question, item: str, basis: str) -> float:
    """Return t (or tce) per unit if the whole carrier were this kind."""
    answer = _mixed(answerer, question, _Shares({item: 1.0}, basis, "", ""))
    return nan if isinstance(answer, Refusal) else answer.per_unit()


EQUAL = words("各种因子相同，无须声明构成", "all kinds have the same factor: no shares are needed")


def _undeclared(answerer: Answerer, question: Question, bridge: Bridge) -> Answer | Refusal:
    """Where every kind has the same factor no mix is needed; else refuse and show the span."""
    alone = {item: _alone(answerer, question, item, bridge.basis) for item in bridge.components}
    if len({f"{number:.12g}" for number in alone.values()}) == 1 and not isnan(alone[bridge.components[0]]):
        shares = _Shares({bridge.components[0]: 1.0}, bridge.basis, EQUAL, "")
        return _mixed(answerer, question, shares)
    none = words("无值", "no value")
    spans = [
        f"{words('全为', 'all ')}{coded('carrier', item)} {none if isnan(number) else f'{number:.4g}'}"
        for item, number in alone.items()
    ]
    unit = "tce" if question.quantity in TCE else "t"
    return Refusal("COAL-MIX", f"{listed(spans)}（{unit}/{question.unit}）", {"mix": bridge.from_workspace})
