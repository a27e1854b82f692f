"""The mark 不完整: a sum from which something is left out that exists.

A notation key adds nothing to a sum. NO, NA and IE leave nothing out; NE (not estimated) and C (confidential) do, and
so does a carrier without a factor. The mark stands in the note of the figure and reaches every figure computed from it.
Notes are wording while a run computes and plain texts of one language afterwards; both are read here.
"""

from __future__ import annotations

from collections.abc import Iterable

from .wording import split, words

INCOMPLETE = words("不完整", "incomplete")
LEAVES_OUT = ("NE", "C")
"""notation keys of something that exists and has no number here"""
_HEADS = (INCOMPLETE, "不完整", "incomplete")
_BETWEEN = "；"


def mark(names: Iterable[str]) -> str:
    """Return the note of a sum that leaves something out (names are wording), '' where it leaves out nothing."""
    listed = "、".join(dict.fromkeys(filter(None, names)))
    return f"{INCOMPLETE}：{listed}" if listed else ""


def of_note(note: str) -> str:
    """Return the mark in a note, '' where it has none."""
    return next((part for part in _parts(note) if part.startswith(_HEADS)), "")


def left_out(note: str) -> list[str]:
    """Return what the mark in the note of a running computation names."""
    return [name for name in split(of_note(note).removeprefix(f"{INCOMPLETE}："), "、") if name]


def plain(note: str) -> str:
    """Return a note without its mark."""
    between = _BETWEEN if _BETWEEN in note else "; "
    return between.join(part for part in _parts(note) if part and not part.startswith(_HEADS))


def marked(note: str, names: Iterable[str]) -> str:
    """Return the wording of a note with the mark for `names` beside those it has."""
    return _BETWEEN.join(filter(None, [plain(note), mark([*left_out(note), *names])]))


def _parts(note: str) -> list[str]:
    """The remarks of a note; English ones stand between `; `."""
    return [own for part in split(note, _BETWEEN) for own in (part.split("; ") if "⟨" not in part else [part])]
