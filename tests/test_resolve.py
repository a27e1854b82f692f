"""The choice of factors: published values, the order of the tests, and what happens where there is none."""

import random
from math import isnan
from pathlib import Path

import pandas as pd
import pytest

from carbonpeak.accounting import emissions, keying
from carbonpeak.accounting.emissions import CO2_PER_C
from carbonpeak.accounting.tables import COEFFICIENTS
from carbonpeak.accounting.wording import plain
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.factors.profile import Fixed, Mix, Profile
from carbonpeak.factors.regions import Region
from carbonpeak.factors.resolve import KEYS, Resolution, resolve
from carbonpeak.inventories.names import Names

C = 44 / 12
TCE = 29.3076
"""GJ per tce"""


@pytest.fixture(scope="module")
def library() -> FactorLibrary:
    return FactorLibrary.bundled()


def per_unit(coefficients: pd.DataFrame) -> pd.Series:
    """Return t of gas (or tce) per unit of activity of coefficients, as the kernel multiplies them; heat in GJ."""
    by_parts = coefficients["ncv"] * coefficients["carbon_content"] * coefficients["oxidation"] * CO2_PER_C
    by_heat = coefficients["ncv"] * coefficients["per_heat"]
    gas = by_parts.fillna(by_heat).fillna(coefficients["value"])
    return gas.where(coefficients["quantity"] != "heat", coefficients["ncv"])


def key(item: str, quantity: str = "co2", **more: str) -> dict[str, str]:
    units = {"electricity": "kWh", "natural_gas": "m3", "other_gas": "m3", "coke_oven_gas": "m3", "heat": "GJ"}
    plain = {
        "entity": "410000",
        "year": "2023",
        "sector": "",
        "flow": "",
        "attributes": "",
        "unit": units.get(item, "t"),
    }
    return {**plain, "item": item, "quantity": quantity, **more}


def ask(
    library: FactorLibrary, *keys: dict[str, str], profile: str | Profile = "provincial_2011", **options
) -> Resolution:
    chosen = library.profile(profile) if isinstance(profile, str) else profile
    return resolve(pd.DataFrame(list(keys), columns=list(KEYS)), library, chosen, **options)


def number(library: FactorLibrary, *keys: dict[str, str], **options) -> float:
    """t of gas (or tce) per unit of activity."""
    found = ask(library, *keys, **options)
    assert len(found.coefficients) == 1, found.problems.text()
    return float(per_unit(found.coefficients).iloc[0])


def refused(library: FactorLibrary, *keys: dict[str, str], **options) -> tuple[str, str]:
    """Reason and detail of the one key that has no factor; the problem list must name it, too."""
    found = ask(library, *keys, **options)
    assert found.coefficients.empty
    assert len(found.unmatched) == 1
    reason, detail = found.unmatched[["reason", "detail"]].iloc[0]
    assert reason in {problem.code for problem in found.problems}
    return reason, Names.bundled().text(detail, "zh")


def why(found: Resolution) -> str:
    return Names.bundled().pair(str(found.coefficients["matched_on"].iloc[0]))[0]


# electricity: announcements on average CO2 factors of the data years 2021, 2022, 2023 ---------------------------------


@pytest.mark.parametrize(
    ("entity", "year", "value"),
    [
        ("410000", "2023", 0.5897), ("410000", "2022", 0.6058), ("410000", "2021", 0.6369), ("130000", "2023", 0.6516),
        ("GRID:CC", "2023", 0.5271), ("CN", "2023", 0.5306), ("CN", "2021", 0.5568), ("630000", "2022", 0.1567),
        ("410503", "2023", 0.5897), ("419001", "2022", 0.6058), ("130500", "2021", 0.7901),
    ],
)  # fmt: skip
def test_electricity_takes_the_published_value_of_place_and_year(
    library: FactorLibrary, entity: str, year: str, value: float
) -> None:
    assert number(library, key("electricity", entity=entity, year=year)) * 1000 == pytest.approx(value, abs=1e-9)


def test_a_year_without_a_value_takes_the_nearest_earlier_one_and_says_so(library: FactorLibrary) -> None:
    found = ask(library, key("electricity", year="2026"))
    assert found.coefficients["value"].iloc[0] == pytest.approx(0.0005897)
    assert "2026 年无值，取早 3 年的 2023 年值" in why(found)


@pytest.mark.parametrize("year", ["2027", "2019", "2017"])
def test_neither_a_factor_older_than_three_years_nor_a_later_one_is_taken(library: FactorLibrary, year: str) -> None:
    reason, detail = refused(library, key("electricity", year=year))
    assert reason == "FACTOR-AGE"
    assert "河南省" in detail


def test_before_2013_the_grid_region_of_that_time_answers(library: FactorLibrary) -> None:
    """Regional table of 2012: 华中 0.5257; 重庆 and 四川 belonged to it."""
    for entity in ("410000", "500000", "510100"):
        found = ask(library, key("electricity", entity=entity, year="2014"))
        assert found.coefficients["value"].iloc[0] == pytest.approx(0.0005257)
        assert "华中区域电网" in why(found)


def test_tibet_has_no_published_factor_and_gets_no_substitute(library: FactorLibrary) -> None:
    for entity in ("540000", "540100"):
        reason, detail = refused(library, key("electricity", entity=entity))
        assert reason == "FACTOR-REGION"
        assert "西南区域电网 2023 平均 0.2472" in detail


def test_a_purpose_takes_its_own_kind_and_refuses_the_others(library: FactorLibrary) -> None:
    """发改环资〔2025〕910号: the fossil value is for bought power of zero-carbon parks."""
    reason, detail = refused(library, key("electricity", attributes="ef_kind=fossil"))
    assert reason == "FACTOR-PURPOSE"
    assert "zero_carbon_park" in detail
    data = library.profile("enterprise_2024").model_dump(by_alias=True)
    sets = ["electricity/mee_2022_fossil", "electricity/mee_2023"]
    park = Profile.model_validate(
        {**data, "purpose": "zero_carbon_park", "electricity": None, "order": {"electricity": sets}}
    )
    assert number(library, key("electricity", year="2022"), profile=park) == pytest.approx(0.8325e-3)
    inventory = Profile.model_validate(
        {**data, "purpose": "inventory", "electricity": None, "order": {"electricity": sets[:1]}}
    )
    assert refused(library, key("electricity", year="2022"), profile=inventory)[0] == "FACTOR-PURPOSE"


