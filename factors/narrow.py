"""The tests inside one set: kind, place, year, sector, technology; the rank of what is left; and the reason in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..accounting.wording import coded, listed, words
from .library import FactorLibrary
from .model import Factor, FactorSet
from .profile import Profile

ACCEPTED = {"tce_equivalent": ("tce_equivalent", "coal_rate")}
"""quantities of a factor that answer an asked quantity, where it is not only its own name"""
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
    unknown: str = ""
    """technology the row declares although no factor of the item knows it"""
    technologies: tuple[str, ...] = ()
    """technologies the item's factors know; only named where the declared one is unknown"""


@dataclass(frozen=True, slots=True)
class Pick:
    """A chosen factor and why it was chosen."""

    set_id: str
    factor: Factor
    why: tuple[str, ...]
    kind: str = ""
    evidence: tuple[str, ...] = ()
    """evidence of the choice itself, where it rests on a rule or an assumption"""

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
class Narrowing:
    """The tests inside one set, and the rank of what is left."""

    library: FactorLibrary
    profile: Profile
    question: Question
    factor_set: FactorSet
    kind: str
    """kind of factor wanted; '' where kinds play no part"""

    def run(self, candidates: list[Factor]) -> tuple[list[Factor], Refusal | None]:
        """Return the applicable factors, or the first test that left none."""
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
        wanted = self.kind
        return [factor for factor in candidates if not wanted or factor.kind in ("", wanted)]

    def _place(self, factor: Factor) -> str:
        return factor.region or self.factor_set.region

    def _chain(self, candidates: list[Factor]) -> tuple[str, ...]:
        """Return the places that may answer. A list of provinces speaks for the provinces it leaves out, too."""
        chain, province = self.question.chain, self.question.province
        by_province = any(self._place(factor).endswith("0000") for factor in candidates)
        if self.kind and by_province and province in chain:
            return chain[: chain.index(province) + 1]
        return chain

    def _places(self, candidates: list[Factor]) -> list[Factor]:
        chain = self._chain(candidates)
        return [factor for factor in candidates if self._place(factor) in chain]

    def max_age(self) -> int:
        """Years a dated factor may be used after its year."""
        declared = self.profile.max_age
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

        return listed(self._describe(factor) for factor in sorted(candidates, key=distance)[:3])

    def _describe(self, factor: Factor) -> str:
        place = coded("region", self._place(factor))
        number = next((v.value for v in (factor.value, factor.per_heat) if v is not None and v.value is not None), None)
        unit = next((v.unit for v in (factor.value, factor.per_heat) if v is not None), "")
        kinds = (coded("sector", factor.sector), coded("word", factor.technology), coded("word", factor.kind))
        what = [place, f"{factor.year}" if factor.year else "", *kinds]
        return " ".join([*(word for word in what if word), f"{number:g} {unit}" if number is not None else ""]).strip()

    # words -----------------------------------------------------------------------------------------------------

    def why(self, factor: Factor, lead: tuple[str, ...]) -> tuple[str, ...]:
        """Return why this factor was chosen, one clause each, after the clauses `lead` that say why this set was asked."""
        profile = self.profile
        first, *rest = lead
        title = self.factor_set.title
        out = [f"{first}：{words(title.zh, title.en)}", *rest]
        addition = profile.additions.get(self.factor_set.id)
        if addition:
            out.append(f"{words('补充', 'added')}：{addition}")
        out += [self._place_words(factor), self._year_words(factor), self._kind_words(factor)]
        out += [self._technology_words(factor)]
        return tuple(word for word in out if word)

    def _place_words(self, factor: Factor) -> str:
        """Name the place, and the nearer ones passed over where the set prints values by place."""
        chosen = self._place(factor)
        passed = self.question.chain[: self.question.chain.index(chosen)]
        local = any(self._place(peer) != chosen for peer in self._peers(factor))
        place = coded("region", chosen)
        told = words(f"地区取{place}", f"place {place}")
        without = listed(coded("region", code) for code in passed)
        return told + (f"（{words(f'{without}无值', f'no value for {without}')}）" if passed and local else "")

    def _peers(self, factor: Factor) -> list[Factor]:
        quantities = ACCEPTED.get(self.question.quantity, (self.question.quantity,))
        return [peer for name in quantities for peer in self.library.factors(self.factor_set.id, factor.item, name)]

    def _year_words(self, factor: Factor) -> str:
        age = self._age(factor)
        if age is None:
            return ""
        if age == 0:
            return words(f"{factor.year} 年值", f"value of {factor.year}")
        return words(
            f"{self.question.year} 年无值，取早 {age} 年的 {factor.year} 年值（不超过 {self.max_age()} 年）",
            f"no value for {self.question.year}, that of {factor.year}, {age} years earlier (at most {self.max_age()})",
        )

    def _kind_words(self, factor: Factor) -> str:
        if not factor.kind:
            return ""
        span = self.profile.electricity_span(self.question.year)
        reason = f"：{span.reason}" if span is not None and span.kind == factor.kind else ""
        purpose, kind = coded("word", self.profile.purpose), coded("word", factor.kind)
        return (
            words(f"用途“{purpose}”用“{kind}”类因子", f"for the purpose '{purpose}' factors of the kind '{kind}'")
            + reason
        )

    def _technology_words(self, factor: Factor) -> str:
        sector, technology = coded("sector", factor.sector), coded("word", factor.technology)
        lead = [words(f"行业 {sector}", f"sector {sector}")] if sector else []
        if not technology:
            return "，".join(lead)
        tags = self.question.tags
        known = factor.technology in tags
        peers = [
            peer.per_heat.value
            for peer in self._peers(factor)
            if peer.per_heat is not None and peer.per_heat.value is not None and peer.sector == factor.sector
        ]
        if known or not peers:
            return "，".join([*lead, words(f"技术 {technology}", f"technology {technology}")])
        unit = factor.per_heat.unit if factor.per_heat else ""
        span = f"{min(peers):g}–{max(peers):g} {unit}"
        told = words(
            f"技术未填，取一般值 {technology}（各技术 {span}）",
            f"no technology given, the general value {technology} is taken (technologies {span})",
        )
        return "，".join([*lead, told])
