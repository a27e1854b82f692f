"""The choice of one factor: lexicographic, explained in words, never by evidence, and a tie is an error.

Order of the tests: (1) a factor that the profile names, then one of a set and year that a rule prescribes; (2) the first
set in the profile's order that has an applicable factor of the carrier, of several editions of a document the one in
force (editions.py); (3) own place before city, province, grid region, nation, world; (4) the asked year, else the nearest
earlier one within `max_age`, never a later one; (5) the most specific sector; (6) the technology.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from ..accounting.wording import coded, listed, words
from .editions import Edition, Turns, turns
from .library import FactorLibrary
from .model import FactorSet
from .narrow import ACCEPTED, Narrowing, Pick, Question, Refusal
from .profile import PURPOSE_KINDS, Profile

_STAGES = ("FACTOR-NONE", "FACTOR-EDITION", "FACTOR-PURPOSE", "FACTOR-REGION", "FACTOR-AGE", "FACTOR-SECTOR")


@dataclass
class Chooser:
    """Chooses factors from a library under a profile."""

    library: FactorLibrary
    profile: Profile
    _turns: dict[tuple[tuple[str, ...], int | None], Turns] = field(default_factory=dict, repr=False)

    def order_key(self, item: str, quantity: str) -> str:
        """Return the entry of the profile's order for a question (bought electricity and heat have their own)."""
        carrier = self.library.carriers.get(item)
        for group in ("electricity", "heat"):
            if carrier and group in carrier.groups and quantity in ("co2", "co2e") and group in self.profile.order:
                return group
        return quantity

    def pick(self, question: Question) -> Pick | Refusal:
        """Return the factor chosen for a question, or why there is none."""
        unfit = kind_problem(self.profile, question.ef_kind)
        if unfit:
            return Refusal("FACTOR-PURPOSE", unfit)
        named = self._named(question)
        if named is not None:
            return named
        prescribed = self._prescribed(question)
        if prescribed is not None:
            return prescribed
        names = self.profile.order.get(self.order_key(question.item, question.quantity))
        if not names:
            asked = coded("word", question.quantity)
            title = self.profile.title
            text = words(f"“{title.zh}”的次序中没有{asked}", f"the '{title.en}' does not ask for {asked}")
            return Refusal("FACTOR-NONE", text, {"why": "not_asked"})
        found = self.turns(names, question.year)
        outcome = self._in_turn(question, found.families)
        if isinstance(outcome, Refusal) and outcome.code in ("FACTOR-NONE", "FACTOR-REGION"):
            return self._of_another_time(question, found) or outcome
        return self._with_gap(question, outcome) if isinstance(outcome, Refusal) else outcome

    def _with_gap(self, question: Question, refusal: Refusal) -> Refusal:
        """Add what the profile knows of years without a factor."""
        gap = next(
            (one for one in self.profile.gaps if one.holds(question.item, question.quantity, question.year)), None
        )
        return (
            refusal
            if gap is None
            else replace(refusal, detail=f"{refusal.detail}；{words(gap.reason.zh, gap.reason.en)}")
        )

    def turns(self, names: Sequence[str], year: int | None) -> Turns:
        """Return the sets of an order in the turn they have for a data year."""
        key = (tuple(names), year)
        if key not in self._turns:
            self._turns[key] = turns(self.library, names, year)
        return self._turns[key]

    def _in_turn(self, question: Question, families: Sequence[Sequence[Edition]]) -> Pick | Refusal:
        """Return the factor of the first set that has one, or the refusal of the set that came nearest to it."""
        furthest, nearest = 0, ""
        for place, family in enumerate(families):
            for edition in family:
                outcome = self._in_set(question, edition.set_id, (self._place(question, place), edition.why))
                if isinstance(outcome, Pick) or outcome.code == "FACTOR-TIE":
                    return outcome
                stage = _STAGES.index(outcome.code)
                if stage > furthest:
                    furthest, nearest = stage, outcome.detail
                elif stage == furthest and outcome.detail and stage:
                    nearest = "；".join(dict.fromkeys([*nearest.split("；"), outcome.detail][:2]))
        return Refusal(_STAGES[furthest], nearest or self._other_items(question))

    def _of_another_time(self, question: Question, found: Turns) -> Pick | Refusal | None:
        """Return the factor of the first later edition, or the refusal that names an edition out of force; else None."""
        for edition in found.later:
            outcome = self._in_set(question, edition.set_id, (self._place(question, len(found.families)), edition.why))
            if isinstance(outcome, Pick):
                return replace(outcome, evidence=("assumed",))
        ended = [self._in_set(question, name) for name in found.ended]
        out = "；".join(
            f"{pick.factor_id}（{self.library.set(pick.set_id).valid_to} {words('停用', 'out of force')}）"
            for pick in ended
            if isinstance(pick, Pick)
        )
        return Refusal("FACTOR-EDITION", out) if out else None

    def _named(self, question: Question) -> Pick | None:
        for entry in self.profile.fixed:
            fits = entry.item == question.item and entry.quantity == question.quantity
            here = not entry.entity or entry.entity in question.chain
            if fits and here and entry.year in (None, question.year):
                factor_set, factor = self.library.factor(entry.factor)
                return Pick(
                    factor_set.id,
                    factor,
                    (f"{words('按名指定', 'named by the profile')}：{entry.reason}",),
                    factor.kind,
                )
        return None

    def _prescribed(self, question: Question) -> Pick | None:
        """Return the factor of the set and year that a rule prescribes for the data year, where that set has the place."""
        for rule in self.profile.prescribed:
            if rule.item != question.item or rule.quantity != question.quantity or not rule.holds(question.year):
                continue
            at = replace(question, year=rule.factor_year)
            outcome = self._in_set(at, rule.from_set, (rule.words(),))
            if isinstance(outcome, Pick):
                return replace(outcome, evidence=(rule.evidence.value,))
        return None

    def _place(self, question: Question, place: int) -> str:
        """Name the turn of a document in the profile's order."""
        asked, title = coded("word", self.order_key(question.item, question.quantity)), self.profile.title
        told = words(
            f"{title.zh}，{asked}次序第 {place + 1} 位", f"{title.en}, no. {place + 1} in the order for {asked}"
        )
        passed = words(f"前 {place} 位未收录或不适用", f"{place} before it hold none or do not apply")
        return f"{told}（{passed}）" if place else told

    def _in_set(self, question: Question, set_id: str, lead: tuple[str, ...] = ("",)) -> Pick | Refusal:
        """Return the factor of a set that fits best; `lead` says why this set is asked."""
        quantities = ACCEPTED.get(question.quantity, (question.quantity,))
        candidates = [f for name in quantities for f in self.library.factors(set_id, question.item, name)]
        if not candidates:
            return Refusal("FACTOR-NONE", "")
        factor_set = self.library.set(set_id)
        if not self._allowed(factor_set):
            return Refusal("FACTOR-PURPOSE", f"{set_id} {words('只用于', 'is for')} {', '.join(factor_set.purposes)}")
        narrowing = Narrowing(self.library, self.profile, question, factor_set, self.wanted_kind(question))
        left, refusal = narrowing.run(candidates)
        if refusal is not None:
            return refusal
        best = min(narrowing.rank(factor) for factor in left)
        chosen = [factor for factor in left if narrowing.rank(factor) == best]
        if len(chosen) > 1:
            return Refusal("FACTOR-TIE", "；".join(f"{set_id}#{factor.key()}" for factor in chosen))
        why = narrowing.why(chosen[0], lead)
        return Pick(set_id, chosen[0], why, chosen[0].kind or chosen[0].technology)

    def _allowed(self, factor_set: FactorSet) -> bool:
        """Tell whether the purpose may use the set; a profile may take it all the same with a reason that is printed."""
        purposes = factor_set.purposes
        return not purposes or self.profile.purpose in purposes or factor_set.id in self.profile.additions

    def wanted_kind(self, question: Question) -> str:
        """Return the kind of factor a question needs; '' where kinds play no part."""
        if question.quantity == "tce_equivalent":
            return "generation"
        carrier = self.library.carriers.get(question.item)
        if carrier is None or "electricity" not in carrier.groups or question.quantity not in ("co2", "co2e"):
            return ""
        return question.ef_kind or self.profile.electricity_kind(question.year)

    def _other_items(self, question: Question) -> str:
        names = self.profile.order.get(self.order_key(question.item, question.quantity), [])
        items = dict.fromkeys(f.item for name in names for f in self.library.set(name).factors)
        carrier = self.library.carriers.get(question.item)
        groups = set(carrier.groups) if carrier else set()
        near = [key for key in items if groups & set(_groups(self.library, key))]
        return listed(coded("carrier", key) for key in near[:4]) or "-"


def _groups(library: FactorLibrary, key: str) -> list[str]:
    carrier = library.carriers.get(key)
    return carrier.groups if carrier else []


def kind_problem(profile: Profile, ef_kind: str) -> str:
    """Return a proposal where a row asks for a kind of factor that the purpose must not use; '' where it may."""
    if not ef_kind or ef_kind in PURPOSE_KINDS[profile.purpose]:
        return ""
    fit = [purpose for purpose, kinds in PURPOSE_KINDS.items() if ef_kind in kinds]
    may = ", ".join(PURPOSE_KINDS[profile.purpose])
    return (
        f"{ef_kind} {words('类因子只用于', 'factors are for')} {', '.join(fit) or '-'}；"
        f"{words('用途', 'the purpose')} {profile.purpose} {words('可用', 'may use')} {may}"
    )
