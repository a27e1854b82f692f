"""The choice of one factor: lexicographic, explained in words, never by evidence, and a tie is an error.

Order of the tests: (1) a factor named by a rule or by the workspace; (2) the first set in the profile's order that has
an applicable factor of the carrier; (3) own place before city, province, grid region, nation, world; (4) the asked year,
else the nearest earlier one within `max_age`, never a later one; (5) the most specific sector; (6) the technology.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .library import FactorLibrary
from .model import Factor, FactorSet
from .profile import PURPOSE_KINDS, Fixed, Profile

ACCEPTED = {"tce_equivalent": ("tce_equivalent", "coal_rate")}
"""quantities of a factor that answer an asked quantity, where it is not only its own name"""
_STAGES = ("FACTOR-NONE", "FACTOR-PURPOSE", "FACTOR-REGION", "FACTOR-AGE", "FACTOR-SECTOR")
GENERAL_SUFFIX = "_other"
"""technology `coal_other`: what holds where the technology is not known"""


@dataclass(frozen=True, slots=True)
class Question:
    """What a factor is asked for. `chain` is the place and everything above it, nearest first."""

    item: str
    quantity: str
    unit: str
    chain: tuple[str, ...] = ("CN", "WORLD")
    province: str = ""
    year: int | None = None
    sectors: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    """values of the row's attributes: boiler type, vehicle technology, mode"""
    ef_kind: str = ""
    """kind of electricity factor the row asks for; '' = the profile's"""


@dataclass(frozen=True, slots=True)
class Pick:
    """A chosen factor and why it was chosen."""

    set_id: str
    factor: Factor
    why: tuple[str, ...]
    kind: str = ""

    @property
    def factor_id(self) -> str:
        """Full id: set id#factor key."""
        return f"{self.set_id}#{self.factor.key()}"


@dataclass(frozen=True, slots=True)
class Refusal:
    """No factor, and the reason: a message code, what stood nearest, and parameters of the message."""

    code: str
    detail: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass
class Chooser:
    """Chooses factors from a library under a profile."""

    library: FactorLibrary
    profile: Profile
    fixed: Sequence[Fixed] = ()

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
        names = self.profile.order.get(self.order_key(question.item, question.quantity))
        if not names:
            text = f"方案 {self.profile.id} 的次序中没有 {question.quantity}"
            return Refusal("FACTOR-NONE", text, {"why": "not_asked"})
        furthest, nearest = 0, ""
        for place, set_id in enumerate(names):
            outcome = self._in_set(question, set_id, place)
            if isinstance(outcome, Pick) or outcome.code == "FACTOR-TIE":
                return outcome
            stage = _STAGES.index(outcome.code)
            if stage > furthest:
                furthest, nearest = stage, outcome.detail
            elif stage == furthest and outcome.detail and stage:
                nearest = "；".join(dict.fromkeys([*nearest.split("；"), outcome.detail][:2]))
        return Refusal(_STAGES[furthest], nearest or self._other_items(question))

    def _named(self, question: Question) -> Pick | None:
        for entry in self.fixed:
            fits = entry.item == question.item and entry.quantity == question.quantity
            here = not entry.entity or entry.entity in question.chain
            if fits and here and entry.year in (None, question.year):
                factor_set, factor = self.library.factor(entry.factor)
                return Pick(factor_set.id, factor, (f"按名指定：{entry.reason}",), factor.kind)
        return None

    def _in_set(self, question: Question, set_id: str, place: int) -> Pick | Refusal:
        quantities = ACCEPTED.get(question.quantity, (question.quantity,))
        candidates = [f for name in quantities for f in self.library.factors(set_id, question.item, name)]
        if not candidates:
            return Refusal("FACTOR-NONE", "")
        factor_set = self.library.set(set_id)
        if not self._allowed(factor_set):
            return Refusal("FACTOR-PURPOSE", f"{set_id} 只用于 {', '.join(factor_set.purposes)}")
        narrowing = _Narrowing(self, question, factor_set)
        left, refusal = narrowing.run(candidates)
        if refusal is not None:
            return refusal
        best = min(narrowing.rank(factor) for factor in left)
        chosen = [factor for factor in left if narrowing.rank(factor) == best]
        if len(chosen) > 1:
            return Refusal("FACTOR-TIE", "；".join(f"{set_id}#{factor.key()}" for factor in chosen))
        key = self.order_key(question.item, question.quantity)
        why = narrowing.words(chosen[0], left, key, place)
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
        return question.ef_kind or self.profile.electricity_kind

    def _other_items(self, question: Question) -> str:
        names = self.profile.order.get(self.order_key(question.item, question.quantity), [])
        items = dict.fromkeys(f.item for name in names for f in self.library.set(name).factors)
        carrier = self.library.carriers.get(question.item)
        groups = set(carrier.groups) if carrier else set()
        near = [key for key in items if groups & set(_groups(self.library, key))]
        return "、".join(self.library.carriers.label(key) for key in near[:4]) or "-"


