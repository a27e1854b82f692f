"""Chart specifications are data files (*.json); here they are found and filled with titles, words and rows.

A file holds: `about`, `keys` (key of a row -> what it is), `table` (which keys make the rows, columns and values of
the table printed beside the picture), `words` (zh/en), `grammar` (vega-lite or vega), `form` (how data.py prepares the
rows), `workbook` (the chart type Excel draws itself) and `spec`. In the spec the strings $x, $y (titles with unit),
$word:NAME, $font, $digits, $height and what data.py gives ($data, $time, $domain, $series, $legend, $colours,
$line_colours, $bar, $band, $totals, $nodes, $links) stand for what is filled in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..figure import Lang
from .colours import COLOURS, LINE_COLOURS
from .fonts import DIGITS

PLAIN = "#8a949e"
"""a node that is no carrier"""


def chart_names() -> list[str]:
    """Return the names of all chart specifications."""
    return sorted(path.stem for path in Path(__file__).parent.glob("*.json"))


@lru_cache
def load(name: str) -> dict[str, Any]:
    """Return the specification file. Raises KeyError for an unknown name."""
    path = Path(__file__).parent / f"{name}.json"
    if not path.is_file():
        raise KeyError(f"no chart {name!r}; there are: {', '.join(chart_names())}")
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def check_rows(name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Raise KeyError when a row lacks a key of the specification or brings one that it does not know."""
    keys = load(name)["keys"]
    needed = {key for key, about in keys.items() if not about.startswith("optional")}
    for row in rows:
        if needed - set(row) or set(row) - set(keys):
            raise KeyError(
                f"chart {name!r} takes the keys {sorted(keys)} (needed: {sorted(needed)}), got {sorted(row)}"
            )


def words(name: str, lang: Lang) -> dict[str, str]:
    """Return the words of a specification in one language."""
    return {key: word[lang] for key, word in load(name).get("words", {}).items()}


def fill(node: Any, values: Mapping[str, Any]) -> Any:
    """Return the specification with every `$name` replaced."""
    if isinstance(node, dict):
        return {key: fill(item, values) for key, item in node.items()}
    if isinstance(node, list):
        return [fill(item, values) for item in node]
    return values[node[1:]] if isinstance(node, str) and node.startswith("$") else node


def filled(
    name: str, lang: Lang, titles: Mapping[str, str], data: Mapping[str, Any], font: str, height: int
) -> dict[str, Any]:
    """Return the complete specification; `data` holds the lists the spec asks for (`data`, or `nodes` and `links`)."""
    file = load(name)
    named = {f"word:{key}": word for key, word in words(name, lang).items()}
    palettes = {"colours": list(COLOURS), "line_colours": list(LINE_COLOURS)}
    values = {**palettes, **titles, **named, **data, "font": font, "digits": DIGITS, "height": height}
    spec: dict[str, Any] = fill(file["spec"], values)
    if file["grammar"] == "vega-lite":
        spec = {**spec, "config": {**_config(font, lang), **spec.get("config", {})}}
    return spec


def _config(font: str, lang: Lang) -> dict[str, Any]:
    """Return what all charts have in common."""
    axis = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": "#222"}
    return {
        "font": font,
        "background": "white",
        "numberFormat": ",~f" if lang == "en" else "~f",
        "range": {"category": list(COLOURS)},
        "view": {"stroke": None},
        "axisQuantitative": {"labelFont": DIGITS},
        "axis": {**axis, "gridColor": "#e3e3e3", "domainColor": "#555", "tickColor": "#555"},
        "legend": {
            "orient": "top",
            "title": None,
            "labelFontSize": 12,
            "labelLimit": 280,
            "symbolSize": 120,
            "columns": 5,
        },
    }