def test_enterprises_take_the_national_value_everywhere(library: FactorLibrary) -> None:
    assert number(library, key("electricity"), profile="enterprise_2024") == pytest.approx(0.5306e-3)


def test_the_residual_kind_may_be_asked_for_by_an_enterprise_only(library: FactorLibrary) -> None:
    data = library.profile("enterprise_2024").model_dump(by_alias=True)
    order = {**data["order"], "electricity": ["electricity/mee_2023", "electricity/mee_2023_residual"]}
    profile = Profile.model_validate({**data, "order": order})
    asked = key("electricity", attributes="ef_kind=residual")
    assert number(library, asked, profile=profile) == pytest.approx(0.6096e-3)
    assert number(library, key("electricity"), profile=profile) == pytest.approx(0.5306e-3)
    assert refused(library, asked)[0] == "FACTOR-PURPOSE"


def test_calorific_and_equivalent_value_of_electricity_are_two_quantities(library: FactorLibrary) -> None:
    """0.1229 kgce/kWh (GB/T 2589-2020 A.2) and the generation rate of 2019, 289 gce/kWh; the supply rate is no default."""
    assert number(library, key("electricity", "tce_calorific"), profile="energy") == pytest.approx(0.1229e-3)
    asked = key("electricity", "tce_equivalent", year="2019")
    assert number(library, asked, profile="energy") == pytest.approx(0.289e-3)


def test_bought_heat_is_0_11_t_per_gj(library: FactorLibrary) -> None:
    assert number(library, key("heat")) == pytest.approx(0.11)


@pytest.mark.parametrize(
    ("profile", "entity", "year", "value"),
    [
        ("assessment_2011", "410000", "2011", 0.8444), ("assessment_2011", "410000", "2015", 0.8444),
        ("assessment_2016", "410000", "2016", 0.5257), ("assessment_2016", "130000", "2020", 0.8843),
        ("assessment_2016", "510000", "2018", 0.5257), ("assessment_2016", "410000", "2021", 0.6369),
    ],
)  # fmt: skip
def test_the_assessment_takes_the_factors_prescribed_for_the_plan(
    library: FactorLibrary, profile: str, entity: str, year: str, value: float
) -> None:
    """12th plan: factors of 2010 (河南 0.8444); 13th: of 2012 (华中 0.5257, 华北 0.8843); then those of the data year."""
    found = ask(library, key("electricity", entity=entity, year=year), profile=profile)
    assert found.coefficients["value"].iloc[0] * 1000 == pytest.approx(value)
    prescribed = year < "2021"
    assert ("规定用" in why(found)) == prescribed
    assert (found.coefficients["evidence"].iloc[0] == "recalled") == prescribed


def test_a_rule_reaches_no_other_year_item_or_profile(library: FactorLibrary) -> None:
    """The prescription of 2016-2020 must not make old factors usable elsewhere."""
    assert refused(library, key("electricity", year="2018"))[0] == "FACTOR-AGE"
    for profile in ("assessment_2011", "assessment_2016"):
        assert "规定用" not in why(ask(library, key("electricity", year="2010"), profile=profile))
    assert refused(library, key("electricity", year="2018"), profile="assessment_2011")[0] == "FACTOR-AGE"


def test_years_without_a_grid_factor_are_told_with_what_is_known(library: FactorLibrary) -> None:
    for year in ("2016", "2020"):
        reason, detail = refused(library, key("electricity", year=year))
        assert reason == "FACTOR-AGE"
        assert "2012、2016、2018、2020 年省级电网因子" in detail
    assert "省级电网因子" not in refused(library, key("electricity", year="2027"))[1]


@pytest.mark.parametrize(
    ("year", "value"),
    [("2015", 0.6101), ("2018", 0.6101), ("2020", 0.6101), ("2021", 0.5810), ("2022", 0.5703), ("2023", 0.5306)],
)
def test_enterprises_take_the_factor_their_notice_names(library: FactorLibrary, year: str, value: float) -> None:
    """Notices: 0.6101 for 2015-2020, 0.5810 for 2021, 0.5703 for 2022 tCO2/MWh; then the announcements (2023: 0.5306)."""
    found = ask(library, key("electricity", year=year), profile="enterprise_2024")
    assert found.coefficients["value"].iloc[0] * 1000 == pytest.approx(value)
    assert found.coefficients["kind"].iloc[0] == ("average" if year == "2023" else "notice")
    if year == "2022":
        asked = key("electricity", year=year, attributes="ef_kind=average")
        assert number(library, asked, profile="enterprise_2024") * 1000 == pytest.approx(0.5366)
    assert refused(library, key("electricity", year="2014"), profile="enterprise_2024")[0] == "FACTOR-AGE"


@pytest.mark.parametrize(
    ("profile", "entity", "year", "quantity", "value"),
    [
        ("zero_carbon_park", "410000", "2021", "co2", 0.8426), ("zero_carbon_park", "410000", "2022", "co2", 0.8325),
        ("zero_carbon_park", "320000", "2023", "co2", 0.8273), ("product_footprint", "410000", "2023", "co2e", 0.6205),
        ("product_footprint", "410000", "2024", "co2e", 0.5777), ("offset_project", "410000", "2019", "co2", 0.8587),
        ("offset_project", "GRID:NC", "2016", "co2", 1.0),
    ],
)  # fmt: skip
def test_every_purpose_has_a_profile_with_its_own_kind(
    library: FactorLibrary, profile: str, entity: str, year: str, quantity: str, value: float
) -> None:
    """Fossil factors of the announcements, footprint announcements, OM of 2019 (华中) and 2016 (华北)."""
    asked = key("electricity", quantity, entity=entity, year=year)
    assert number(library, asked, profile=profile) * 1000 == pytest.approx(value)
    asked["attributes"] = "ef_kind=average"
    assert refused(library, asked, profile=profile)[0] == "FACTOR-PURPOSE"


