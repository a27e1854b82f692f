"""What a chart says in words: the text read aloud in place of the picture, and remarks that keep it from misleading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..figure import Edition, Figure, Lang, Rounding, Text
from ..numbers import WITHHELD, bare
from ..report import Chart, ChartValue
from .data import has_gap, leaves_zero_out
from .spec import load, words

KINDS = {
    "lines": Text("折线图", "Line chart"), "schedule": Text("折线图", "Line chart"), "bars": Text("条形图", "Bar chart"),
    "stacks": Text("堆积柱形图", "Stacked columns"), "parts": Text("堆积条形图", "Stacked bars"), "flows": Text("能流图", "Flow diagram"),
}  # fmt: skip
CUT = Text("（纵轴不从零起）", " (axis does not start at zero)")
CUT_REMARK = Text(
    "纵轴不从零起，图中起落比实际幅度显得大。",
    "The vertical axis does not start at zero; rises and falls look larger than they are.",
)
GAP_REMARK = Text(
    "横轴按年份间距绘制；没有数据的年份不画点，相邻数据点以直线相连。",
    "Years stand at their distance; a year without data has no point, and neighbouring points are joined by a straight line.",
)
# a series of more points is told by its ends and extremes, other charts by their largest parts
MOST = 12


@dataclass(frozen=True)
class _Point:
    series: str
    place: str
    value: float
    text: str


def is_cut(chart: Chart, edition: Edition = "full") -> bool:
    """Tell whether the value axis of a chart leaves out zero; only lines may."""
    form = load(chart.spec)["form"]
    if form not in ("lines", "schedule"):
        return False
    keys = ("value",) if form == "lines" else ("actual", "target")
    return leaves_zero_out(_value(row.get(key), edition) for row in chart.rows for key in keys)


def axis_title(chart: Chart, lang: Lang, edition: Edition = "full") -> str:
    """Return the title of the value axis; it says where zero is left out."""
    title = chart.y.in_(lang)
    return title + CUT.in_(lang) if is_cut(chart, edition) else title


def remarks(chart: Chart, edition: Edition = "full") -> tuple[Text, ...]:
    """Return what must stand below a picture so that it is read rightly."""
    return (
        *((CUT_REMARK,) if is_cut(chart, edition) else ()),
        *((GAP_REMARK,) if uneven(chart) else ()),
    )


def uneven(chart: Chart) -> bool:
    """Tell whether a line chart has years missing between its points."""
    lines = load(chart.spec)["form"] in ("lines", "schedule")
    return lines and bool(chart.rows) and has_gap([{"x": row["x"]} for row in chart.rows])


def alt(chart: Chart, lang: Lang, edition: Edition = "full", rounding: Rounding = "printed") -> str:
    """Return the chart in words: kind, titles of the axes, numbers by series as they are printed."""
    file = load(chart.spec)
    points = _points(chart, lang, edition, rounding)
    chosen = _told(points, file["form"] in ("lines", "schedule"))
    stop, colon, comma, semicolon = ("。", "：", "，", "；") if lang == "zh" else (". ", ": ", ", ", "; ")
    titles = [title for title in (chart.x.in_(lang), chart.y.in_(lang)) if title]
    by_series: dict[str, list[str]] = {}
    for point in chosen:
        by_series.setdefault(point.series, []).append(f"{point.place} {point.text}".strip())
    told = semicolon.join(
        f"{name}{colon}{comma.join(texts)}" if name else comma.join(texts) for name, texts in by_series.items()
    )
    rest = "" if len(chosen) == len(points) else ("；其余见数据表" if lang == "zh" else "; the rest in its table")
    return stop.join([KINDS[file["form"]].in_(lang) + (colon + " / ".join(titles) if titles else ""), told + rest])


def _told(points: list[_Point], timed: bool) -> list[_Point]:
    if len(points) <= MOST:
        return points
    if not timed:
        largest = sorted(points, key=lambda point: -abs(point.value))[:MOST]
        return [point for point in points if point in largest]
    out = []
    for name in dict.fromkeys(point.series for point in points):
        line = [point for point in points if point.series == name]
        kept = [line[0], line[-1], max(line, key=lambda p: p.value), min(line, key=lambda p: p.value)]
        out += [point for point in line if point in kept]
    return out


def _points(chart: Chart, lang: Lang, edition: Edition, rounding: Rounding) -> list[_Point]:
    form, named = load(chart.spec)["form"], words(chart.spec, lang)
    out = []
    for row in chart.rows:
        for series, place, value in _cells(form, row, named, lang):
            number = _value(value, edition)
            if isinstance(value, Figure) and number is not None:
                out.append(_Point(series, place, number, bare(value, lang, rounding)))
            elif isinstance(value, Figure) and value.withheld(edition):
                out.append(_Point(series, place, 0.0, WITHHELD.in_(lang)))
    return out


def _cells(
    form: str, row: Mapping[str, ChartValue], named: Mapping[str, str], lang: Lang
) -> list[tuple[str, str, ChartValue]]:
    if form == "schedule":
        return [(named[key], _name(row["x"], lang), row.get(key)) for key in ("actual", "target")]
    if form == "parts":
        return [(_name(row["sector"], lang), _name(row["fuel"], lang), row["value"])]
    if form == "flows":
        return [("", f"{_name(row['source'], lang)}→{_name(row['target'], lang)}", row["value"])]
    return [(_name(row["series"], lang), _name(row["x"], lang), row["value"])]


def _name(value: ChartValue, lang: Lang) -> str:
    return value.in_(lang) if isinstance(value, Text) else str(value)


def _value(value: ChartValue, edition: Edition) -> float | None:
    if isinstance(value, Figure):
        return None if value.withheld(edition) else value.value
    return float(value) if isinstance(value, int | float) else None
