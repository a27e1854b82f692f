"""Units: every trap of the field is right or refused, and scale words are part of the unit."""

import math

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carbonpeak.accounting import units
from carbonpeak.accounting.unit_spellings import SCALE_WORDS, SPELLINGS, TRAPS


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("kt", "t", 1_000),  # a default registry: knots
        ("Mt", "t", 1e6),
        ("bbl", "L", 158.987294928),  # oil barrel, not the dry barrel of 31.5 gal
        ("kcal_IT", "kJ", 4.1868),  # GB/T 2589-2020
        ("kcal_20C", "kJ", 4.1816),  # GB/T 2589-2008
        ("kcal_th", "kJ", 4.184),
        ("万吨", "t", 1e4),
        ("亿千瓦时", "万kWh", 1e4),
        ("万百万千焦", "TJ", 10),  # the heat unit of the balance
        ("10^10 kJ", "TJ", 10),
        ("百万千焦", "GJ", 1),
        ("度", "kJ", 3600),
        ("亩", "m2", 10000 / 15),
        ("公顷", "亩", 15),
        ("蒸吨", "MW", 0.7),
        ("蒸吨/h", "MW", 0.7),  # the tonne of steam is one an hour: no second division by time
        ("蒸吨/小时", "MW", 0.7),
        ("蒸吨每小时", "MW", 0.7),
        ("t/h steam", "MW", 0.7),
        ("TCE", "tce", 1),
        ("万TCE", "tce", 1e4),
        ("10 000 t", "t", 1e4),
        ("100 million kWh", "kWh", 1e8),
        ("10 billion kJ", "TJ", 10),
        ("10¹⁰ kJ", "TJ", 10),
        ("kgce/m3", "tce/10^4 m3", 10),  # 0.5714 becomes 5.714
        ("kgce/kWh", "tce/10^4 kWh", 10),
        ("kgce/kg", "tce/t", 1),
        ("kg/TJ", "t/TJ", 1e-3),
        ("kgCO2/kWh", "tCO2/MWh", 1),
        ("tC/TJ", "tC/GJ", 1e-3),
        ("PJ/10^4 t", "GJ/t", 100),
        ("PJ/10^8 m3", "kJ/m3", 1e4),
        ("toe", "GJ", 41.868),
        ("Btu", "kJ", 1.05505585262),
        ("tCO2/GJ", "tCO2/10^4 GJ", 1e4),  # 0.11 tCO2/GJ is 1100 t per 万吉焦, not 110
    ],
)
def test_known_conversions(source: str, target: str, expected: float) -> None:
    assert math.isclose(units.factor(source, target), expected, rel_tol=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "ton",
        "10^4 ton",
        "MT",
        "mt",
        "T",
        "kcal",
        "大卡",
        "万大卡",
        "KT",
        "CO2e",
        "mWh",
        "gj",
        "M3",
        "Kg",
        "标煤",
        "斤",
        "万斤",
    ],
)
def test_ambiguous_spellings_are_refused_with_a_proposal(text: str) -> None:
    with pytest.raises(units.UnitFault) as fault:
        units.parse(text)
    assert fault.value.code == "UNIT-TRAP"
    assert "写" in fault.value.proposal or "注明" in fault.value.proposal


@pytest.mark.parametrize("text", ["", "furlong", "km2*hr", "吨半", "5 t", "1,000 t", "kwhh"])
def test_unknown_units_are_refused(text: str) -> None:
    with pytest.raises(units.UnitFault) as fault:
        units.parse(text)
    assert fault.value.code == "UNIT-UNKNOWN"
    assert fault.value.proposal


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tce", "tce_eq"),  # 当量 and 等价 never convert into each other
        ("tce", "GJ"),
        ("kWh", "tce"),
        ("t", "L"),
        ("m3", "Nm3"),
        ("Nm3", "m3_20C"),
        ("tC", "tCO2"),
        ("t", "tCO2"),
        ("tCO2e_AR4", "tCO2e_AR5"),
        ("tCO2", "tCO2e_AR5"),
        ("kgCO2/kWh", "tCO2/t"),
        ("%", "个百分点"),
        ("head", "person"),
    ],
)
def test_different_kinds_never_convert(one: str, other: str) -> None:
    with pytest.raises(units.UnitFault) as fault:
        units.factor(one, other)
    assert fault.value.code == "UNIT-KIND"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("万吨", "10^4 t"), ("１０^4 ｔ", "10^4 t"), ("10⁴ t", "10^4 t"), ("1e4 m3", "10^4 m3"), ("Ｎｍ³", "Nm3"),
        ("千克", "kg"), ("千瓦时", "kWh"), ("万千瓦时", "10^4 kWh"), ("（万吨）", "10^4 t"), ("单位：万吨标准煤", "10^4 tce"),
        ("吨标准煤（等价值）", "tce_eq"), ("立方米（0℃）", "Nm3"), ("亿元", "10^8 yuan"), ("10^8 cu.m", "10^8 m3"),
    ],
)  # fmt: skip
def test_spellings(text: str, expected: str) -> None:
    assert units.canonical(text) == expected


def test_price_year_is_split_off() -> None:
    assert units.price_year("亿元（2020年价）") == ("10^8 yuan", "2020")
    assert units.price_year("亿元") == ("10^8 yuan", "")


def test_every_spelling_parses_and_no_trap_is_a_spelling() -> None:
    for spelling in SPELLINGS:
        assert units.parse(spelling).size > 0
    assert not set(TRAPS) & set(SPELLINGS)


def test_the_registry_knows_nothing_but_the_file() -> None:
    with pytest.raises(pint.errors.UndefinedUnitError):
        units.registry().Quantity(1, "knot")


@given(st.sampled_from(sorted(SPELLINGS)), st.sampled_from([word for word, _ in SCALE_WORDS if word.strip() == word]))
def test_a_scale_word_multiplies_any_name_once(name: str, word: str) -> None:
    power = dict(SCALE_WORDS)[word]
    scaled = f"{word}{name}"
    if scaled in SPELLINGS or scaled in TRAPS or units.parse(name).text in ("1", "percent", "permille"):
        return  # 千克, 千瓦时 are names themselves
    assert math.isclose(units.factor(scaled, name), 10.0**power, rel_tol=1e-12)


ONE_KIND = [(one, other) for one in sorted(SPELLINGS) for other in sorted(SPELLINGS) if units.same_kind(one, other)]


@given(st.sampled_from(ONE_KIND))
def test_conversion_there_and_back_is_one(pair: tuple[str, str]) -> None:
    one, other = pair
    assert math.isclose(units.factor(one, other) * units.factor(other, one), 1.0, rel_tol=1e-12)


def test_a_flow_of_mass_is_no_power_and_jin_is_half_a_kilogram() -> None:
    assert units.parse("t/h").kind == "[mass] / [time]"
    with pytest.raises(units.UnitFault) as fault:
        units.parse("斤")
    assert "0.5 kg" in fault.value.proposal
