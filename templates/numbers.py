"""The only place where a number becomes text, and where a printed number is read back.

四舍五入: halves go away from zero, on the decimal number of at most 12 significant digits that the value stands for
(0.285 kept as 0.28499999999999998 prints 0.29). Words carry the sign where bureaux write words: 下降3.6%, 与上年持平.
"""

from __future__ import annotations

import json
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

from ..accounting.unit_names import chinese
from .figure import Figure, Lang, Rounding, Style, Text

SIGNIFICANT = 12
NOT_AVAILABLE = Text("暂缺", "n/a")
WITHHELD = Text("不公开", "withheld")
PERCENTAGE_POINTS = Text("个百分点", "percentage points")
UNCHANGED = Text("持平", "unchanged")
CHANGE = Text("变化", "change")

# words for a positive and a negative value
_WORDS: dict[Style, tuple[Text, Text]] = {
    "growth": (Text("增长", "up"), Text("下降", "down")),
    "change": (Text("上升", "up"), Text("下降", "down")),
    "fall": (Text("下降", "down"), Text("上升", "up")),
    "points": (Text("上升", "up"), Text("下降", "down")),
}
_NUMERAL = re.compile(r"(?<![\d.,A-Za-z₀-₉])[-−]?\d+(?:,\d{3})*(?:\.\d+)?(?![\d⁰-⁹])")
# a unit may stand before it: tCO2, kgCH4
_FORMULA = re.compile(r"(?:(?<![A-Za-z])|(?<=[tg]))(CO|CH|N|SF|NF)([2346])(O?)(e?)(?![A-Za-z0-9])")
_POWER = re.compile(r"10[⁰-⁹]+")


def significant(value: float) -> float:
    """Return the value with at most 12 significant digits, as workbooks and figures.json hold it."""
    return float(f"{value:.{SIGNIFICANT}g}")


def rounded(value: float, decimals: int) -> Decimal:
    """Return the value rounded half up to `decimals` places; never a negative zero."""
    number = Decimal(f"{value:.{SIGNIFICANT}g}").quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(number) if number == 0 else number


def places(value: float, at_most: int) -> int:
    """Return how many decimals a given number needs (16.0 -> 0, 3.65 -> 2), at most `at_most`: for quoted targets."""
    exponent = rounded(value, at_most).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def plain(value: float | Decimal, decimals: int, lang: Lang, rounding: Rounding = "printed") -> str:
    """Return the bare number: 22300.4 in Chinese, 22,300.4 in English."""
    number = rounded(float(value), decimals) if rounding == "printed" else Decimal(repr(significant(float(value))))
    return f"{number:,f}" if lang == "en" else f"{number:f}"


@lru_cache(maxsize=1)
def _unit_labels() -> dict[str, dict[Lang, str]]:
    file = Path(__file__).parent / "data" / "units.json"
    labels: dict[str, dict[Lang, str]] = json.loads(file.read_text(encoding="utf-8"))
    return labels


def unit_label(unit: str, lang: Lang) -> str:
    """Return a unit as it is printed; in Chinese one without an entry is named part by part, in English it stays."""
    known = _unit_labels().get(unit)
    return known[lang] if known else chinese(unit) if lang == "zh" else unit


def bare(figure: Figure, lang: Lang, rounding: Rounding = "printed") -> str:
    """Return the number of a table cell, signed, without unit; 暂缺 where there is none."""
    if figure.value is None:
        return absent(figure, lang)
    return plain(figure.value, figure.decimals, lang, rounding)


def absent(figure: Figure, lang: Lang) -> str:
    """Return what stands in a table for a number that is not there."""
    reason = figure.missing.in_(lang) if figure.missing else ""
    return reason if reason == "—" else NOT_AVAILABLE.in_(lang)


def phrase(figure: Figure, lang: Lang, mode: str = "", rounding: Rounding = "printed") -> str:
    """Return the wording of a figure in a sentence.

    Modes: "" words of the style and unit, "n" bare number, "u" signed number with unit, "abs" the same without sign.
    """
    if figure.value is None:
        return _absent_phrase(figure, lang, mode)
    if mode == "n":
        return bare(figure, lang, rounding)
    if mode == "" and figure.style in _WORDS:
        return _worded(figure, figure.value, lang, rounding)
    value = abs(figure.value) if mode == "abs" else figure.value
    return _with_unit(plain(value, figure.decimals, lang, rounding), figure, lang)


