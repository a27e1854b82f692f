"""Units: one small pint registry that knows only units.txt, and the spellings people use.

What is not listed is refused with a proposal, never guessed: a default registry reads `kt` as a knot, `MT` as a
megatesla, `T` as a tesla and `ton` as 907 kg. Conversions stay inside one kind; every step from a fuel to coal
equivalent, from mass to volume or from m3 to Nm3 is a coefficient with a source. Scale words (万, 百万, 亿, 10^n) are
part of the unit text: `万吨`, `10^4 t`, `万tce`, `亿kWh`.

Canonical text of a compound unit keeps the order of the writer: `kgCO2/kWh`, `tce/10^4 m3`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

import pint

from .problems import Problem, Where
from .unit_messages import MESSAGES
from .unit_spellings import SCALE_WORDS, SPELLINGS, TRAPS


class UnitFault(ValueError):
    """A unit text cannot be used. `code` is a message code; `proposal` says what to write instead."""

    def __init__(self, code: str, found: str, proposal: str) -> None:
        self.code, self.found, self.proposal = code, found, proposal
        super().__init__(f"{code}: {found}: {proposal}")

    def problem(self, where: Where) -> Problem:
        """Return the fault as a problem at an address."""
        return MESSAGES.problem(self.code, where, self.found, self.proposal)


@dataclass(frozen=True, slots=True)
class Unit:
    """A parsed unit: canonical text, kind (its dimension as text) and size in base units of that kind."""

    text: str
    kind: str
    size: float


@dataclass(frozen=True, slots=True)
class _Part:
    text: str
    quantity: Any


@cache
def registry() -> pint.UnitRegistry[float]:
    """Return the registry; it holds units.txt and nothing else."""
    empty: pint.UnitRegistry[float] = pint.UnitRegistry(None, case_sensitive=True, on_redefinition="raise")
    text = files(__package__).joinpath("units.txt").read_text(encoding="utf-8")
    empty.load_definitions([line for line in text.splitlines() if line.strip()])
    return empty


@cache
def parse(text: str) -> Unit:
    """Return the unit a text names. Raises UnitFault with a proposal for anything not listed.

    A text is `[scale] name` or several of them joined by `/` and `*`; a denominator may stand in brackets.
    """
    cleaned = _clean(text)
    if not cleaned:
        raise UnitFault(
            "UNIT-UNKNOWN",
            text,
            "请写明单位，例如 万吨、10^4 t、亿kWh；无量纲写 1。Write the unit; dimensionless is 1.",
        )
    # some spellings hold an operator themselves (`kW*h`, `t/h蒸发量`)
    part = _atom(cleaned, text) if _name(_scale(cleaned)[2]) else _compound(cleaned, text)
    base = part.quantity.to_base_units()
    return Unit(part.text, str(base.dimensionality), float(base.magnitude))


def canonical(text: str) -> str:
    """Return the canonical spelling of a unit, e.g. `万吨` -> `10^4 t`."""
    return parse(text).text


def kind(text: str) -> str:
    """Return the kind of a unit, e.g. `[mass]`, `[co2] / [energy]`."""
    return parse(text).kind


@cache
def factor(source: str, target: str) -> float:
    """Return the number by which a value in `source` is multiplied to be in `target`.

    Raises UnitFault UNIT-KIND where the two are of different kinds.
    """
    one, other = parse(source), parse(target)
    if one.kind != other.kind:
        raise UnitFault("UNIT-KIND", source, target)
    return one.size / other.size


def same_kind(one: str, other: str) -> bool:
    """Tell whether two units can be converted into each other."""
    return parse(one).kind == parse(other).kind


_SUPERSCRIPT = re.compile("10([⁰¹²³⁴-⁹]+)")
_THOUSANDS = re.compile(r"(?<=^10)[ ,]000(?!\d)")
"""`10 000 tons`, `10,000 tons`: the English headers of yearbooks"""


def _clean(text: str) -> str:
    """Full-width to half-width, superscripts to digits, no blanks around operators, no brackets around the whole."""
    powers = _SUPERSCRIPT.sub(lambda match: f"10^{unicodedata.normalize('NFKC', match[1])}", str(text))
    flat = unicodedata.normalize(
        "NFKC", powers.replace("³", "3").replace("²", "2").replace("⁴", "^4").replace("⁸", "^8")
    )
    flat = (
        _THOUSANDS.sub("000", re.sub(r"\s+", " ", flat).strip()).replace("×", "*").replace("·", "*").replace("每", "/")
    )
    flat = re.sub(r"\s*([/*])\s*", r"\1", flat)
    while flat.startswith("(") and flat.endswith(")") and flat.count("(") == 1:
        flat = flat[1:-1].strip()
    return flat.removeprefix("单位:").strip()


def _compound(cleaned: str, text: str) -> _Part:
    """Read `a*b/c/d`: everything behind the first slash divides."""
    above, *below = (_product(part, text) for part in _split(cleaned))
    for part in below:
        bottom = f"({part.text})" if "*" in part.text else part.text
        above = _Part(f"{above.text}/{bottom}", above.quantity / part.quantity)
    return above


def _split(cleaned: str) -> list[str]:
    parts = [part.strip() for part in cleaned.split("/")]
    return [part[1:-1] if part.startswith("(") and part.endswith(")") else part for part in parts]


def _product(part: str, text: str) -> _Part:
    first, *rest = (_atom(piece.strip(), text) for piece in part.split("*"))
    for piece in rest:
        first = _Part(f"{first.text}*{piece.text}", first.quantity * piece.quantity)
    return first


def _atom(body: str, text: str) -> _Part:
    """Read one `[scale] name`."""
    scale, word, rest = _scale(body)
    trap = TRAPS.get(body) or TRAPS.get(rest)
    if trap:
        raise UnitFault("UNIT-TRAP", text, trap)
    name = _name(rest)
    if not name:
        raise UnitFault("UNIT-UNKNOWN", text, _proposal(rest or body))
    shown = name if not word else (word if name == "1" else f"{word} {name}")
    return _Part(shown, registry().Quantity(scale, "one" if name == "1" else name))


def _name(word: str) -> str:
    return SPELLINGS.get(word) or SPELLINGS.get(word.replace(" ", ""), "")


LARGEST = 24
"""largest power of ten in front of a unit"""
_POWER = re.compile(
    r"^(?:1\s*)?(?:10\s*(?:\^|\*\*|的)\s*(\d+)(?:次方)?|1[eE]\+?(\d+)|(10{1,12})(?=[^\d.]|$))\s*\*?\s*(.*)$"
)


def _scale(body: str) -> tuple[float, str, str]:
    """Split a leading scale off: returns (number, canonical scale text, rest)."""
    if _name(body):
        return 1.0, "", body
    for word, power in SCALE_WORDS:
        rest = body.removeprefix(word).strip()
        if rest != body and (_name(rest) or rest in TRAPS):
            return 10.0**power, f"10^{power}", rest
        if body == word:
            return 10.0**power, f"10^{power}", "1"
    match = _POWER.match(body)
    if match:
        power = int(match[1] or match[2] or str(len(match[3]) - 1))
        if power > LARGEST:
            raise UnitFault("UNIT-UNKNOWN", body, _proposal(body))
        return 10.0**power, f"10^{power}" if power else "", match[4].strip() or "1"
    return 1.0, "", body


def _proposal(word: str) -> str:
    near = get_close_matches(word, [key for key in SPELLINGS if len(key) <= len(word) + 4], n=3, cutoff=0.5)
    if near:
        return f"是否指 {' / '.join(near)}？Did you mean {' / '.join(near)}?"
    return "可用单位见 accounting/units.txt。See accounting/units.txt for the units known."


_PRICE_YEAR = re.compile(r"^(.*?元)\s*\((\d{4})\s*(?:年)?\s*(?:不变价|可比价|价|价格|prices?)\)\s*$")


def price_year(text: str) -> tuple[str, str]:
    """Split `亿元(2020年价)` into canonical unit and price year; the year is '' where the text names none."""
    match = _PRICE_YEAR.match(_clean(text))
    return (canonical(match[1]), match[2]) if match else (canonical(text), "")
