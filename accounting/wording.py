"""Codes inside the text of a message: a folder that finds a fault writes `coded("carrier", "raw_coal")`, and whoever
prints names it in the reader's language (inventories/names.py). No folder has to know the names of another.

In a text a code stands as ⟨carrier:raw_coal⟩, a word of the program in both languages as ⟨=中文|English⟩, whose halves may
hold codes in turn. A text with marks is written with Chinese punctuation; `english` gives it Latin marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Literal

Kind = Literal[
    "document",
    "carrier", "sector", "flow", "metric", "region", "standard", "figure", "place", "word", "unit", "category", "definition", "rule"
]  # fmt: skip
_CODE = r"⟨\w+:[^⟩]*⟩"
_MARK = re.compile(rf"⟨(?:=((?:[^|⟨⟩]|{_CODE})*)\|((?:[^⟨⟩]|{_CODE})*)|(\w+):([^⟩]*))⟩")
_LATIN = str.maketrans({"、": ", ", "，": ", ", "；": "; ", "：": ": ", "（": " (", "）": ")", "。": "."})


def coded(kind: Kind, code: object) -> str:
    """Return the mark of a code in a text; '' for a blank code."""
    return f"⟨{kind}:{code}⟩" if str(code) else ""


def placed(entity: object, period: object, *more: str) -> str:
    """Return what a place, a period and further parts of a name (codes; blanks are left out) are called."""
    return joined(coded("place", f"{entity} {period}"), *more)


def words(zh: str, en: str) -> str:
    """Return the mark of a word that the program itself says, in both languages; words inside are taken apart."""
    return f"⟨={_half(zh, 'zh').replace('|', '｜')}|{_half(en, 'en')}⟩"


def _half(text: str, lang: str) -> str:
    """A text in one language with its codes left in place: marks of words never stand inside each other."""
    return (
        said(text if lang == "zh" else latin(text), lang, lambda kind, code: f"⟨{kind}:{code}⟩")
        if "⟨=" in text
        else text
    )


def joined(*parts: object) -> str:
    """Join the parts of a name that are not blank."""
    return " ".join(text for part in parts if (text := str(part)))


def listed(items: Iterable[str]) -> str:
    """Join what a sentence lists."""
    return words("、", ", ").join(items)


def split(text: str, by: str) -> list[str]:
    """Split a text where the separator stands outside the marks."""
    parts, start = [""], 0
    for mark in [*_MARK.finditer(text), None]:
        own, *others = text[start : mark.start() if mark else None].split(by)
        parts[-1] += own
        parts += others
        if mark:
            parts[-1] += mark[0]
            start = mark.end()
    return parts


def marked(text: str) -> bool:
    """Tell whether a text holds a code or a word of two languages."""
    return _MARK.search(text) is not None


def latin(text: str) -> str:
    """Return a text with Chinese marks of punctuation in their Latin form, codes and words left alone."""
    out, end = "", 0
    for mark in _MARK.finditer(text):
        out += text[end : mark.start()].translate(_LATIN) + mark[0]
        end = mark.end()
    return out + text[end:].translate(_LATIN)


def said(text: str, lang: str, name: Callable[[str, str], str]) -> str:
    """Return a text in one language; `name(kind, code)` gives the name of a code."""

    def one(mark: re.Match[str]) -> str:
        if mark[3] is None:
            return _MARK.sub(one, mark[1] if lang == "zh" else mark[2])
        return name(mark[3], mark[4])

    return _MARK.sub(one, text)


def halves(text: str) -> tuple[str, str]:
    """Return a marked text in Chinese and in English with bare codes, for programs and where no names are at hand."""
    return plain(text), plain(latin(text), "en")


def plain(text: str, lang: str = "zh") -> str:
    """Return a text with the bare codes, for programs and where no names are at hand."""
    return said(text, lang, lambda _, code: code) if "⟨" in text else text