def _absent_phrase(figure: Figure, lang: Lang, mode: str) -> str:
    text = absent(figure, lang)
    if text == "—" or mode == "n":
        return text
    if figure.missing:
        reason = figure.missing.in_(lang)
        text += f"（{reason}）" if lang == "zh" else f" ({reason})"
    if mode == "" and figure.style in _WORDS and figure.versus:
        return _compared(CHANGE.in_(lang), figure, lang) + (text if lang == "zh" else f" {text}")
    return text


def _with_unit(number: str, figure: Figure, lang: Lang) -> str:
    label = PERCENTAGE_POINTS.in_(lang) if figure.style == "points" else unit_label(figure.unit, lang)
    if not label or label == "%" or lang == "zh":
        return number + label
    return f"{number} × {label}" if label.startswith("10") else f"{number} {label}"


def _worded(figure: Figure, value: float, lang: Lang, rounding: Rounding) -> str:
    if rounded(value, figure.decimals) == 0:
        against = figure.versus.in_(lang) if figure.versus else ""
        if lang == "en":
            return f"unchanged from {against}" if against else "unchanged"
        return f"与{against}持平" if against else "持平"
    up, down = _WORDS[figure.style]
    word = (up if value > 0 else down).in_(lang)
    amount = _with_unit(plain(abs(value), figure.decimals, lang, rounding), figure, lang)
    return _compared(word + amount if lang == "zh" else f"{word} {amount}", figure, lang)


def _compared(words: str, figure: Figure, lang: Lang) -> str:
    if not figure.versus:
        return words
    return f"比{figure.versus.zh}{words}" if lang == "zh" else f"{words} from {figure.versus.en}"


def numerals(text: str) -> list[Decimal]:
    """Return every numeral of a printed text, in order; powers of ten of units and digits of formulas are no numerals."""
    text = _FORMULA.sub("", _POWER.sub("", text))
    return [Decimal(found.replace(",", "").replace("−", "-")) for found in _NUMERAL.findall(text)]


def read(text: str, style: Style = "plain", versus: Text | None = None) -> Decimal | None:
    """Read back a printed figure: the rounded value with its sign, None for 暂缺 or 不公开.

    Raises ValueError when the text holds more or less than one numeral.
    """
    for against in (versus.zh, versus.en) if versus else ():
        text = text.replace(against, "")
    if any(word in text for word in (NOT_AVAILABLE.zh, NOT_AVAILABLE.en, WITHHELD.zh, WITHHELD.en, "—")):
        return None
    if UNCHANGED.zh in text or UNCHANGED.en in text:
        return Decimal(0)
    found = numerals(text)
    if len(found) != 1:
        raise ValueError(f"not one numeral: {text!r}")
    negative = style in _WORDS and any(word in text for word in (_WORDS[style][1].zh, _WORDS[style][1].en))
    return -found[0] if negative else found[0]


def number_format(figure: Figure, lang: Lang, rounding: Rounding = "printed") -> str:
    """Return the workbook number format that shows what `bare` prints."""
    if rounding == "full":
        return "General"
    whole = "#,##0" if lang == "en" else "0"
    return whole + ("." + "0" * figure.decimals if figure.decimals > 0 else "")


@lru_cache(maxsize=4096)
def split_formulas(text: str) -> tuple[tuple[str, bool], ...]:
    """Split a text into pieces and whether each is a subscript: CO2 -> CO, 2."""
    pieces: list[tuple[str, bool]] = []
    last = 0
    for match in _FORMULA.finditer(text):
        if match[1] == "N" and match[3] != "O":
            continue
        start, end = match.span(2)
        pieces += [(text[last:start], False), (text[start:end], True)]
        last = end
    pieces.append((text[last:], False))
    return tuple(piece for piece in pieces if piece[0])


_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def with_subscripts(text: str) -> str:
    """Return a text with the digits of formulas as subscript letters, for charts and workbooks: CO2 -> CO₂."""
    return "".join(piece.translate(_SUBSCRIPTS) if low else piece for piece, low in split_formulas(text))


_CHINESE_DIGITS = "零一二三四五六七八九十"


def chinese_ordinal(number: int) -> str:
    """Return 1..99 in Chinese numerals, for headings."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _CHINESE_DIGITS[ones]
    return ("" if tens == 1 else _CHINESE_DIGITS[tens]) + "十" + (_CHINESE_DIGITS[ones] if ones else "")