def test_the_fuels_of_a_park_stand_on_a_set_its_rule_was_not_seen_to_name(library: FactorLibrary) -> None:
    """Table C.1 of GB/T 32151.22-2024: diesel 3.0959 tCO2/t."""
    found = ask(library, key("diesel"), profile="zero_carbon_park")
    assert per_unit(found.coefficients).iloc[0] == pytest.approx(3.0959, abs=6e-5)
    assert "附件 4 的燃料参数未见" in why(found)


# editions of a document -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "value", "edition"),
    [("2007", 0.0857, "2008"), ("2019", 0.0857, "2008"), ("2020", 0.0857, "2008"), ("2021", 0.2571, "2020"), ("2025", 0.2571, "2020")],
)  # fmt: skip
def test_the_edition_in_force_at_the_end_of_the_data_year_answers(
    library: FactorLibrary, year: str, value: float, edition: str
) -> None:
    """Fresh water, table B.1 of GB/T 2589: 0.0857 kgce/t (2008), 0.2571 (2020, in force since 2021-04-01)."""
    for profile in ("energy", "enterprise_2024"):
        found = ask(library, key("fresh_water", "tce_calorific", year=year), profile=profile)
        assert found.coefficients["value"].iloc[0] * 1000 == pytest.approx(value)
        assert found.coefficients["set"].iloc[0] == f"standard_coal/gbt2589_{edition}"
        told = "2007 年早于该版（2008 年），更早的版本未收录" if year == "2007" else f"{year} 年适用的版本"
        assert told in why(found)


@pytest.mark.parametrize(
    ("item", "unit", "value"),
    [("coal_mine_gas", "m3", 0.5), ("steam_low_pressure", "t", 128.6), ("blast_air", "m3", 0.03)],
)
def test_a_carrier_that_a_new_edition_dropped_takes_the_old_one_for_three_years(
    library: FactorLibrary, item: str, unit: str, value: float
) -> None:
    """GB/T 2589-2008: coal-mine gas 0.5-0.5714 kgce/m3, low-pressure steam 0.1286 kgce/kg, blast air 0.03 kgce/m3."""
    for year in ("2015", "2020", "2024"):
        found = ask(library, key(item, "tce_calorific", unit=unit, year=year), profile="energy")
        assert found.coefficients["value"].iloc[0] * 1000 == pytest.approx(value)
        assert ("沿用 2021-03-31 停用的版本" in why(found)) == (year == "2024")


def test_an_edition_long_out_of_force_is_named_and_not_taken(library: FactorLibrary) -> None:
    reason, detail = refused(library, key("coal_mine_gas", "tce_calorific", unit="m3", year="2025"), profile="energy")
    assert reason == "FACTOR-EDITION"
    assert "gbt2589_2008#coal_mine_gas/tce_calorific（2021-03-31 停用）" in detail
    # a declared stand-in may step in for it
    assert number(library, key("residual_oil", "tce_calorific", year="2025"), profile="energy") == pytest.approx(1.4286)


def test_a_later_edition_answers_only_where_no_other_set_does_and_is_assumed(library: FactorLibrary) -> None:
    """Methanol is new in GB/T 2589-2020 (0.6794 kgce/kg); LNG of 2019 stands in the yearbook appendix (1.7572 tce/t)."""
    found = ask(library, key("methanol", "tce_calorific", year="2019"), profile="energy")
    assert found.coefficients["value"].iloc[0] == pytest.approx(0.6794)
    assert found.coefficients["evidence"].iloc[0] == "assumed"
    assert "2019 年适用的各集都未收该品种，取 2021-04-01 起适用的版本（假定）" in why(found)
    found = ask(library, key("methanol", "tce_calorific", year="2022"), profile="energy")
    assert found.coefficients["evidence"].iloc[0] == "attributed"
    lng = ask(library, key("lng", "tce_calorific", year="2019"), profile="energy").coefficients.iloc[0]
    assert (lng["set"], lng["evidence"]) == ("standard_coal/nbs_reference", "attributed")


def test_the_reporting_form_of_the_time_answers(library: FactorLibrary) -> None:
    """Other gas: old form P201 3.5701 tce/10^4 m3, form 205-1 1.786."""
    for year, value in (("2007", 3.5701e-4), ("2009", 3.5701e-4), ("2010", 1.786e-4), ("2019", 1.786e-4)):
        assert number(library, key("other_gas", "tce_calorific", year=year), profile="energy") == pytest.approx(value)


@pytest.mark.parametrize(
    ("entity", "year", "equivalent", "gas"),
    [("310000", "2024", 0.28078e-3, 1.29971e-3), ("310115", "2025", 0.28078e-3, 1.29971e-3), ("310000", "2020", 0.287e-3, 1.33e-3),
     ("410000", "2020", 0.287e-3, 1.33e-3)],
)  # fmt: skip
def test_shanghai_has_values_of_its_own_from_2024(
    library: FactorLibrary, entity: str, year: str, equivalent: float, gas: float
) -> None:
    """DB31/T 783-2026 annex A, after the bureau's rule of 2024; elsewhere and before: CEC rate, upper end of GB/T 2589."""
    at = {"entity": entity, "year": year}
    assert number(library, key("electricity", "tce_equivalent", **at), profile="energy") == pytest.approx(equivalent)
    assert number(library, key("natural_gas", "tce_calorific", **at), profile="energy") == pytest.approx(gas)


def test_without_a_data_year_the_order_is_kept(library: FactorLibrary) -> None:
    found = ask(library, key("fresh_water", "tce_calorific", year=""), profile="energy")
    assert found.coefficients["value"].iloc[0] * 1000 == pytest.approx(0.2571)


# heat-based and enterprise factors of fuels ---------------------------------------------------------------------------


