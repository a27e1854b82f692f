"""What a number format of a workbook makes of a number: a share, a date of some parts, a number with a scale word.

A number is read as it is seen. `0.0%` shows 0.07 as 7.0%; `0.0"%"` shows 7 as 7.0%; `yyyy"年"` shows a date as 2019年, so
that it is a year and no month. Codes: ECMA-376 part 1, 18.8.30 and 18.8.31, with the built-in formats of zh-cn.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

BUILT_IN = {
    9: "0%", 10: "0.00%", 14: "yyyy-m-d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-m-d h:mm", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0",
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'), **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"', **dict.fromkeys((32, 33, 34, 35, 55, 56), 'h"时"mm"分"'),
}  # fmt: skip
"""formats that a workbook names by number only; the others change nothing of what is read"""
_TOKEN = re.compile(r'"([^"]*)"|[\\!](.)|[_*].|\[([^\]]*)\]|(.)', re.S)
_TAIL = re.compile(r"(万亿|万|亿|%)\s*$")
_HALF = re.compile(r"a/p|am/pm|上午/下午", re.I)
LAST = 2_958_465
"""the serial number of 9999-12-31"""


@dataclass(frozen=True)
class Format:
    """What is seen of a number."""

    percent: bool = False
    """shown times 100 with a per cent sign"""
    tail: str = ""
    """a per cent sign or scale word printed behind the number as text"""
    date: str = ""
    """the parts of a date that are shown, of `ymd`; 't' for a time of day alone"""


@cache
def parse(code: str) -> Format:
    """Return what the first section of a format code shows."""
    bare, behind = _split(code)
    bare = _HALF.sub("", bare.lower()).replace("general", "")
    clock = bool(re.search(r"[hs]", bare))
    # an m beside hours or seconds is minutes
    bare = re.sub(r"h+[^a-z]*m+|m+[^a-z]*s+", "h", bare)
    if re.search(r"[ymdeh]|s", bare) and not re.search(r"[0#?]", re.sub(r"s[.,]0+|\.0+$", "", bare)):
        seen = re.sub(r"d{3,}", "", bare).replace("e", "y")
        return Format(date="".join(part for part in "ymd" if part in seen) or ("t" if clock else ""))
    tail = _TAIL.search(behind)
    scaled = bool(re.search(r"[0#?],+[^0#?]*$", bare))
    return Format(percent="%" in bare, tail=tail[1] if tail and not scaled and "%" not in bare else "")


def _split(code: str) -> tuple[str, str]:
    """Return the first section without its literal texts, and the literal texts behind its last digit."""
    bare, behind = "", ""
    for match in _TOKEN.finditer(code):
        quoted, escaped, bracket, plain = match.groups()
        if plain == ";":
            break
        if bracket is not None:
            bare += bracket if re.fullmatch(r"[hms]+", bracket, re.I) else ""
        elif plain is not None:
            bare += plain
            behind = "" if plain in "0#?" else behind + plain * (plain in "万亿")
        else:
            behind += quoted or escaped or ""
    return bare, behind


def show(value: float, shown_as: Format, epoch: datetime) -> str:
    """Return the text of a number; `epoch` is the day 0 of the workbook's dates."""
    if shown_as.date and 0 <= value <= LAST:
        return _date(value, shown_as.date, epoch)
    if shown_as.percent:
        return f"{value * 100:.15g}%"
    return plain(value) + shown_as.tail


def plain(value: float) -> str:
    """Return a number as text, a whole one without a point."""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)


def _date(serial: float, parts: str, epoch: datetime) -> str:
    # the calendar of 1900 holds a 29 February that never was
    early = epoch.year < 1900 and serial < 60
    moment = epoch + timedelta(days=serial + early, microseconds=500)
    shapes = {"y": "%Y", "ym": "%Y-%m", "md": "%m月%d日", "m": "%m月", "d": "%d日", "t": "%H:%M:%S"}
    return moment.strftime(shapes.get(parts, "%Y-%m-%d"))
