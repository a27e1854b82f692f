"""Which colour a series has: a carrier the same in every chart (data/colours.json), anything else by its place."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

# areas: the first five differ in lightness, so a grey print keeps them apart; no pair is alike to a colour-blind eye
COLOURS = (
    "#1f2d3d", "#a2441a", "#66abd8", "#c9e3b4", "#3f9470", "#f3c95c", "#8d5aa0", "#b5b5b5", "#e39a97", "#4a72b8",
)  # fmt: skip
# thin lines need dark colours; dash and shape tell them apart as well
LINE_COLOURS = ("#1f2d3d", "#b4531f", "#2f7fb5", "#1f7a5c", "#8d5aa0", "#7a6a2a")


@lru_cache(maxsize=1)
def fixed() -> dict[str, Any]:
    """Return the file of fixed colours."""
    content: dict[str, Any] = json.loads(
        (Path(__file__).parents[1] / "data" / "colours.json").read_text(encoding="utf-8")
    )
    return content


def colours(names: Sequence[str], keys: Mapping[str, str], *, lines: bool = False) -> list[str]:
    """Return a colour for each series name: that of its key, else the next of the palette that no other has."""
    known: Mapping[str, str] = fixed()["lines" if lines else "fills"]
    own = [known.get(keys.get(name, ""), "") for name in names]
    palette = LINE_COLOURS if lines else COLOURS
    free = [colour for colour in palette if colour not in own] or list(palette)
    spare = iter(free * (1 + len(names) // len(free)))
    return [colour or next(spare) for colour in own]