def test_the_provincial_method_takes_heat_from_the_standard_coal_coefficient(library: FactorLibrary) -> None:
    """0.7143 tce/t x 26.1 tC/TJ x 0.93 gives 1.863 t/t; tonnes x family heat value would give 1.742."""
    found = ask(library, key("bituminous"))
    row = found.coefficients.iloc[0]
    assert per_unit(found.coefficients).iloc[0] == pytest.approx(1.863, abs=5e-4)
    assert row["ncv"] == pytest.approx(0.7143 * TCE)
    assert row["ncv_from"].startswith("standard_coal/nbs_205_1#")
    assert row["set"] == "combustion/provincial_2011"
    assert row["evidence"] == "assumed"
    assert row["account"] == ""


@pytest.mark.parametrize(
    ("item", "value"),
    [
        ("anthracite", 2.5215), ("bituminous", 1.7417), ("lignite", 1.1729), ("cleaned_coal", 2.2082), ("coke", 2.8604),
        ("gasoline", 2.9251), ("diesel", 3.0959), ("lpg", 3.1013), ("fuel_oil", 3.1705), ("other_coal_products", 2.1081),
    ],
)  # fmt: skip
def test_enterprise_factors_are_the_products_of_table_c1(library: FactorLibrary, item: str, value: float) -> None:
    """GB/T 32151.22-2024 table C.1: heat value x carbon content x oxidation x 44/12, tCO2/t."""
    assert number(library, key(item), profile="enterprise_2024") == pytest.approx(value, abs=6e-5)


def test_gas_volume_is_converted_by_its_reference_state(library: FactorLibrary) -> None:
    """21.6219 tCO2 per 10^4 Nm3; a m3 at 20 C holds 273.15/293.15 Nm3, and a bare m3 is read as the profile says."""
    stated = number(library, key("natural_gas", unit="Nm3"), profile="enterprise_2024")
    assert stated * 1e4 == pytest.approx(21.6219, abs=5e-5)
    found = ask(library, key("natural_gas"), profile="enterprise_2024")
    assert per_unit(found.coefficients).iloc[0] == pytest.approx(stated * 273.15 / 293.15, rel=1e-12)
    assert "按 m3_20C 读" in why(found)
    assert found.coefficients["evidence"].iloc[0] == "assumed"
    silent = library.profile("enterprise_2024").model_copy(update={"gas_volume": None})
    assert isnan(ask(library, key("natural_gas"), profile=silent).coefficients["ncv"].iloc[0])


def test_a_printed_range_needs_a_choice(library: FactorLibrary) -> None:
    """GB/T 2589-2020 prints 1.1000-1.3300 kgce/m3 for natural gas; the profile takes the upper end and says why."""
    asked = key("natural_gas", "tce_calorific")
    found = ask(library, asked)
    assert found.coefficients["value"].iloc[0] == pytest.approx(1.33e-3)
    assert "1.1–1.33" in why(found)
    assert found.coefficients["evidence"].iloc[0] == "assumed"
    open_profile = library.profile("provincial_2011").model_copy(update={"choices": {}})
    reason, detail = refused(library, asked, profile=open_profile)
    assert reason == "FACTOR-RANGE"
    assert "1.1–1.33 kgce/m3" in detail


def test_a_part_the_guideline_does_not_print_is_lent_by_name(library: FactorLibrary) -> None:
    found = ask(library, key("cleaned_coal"))
    assert found.coefficients["oxidation"].iloc[0] == 0.9
    assert "借自 combustion/common_2024#cleaned_coal/co2" in why(found)
    assert found.coefficients["evidence"].iloc[0] == "assumed"
    assert "combustion/common_2024" in found.sets_used
    bare = library.profile("provincial_2011").model_copy(update={"fill": {}})
    found = ask(library, key("cleaned_coal"), profile=bare)
    assert isnan(found.coefficients["oxidation"].iloc[0])
    assert "FACTOR-PART" in {problem.code for problem in found.problems}


def test_ipcc_factors_come_per_heat(library: FactorLibrary) -> None:
    """Table 1.4: coke 107 000 kg/TJ; heat from 0.9714 tce/t."""
    assert number(library, key("coke"), profile="ipcc_2006") == pytest.approx(0.107 * 0.9714 * TCE)


def test_activity_in_coal_equivalent_or_heat_needs_no_coefficient(library: FactorLibrary) -> None:
    assert number(library, key("bituminous", unit="tce")) == pytest.approx(TCE * 0.0261 * 0.93 * C)
    assert number(library, key("bituminous", unit="GJ")) == pytest.approx(0.0261 * 0.93 * C)
    assert number(library, key("other_energy", "tce_calorific", unit="tce")) == pytest.approx(1)
    assert ask(library, key("coke", "heat")).coefficients["ncv"].iloc[0] == pytest.approx(0.9714 * TCE)


def test_the_assessment_multiplies_groups_in_coal_equivalent(library: FactorLibrary) -> None:
    for profile, values in (("assessment_2016", (2.66, 1.73, 1.56)), ("assessment_2011", (2.64, 2.08, 1.63))):
        for item, value in zip(("coal_group", "oil_group", "gas_group"), values, strict=True):
            assert number(library, key(item, unit="tce"), profile=profile) == pytest.approx(value)
        assert refused(library, key("bituminous"), profile=profile)[0] == "FACTOR-NONE"


# bridges ----------------------------------------------------------------------------------------------------------------

MIX = Mix(region="410000", of={"anthracite": 0.3, "bituminous": 0.7}, source="某省煤种调查", evidence="assumed")


def test_raw_coal_without_a_mix_shows_the_span_of_its_kinds(library: FactorLibrary) -> None:
    """0.7143 tce/t at 27.4 x 0.94, 26.1 x 0.93 and 28.0 x 0.96 tC/TJ."""
    reason, detail = refused(library, key("raw_coal"))
    assert reason == "COAL-MIX"
    for value in ("1.977", "1.863", "2.063"):
        assert value in detail