def _groups(library: FactorLibrary, key: str) -> list[str]:
    carrier = library.carriers.get(key)
    return carrier.groups if carrier else []


@dataclass
class _Narrowing:
    """The tests inside one set, and the rank of what is left."""

    chooser: Chooser
    question: Question
    factor_set: FactorSet

    def run(self, candidates: list[Factor]) -> tuple[list[Factor], Refusal | None]:
        tests = (
            ("FACTOR-PURPOSE", self._kinds), ("FACTOR-REGION", self._places), ("FACTOR-AGE", self._years),
            ("FACTOR-SECTOR", self._sectors), ("FACTOR-SECTOR", self._technologies),
        )  # fmt: skip
        left = candidates
        for code, test in tests:
            kept = test(left)
            if not kept:
                return [], Refusal(code, self._near(left))  # nearest of what the last test was given
            left = kept
        return left, None

    def _kinds(self, candidates: list[Factor]) -> list[Factor]:
        wanted = self.chooser.wanted_kind(self.question)
        return [factor for factor in candidates if not wanted or factor.kind in ("", wanted)]

    def _place(self, factor: Factor) -> str:
        return factor.region or self.factor_set.region

    def _chain(self, candidates: list[Factor]) -> tuple[str, ...]:
        """Return the places that may answer. A list of provinces speaks for the provinces it leaves out, too."""
        chain, province = self.question.chain, self.question.province
        by_province = any(self._place(factor).endswith("0000") for factor in candidates)
        if self.chooser.wanted_kind(self.question) and by_province and province in chain:
            return chain[: chain.index(province) + 1]
        return chain

    def _places(self, candidates: list[Factor]) -> list[Factor]:
        chain = self._chain(candidates)
        return [factor for factor in candidates if self._place(factor) in chain]

    def max_age(self) -> int:
        """Years a dated factor may be used after its year."""
        declared = self.chooser.profile.max_age
        return self.factor_set.max_age if declared is None else declared

    def _age(self, factor: Factor) -> int | None:
        if factor.year is None or self.question.year is None:
            return None
        return self.question.year - factor.year

    def _years(self, candidates: list[Factor]) -> list[Factor]:
        out = []
        for factor in candidates:
            age = self._age(factor)
            if factor.year is None or (age is not None and 0 <= age <= self.max_age()):
                out.append(factor)
        return out

    def _sector_place(self, factor: Factor) -> int:
        labels = (*sorted(self.question.tags), *self.question.sectors)
        if not factor.sector:
            return len(labels)
        return labels.index(factor.sector) if factor.sector in labels else -1

    def _sectors(self, candidates: list[Factor]) -> list[Factor]:
        return [factor for factor in candidates if self._sector_place(factor) >= 0]

    def _technologies(self, candidates: list[Factor]) -> list[Factor]:
        exact = [factor for factor in candidates if factor.technology in self.question.tags or not factor.technology]
        return exact or [factor for factor in candidates if factor.technology.endswith(GENERAL_SUFFIX)]

    def rank(self, factor: Factor) -> tuple[int, int, int, int, int]:
        """Lower is better: place, undated after dated, age, sector, general after named technology."""
        age = self._age(factor)
        chain = self.question.chain
        return (
            chain.index(self._place(factor)), age is None, age or 0,
            self._sector_place(factor), factor.technology not in self.question.tags,
        )  # fmt: skip

    def _near(self, candidates: list[Factor]) -> str:
        chain = self.question.chain
        far = len(chain)

        def distance(factor: Factor) -> tuple[int, int]:
            place = self._place(factor)
            return (chain.index(place) if place in chain else far, abs(self._age(factor) or 0))

        return "、".join(self._describe(factor) for factor in sorted(candidates, key=distance)[:3])

    def _describe(self, factor: Factor) -> str:
        library = self.chooser.library
        place = library.regions.label(self._place(factor)) if self._place(factor) else ""
        number = next((v.value for v in (factor.value, factor.per_heat) if v is not None and v.value is not None), None)
        unit = next((v.unit for v in (factor.value, factor.per_heat) if v is not None), "")
        sector = library.sectors.label(factor.sector)
        words = [place, f"{factor.year} 年" if factor.year else "", sector, factor.technology, factor.kind]
        return " ".join([*(word for word in words if word), f"{number:g} {unit}" if number is not None else ""]).strip()

    # words -----------------------------------------------------------------------------------------------------

    def words(self, factor: Factor, left: list[Factor], key: str, place: int) -> tuple[str, ...]:
        """Return why this factor was chosen, one clause each."""
        profile = self.chooser.profile
        before = f"（前 {place} 位未收录或不适用）" if place else ""
        out = [f"方案 {profile.id} 的 {key} 次序第 {place + 1} 位{before}：{self.factor_set.title.zh}"]
        addition = profile.additions.get(self.factor_set.id)
        if addition:
            out.append(f"补充：{addition}")
        out += [self._place_words(factor), self._year_words(factor), self._kind_words(factor)]
        out += [self._technology_words(factor, left)]
        return tuple(word for word in out if word)

    def _place_words(self, factor: Factor) -> str:
        label = self.chooser.library.regions.label
        chosen = self._place(factor)
        passed = self.question.chain[: self.question.chain.index(chosen)]
        return f"地区取{label(chosen)}" + (f"（{'、'.join(map(label, passed))}无值）" if passed else "")

    def _year_words(self, factor: Factor) -> str:
        age = self._age(factor)
        if age is None:
            return ""
        if age == 0:
            return f"{factor.year} 年值"
        return f"{self.question.year} 年无值，取早 {age} 年的 {factor.year} 年值（不超过 {self.max_age()} 年）"

    def _kind_words(self, factor: Factor) -> str:
        return f"用途 {self.chooser.profile.purpose} 用 {factor.kind} 类因子" if factor.kind else ""

    def _technology_words(self, factor: Factor, left: list[Factor]) -> str:
        label = self.chooser.library.sectors.label
        words = f"行业 {label(factor.sector)}" if factor.sector else ""
        if not factor.technology:
            return words
        tags = self.question.tags
        known = factor.technology in tags
        quantities = ACCEPTED.get(self.question.quantity, (self.question.quantity,))
        peers = [
            f.per_heat.value
            for name in quantities
            for f in self.chooser.library.factors(self.factor_set.id, factor.item, name)
            if f.per_heat is not None and f.per_heat.value is not None and f.sector == factor.sector
        ]
        if known or not peers:
            return f"{words}，技术 {factor.technology}".lstrip("，")
        unit = factor.per_heat.unit if factor.per_heat else ""
        span = f"{min(peers):g}–{max(peers):g} {unit}"
        return f"{words}，技术未填，取一般值 {factor.technology}（各技术 {span}）".lstrip("，")


def kind_problem(profile: Profile, ef_kind: str) -> str:
    """Return a proposal where a row asks for a kind of factor that the purpose must not use; '' where it may."""
    if not ef_kind or ef_kind in PURPOSE_KINDS[profile.purpose]:
        return ""
    fit = [purpose for purpose, kinds in PURPOSE_KINDS.items() if ef_kind in kinds]
    return f"{ef_kind} 类因子只用于 {', '.join(fit) or '-'}；用途 {profile.purpose} 可用 {', '.join(PURPOSE_KINDS[profile.purpose])}"
