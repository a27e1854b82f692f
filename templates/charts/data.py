"""From the rows of a chart to what its specification draws: series in order, years to scale, labels, places.

A row holds plain values; a number has its printed text beside it as `<key>_label`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from . import sankey
from .colours import colours
from .spec import PLAIN

Rows = Sequence[Mapping[str, Any]]
Words = Mapping[str, str]
Keys = Mapping[str, str]
"""printed name of a series -> its key in data/colours.json"""

SANKEY_WIDTH = 510
# a line of more points than this is labelled at its ends and extremes only
MOST_LABELS = 8
# a part of a column thinner than this share of the highest column has no room for its number
THIN = 0.045
WIDEST_BAR, PLOT_WIDTH, DIGIT_WIDTH = 70, 560, 6.3
# a line may leave zero out where its lowest value is above this share of its highest: else zero costs little
HIGH = 0.6
# a number below a point lower than this share of the highest would stand on the axis
NEAR_AXIS = 0.1
MIDDLE_GREY = 125


NO_KEYS: Keys = MappingProxyType({})


def prepare(form: str, rows: Rows, words: Words, height: int, keys: Keys = NO_KEYS) -> dict[str, Any]:
    """Return what fills a specification. `words` holds its words, and x, y: the titles of the axes."""
    return FORMS[form](rows, words, height, keys)


def years(rows: Rows) -> list[int] | None:
    """Return the years of the x axis, None where periods are no whole years (2019-H1, 2019-05)."""
    names = {str(row["x"]) for row in rows}
    return sorted(map(int, names)) if names and all(n.isdigit() and len(n) == 4 for n in names) else None


def has_gap(rows: Rows) -> bool:
    """Tell whether years between the first and the last are missing."""
    found = years(rows) or [0]
    return found[-1] - found[0] >= len(found)


def leaves_zero_out(values: Iterable[float | None]) -> bool:
    """Tell whether a line chart of these values cuts its axis: bars never do."""
    known = [value for value in values if value is not None]
    return len(known) > 1 and min(known) > HIGH * max(known)


def domain(values: Iterable[float | None], cut: bool) -> list[float]:
    """Return the ends of a value axis, with room for labels; without negative values it does not go below zero."""
    known = [value for value in values if value is not None] or [0.0, 1.0]
    low, high = min(known), max(known)
    if cut:
        room = (high - low) or abs(high) * 0.1 or 1.0
        return [low - 0.3 * room, high + 0.2 * room]
    low, high = min(low, 0.0), max(high, 0.0)
    room = 0.12 * ((high - low) or 1.0)
    return [low - room if low < 0 else 0.0, high + room if high > 0 else 0.0]


def time_axis(rows: Rows, title: str) -> dict[str, Any]:
    """Return the x encoding: years stand at their distance, other periods side by side."""
    found = years(rows)
    axis = {"labelAngle": 0, "labelOverlap": "greedy", "grid": False}
    if found is None:
        return {"field": "x", "type": "ordinal", "sort": None, "title": title, "axis": axis}
    room = _margin(found)
    scale = {"domain": [found[0] - room, found[-1] + room], "nice": False, "zero": False}
    return {
        "field": "x", "type": "quantitative", "title": title, "scale": scale,
        "axis": {**axis, "values": found, "format": "d"},
    }  # fmt: skip


def _margin(found: Sequence[int]) -> float:
    """Return the years left free at both ends, for half a column or half a number."""
    return max(0.5, 0.07 * (found[-1] - found[0]))


def _dated(rows: Rows) -> list[dict[str, Any]]:
    """Return the rows with years as numbers."""
    whole = years(rows) is not None
    return [{**row, "x": int(row["x"]) if whole else row["x"]} for row in rows]


def _series(names: Iterable[Any], keys: Keys) -> dict[str, Any]:
    """Return the names in the order of the builder with their colours; one alone needs no legend."""
    order = list(dict.fromkeys(names))
    return {
        "series": order, "legend": {} if len(order) > 1 else None, "colours": colours(order, keys),
        "line_colours": colours(order, keys, lines=True),
    }  # fmt: skip


def _lines(rows: Rows, words: Words, height: int, keys: Keys) -> dict[str, Any]:
    values = [row["value"] for row in rows]
    placed = _labelled(_dated(rows))
    return {
        "data": placed, "time": time_axis(rows, words["x"]), **_series((row["series"] for row in rows), keys),
        "domain": domain(values, leaves_zero_out(values)),
    }  # fmt: skip


def _labelled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say where the number of each point stands: above or below its line; '' where it has no room."""
    order = list(dict.fromkeys(row["x"] for row in rows))
    span = max(order) - min(order) + 2 * _margin(order) if years(rows) else len(order)
    pixel = PLOT_WIDTH / span
    chosen = {}
    for name in dict.fromkeys(row["series"] for row in rows):
        line = [row for row in rows if row["series"] == name and row["value"] is not None]
        at = {row["x"]: pixel * (row["x"] if years(rows) else order.index(row["x"])) for row in line}
        chosen[name] = _with_room(line, at)
    return [{**row, "place": _place(rows, row) if row["x"] in chosen[row["series"]] else ""} for row in rows]


def _with_room(line: Rows, at: Mapping[Any, float]) -> set[Any]:
    """Return the points whose numbers do not touch: ends and extremes first, then the others if they are few."""
    if not line:
        return set()
    first = [line[0], line[-1], max(line, key=_value), min(line, key=_value)]
    kept: dict[Any, float] = {}
    for row in [*first, *(line if len(line) <= MOST_LABELS else [])]:
        width = DIGIT_WIDTH * len(row["value_label"]) + 4
        if all(abs(at[row["x"]] - other) >= width for x, other in kept.items() if x != row["x"]):
            kept[row["x"]] = at[row["x"]]
    return set(kept)