def test_a_declared_mix_on_heat_shares(library: FactorLibrary) -> None:
    found = ask(library, key("raw_coal"), coal_mix=[MIX])
    row = found.coefficients.iloc[0]
    assert row["per_heat"] == pytest.approx((0.3 * 0.0274 * 0.94 + 0.7 * 0.0261 * 0.93) * C)
    assert row["ncv"] == pytest.approx(0.7143 * TCE)
    assert row["evidence"] == "assumed"
    assert "某省煤种调查" in row["matched_on"]
    assert [share for share, _ in library.parts(row["factor_id"])] == [0.3, 0.7]
    assert not found.problems.errors


def test_a_declared_mix_on_mass_shares(library: FactorLibrary) -> None:
    """Each kind at its own heat: 0.9428 and 0.7143 tce/t."""
    mix = MIX.model_copy(update={"basis": "mass"})
    expected = (0.3 * 0.9428 * 0.0274 * 0.94 + 0.7 * 0.7143 * 0.0261 * 0.93) * TCE * C
    assert number(library, key("raw_coal"), coal_mix=[mix]) == pytest.approx(expected)


def test_the_mix_of_the_nearest_place_and_year_is_taken(library: FactorLibrary) -> None:
    def pure(kind: str, region: str, year: int | None) -> Mix:
        return Mix(region=region, year=year, of={kind: 1}, source=f"{region} {year}", evidence="assumed")

    mixes = [pure("lignite", "CN", None), pure("anthracite", "410000", 2020), pure("bituminous", "410500", 2022)]

    def kind(entity: str, year: str) -> str:
        found = ask(library, key("raw_coal", entity=entity, year=year), coal_mix=mixes)
        return library.parts(found.coefficients["factor_id"].iloc[0])[0][1]

    assert "bituminous" in kind("410503", "2023")
    assert "anthracite" in kind("410503", "2021")
    assert "anthracite" in kind("410200", "2022")
    assert "lignite" in kind("410200", "2024")
    assert "lignite" in kind("130000", "2023")


def test_kinds_with_one_factor_need_no_mix(library: FactorLibrary) -> None:
    """IPCC table 2.3: CH4 of every coal 10 kg/TJ in manufacturing."""
    found = ask(library, key("raw_coal", "ch4", sector="C31", flow="final"), profile="ipcc_2006")
    assert found.coefficients["per_heat"].iloc[0] == pytest.approx(10e-6)
    assert "各种因子相同" in why(found)


def test_a_merged_gas_column_takes_a_declared_mix_before_the_familys_own_value(library: FactorLibrary) -> None:
    """其他煤气 12.2 tC/TJ against 高炉煤气 70.8: the merged column is not the carrier of the table."""
    alone = ask(library, key("other_gas"), profile="provincial_2025")
    assert alone.coefficients["carbon_content"].iloc[0] == pytest.approx(0.0122)
    mix = Mix(
        name="gas_mix", region="410000", of={"blast_furnace_gas": 0.8, "other_gas": 0.2}, source="x", evidence="assumed"
    )
    mixed = ask(library, key("other_gas"), profile="provincial_2025", coal_mix=[mix])
    expected = (0.8 * 0.0708 * 0.99 + 0.2 * 0.0122 * 0.99) * C
    assert mixed.coefficients["per_heat"].iloc[0] == pytest.approx(expected)


def test_a_stand_in_lends_its_factor_and_keeps_its_own_heat(library: FactorLibrary) -> None:
    """LNG 1.7572 tce/t at the carbon content of natural gas, 15.3 tC/TJ x 0.99."""
    found = ask(library, key("lng"))
    assert per_unit(found.coefficients).iloc[0] == pytest.approx(1.7572 * TCE * 0.0153 * 0.99 * C)
    assert found.coefficients["ncv_from"].iloc[0] == "standard_coal/gbt2589_2020#lng/tce_calorific"
    assert "液化天然气无因子，以天然气代" in why(found)
    assert found.coefficients["evidence"].iloc[0] == "assumed"


def test_what_no_set_and_no_bridge_holds_is_never_zero(library: FactorLibrary) -> None:
    reason, detail = refused(library, key("peat"))
    assert reason == "FACTOR-NONE"
    assert "无烟煤" in detail
    assert refused(library, key("blast_furnace_gas"))[0] == "FACTOR-NONE"


# sector and technology ------------------------------------------------------------------------------------------------


STOVES = [
    ("solid_biomass", "efficient_stove", 5.2, 0.13), ("solid_biomass", "traditional_stove", 2.8, 0.13),
    ("wood", "efficient_stove", 2.7, 0.08), ("wood", "traditional_stove", 2.4, 0.08),
    ("charcoal", "", 6, 0.03), ("dung", "", 3.6, 0.05),
]  # fmt: skip


@pytest.mark.parametrize(("item", "stove", "ch4", "n2o"), STOVES)
def test_village_biomass_takes_the_factor_of_its_stove(
    library: FactorLibrary, item: str, stove: str, ch4: float, n2o: float
) -> None:
    """Provincial guideline of 2011, g per kg of fuel, from memory: straw, firewood, charcoal, dung."""
    row = {"sector": "RES_R", "flow": "final", "attributes": f"technology={stove}" if stove else ""}
    for quantity, value in (("ch4", ch4), ("n2o", n2o)):
        found = ask(library, key(item, quantity, **row))
        assert per_unit(found.coefficients).iloc[0] == pytest.approx(value / 1000)
        assert found.coefficients["evidence"].iloc[0] == "recalled"


def test_biomass_without_a_stove_type_or_outside_homes_takes_ipcc(library: FactorLibrary) -> None:
    """Tables 2.5 and 2.3: wood 300 kg CH4/TJ in homes, 30 in manufacturing."""
    for sector, value in (("RES_R", 300e-6), ("C20", 30e-6)):
        found = ask(library, key("wood", "ch4", sector=sector, flow="final"))
        assert found.coefficients["per_heat"].iloc[0] == pytest.approx(value)
        assert found.coefficients["set"].iloc[0] == "combustion/ipcc2006"


