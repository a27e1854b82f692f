"""Draw a chart with vl-convert: no browser, no network. SVG for html, PNG for docx."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from ..figure import Edition, Figure, Lang, Rounding, Text
from ..numbers import WITHHELD, bare, significant, with_subscripts
from ..report import Chart
from . import fonts
from .alt import alt, axis_title
from .data import prepare
from .spec import check_rows, filled, load, words

PNG_SCALE = 2.0


def svg(chart: Chart, lang: Lang, edition: Edition = "full", rounding: Rounding = "printed") -> str:
    """Return the chart as SVG text: real text in it, what it shows in words, ids made from the chart's id."""
    fonts.register()
    drawn = _stable_ids(_drawn(*_specification(chart, lang, edition, rounding)), chart.id)
    said = f"<desc>{escape(alt(chart, lang, edition, rounding))}</desc>"
    return re.sub(r"(<svg [^>]*>)", lambda head: head[1] + said, drawn, count=1)


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
    # the white edge of a number lies below its letters
    return text.replace('stroke="white" stroke-width="3"', 'stroke="white" stroke-width="3" paint-order="stroke"')


def _specification(chart: Chart, lang: Lang, edition: Edition, rounding: Rounding) -> tuple[str, str]:
    """Return the grammar and the complete specification as JSON."""
    check_rows(chart.spec, chart.rows)
    file = load(chart.spec)
    rows = [_resolved(row, lang, edition, rounding) for row in chart.rows]
    titles = {"x": with_subscripts(chart.x.in_(lang)), "y": with_subscripts(axis_title(chart, lang, edition))}
    keys = colour_keys(chart, lang)
    data = prepare(file["form"], rows, {**words(chart.spec, lang), **titles}, chart.height, keys)
    spec = filled(chart.spec, lang, titles, data, fonts.families(), chart.height)
    return file["grammar"], json.dumps(spec, ensure_ascii=False)


def colour_keys(chart: Chart, lang: Lang) -> dict[str, str]:
    """Return the colour keys of a chart by the printed names of its series."""
    return {with_subscripts(name.in_(lang)): key for name, key in chart.colours}


def _resolved(row: Mapping[str, Any], lang: Lang, edition: Edition, rounding: Rounding) -> dict[str, Any]:
    """Return a row of plain values; a figure also gives its printed text as `<key>_label`."""
    plain: dict[str, Any] = {}
    for key, value in row.items():
        if isinstance(value, Figure):
            hidden = value.withheld(edition)
            plain[key] = None if hidden or value.value is None else significant(value.value)
            plain[f"{key}_label"] = WITHHELD.in_(lang) if hidden else bare(value, lang, rounding)
        else:
            plain[key] = with_subscripts(value.in_(lang)) if isinstance(value, Text) else value
    return plain


def _stable_ids(text: str, chart_id: str) -> str:
    """Number the ids anew: the engine counts them through the process, and one page holds several charts."""
    names = list(dict.fromkeys(re.findall(r'\bid="([^"]+)"', text)))
    for number, name in enumerate(names):
        text = re.sub(rf'(id="|url\(#|href="#){re.escape(name)}(["\)])', rf"\g<1>{chart_id}-{number}\g<2>", text)
    return text
