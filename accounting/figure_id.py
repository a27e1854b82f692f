"""Figure ids: the name of one number, as `explain` takes it and reports anchor it.

`metric[@entity][:period][?item=coal&gas=co2]`, or `verdict/plan/indicator[:period]`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

from .tables import METRIC_KEY

_IN_PATH = ("metric", "entity", "period")
QUALIFIERS = tuple(name for name in METRIC_KEY if name not in _IN_PATH)


@dataclass(frozen=True)
class FigureId:
    """A parsed id. `metric` is `verdict/plan/indicator` for a verdict."""

    metric: str
    entity: str = ""
    period: str = ""
    qualifiers: tuple[tuple[str, str], ...] = field(default=())

    def __str__(self) -> str:
        text = self.metric
        if self.entity:
            text += f"@{self.entity}"
        if self.period:
            text += f":{self.period}"
        if self.qualifiers:
            text += "?" + "&".join(f"{name}={quote(value, safe='/:@.')}" for name, value in self.qualifiers)
        return text


def figure_id(metric: str, entity: str = "", period: str = "", **qualifiers: str) -> str:
    """Return the id of a metric; blank qualifiers are left out, the rest stand in the order of the metric key."""
    unknown = set(qualifiers) - set(QUALIFIERS)
    if unknown:
        raise KeyError(f"not part of a metric's key: {sorted(unknown)}")
    given = tuple((name, qualifiers[name]) for name in QUALIFIERS if qualifiers.get(name))
    return str(FigureId(metric, entity, period, given))


def metric_id(row: Mapping[str, str]) -> str:
    """Return the id of a row of the metrics table."""
    return figure_id(row["metric"], row["entity"], row["period"], **{name: row[name] for name in QUALIFIERS})


def parse(text: str) -> FigureId:
    """Read an id. Raises ValueError for an empty metric."""
    path, _, query = text.strip().partition("?")
    head, _, period = path.partition(":")
    if "@" in head:
        metric, _, entity = head.partition("@")
        if entity == "GRID" and period:
            # the one kind of entity whose id holds a colon
            grid, _, period = period.partition(":")
            entity = f"GRID:{grid}"
    else:
        metric, entity = head, ""
    if not metric:
        raise ValueError(f"no metric in the figure id {text!r}")
    return FigureId(metric, entity, period, tuple(parse_qsl(query)))