@pytest.mark.parametrize("profile", ["provincial_2011", "provincial_2025"])
@pytest.mark.parametrize(
    ("flow", "sector", "attributes", "value"),
    [
        ("tr_power", "", "", 1.4e-6), ("tr_heat", "", "boiler_type=cfb", 61e-6), ("final", "C06", "", 1.5e-6),
        ("tr_wash", "", "", 1.5e-6), ("final", "D44", "boiler_type=cfb", 1.5e-6),
    ],
)  # fmt: skip
def test_power_boiler_factors_are_for_power_and_heat_plants_only(
    library: FactorLibrary, profile: str, flow: str, sector: str, attributes: str, value: float
) -> None:
    """Guideline (from memory): 1.4 and 61 kg N2O/TJ for power boilers; IPCC table 2.2 1.5 for the other energy industries."""
    found = ask(
        library, key("bituminous", "n2o", flow=flow, sector=sector, attributes=attributes), profile=profile
    )  # fmt: skip
    assert found.coefficients["per_heat"].iloc[0] == pytest.approx(value)


def test_an_unknown_technology_is_refused_with_the_nearest(library: FactorLibrary) -> None:
    """Lime: the technologies of IPCC 2006 vol. 3 table 2.4; the provincial value 0.683 holds where none is declared."""
    assert number(library, key("lime"), profile="process") == pytest.approx(0.683)
    found = ask(library, key("lime", attributes="technology=dolomitic"), profile="process")
    assert found.coefficients.empty
    problem = found.problems.errors[0]
    assert problem.code == "FACTOR-TECHNOLOGY"
    assert "“石灰”" in plain(problem.zh)
    assert "是否指：dolomitic_developed、dolomitic_developing" in plain(problem.zh)
    assert "Did you mean: dolomitic_developed, dolomitic_developing" in plain(problem.en, "en")
    assert "high_calcium, hydraulic" in plain(problem.en, "en")
    boiler = key("bituminous", "n2o", flow="tr_power", attributes="boiler_type=CBF")
    problem = ask(library, boiler).problems.errors[0]
    assert problem.code == "FACTOR-TECHNOLOGY" and "“CBF”" in plain(problem.zh)
    assert "Did you mean: cfb? Known: cfb, coal_other, other, pulverized, stoker" in plain(problem.en, "en")
    # CO2 of a boiler depends on no type of it
    assert not ask(library, key("bituminous", flow="tr_power", attributes="boiler_type=CBF")).problems.errors
    # a product that no factor splits refuses a technology, too; a fuel in a profile without technologies does not
    assert refused(library, key("camgco3", attributes="technology=local"), profile="process")[0] == "FACTOR-TECHNOLOGY"
    asked = key("gasoline", "tce_calorific", attributes="technology=uncontrolled")
    assert number(library, asked, profile="energy") == pytest.approx(1.4714)


@pytest.mark.parametrize(
    ("profile", "item", "value"),
    [
        ("provincial_2011", "coking_bituminous", 0.9 * TCE * 0.0254 * 0.98 * C),
        ("provincial_2025", "coking_bituminous", 0.9 * TCE * 0.0261 * 0.93 * C),
        ("ipcc_2006", "coking_bituminous", 0.9 * TCE * 0.0946),
        ("provincial_2011", "gangue", 0.2857 * TCE * 0.02541 * 0.9 * C),
        ("provincial_2025", "gangue", 0.2857 * TCE * 0.02541 * 0.9 * C),
        ("ipcc_2006", "gangue", 0.2857 * TCE * 0.0946),
    ],
)
def test_what_each_family_answers_for_coking_coal_and_gangue(
    library: FactorLibrary, profile: str, item: str, value: float
) -> None:
    """Heat 0.9 and 0.2857 tce/t; carbon of the family's own coking coal, else of the declared stand-in (assumed)."""
    found = ask(library, key(item), profile=profile)
    assert per_unit(found.coefficients).iloc[0] == pytest.approx(value)
    own = item == "coking_bituminous" and profile != "provincial_2025"
    assert ("无因子，以" in why(found)) != own
    for enterprise in ("enterprise_2024", "zero_carbon_park"):
        assert refused(library, key(item), profile=enterprise)[0] == "FACTOR-NONE"


@pytest.mark.parametrize(
    ("attributes", "factor"),
    [("boiler_type=cfb", 61e-6), ("boiler_type=coal_other", 1.4e-6), ("", 1.4e-6), ("boiler_type=pulverized", 1.4e-6)],
)
def test_boiler_type_decides_n2o(library: FactorLibrary, attributes: str, factor: float) -> None:
    """Circulating fluidised bed 61 kg/TJ, other coal 1.4; unknown takes 1.4 and names the range."""
    found = ask(library, key("bituminous", "n2o", flow="tr_power", attributes=attributes))
    assert found.coefficients["per_heat"].iloc[0] == pytest.approx(factor)
    if "cfb" not in attributes and "coal_other" not in attributes:
        assert "1.4–61" in why(found)


@pytest.mark.parametrize(
    ("sector", "flow", "factor"),
    [
        ("C31", "final", 10), ("RES_R", "final", 300), ("A", "final", 300), ("FH", "final", 10), ("C31", "tr_power", 1),
        ("", "tr_heat", 1), ("C25", "final", 1), ("E", "final", 10),
    ],
)  # fmt: skip
def test_stationary_ch4_follows_the_sector_group(library: FactorLibrary, sector: str, flow: str, factor: float) -> None:
    """IPCC 2006 tables 2.2-2.5, coal: energy 1, manufacturing 10, commercial 10, residential and agriculture 300 kg/TJ."""
    found = ask(library, key("coke", "ch4", sector=sector, flow=flow), profile="ipcc_2006")
    assert found.coefficients["per_heat"].iloc[0] == pytest.approx(factor * 1e-6)


