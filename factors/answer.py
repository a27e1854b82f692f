"""The answer to one question: the chosen factor in canonical numbers, with its heat value, filled parts and bridges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from math import isnan, nan

from ..accounting import units
from ..accounting.emissions import CO2_PER_C, GJ_PER_TCE
from ..accounting.wording import coded, listed, words
from .bridge import bridged, declared, heat_from
from .choose import Chooser
from .model import Factor
from .narrow import Pick, Question, Refusal
from .numbers import TCE, Numbers, OpenRange, UnfitUnit, heat_of_unit, heat_value, numbers
from .profile import Mix
from .use import Use, decided, of_factor, serving

DEFINITION = "GB/T 2589"
"""set named where a step is a definition (1 kgce = 29 307.6 kJ) and no factor"""
TCE_ITSELF = f"{DEFINITION}#tce"
"""factor id of an activity that is coal equivalent already"""


@dataclass(slots=True)
class Answer:
    """A coefficient and where it comes from."""

    numbers: Numbers
    factor_id: str
    set_id: str
    why: list[str]
    ncv_from: str = ""
    kind: str = ""
    lacks: tuple[str, ...] = ()
    """parts that neither the family nor the profile gives: only rows that measured them can be computed"""
    sets: tuple[str, ...] = ()

    def matched_on(self) -> str:
        """Return the explanation as one sentence of wording (accounting/wording.py)."""
        return "；".join([*self.why, *self.numbers.notes]) + "。"

    def per_unit(self) -> float:
        """Return t of gas (or tce) per unit of activity; NaN where a part is missing."""
        own = self.numbers
        if not isnan(own.value) and isnan(own.per_heat) and isnan(own.carbon_content):
            return own.value
        return own.ncv * self.per_heat() if not isnan(self.per_heat()) else own.value

    def per_heat(self) -> float:
        """Return t of gas per GJ; NaN where a part is missing."""
        own = self.numbers
        if not isnan(own.per_heat):
            return own.per_heat
        return own.carbon_content * own.oxidation * CO2_PER_C


@dataclass
class Answerer:
    """Answers questions; remembers every answer."""

    chooser: Chooser
    mixes: Sequence[Mix] = ()
    _known: dict[Question, Answer | Refusal] = field(default_factory=dict, repr=False)

    def answer(self, question: Question) -> Answer | Refusal:
        """Return the coefficient for a question, or why there is none."""
        if question not in self._known:
            self._known[question] = _unknown(question) if question.unknown else self._answer(question)
        return self._known[question]

    def _answer(self, question: Question) -> Answer | Refusal:
        try:
            units.parse(question.unit)
        except units.UnitFault as fault:
            return Refusal("FACTOR-UNIT", f"{fault.found!r}：{fault.proposal}", {"place": "-"})
        if question.quantity == "heat":
            return self.heat(question)
        if question.quantity in TCE and not isnan(heat_of_unit(question.unit)):
            return _by_definition(question)
        bridge = self.chooser.profile.bridges.get(question.item)
        if bridge is not None and bridge.quantities and question.quantity not in bridge.quantities:
            bridge = None
        # a column that merges several carriers has no factor of its own: a declared mix goes before the family's value
        if bridge is not None and declared(self, question, bridge.from_workspace) is not None:
            return bridged(self, question, bridge)
        pick = self.chooser.pick(question)
        if isinstance(pick, Pick):
            return self._complete(question, pick)
        # a carrier that no set holds (for this sector) may stand on a bridge; one that is only out of date may not
        held = (
            pick.code not in ("FACTOR-NONE", "FACTOR-EDITION", "FACTOR-SECTOR") or pick.params.get("why") == "not_asked"
        )
        return pick if bridge is None or held else bridged(self, question, bridge)

    def without_bridge(self, question: Question) -> Answer | Refusal:
        """Return the family's own answer; a mix that names its own carrier means this."""
        pick = self.chooser.pick(question)
        return self._complete(question, pick) if isinstance(pick, Pick) else pick

    def _complete(self, question: Question, pick: Pick) -> Answer | Refusal:
        own_heat = self.chooser.profile.heat_from == "ncv"
        try:
            found = self._numbers(question, pick, own_heat=own_heat)
        except UnfitUnit as fault:
            return Refusal("FACTOR-UNIT", str(fault), {"place": pick.factor_id})
        except OpenRange as fault:
            return Refusal("FACTOR-RANGE", str(fault))
        answer = Answer(found, pick.factor_id, pick.set_id, list(pick.why), kind=pick.kind, sets=(pick.set_id,))
        if question.quantity not in TCE:
            self._fill(question, answer)
            self._heat(question, pick, answer)
        answer.lacks = _lacks(answer.numbers, question.quantity)
        return answer

    def _numbers(self, question: Question, pick: Pick, *, own_heat: bool) -> Numbers:
        found = numbers(pick.factor, question.quantity, question.unit, self.chooser.profile, own_heat=own_heat)
        found.uses = decided(self._named(found.uses, pick.factor_id), *pick.evidence)
        return found

    def _named(self, uses: Iterable[Use], factor_id: str) -> list[Use]:
        return of_factor(uses, factor_id, factor_id in self.chooser.library.confirmations)

    def _fill(self, question: Question, answer: Answer) -> None:
        """Take in the part that the profile lends from another set."""
        fill = self.chooser.profile.fill.get(question.item)
        if fill is None or question.quantity != "co2" or not isnan(getattr(answer.numbers, fill.part)):
            return
        for factor in self.chooser.library.factors(fill.from_set, question.item, "co2"):
            lent = numbers(factor, "co2", question.unit, self.chooser.profile, own_heat=fill.part == "ncv")
            if not isnan(getattr(lent, fill.part)):
                setattr(answer.numbers, fill.part, getattr(lent, fill.part))
                key = f"{fill.from_set}#{factor.key()}"
                taken = [use for use in self._named(lent.uses, key) if use.serves == fill.part]
                answer.numbers.uses += decided(taken, fill.evidence.value, role="lent")
                told = coded("word", fill.part) + words(f" 借自 {key}", f" is lent by {key}")
                answer.why.append(f"{told}：{fill.reason}")
                answer.sets = (*answer.sets, fill.from_set)
                return

    def _heat(self, question: Question, pick: Pick, answer: Answer) -> None:
        """Give the answer the heat value of the profile's heat source, where it is multiplied by heat."""
        by_heat = not (isnan(answer.numbers.per_heat) and isnan(answer.numbers.carbon_content))
        if not by_heat or not isnan(answer.numbers.ncv):
            return
        heat = self.heat(question)
        if isinstance(heat, Refusal):
            heat = self._family_heat(question, [pick.set_id])
        if isinstance(heat, Refusal):
            return
        own = answer.numbers
        own.ncv = heat.numbers.ncv
        own.uses += heat.numbers.uses
        own.notes += heat.numbers.notes
        answer.ncv_from = heat.factor_id
        answer.why.append(heat_from(heat.factor_id, own.ncv, question.unit))
        answer.sets = (*answer.sets, *heat.sets)

    @property
    def _heat_part(self) -> str:
        """What a heat value serves as: a row's own coal-equivalent coefficient goes before that of a regional profile."""
        return "coal_equivalent" if self.chooser.profile.heat_from == "tce_calorific" else "ncv"

    def heat(self, question: Question) -> Answer | Refusal:
        """Return the heat per unit of activity (GJ) by the profile's heat source.

        tce_calorific: standard-coal coefficient x 29.3076 GJ/tce; ncv: heat value of the co2 family, then of `order: ncv`.
        """
        if not isnan(heat_of_unit(question.unit)):
            return _by_definition(question)
        plain = replace(question, quantity="tce_calorific", sectors=(), tags=frozenset(), ef_kind="")
        if self.chooser.profile.heat_from == "ncv":
            order = self.chooser.profile.order
            names = [*order.get("co2", []), *order.get("ncv", [])]
            return self._family_heat(plain, self.chooser.turns(names, plain.year).ids())
        coefficient = self.answer(plain)
        if isinstance(coefficient, Refusal):
            return coefficient
        own = coefficient.numbers
        heat = Numbers(ncv=own.value * GJ_PER_TCE, uses=serving(own.uses, self._heat_part), notes=list(own.notes))
        return replace(coefficient, numbers=heat, ncv_from=coefficient.factor_id)

    def _family_heat(self, question: Question, sets: Sequence[str]) -> Answer | Refusal:
        """Return the first heat value that one of the sets prints for the carrier, whatever the quantity it stands with."""
        for set_id in dict.fromkeys(sets):
            for quantity in ("co2", "tce_calorific"):
                for factor in self.chooser.library.factors(set_id, question.item, quantity):
                    heat = self._heat_of(factor, question, set_id)
                    if heat is not None:
                        return heat
        return Refusal("FACTOR-NONE", words("没有低位发热量", "no net calorific value"))

    def _heat_of(self, factor: Factor, question: Question, set_id: str) -> Answer | None:
        try:
            found = heat_value(factor, question.unit, self.chooser.profile)
        except (UnfitUnit, OpenRange):
            return None
        if isnan(found.ncv):
            return None
        key = f"{set_id}#{factor.key()}"
        found.uses = serving(self._named(found.uses, key), self._heat_part)
        why = words(f"低位发热量取自 {set_id}", f"net calorific value from {set_id}")
        return Answer(found, key, set_id, [why], ncv_from=key, sets=(set_id,))


