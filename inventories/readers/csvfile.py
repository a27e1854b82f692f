"""csv to a grid: text only, the encoding told strictly, rows longer than the header reported."""

from __future__ import annotations

import csv
import io
import re
from itertools import pairwise

from ...accounting.problems import ProblemList, Where
from ..messages import MESSAGES
from .grid import MOST_CELLS, Grid, letters

ENCODINGS = ("utf-8-sig", "gb18030")
"""tried in this order, strictly; a byte-order mark of UTF-16 is believed"""
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_csv(data: bytes, name: str, problems: ProblemList) -> Grid | None:
    """Return the grid of a csv file, or None with a problem where it cannot be read.

    `name` is the path shown in addresses. Columns are told apart by tab, semicolon or comma, whichever the first
    line with content holds most of.
    """
    text = _decode(data, name, problems)
    if text is None:
        return None
    delimiter = _delimiter(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        problems.add(MESSAGES.problem("FILE-BROKEN", Where(file=name), str(error)))
        return None
    width = max(map(_used, rows), default=0)
    if width * len(rows) > MOST_CELLS:
        problems.add(MESSAGES.problem("ZIP-BOMB", Where(file=name), f"{len(rows)} × {width}", f"{MOST_CELLS:,}"))
        return None
    _long_rows(rows, name, problems)
    return Grid.of((row[:width] for row in rows), name)


def _decode(data: bytes, name: str, problems: ProblemList) -> str | None:
    encodings = ("utf-16",) if data.startswith(_UTF16) else ENCODINGS
    reason = ""
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            reason = f"{encoding}: {error.reason} @{error.start}"
            continue
        if "\x00" in text or "\ufffd" in text:
            reason = f"{encoding}: NUL / U+FFFD"
            continue
        if encoding == "gb18030":
            problems.add(MESSAGES.problem("ENCODING-GBK", Where(file=name), "GBK"))
        return text
    problems.add(MESSAGES.problem("ENCODING", Where(file=name), reason))
    return None


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip(",;\t ")), "")
    return max(",\t;", key=first.count)


def _long_rows(rows: list[list[str]], name: str, problems: ProblemList) -> None:
    """A row with text beyond the widest of the first rows has been torn apart, as by 1,234 without quotes."""
    width = max((_used(row) for row in rows[:10]), default=0)
    heads = [row for row in rows[:10] if not any(_NUMBER.match(text.strip()) for text in row)]
    head = max((_used(row) for row in heads), default=width)
    for number, row in enumerate(rows[:10], start=1):
        # in a short table the torn row is among the first: it is wider than the header and shows the two halves
        if _used(row) > head and _halves(row):
            where = Where(file=name, cell=f"{letters(head)}{number}")
            problems.add(MESSAGES.problem("CSV-ROW", where, _used(row), head))
    for number, row in enumerate(rows[10:], start=11):
        used = _used(row)
        if used > width:
            where = Where(file=name, cell=f"{letters(width)}{number}")
            problems.add(MESSAGES.problem("CSV-ROW", where, used, width))


_NUMBER = re.compile(r"^[-+]?\d+(\.\d+)?%?$")


def _halves(row: list[str]) -> bool:
    """Whether `1` and `234` stand side by side, as 1,234 without quotes leaves them."""
    return any(
        re.match(r"^-?\d{1,3}$", a.strip()) and re.match(r"^\d{3}(\.\d+)?$", b.strip()) for a, b in pairwise(row)
    )


def _used(row: list[str]) -> int:
    return max((number for number, text in enumerate(row, start=1) if text.strip()), default=0)