def test_a_mobile_source_takes_no_stationary_factor(library: FactorLibrary) -> None:
    """Road diesel 3.9 kg CH4/TJ (table 3.2.2); gasoline needs its technology."""
    road = key("diesel", "ch4", sector="G", flow="final", attributes="mode=road")
    found = ask(library, road)
    assert found.coefficients["per_heat"].iloc[0] == pytest.approx(3.9e-6)
    assert found.coefficients["set"].iloc[0] == "mobile/ipcc2006"
    reason, detail = refused(library, {**road, "item": "gasoline"})
    assert reason == "FACTOR-SECTOR"
    assert "氧化催化" in detail
    technology = {**road, "item": "gasoline", "attributes": "mode=road;technology=oxidation_catalyst"}
    assert ask(library, technology).coefficients["per_heat"].iloc[0] == pytest.approx(25e-6)


def test_an_addition_to_the_guideline_is_shown_as_such(library: FactorLibrary) -> None:
    assert "指南不要求" in why(ask(library, key("coke", "ch4", sector="C31", flow="final")))


# the order of the tests, with small sets --------------------------------------------------------------------------------

HEAD = """schema: 1
id: {id}
kind: combustion
title: {{zh: {id}, en: {id}}}
publisher: 某局
document: 某文件
factors:
"""


def own(folder: Path, *sets: tuple[str, list[str]], order: list[str] | None = None) -> tuple[FactorLibrary, Profile]:
    """A library with small sets of coke factors (`region/year/technology/kind value evidence`) and a profile over them."""
    for name, rows in sets:
        path = folder / "sets" / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = "".join(f"  - {{item: coke, quantity: co2, {row}}}\n" for row in rows)
        path.write_text(HEAD.format(id=name) + lines, encoding="utf-8")
    library = FactorLibrary.bundled([folder])
    profile = Profile.model_validate(
        {"schema": 1, "id": "own", "title": {"zh": "自", "en": "own"}, "purpose": "inventory", "gwp": "gwp/ar5",
         "order": {"co2": order or [name for name, _ in sets]}}
    )  # fmt: skip
    return library, profile


def v(value: float, evidence: str = "assumed", unit: str = "tCO2/t") -> str:
    return f"value: {{value: {value}, unit: {unit}, evidence: {evidence}}}"


def test_the_nearest_place_wins_over_the_nearest_year(tmp_path: Path) -> None:
    rows = [
        v(1),
        f"region: '410000', {v(2)}",
        f"region: '410500', year: 2020, {v(3)}",
        f"region: '410000', year: 2023, {v(4)}",
    ]
    library, profile = own(tmp_path, ("a/one", rows))

    def at(entity: str, year: str) -> float:
        return number(library, key("coke", entity=entity, year=year), profile=profile)

    assert at("410503", "2023") == 3
    assert at("410503", "2024") == 4
    assert at("410200", "2023") == 4
    assert at("410200", "2022") == 2
    assert at("130000", "2023") == 1


def test_an_enterprise_has_its_own_factor_before_its_county(tmp_path: Path) -> None:
    code = "91410500TEST00000X"
    library, profile = own(tmp_path, ("a/one", [v(1), f"region: '410503', {v(2)}", f"region: {code}, {v(3)}"]))
    book = library.regions.with_places([Region(code=code, zh="某厂", kind="enterprise", parent="410503")])
    assert number(library, key("coke", entity=code), profile=profile, regions=book) == 3
    assert number(library, key("coke", entity="410503"), profile=profile, regions=book) == 2
    found = ask(library, key("coke", entity=code), profile=profile)
    assert "REGION-UNKNOWN" in {problem.code for problem in found.problems.errors}


def test_the_order_of_the_profile_decides_and_evidence_never_does(tmp_path: Path) -> None:
    sets = ("a/first", [v(1, "assumed")]), ("a/second", [v(2, "transcribed")])
    library, profile = own(tmp_path, *sets)
    assert number(library, key("coke"), profile=profile) == 1
    _, turned = own(tmp_path, *sets, order=["a/second", "a/first"])
    assert number(library, key("coke"), profile=turned) == 2


def test_a_tie_is_an_error(tmp_path: Path) -> None:
    library, profile = own(tmp_path, ("a/one", [f"kind: x, {v(1)}", f"kind: y, {v(2)}"]))
    reason, detail = refused(library, key("coke"), profile=profile)
    assert reason == "FACTOR-TIE"
    assert "a/one#coke/co2/x" in detail
    assert ask(library, key("coke"), profile=profile).problems.errors


def test_a_factor_of_a_later_year_needs_to_be_named(tmp_path: Path) -> None:
    library, profile = own(tmp_path, ("a/one", [f"year: 2023, {v(1)}"]))
    assert refused(library, key("coke", year="2020"), profile=profile)[0] == "FACTOR-AGE"
    fixed = [Fixed(item="coke", quantity="co2", factor="a/one#coke/co2/2023", year=2020, reason="主管部门指定")]
    named = profile.model_copy(update={"fixed": fixed})
    found = ask(library, key("coke", year="2020"), profile=named)
    assert found.coefficients["value"].iloc[0] == 1
    assert "按名指定：主管部门指定" in why(found)
    assert refused(library, key("coke", year="2021"), profile=named)[0] == "FACTOR-AGE"


def test_a_named_factor_holds_for_its_place_and_what_lies_below(tmp_path: Path) -> None:
    library, profile = own(tmp_path, ("a/one", [v(1), f"year: 2001, {v(2)}"]))
    fixed = [Fixed(item="coke", quantity="co2", factor="a/one#coke/co2/2001", entity="410500", reason="x")]

    named = profile.model_copy(update={"fixed": fixed})

    def at(entity: str) -> float:
        return number(library, key("coke", entity=entity), profile=named)

    assert (at("410500"), at("410503"), at("410200")) == (2, 2, 1)


def test_max_age_of_the_profile_overrides_the_sets(tmp_path: Path) -> None:
    library, profile = own(tmp_path, ("a/one", [f"year: 2015, {v(1)}"]))
    assert refused(library, key("coke"), profile=profile)[0] == "FACTOR-AGE"
    assert number(library, key("coke"), profile=profile.model_copy(update={"max_age": 8})) == 1


