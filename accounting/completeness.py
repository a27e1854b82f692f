"""The mark 不完整: a sum from which something is left out that exists.

A notation key adds nothing to a sum. NO, NA and IE leave nothing out; NE (not estimated) and C (confidential) do, and
so does a carrier without a factor. The mark stands in the note of the figure and reaches every figure computed from it.
"""

from __future__ import annotations

from collections.abc import Iterable

INCOMPLETE = "不完整 incomplete"
LEAVES_OUT = ("NE", "C")
"""notation keys of something that exists and has no number here"""
_BETWEEN = "；"


def mark(names: Iterable[str]) -> str:
    """Return the note of a sum that leaves something out, '' where it leaves out nothing."""
    listed = "、".join(dict.fromkeys(filter(None, names)))
    return f"{INCOMPLETE}：{listed}" if listed else ""


def of_note(note: str) -> str:
    """Return the mark in a note, '' where it has none."""
    return next((part for part in note.split(_BETWEEN) if part.startswith(INCOMPLETE)), "")


def left_out(note: str) -> list[str]:
    """Return what the mark in a note names."""
    return [name for name in of_note(note).partition("：")[2].split("、") if name]


def plain(note: str) -> str:
    """Return a note without its mark."""
    return _BETWEEN.join(part for part in note.split(_BETWEEN) if part and not part.startswith(INCOMPLETE))


def marked(note: str, names: Iterable[str]) -> str:
    """Return a note with the mark for `names` beside those it has."""
    return _BETWEEN.join(filter(None, [plain(note), mark([*left_out(note), *names])]))
