"""Charts: drawn with their words, never boxes."""

import re
from itertools import pairwise

import pytest

from carbonpeak.templates.charts import fonts, render, sankey
from carbonpeak.templates.charts.spec import chart_names
from carbonpeak.templates.report import (
    Chart,
    Figure,
    Text,
)

from .report_sample import TOTAL, charts

LANGS = ("zh", "en")


@pytest.mark.parametrize("spec", chart_names())
@pytest.mark.parametrize("lang", LANGS)
def test_every_chart_is_drawn_with_its_words(spec, lang):
    chart = charts()[spec]
    text = render.svg(chart, lang)
    words = {value.in_(lang) for line in chart.rows for value in line.values() if isinstance(value, Text)}
    assert words or spec == "schedule"
    assert all(word in text for word in words | {chart.x.in_(lang), chart.y.in_(lang)})
    assert len(re.findall(r'\bid="', text)) == len(set(re.findall(r'\bid="([^"]+)"', text)))
    assert text == render.svg(chart, lang)


def test_chinese_is_never_a_box():
    """A letter that no font has gives the box; Chinese must look otherwise, and letters differ from each other."""

    def drawn(word):
        rows = ({"x": word, "series": "a", "value": Figure("x", 1.0, "t")},)
        return render.png(Chart("c", Text("", ""), "bars", rows), "zh")

    pictures = [drawn(word) for word in ("煤", "油", "\U000f1234", "₂")]
    assert len(set(pictures)) == len(pictures)


def test_the_optional_font_is_found():
    font = fonts.cjk_font()
    assert font is not None
    assert font.path.is_file()
    assert font.family in fonts.families()


def test_chart_rows_need_the_keys_of_the_spec():
    with pytest.raises(KeyError, match="takes the keys"):
        render.svg(Chart("c", Text("", ""), "lines", ({"x": "2019", "value": TOTAL},)), "zh")
    with pytest.raises(KeyError, match="no chart"):
        render.svg(Chart("c", Text("", ""), "pie", ()), "zh")


def test_a_sankey_neither_overlaps_nor_leaves_its_frame():
    links = [dict(source=a, target=b, value=v) for a, b, v in
             (("煤", "电", 7), ("煤", "工业", 3), ("油", "交通", 2), ("电", "工业", 4), ("电", "损失", 3))]  # fmt: skip
    placed = sankey.layout(links, 400, 300)
    columns = {}
    for node in placed["nodes"]:
        columns.setdefault(node["x"], []).append((node["y"], node["y"] + node["height"]))
    for bars in columns.values():
        bars.sort()
        assert bars[0][0] >= -1e-6
        assert bars[-1][1] <= 300 + 1e-6
        assert all(below[0] >= above[1] for above, below in pairwise(bars))
    assert len(placed["links"]) == len(links)
    with pytest.raises(ValueError, match="circle"):
        sankey.layout([dict(source="a", target="b", value=1), dict(source="b", target="a", value=1)], 1, 1)
