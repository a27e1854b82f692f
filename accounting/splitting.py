"""Declared splits of a balance row before factors are chosen: road fuel, boiler types, biogenic share, stored carbon.

A split replaces one row by parts whose quantities add up to it; each part keeps the row's id with a suffix (`~road`), so
nothing is lost and `explain` finds the printed cell. Which view a table shows is a matter of category (after the split)
or sector (as the balance prints it).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

NUMBERS = ("quantity", "amount", "share")
"""columns that a part takes a share of; `share` says how much of the printed row a row is"""


@dataclass(frozen=True)
class Part:
    """A share of a row that becomes a row of its own. Blank fields keep the row's own value."""

    suffix: str
    share: float
    flow: str = ""
    attribute: str = ""
    """`key=value`, added to the row's attributes"""
    extra: bool = False
    """the part stands beside the row instead of being taken out of it (emitted and stored carbon)"""
    item: str = ""


@dataclass(frozen=True)
class Split:
    """Parts for the rows of some flows, sectors and items."""

    flows: frozenset[str]
    items: frozenset[str]
    parts: tuple[Part, ...]
    sectors: frozenset[str] = frozenset()
    """empty = every sector"""
    entity: str = ""
    year: str = ""
    period: str = ""


def apply(frame: pd.DataFrame, splits: Sequence[Split]) -> pd.DataFrame:
    """Return the frame with every split applied in order; row order is kept, parts follow at the end.

    Raises ValueError where the shares taken out of one row add up to more than 1.
    """
    for split in splits:
        frame = _one(frame, split)
    return frame


def _one(frame: pd.DataFrame, split: Split) -> pd.DataFrame:
    taken = sum(part.share for part in split.parts if not part.extra)
    if taken > 1 + 1e-9:
        raise ValueError(f"shares add up to {taken:g}")
    mask = frame["flow"].isin(list(split.flows)) & frame["item"].isin(list(split.items))
    if split.sectors:
        mask &= frame["sector"].isin(list(split.sectors))
    if split.entity:
        mask &= frame["entity"] == split.entity
    if split.period:
        mask &= frame["period"] == split.period
    if split.year:
        mask &= frame["year"] == split.year
    if not mask.any():
        return frame
    rest = frame.assign(
        **{name: frame[name].where(~mask, frame[name] * (1 - taken)) for name in NUMBERS if name in frame}
    )
    # a row that is split away whole leaves nothing behind
    rest = rest[~mask | (taken < 1 - 1e-12)]
    parts = [_part(frame[mask], part) for part in split.parts if part.share]
    return pd.concat([rest, *parts], ignore_index=True)


def _part(rows: pd.DataFrame, part: Part) -> pd.DataFrame:
    attributes = rows["attributes"]
    if part.attribute:
        attributes = attributes.where(attributes == "", attributes + ";") + part.attribute
    return rows.assign(
        row_id=rows["row_id"] + part.suffix,
        flow=part.flow or rows["flow"],
        item=part.item or rows["item"],
        attributes=attributes,
        **{name: rows[name] * part.share for name in NUMBERS if name in rows},
    )


def origin(row_id: str) -> str:
    """Return the id of the printed row a part was split from."""
    return row_id.partition("~")[0]


def suffixes(row_id: str) -> list[str]:
    """Return the suffixes of the splits a part went through, in order (`~road`, `~uncontrolled`); none for a printed row."""
    return [f"~{name}" for name in row_id.split("~")[1:]]
