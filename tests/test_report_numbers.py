"""Numbers as text, and text as numbers."""

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonpeak.templates import numbers
from carbonpeak.templates.report import (
    NOT_APPLICABLE,
    PREVIOUS_YEAR,
    Figure,
    Text,
)

from .report_sample import TOTAL

LANGS = ("zh", "en")
STYLES = ("plain", "percent", "growth", "change", "fall", "points")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (2.675, 2, "2.68"),
        (0.285, 2, "0.29"),
        (-0.285, 2, "-0.29"),
        (0.57 / 2, 2, "0.29"),
        (1.005, 2, "1.01"),
        (-0.04, 1, "0.0"),
        (22300.45, 1, "22300.5"),
        (12.5, 0, "13"),
        (1e-9, 3, "0.000"),
        (123456789.5, 0, "123456790"),
    ],
)
def test_halves_are_rounded_up_on_the_decimal_number(value, decimals, text):
    assert numbers.plain(value, decimals, "zh") == text


@pytest.mark.parametrize(
    ("style", "value", "zh", "en"),
    [
        ("growth", 3.24, "比上年增长3.2%", "up 3.2% from the previous year"),
        ("growth", -3.6, "比上年下降3.6%", "down 3.6% from the previous year"),
        ("growth", 0.04, "与上年持平", "unchanged from the previous year"),
        ("growth", -0.04, "与上年持平", "unchanged from the previous year"),
        ("change", 3.2, "比上年上升3.2%", "up 3.2% from the previous year"),
        ("fall", 5.97, "比上年下降6.0%", "down 6.0% from the previous year"),
        ("fall", -0.76, "比上年上升0.8%", "up 0.8% from the previous year"),
        ("points", -1.2, "比上年下降1.2个百分点", "down 1.2 percentage points from the previous year"),
        ("plain", -1.2, "-1.2%", "-1.2%"),
        ("growth", None, "比上年变化暂缺（缺数据）", "change from the previous year n/a (no data)"),
    ],
)
def test_words_carry_the_sign(style, value, zh, en):
    figure = Figure("x", value, "%", 1, style=style, versus=PREVIOUS_YEAR, missing=Text("缺数据", "no data"))
    assert (numbers.phrase(figure, "zh"), numbers.phrase(figure, "en")) == (zh, en)


def test_a_number_in_a_sentence_has_its_unit():
    assert numbers.phrase(TOTAL, "zh") == "20100.1万吨标准煤"
    assert numbers.phrase(TOTAL, "en") == "20,100.1 × 10⁴ tce"
    assert numbers.phrase(TOTAL, "zh", "n") == "20100.1"
    assert numbers.phrase(TOTAL, "zh", rounding="full") == "20100.05万吨标准煤"
    gap = Figure("x", -0.02, "%", 2, style="points")
    assert numbers.phrase(gap, "zh", "abs") == "0.02个百分点"
    assert numbers.phrase(gap, "zh", "u") == "-0.02个百分点"


def test_missing_is_said_and_a_blank_dash_is_a_dash():
    assert numbers.bare(Figure("x", float("nan"), "t"), "zh") == "暂缺"
    assert numbers.bare(Figure("x", None, "t"), "en") == "n/a"
    assert numbers.phrase(Figure("x", None, "1", missing=NOT_APPLICABLE), "zh") == "—"


@given(
    value=st.floats(-1e9, 1e9, allow_nan=False),
    decimals=st.integers(0, 4),
    style=st.sampled_from(STYLES),
    lang=st.sampled_from(LANGS),
    unit=st.sampled_from(["%", "万tce", "tCO2/万元", "1"]),
    versus=st.sampled_from([None, PREVIOUS_YEAR, Text("2015年", "2015")]),
)
def test_every_printed_number_reads_back(value, decimals, style, lang, unit, versus):
    figure = Figure("x", value, unit, decimals, style=style, versus=versus)
    expected = numbers.rounded(value, decimals)
    assert numbers.read(numbers.phrase(figure, lang), style, versus) == expected
    assert numbers.read(numbers.bare(figure, lang)) == expected
    assert not re.match(r"-0(\.0*)?$", numbers.bare(figure, lang))


def test_numerals_leave_out_formulas_and_powers():
    text = "2019年CO2排放1,234.5 × 10⁴ t，N2O -0.5，PM2.5"
    assert numbers.numerals(text) == [Decimal(2019), Decimal("1234.5"), Decimal("-0.5")]


def test_a_target_keeps_the_decimals_of_its_document():
    assert [numbers.places(value, 2) for value in (16.0, 3.6, 0.75, 3.333)] == [0, 1, 2, 2]


def test_every_unit_has_both_languages():
    labels = json.loads((Path(numbers.__file__).parent / "data/units.json").read_text("utf-8"))
    assert all(set(label) == {"zh", "en"} for label in labels.values())
    assert numbers.unit_label("没有的单位", "en") == "没有的单位"
