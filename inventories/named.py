"""The place and the year that the name of a file or a sheet holds: `Henan2019`, `ceads_innermongolia_2019`, 河南省安阳市2019."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from .codes import regions

LONGEST = 5
"""words of a romanised name: Nei Mongol Zizhiqu, Inner Mongolia Autonomous Region"""
_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[\u3400-\u9fff]+")


def year_of(text: str) -> str:
    """Return the one year a name holds; '' for none or several."""
    years = re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", unicodedata.normalize("NFKC", text))
    return years[0] if len(set(years)) == 1 else ""


def place_of(text: str) -> str:
    """Return the code of the place a name holds, '' for none or two.

    A prefecture beside its own province is what is meant (河南安阳); a name both have is the province's (Jilin, 海南).
    Whole words go before letters inside a word (ceadshenan).
    """
    whole, inside = _whole(text), _inside(text)
    for holds in (whole, inside):
        provinces = _hits("province", holds)
        if provinces:
            return _city(provinces, whole) if len(provinces) == 1 else ""
        if len(found := _hits("prefecture", holds)) == 1:
            return next(iter(found))
    nation = _hits("nation", whole) or _hits("nation", inside)
    return next(iter(nation), "")


def _city(provinces: dict[str, str], holds: Callable[[str], bool]) -> str:
    """Return the one prefecture named beside its province, else the province."""
    (province, name), *_ = provinces.items()
    named = _hits("prefecture", holds)
    under = [code for code, word in named.items() if word not in name and regions().province(code) == province]
    return under[0] if len(under) == 1 else province


def _whole(text: str) -> Callable[[str], bool]:
    """Tell whether a spelling stands as whole words; Chinese has no gaps between words."""
    tokens = [letters(token) for token in _TOKEN.findall(unicodedata.normalize("NFKC", text))]
    runs = {"".join(tokens[a:b]) for a in range(len(tokens)) for b in range(a + 1, min(a + LONGEST, len(tokens)) + 1)}
    plain = letters(text)
    return lambda word: word in runs or (not word.isascii() and word in plain)


def _inside(text: str) -> Callable[[str], bool]:
    plain = letters(text)
    return lambda word: word in plain


def _hits(kind: str, holds: Callable[[str], bool]) -> dict[str, str]:
    """Return code -> longest spelling that is there; a spelling inside a longer one of another place is none."""
    found: dict[str, str] = {}
    for word, code in _spellings(kind):
        if holds(word) and len(word) > len(found.get(code, "")):
            found[code] = word
    return {code: word for code, word in found.items() if not any(word in w != word for w in found.values())}


def letters(text: str) -> str:
    """Return the lower-case letters and Chinese characters of a text."""
    return re.sub(r"[^a-z\u3400-\u9fff]", "", unicodedata.normalize("NFKC", text).lower())


@cache
def _spellings(kind: str) -> tuple[tuple[str, str], ...]:
    return tuple(_each(kind))


def _each(kind: str) -> Iterator[tuple[str, str]]:
    for code, region in regions().items():
        if region.kind == kind:
            short = region.zh.rstrip("省市") if len(region.zh) > 2 else region.zh
            for word in dict.fromkeys(map(letters, (region.zh, short, region.en, *region.aliases))):
                if len(word) > 1:
                    yield word, code
