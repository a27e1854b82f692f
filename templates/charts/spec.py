"""Chart specifications are data files (*.json); here they are found and filled with titles, words and rows.

A file holds: `about`, `keys` (key of a row -> what it is), `table` (which keys make the rows, columns and values of
the table printed beside the picture), `words` (zh/en), `grammar` (vega-lite or vega), `workbook` (the chart type Excel draws
itself) and `spec`. In the spec the
strings $x, $y (axis titles), $word:NAME, $font, $height, $colours, $legend and $data stand for what is filled in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..figure import Lang

# told apart by lightness as well as by hue; black-brown-blue-green for coal, oil, gas and non-fossil
COLOURS = (
    "#333f50", "#c8651b", "#7cc0e8", "#1f8a5f", "#f0cc5a", "#8a5a9e", "#b5b5b5", "#a6dfc8", "#e09a9a", "#4d74b8",
)  # fmt: skip


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
    words = {f"word:{key}": word[lang] for key, word in file.get("words", {}).items()}
    values = {**titles, **words, **data, "font": font, "height": height, "colours": list(COLOURS)}
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
        "axis": {**axis, "gridColor": "#e3e3e3", "domainColor": "#555", "tickColor": "#555"},
        "legend": {"orient": "top", "title": None, "labelFontSize": 12, "symbolSize": 120, "columns": 5},
    }