def test_a_unit_of_another_kind_never_meets_the_activity(tmp_path: Path, library: FactorLibrary) -> None:
    assert refused(library, key("electricity", unit="t"))[0] == "FACTOR-UNIT"
    own_library, profile = own(tmp_path, ("a/one", [v(2.8, unit="kgCO2/kWh")]))
    assert refused(own_library, key("coke"), profile=profile)[0] == "FACTOR-UNIT"
    own_library, profile = own(tmp_path / "b", ("a/one", [v(2800, unit="kgCO2/t")]))
    assert number(own_library, key("coke"), profile=profile) == pytest.approx(2.8)


# the table ----------------------------------------------------------------------------------------------------------------


def test_the_result_is_a_coefficients_table_and_every_key_is_in_one_of_the_two(library: FactorLibrary) -> None:
    keys = [
        key(item, quantity)
        for item in ("bituminous", "raw_coal", "coke", "gangue")
        for quantity in ("co2", "tce_calorific")
    ]
    found = ask(library, *keys, keys[0])
    assert list(found.coefficients.columns) == COEFFICIENTS.names
    assert list(found.unmatched.columns) == [*KEYS, "reason", "detail"]
    both = pd.concat([found.coefficients, found.unmatched])[["item", "quantity"]].value_counts()
    assert len(both) == len(keys)
    assert (both == 1).all()
    assert set(found.coefficients["per"]) == {"t"}


def test_the_order_of_keys_never_matters(library: FactorLibrary) -> None:
    items = ("bituminous", "coke", "electricity", "raw_coal", "diesel")
    keys = [
        key(item, quantity, entity=entity, year=year, sector=sector, flow="final")
        for item in items for quantity in ("co2", "ch4") for entity in ("410503", "540000", "CN")
        for year in ("2012", "2019", "2023") for sector in ("C31", "RES")
    ]  # fmt: skip
    shuffled = random.Random(7).sample(keys, len(keys))
    one, other = ask(library, *keys), ask(library, *shuffled)
    on = ["entity", "year", "sector", "item", "quantity"]
    for name in ("coefficients", "unmatched"):
        left, right = (getattr(found, name).sort_values(on, ignore_index=True) for found in (one, other))
        pd.testing.assert_frame_equal(left, right)
    assert one.sets_used == other.sets_used


def test_each_key_gets_what_it_would_get_alone(library: FactorLibrary) -> None:
    keys = [
        key("electricity", entity=entity, year=year)
        for entity in ("410000", "130000", "CN")
        for year in ("2021", "2023")
    ]
    together = ask(library, *keys).coefficients.set_index(["entity", "year"])["value"]
    for asked in keys:
        assert together[asked["entity"], asked["year"]] == pytest.approx(number(library, asked))


def test_a_key_in_two_units_gets_a_coefficient_per_unit(library: FactorLibrary) -> None:
    """Physical and standard table of one balance: t and tce of the same row."""
    found = ask(library, key("coke"), key("coke", unit="tce")).coefficients.set_index("per")
    assert per_unit(found)["t"] == pytest.approx(0.9714 * per_unit(found)["tce"])


@pytest.mark.parametrize("unit", ["", "ton", "万石"])
def test_a_unit_that_does_not_parse_is_refused_with_the_proposal(library: FactorLibrary, unit: str) -> None:
    for quantity in ("co2", "tce_calorific", "heat"):
        assert refused(library, key("coke", quantity, unit=unit))[0] == "FACTOR-UNIT"


def test_the_words_name_places_passed_over_only_where_values_are_local(library: FactorLibrary) -> None:
    assert "无值" not in why(ask(library, key("electricity", "tce_calorific")))
    assert "北关区、安阳市无值" not in why(ask(library, key("electricity", entity="410503")))
    assert "地区取河南省" in why(ask(library, key("electricity", entity="410503")))


def test_a_wrong_year_is_told(library: FactorLibrary) -> None:
    found = ask(library, key("electricity", year="23"))
    assert "YEAR-UNKNOWN" in {problem.code for problem in found.problems.errors}
    assert len(found.unmatched) == 1


def test_no_keys_give_empty_tables(library: FactorLibrary) -> None:
    found = ask(library)
    assert found.coefficients.empty
    assert found.unmatched.empty
    assert not found.problems


def test_the_kernel_multiplies_what_was_chosen(library: FactorLibrary) -> None:
    """10^4 t of bituminous coal and 1 GWh in 2023: 10^4 x 1.863 t and 589.7 t."""
    blank = {name: float("nan") for name in emissions.PARAMETERS}
    rows = pd.DataFrame(
        {"row_id": ["1", "2"], "entity": "410000", "period": "2023", "sector": "", "flow": "", "attributes": "",
         "item": ["bituminous", "electricity"], "unit": ["10^4 t", "GWh"], "quantity": [1.0, 1.0], "notation": "", **blank}
    )  # fmt: skip
    units = {"bituminous": "t", "electricity": "kWh"}
    rule = {
        "account": "x",
        "rule": "r",
        "category": "",
        "scope": "",
        "bucket": "counted",
        "method": "product",
        "tier": "",
    }
    selected = keying.canonicalise(keying.distinct(rows), units, {}).frame.assign(gas="co2", **rule)
    coefficients = ask(library, key("bituminous"), key("electricity")).coefficients
    lines = emissions.compute(rows, keying.with_coefficients(selected, coefficients)).set_index("item")["value"]
    assert lines["electricity"] == 589_700_000
    assert lines["bituminous"] / 1e10 == pytest.approx(1.863, abs=5e-4)


@pytest.mark.parametrize("unit", ["t", "kWh"])
def test_a_factor_per_cubic_metre_answers_no_other_unit(library: FactorLibrary, unit: str) -> None:
    reason, _ = refused(library, key("natural_gas", "tce_calorific", unit=unit), profile="energy")
    assert reason.startswith("FACTOR-")


def test_gangue_is_no_coal_of_the_per_tce_method(library: FactorLibrary) -> None:
    """Decision 4 lists the carriers of 煤品: washed coals and briquettes, coke, coke oven gas, coking products."""
    assert "gangue" not in library.carriers.groups("per_tce_coal")
    assert {"raw_coal", "coke", "coke_oven_gas"} <= library.carriers.groups("per_tce_coal")
