"""Charts: drawn with their words, never boxes."""

import re
from itertools import combinations, pairwise
from math import dist

import pytest

import carbonpeak as cp
from carbonpeak.inventories.derived_flows import flows
from carbonpeak.templates.charts import alt, data, fonts, render, sankey
from carbonpeak.templates.charts.colours import COLOURS, LINE_COLOURS, fixed
from carbonpeak.templates.charts.spec import chart_names
from carbonpeak.templates.report import (
    Chart,
    Figure,
    Text,
)
from carbonpeak.templates.reports.lookup import Lookup

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


def _line(values, spec="lines", first=2015, step=1):
    rows = tuple(
        {"x": str(first + step * n), "series": Text("全省", "Province"), "value": Figure(f"v@{n}", value, "万tce", 1)}
        for n, value in enumerate(values)
    )
    return Chart("c", Text("图", "Chart"), spec, rows, Text("年份", "Year"), Text("万吨CO2", "10⁴ t CO2"))


def test_bars_start_at_zero_and_a_line_that_does_not_says_so():
    assert data.domain([22300.0, 23160.0], cut=False)[0] == 0
    assert data.domain([-1.0, 5.0], cut=False)[0] < -1.0
    assert data.domain([0.0, 5.0], cut=False)[0] == 0, "no negative axis without negative numbers"
    assert alt.is_cut(_line([22300.0, 23160.0]))
    assert not alt.is_cut(_line([10.0, 60.0]))
    assert not alt.is_cut(_line([22300.0, 23160.0], "bars"))
    drawn = render.svg(_line([22300.0, 23160.0]), "zh")
    assert "（纵轴不从零起）" in drawn
    assert alt.CUT_REMARK in alt.remarks(_line([22300.0, 23160.0]))


def test_years_stand_at_their_distance():
    rows = [{"x": year} for year in ("1995", "2000", "2003")]
    axis = data.time_axis(rows, "年份")
    assert axis["type"] == "quantitative"
    assert axis["axis"]["values"] == [1995, 2000, 2003]
    assert data.time_axis([{"x": "2019-H1"}], "")["type"] == "ordinal"
    assert alt.GAP_REMARK in alt.remarks(_line([1.0, 2.0, 3.0], step=5))
    assert alt.GAP_REMARK not in alt.remarks(_line([1.0, 2.0, 3.0]))


def test_numbers_beside_points_never_touch():
    line = [{"x": 2000 + n, "series": "a", "value": 100.0 + n, "value_label": "123456.7"} for n in range(30)]
    at = {row["x"]: 18.0 * (row["x"] - 2000) for row in line}
    kept = sorted(at[x] for x in data._with_room(line, at))
    assert len(kept) == 2, "of a long line the ends and extremes"
    assert all(b - a >= len("123456.7") * 6 for a, b in pairwise(kept))


def test_a_chart_is_told_in_words_with_its_printed_numbers():
    said = alt.alt(_line([1.0, 2.04, 3.0]), "zh")
    assert said == "折线图：年份 / 万吨CO2。全省：2015 1.0，2016 2.0，2017 3.0"
    long = alt.alt(_line([float(n) for n in range(1, 31)], first=1990), "en")
    assert long.endswith("1990 1.0, 2019 30.0; the rest in its table")
    drawn = render.svg(_line([1.0, 2.04, 3.0]), "zh")
    assert f"<desc>{said}</desc>" in drawn
    assert "万吨CO₂" in drawn


def test_what_is_withheld_is_not_told():
    secret = Figure("s", 7654.3, "万tce", 1, confidential=True)
    rows = ({"x": "2019", "series": Text("企业", "Enterprise"), "value": secret},)
    chart = Chart("c", Text("图", "Chart"), "bars", rows)
    assert "7654" not in render.svg(chart, "zh", "public")
    assert "不公开" in alt.alt(chart, "zh", "public")


# colours -------------------------------------------------------------------------------------------------------------

# Machado, Oliveira, Fernandes 2009, severity 1.0, on linear rgb
CVD = (
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
)


def _linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def _lab(rgb):
    """CIE Lab under D65."""
    rows = ((0.4124, 0.3576, 0.1805, 0.95047), (0.2126, 0.7152, 0.0722, 1.0), (0.0193, 0.1192, 0.9505, 1.08883))
    x, y, z = (sum(a * b for a, b in zip(row, rgb, strict=False)) / row[3] for row in rows)
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _seen(rgb, matrix):
    return [min(1.0, max(0.0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in matrix]


TOGETHER = [([fixed()["fills"][key] for key in keys], 9) for keys in fixed()["together"]]


@pytest.mark.parametrize(("palette", "grey"), [(COLOURS[:5], 10), (LINE_COLOURS[:2], 10), *TOGETHER])
def test_colours_are_told_apart_in_grey_print_and_by_colour_blind_eyes(palette, grey):
    for one, other in combinations(palette, 2):
        a, b = _linear(one), _linear(other)
        assert abs(_lab(a)[0] - _lab(b)[0]) >= grey, (one, other)
        for matrix in CVD:
            assert dist(_lab(_seen(a, matrix)), _lab(_seen(b, matrix))) >= 15, (one, other)


# flows ---------------------------------------------------------------------------------------------------------------


def test_ribbons_fill_the_bars_they_enter_and_a_minor_one_may_run_back():
    links = [dict(source="外", target="煤", value=100), dict(source="煤", target="电", value=60), dict(source="电", target="用", value=60),
             dict(source="煤", target="用", value=40), dict(source="电", target="煤", value=0.5)]  # fmt: skip
    column = sankey.columns([(link["source"], link["target"], link["value"]) for link in links])
    assert column == {"外": 0, "煤": 1, "电": 2, "用": 3}
    placed = sankey.layout(links, 400, 300)
    assert all(link["path"].endswith("Z") for link in placed["links"])


@pytest.mark.parametrize("name", ["henan", "henan_2007", "china_2007"])
def test_what_enters_a_node_of_the_flow_chart_leaves_it(name):
    run = cp.open(name).run()
    look = Lookup(run.results, run.library)
    found = flows(look.derived, look.balances[look.year])
    value = look.derived.value
    for node, key in found.nodes.items():
        entering = sum(flow.value for flow in found.ribbons if flow.target == node)
        leaving = sum(flow.value for flow in found.ribbons if flow.source == node)
        assert value(key) == pytest.approx(leaving or entering)
        if entering and leaving:
            assert entering == pytest.approx(leaving, abs=0.01), node
    ends = {flow.target for flow in found.ribbons} - {flow.source for flow in found.ribbons}
    total = value(found.total)
    assert total == pytest.approx(sum(flow.value for flow in found.ribbons if flow.target in ends), abs=0.05)
    # total consumption by the calorific value + what is sent out + recovered energy that is not in the total
    recovered = sum(
        value(key) for key in look.having("recovered_energy", look.year) if look.rows[key]["item"]
    )  # fmt: skip
    if recovered:
        assert value(found.recovered) == pytest.approx(recovered)
    sent = value(found.nodes["sent_out"])
    assert total == pytest.approx(
        value(look.find("energy_total", look.year, basis="calorific")) + sent + recovered, rel=1e-6
    )


@pytest.mark.parametrize("spec", ["lines", "schedule", "stacked_mix", "by_sector_fuel"])
def test_a_chart_of_several_series_has_a_legend(spec):
    drawn = render.svg(charts()[spec], "zh")
    assert 'aria-roledescription="legend"' in drawn
