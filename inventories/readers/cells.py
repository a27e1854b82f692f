"""From text to numbers: full-width digits, thousands separators, 万 and 亿, per cent, blanks and notation keys.

Nothing is guessed: what is not plainly a number, a declared mark for "no data" or a notation key is a fault.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

NONE_MARKS = frozenset({"", "-", "--", "—", "——", "–", "…", "……", "...", "......", "/", "空"})
"""texts that mean "no data" in yearbooks and forms; they are never 0"""
NOTATION = {
    "NO": "NO", "NE": "NE", "NA": "NA", "IE": "IE", "C": "C",
    "未发生": "NO", "未估算": "NE", "不适用": "NA", "已含在别处": "IE", "保密": "C",
}  # fmt: skip
"""notation keys of the UNFCCC reporting guidelines, and their Chinese wording"""
_PLAIN = re.compile(r"^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$")
_GROUPED = re.compile(r"^[-+]?\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?$")
_SCALES = {"万": 1e4, "亿": 1e8, "万亿": 1e12}
_SUFFIX = re.compile(r"^(.*?)\s*(万亿|万|亿|%)$")


@dataclass(frozen=True)
class Parsed:
    """Numbers of a column of texts, by the index of the texts."""

    value: pd.Series
    """number, NaN where there is none"""
    notation: pd.Series
    """notation key or ''"""
    percent: pd.Series
    """True where the text carried a per cent sign; `value` is then the number before it"""
    none: pd.Series
    """True where the text means "no data" """
    fault: pd.Series
    """True where the text is not understood"""


def normal(text: str) -> str:
    """Return text in half width, with one kind of minus and no blanks around it."""
    return unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\xa0", " ").replace("，", ",").strip()


def parse(texts: pd.Series, none: Collection[str] = ()) -> Parsed:
    """Return the numbers of a column. `none` are further marks for "no data". Each distinct text is read once."""
    marks = NONE_MARKS | {normal(mark) for mark in none}
    distinct = pd.Series(texts.unique(), dtype="object")
    table = pd.DataFrame(
        [_one(str(text), marks) for text in distinct],
        index=pd.Index(distinct, dtype="object"),
        columns=["value", "notation", "percent", "none", "fault"],
    )
    read = table.reindex(texts.astype("object")).set_axis(texts.index)
    return Parsed(
        value=read["value"].astype("float64"),
        notation=read["notation"].astype("str"),
        percent=read["percent"].astype("bool"),
        none=read["none"].astype("bool"),
        fault=read["fault"].astype("bool"),
    )


def _one(text: str, marks: Collection[str]) -> tuple[float, str, bool, bool, bool]:
    plain = normal(text)
    if any(unicodedata.category(letter) == "No" for letter in text):
        return math.nan, "", False, False, True  # 20① would become 201: a footnote mark is no digit
    if plain in marks:
        return math.nan, "", False, True, False
    key = NOTATION.get(plain) or NOTATION.get(plain.upper())
    if key:
        return math.nan, key, False, False, False
    value, percent = number(plain)
    return value, "", percent, False, math.isnan(value)


def number(plain: str) -> tuple[float, bool]:
    """Return (number, had a per cent sign) of a text in half width; NaN where it is not a number."""
    suffix = _SUFFIX.match(plain)
    body, scale = (suffix[1], suffix[2]) if suffix else (plain, "")
    if _GROUPED.match(body):
        body = body.replace(",", "").replace(" ", "")
    if not _PLAIN.match(body):
        return math.nan, False
    value = float(body) * _SCALES.get(scale, 1.0)
    return (value, scale == "%") if math.isfinite(value) else (math.nan, False)


def scaled(text: str) -> bool:
    """Tell whether a number is written with 万 or 亿."""
    suffix = _SUFFIX.match(normal(text))
    return suffix is not None and suffix[2] in _SCALES


_YEAR = r"(\d{4})\s*年?"
_PERIODS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"^{_YEAR}$"), "{0}"),
    (re.compile(r"^(\d{4})-?H([12])$", re.I), "{0}-H{1}"),
    (re.compile(r"^(\d{4})-?Q([1-4])$", re.I), "{0}-Q{1}"),
    (re.compile(r"^(\d{4})[-/.](\d{1,2})$"), "{0}-{1:0>2}"),
    (re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](?:0?[1-9]|[12]\d|3[01])(?:T?00:00:00)?$"), "{0}-{1:0>2}"),
    (re.compile(rf"^{_YEAR}(\d{{1,2}})月$"), "{0}-{1:0>2}"),
    (re.compile(rf"^{_YEAR}([1-4])季度$"), "{0}-Q{1}"),
)
_DAY = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T?00:00:00)?$")
_SPAN = re.compile(r"^(\d{4})年?[-—–~至](\d{4})年?$")
_WORDS = {"上半年": "H1", "下半年": "H2", "一季度": "Q1", "二季度": "Q2", "三季度": "Q3", "四季度": "Q4"}


def period(text: str) -> str:
    """Return the period a text names (2019, 2019-H1, 2019-Q3, 2019-05), or '' where it names none.

    A day stands for its month, as spreadsheets store it.
    """
    plain = normal(text).replace(" ", "").removesuffix(".0")
    for word, code in _WORDS.items():
        match = re.match(rf"^(\d{{4}})年?第?{word}$", plain)
        if match:
            return f"{match[1]}-{code}"
    for pattern, shape in _PERIODS:
        match = pattern.match(plain)
        if match:
            found = shape.format(*match.groups())
            return found if not re.search(r"-(00|1[3-9]|[2-9]\d)$", found) else ""
    return ""


def day(text: str) -> str:
    """Return a calendar day as 2019-05-01, or '' for another text."""
    match = _DAY.match(normal(text).replace(" ", ""))
    return f"{match[1]}-{match[2]:0>2}-{match[3]:0>2}" if match else ""


def span(text: str) -> str:
    """Return the period a text names, also a span of years (2016-2020) as cumulative results have it; '' for none."""
    match = _SPAN.match(normal(text).replace(" ", ""))
    if match and match[1] < match[2]:
        return f"{match[1]}-{match[2]}"
    return period(text)