def _place(rows: Rows, row: Mapping[str, Any]) -> str:
    """Numbers stand above a line; below where another line is above it, in a dip, at a falling end. Not on the axis."""
    known = [other for other in rows if other["value"] is not None]
    if 0 <= row["value"] < NEAR_AXIS * max(map(_value, known)):
        return "above"
    rivals = [other["value"] for other in known if other["x"] == row["x"]]
    if row["value"] < max(rivals):
        return "below"
    line = [other for other in known if other["series"] == row["series"]]
    at = next(number for number, other in enumerate(line) if other["x"] == row["x"])
    falls = at > 0 and line[at - 1]["value"] > row["value"]
    rises = at + 1 == len(line) or line[at + 1]["value"] > row["value"]
    return "below" if falls and rises and row["value"] == min(rivals) else "above"


def _value(row: Mapping[str, Any]) -> float:
    return float(row["value"])


def _schedule(rows: Rows, words: Words, height: int, keys: Keys) -> dict[str, Any]:
    """Make a line of the actual values and one of those asked for; the band stays as it is."""
    long = [
        {"x": row["x"], "series": words[key], "value": row.get(key), "value_label": row.get(f"{key}_label")}
        for key in ("actual", "target")
        for row in rows
        if row.get(key) is not None
    ]
    edges = [row.get(key) for row in rows for key in ("low", "high")]
    values = [row["value"] for row in long]
    band = [row for row in _dated(rows) if row.get("low") is not None and row.get("high") is not None]
    return {
        **_lines(long, words, height, keys), "time": time_axis(rows, words["x"]), "band": band,
        "domain": domain([*values, *edges], leaves_zero_out(values)),
    }  # fmt: skip


def _stacks(rows: Rows, words: Words, height: int, keys: Keys) -> dict[str, Any]:
    names = list(dict.fromkeys(row["series"] for row in rows))
    sums: dict[Any, float] = {}
    for row in rows:
        sums[row["x"]] = sums.get(row["x"], 0.0) + (row["value"] or 0.0)
    room = THIN * max(sums.values(), default=0.0)
    fill = dict(zip(names, colours(names, keys), strict=True))
    data = [
        {
            **row, "order": names.index(row["series"]), "inside": row["value_label"] if (row["value"] or 0.0) >= room else "",
            "ink": _ink(fill[row["series"]]),
        }
        for row in _dated(rows)
    ]  # fmt: skip
    found = years(rows)
    slots = found[-1] - found[0] + 1 if found else len(sums)
    bar = min(WIDEST_BAR, 0.7 * PLOT_WIDTH / max(slots, 1))
    top = max(sums.values(), default=1.0)
    # shares that add up to 100.02 by rounding need no axis to 110
    end = 100.0 if abs(top - 100) < 1 else top * 1.05
    return {"data": data, "time": time_axis(rows, words["x"]), "bar": bar, "domain": [0, end], **_series(names, keys)}


def _ink(colour: str) -> str:
    """Return the colour of letters on an area."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return "white" if 0.3 * red + 0.59 * green + 0.11 * blue < MIDDLE_GREY else "#222"


def _bars(rows: Rows, words: Words, height: int, keys: Keys) -> dict[str, Any]:
    values = [row["value"] for row in rows]
    return {"data": list(rows), "domain": domain(values, False), **_series((row["series"] for row in rows), keys)}


def _parts(rows: Rows, words: Words, height: int, keys: Keys) -> dict[str, Any]:
    names = list(dict.fromkeys(row["fuel"] for row in rows))
    ends: dict[Any, float] = {}
    labels: dict[Any, str] = {}
    for row in rows:
        ends[row["sector"]] = ends.get(row["sector"], 0.0) + (row["value"] or 0.0)
        labels[row["sector"]] = row.get("total_label", "")
    totals = [{"sector": name, "end": end, "label": labels[name]} for name, end in ends.items()]
    # room for the number behind the longest bar
    domain_ = [0, max(ends.values(), default=1.0) * (1.14 if any(labels.values()) else 1.02)]
    data = [{**row, "order": names.index(row["fuel"])} for row in rows]
    return {"data": data, "totals": totals, "domain": domain_, **_series(names, keys)}


def _flows(rows: Rows, words: Words, height: int, keys: Keys) -> dict[str, Any]:
    placed = sankey.layout(rows, SANKEY_WIDTH, height)
    told = any("carrier" in row for row in rows)
    carried = [row.get("carrier") if told else row["source"] for row in rows if row["value"]]
    carriers = list(dict.fromkeys(name for name in carried if name))
    colour = dict(zip(carriers, colours(carriers, keys), strict=True))
    labels = {row[end]: row[f"{end}_total_label"] for row in rows for end in ("source", "target") if row.get(f"{end}_total_label")}  # fmt: skip
    nodes = [
        {**node, "first": node["x"] == 0, "label": labels.get(node["name"], ""), "colour": colour.get(node["name"], PLAIN)}
        for node in placed["nodes"]
    ]  # fmt: skip
    links = [{**link, "colour": colour.get(name, PLAIN)} for link, name in zip(placed["links"], carried, strict=True)]
    return {"nodes": nodes, "links": links, "width": SANKEY_WIDTH}


FORMS: Mapping[str, Callable[[Rows, Words, int, Keys], dict[str, Any]]] = {
    "lines": _lines, "schedule": _schedule, "stacks": _stacks, "bars": _bars, "parts": _parts, "flows": _flows,
}  # fmt: skip