def _unknown(question: Question) -> Refusal:
    """Refuse a technology that no factor of the item knows, with the nearest and all that are known."""
    near = listed(get_close_matches(question.unknown.lower(), question.technologies, n=3, cutoff=0.4)) or "-"
    known = listed(question.technologies) or "-"
    return Refusal("FACTOR-TECHNOLOGY", known, {"technology": question.unknown, "near": near})


def _lacks(found: Numbers, quantity: str) -> tuple[str, ...]:
    if quantity in TCE:
        return () if not isnan(found.value) else ("value",)
    if not isnan(found.per_heat):
        needed: tuple[str, ...] = ("ncv",)
    elif not isnan(found.carbon_content):
        needed = ("ncv", "oxidation")
    else:
        return ()
    missing = tuple(name for name in needed if isnan(getattr(found, name)))
    return missing if isnan(found.value) else ()


def _by_definition(question: Question) -> Answer:
    """Activity that is itself heat or coal equivalent needs the definition only."""
    heat = heat_of_unit(question.unit)
    found = Numbers(ncv=heat, value=nan if question.quantity == "heat" else heat / GJ_PER_TCE)
    unit = coded("unit", question.unit)
    told = f"活动数据以 {unit} 计，按定义 1 tce = 29.3076 GJ", f"activity in {unit}; by definition 1 tce = 29.3076 GJ"
    return Answer(found, TCE_ITSELF, DEFINITION, [words(*told)], ncv_from=TCE_ITSELF)
