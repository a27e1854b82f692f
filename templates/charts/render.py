"""Draw a chart with vl-convert: no browser, no network. SVG for html, PNG for docx."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from ..figure import Edition, Figure, Lang, Rounding, Text
from ..numbers import WITHHELD, bare, significant
from ..report import Chart
from . import fonts, sankey
from .spec import check_rows, filled, load

PNG_SCALE = 2.5
SANKEY_WIDTH = 430
# keys whose values are stacked or drawn in the order in which the builder gives them
_ORDERED = ("series", "fuel")


def svg(chart: Chart, lang: Lang, edition: Edition = "full", rounding: Rounding = "printed") -> str:
    """Return the chart as SVG text with real text in it; ids are made from the chart's id."""
    fonts.register()
    return _stable_ids(_drawn(*_specification(chart, lang, edition, rounding)), chart.id)


def png(chart: Chart, lang: Lang, edition: Edition = "full", rounding: Rounding = "printed") -> bytes | None:
    """Return the chart as a PNG picture, or None when no Chinese font is on this machine: never boxes."""
    import vl_convert

    if fonts.register() is None:
        return None
    drawn = _drawn(*_specification(chart, lang, edition, rounding))
    picture: bytes = vl_convert.svg_to_png(drawn, scale=PNG_SCALE)
    return picture


@lru_cache(maxsize=64)
def _drawn(grammar: str, specification: str) -> str:
    """Draw once for html and docx."""
    import vl_convert

    draw = vl_convert.vegalite_to_svg if grammar == "vega-lite" else vl_convert.vega_to_svg
    text: str = draw(specification)
    return text


def _specification(chart: Chart, lang: Lang, edition: Edition, rounding: Rounding) -> tuple[str, str]:
    """Return the grammar and the complete specification as JSON."""
    check_rows(chart.spec, chart.rows)
    rows = [_resolved(row, lang, edition, rounding) for row in chart.rows]
    titles = {"x": chart.x.in_(lang), "y": chart.y.in_(lang)}
    grammar: str = load(chart.spec)["grammar"]
    data = _sankey(rows, chart.height) if grammar == "vega" else _ordered(rows)
    spec = filled(chart.spec, lang, titles, data, fonts.families(), chart.height)
    return grammar, json.dumps(spec, ensure_ascii=False)


def _resolved(row: Mapping[str, Any], lang: Lang, edition: Edition, rounding: Rounding) -> dict[str, Any]:
    """Return a row of plain values; a figure also gives its printed text as `<key>_label`."""
    plain: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Figure):
            hidden = value.withheld(edition)
            plain[key] = None if hidden or value.value is None else significant(value.value)
            plain[f"{key}_label"] = WITHHELD.in_(lang) if hidden else bare(value, lang, rounding)
        else:
            plain[key] = value.in_(lang) if isinstance(value, Text) else value
    return plain


def _ordered(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the rows with the order of their series; one series alone needs no legend."""
    key = next((key for key in _ORDERED if rows and key in rows[0]), "")
    names = list(dict.fromkeys(row.get(key) for row in rows))
    return {
        "data": [{**row, "order": names.index(row.get(key))} for row in rows],
        "legend": {} if len(names) > 1 else None,
    }


def _sankey(rows: Sequence[dict[str, Any]], height: int) -> dict[str, Any]:
    placed = sankey.layout(rows, SANKEY_WIDTH, height)
    labels: dict[str, str] = {}
    for row in rows:
        for end in ("source", "target"):
            if row.get(f"{end}_total_label"):
                labels[row[end]] = row[f"{end}_total_label"]
    nodes = [{**n, "first": n["x"] == 0, "label": labels.get(n["name"], "")} for n in placed["nodes"]]
    return {"nodes": nodes, "links": placed["links"]}


def _stable_ids(text: str, chart_id: str) -> str:
    """Number the ids anew: the engine counts them through the process, and one page holds several charts."""
    names = list(dict.fromkeys(re.findall(r'\bid="([^"]+)"', text)))
    for number, name in enumerate(names):
        text = re.sub(rf'(id="|url\(#|href="#){re.escape(name)}(["\)])', rf"\g<1>{chart_id}-{number}\g<2>", text)
    return text
