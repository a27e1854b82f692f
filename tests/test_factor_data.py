"""The shipped factor data: schema, provenance and the arithmetic that ties printed numbers to each other."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import carbonpeak.factors as package
from carbonpeak.accounting import units
from carbonpeak.factors import yamlfile
from carbonpeak.factors.model import PARTS, Evidence, Factor, FactorSet, Value

DATA = Path(package.__file__).parent / "data"
SETS = DATA / "sets"
IDS = sorted(path.relative_to(SETS).with_suffix("").as_posix() for path in SETS.rglob("*.yaml"))
CO2_PER_C = 44 / 12
GRIDS = {
    "GRID:NC": "11 12 13 14 37 15", "GRID:NE": "21 22 23 15", "GRID:EC": "31 32 33 34 35", "GRID:CC": "36 41 42 43",
    "GRID:NW": "61 62 63 64 65", "GRID:SC": "44 45 52 53 46", "GRID:SW": "50 51",
}  # fmt: skip
"""grid region -> provinces by GB/T 2260; 内蒙古 lies in two grids, 西藏 has no value"""

COMPUTED_OR_RECALLED = (Evidence.RECALLED, Evidence.DERIVED, Evidence.ASSUMED)
"""levels that name no copy: nothing was read"""


@cache
def load(set_id: str) -> FactorSet:
    return yamlfile.validate(FactorSet, yamlfile.load(SETS / f"{set_id}.yaml", set_id))


@cache
def listed(name: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in yamlfile.load(DATA / f"{name}.yaml").data[name]}


def values(factor: Factor) -> Iterator[tuple[str, Value]]:
    for name in ("value", *PARTS):
        value = getattr(factor, name)
        if value is not None:
            yield name, value


def tally(*set_ids: str) -> Counter[str]:
    return Counter(value.evidence.value for s in set_ids for f in load(s).factors for _, value in values(f))


def number(value: Value | None, unit: str) -> float:
    assert value is not None
    assert value.value is not None
    return float(value.value * units.factor(value.unit, unit))


def of(set_id: str, quantity: str = "co2", **want: object) -> dict[str, Factor]:
    chosen = [
        f for f in load(set_id).factors if f.quantity == quantity and all(getattr(f, k) == v for k, v in want.items())
    ]
    assert len({f.item for f in chosen}) == len(chosen)
    return {f.item: f for f in chosen}


@pytest.mark.parametrize("set_id", IDS)
def test_set_is_sound(set_id: str) -> None:
    factors = load(set_id)
    assert factors.id == set_id
    assert factors.title.zh and factors.title.en and factors.publisher and factors.document
    known = {**listed("carriers"), **listed("gases"), **listed("products")}
    cited = set()
    for factor in factors.factors:
        assert factor.item in known, factor.key()
        for name, value in values(factor):
            assert value.evidence is not Evidence.CONFIRMED, factor.key()
            assert value.value is not None or value.is_range, f"{factor.key()} {name} prints nothing"
            assert units.parse(value.unit), value.unit
            cited |= {copy.split(":")[0] for copy in value.seen}
            read = value.evidence in COMPUTED_OR_RECALLED or value.seen or factor.key() == "co2/gwp"
            assert read, f"{factor.key()} {name}: read somewhere, but no copy is named"
    assert cited == set(factors.copies), "every copy is explained, every explanation used"
    if factors.supersedes:
        assert factors.supersedes in IDS


def test_notes_and_titles_are_in_both_languages() -> None:
    for set_id in IDS:
        texts = [load(set_id).basis, *load(set_id).notes, *(f.note for f in load(set_id).factors)]
        texts += [value.note for f in load(set_id).factors for _, value in values(f)]
        for text in filter(None, texts):
            assert " / " in text and re.search("[\u4e00-\u9fff]", text), f"{set_id}: {text}"


def test_no_text_refers_to_the_writer_or_to_a_machine() -> None:
    for path in DATA.rglob("*.yaml"):
        assert not re.search(r"\bI (?:recall|remember|half)|\bmy\b|/work/|/tmp/|shared/", path.read_text("utf-8")), path


def test_unit_fits_the_quantity() -> None:
    kinds = {"value": {"gwp": "1", "density": "kg/L", "coal_rate": "gce/kWh", "carbon": "tC/t"}}
    papers = {"value": {"carbon": "tC/tce"}}
    mass = {"co2": "CO2", "ch4": "CH4", "n2o": "N2O", "co2e": "CO2e", "tce_calorific": "ce", "tce_equivalent": "ce_eq"}
    for set_id in IDS:
        for factor in load(set_id).factors:
            for name, value in values(factor):
                above = value.unit.split("/")[0]
                fixed = (papers if factor.per == "tce_calorific" else kinds).get(name, {}).get(factor.quantity)
                if fixed:
                    assert units.same_kind(value.unit, fixed), factor.key()
                elif name == "value":
                    assert units.same_kind(above, f"t{mass[factor.quantity]}"), factor.key()
                elif name == "per_heat":
                    assert units.same_kind(value.unit, f"t{mass[factor.quantity]}/GJ"), factor.key()
                elif name == "ncv":
                    assert units.same_kind(above, "GJ"), factor.key()
                elif name == "carbon_content":
                    assert units.same_kind(value.unit, "tC/GJ"), factor.key()
                elif name == "oxidation":
                    assert 0.8 <= number(value, "1") <= 1, factor.key()


@pytest.mark.parametrize(("set_id", "kj_per_kgce"), [("gbt2589_2020", 29307.6), ("gbt2589_2008", 29271.2)])
def test_standard_coal_is_its_heat_value(set_id: str, kj_per_kgce: float) -> None:
    """Coefficient = kJ / 29 307.6 in the 2020 edition (4.1868 kJ/kcal), / 29 271.2 in 2008 (4.1816)."""
    checked = 0
    for item, factor in of(f"standard_coal/{set_id}", "tce_calorific").items():
        if factor.ncv is None or "energy_media" in listed("carriers")[item]["groups"]:
            continue
        # 炼厂干气 is printed with the 4.1868 value in 2008 too
        base = 29307.6 if item == "refinery_gas" else kj_per_kgce
        ends = ("low", "high") if factor.value.is_range else ("value",)
        for end in ends:
            heat = getattr(factor.ncv, end) * units.factor(factor.ncv.unit.split("/")[0], "kJ")
            assert getattr(factor.value, end) == pytest.approx(heat / base, abs=1.2e-4), item
            checked += 1
    assert checked == {"gbt2589_2020": 33, "gbt2589_2008": 29}[set_id]


def test_electricity_and_heat_at_calorific_value() -> None:
    factors = of("standard_coal/gbt2589_2020", "tce_calorific")
    assert number(factors["electricity"].value, "kgce/kWh") == pytest.approx(3600 / 29307.6, abs=1e-4)
    assert number(factors["heat"].value, "kgce/MJ") == pytest.approx(1000 / 29307.6, abs=1e-5)


def test_common_table_reproduces_the_fourteen_products_of_the_2025_guideline() -> None:
    common, printed = of("combustion/common_2024"), of("combustion/provincial_2025")
    assert len(printed) == 14
    for item, factor in printed.items():
        parts = common[item]
        heat = parts.ncv.value * parts.carbon_content.value * parts.oxidation.value
        assert parts.ncv.unit.removeprefix("GJ") == factor.value.unit.removeprefix("tCO2")
        assert heat * CO2_PER_C == pytest.approx(factor.value.value, abs=6e-4), item


def test_spread_between_families() -> None:
    """tCO2 per tonne of 无烟煤 by family, as tabulated from the guidelines: 2.522, 1.924, 2.323, 2.282."""
    for set_id, expected in (
        ("common_2024", 2.522),
        ("steel_2013", 1.924),
        ("chemical_2013", 2.323),
        ("power_2021", 2.282),
    ):
        parts = of(f"combustion/{set_id}", technology="")["anthracite"]
        product = number(parts.ncv, "GJ/t") * number(parts.carbon_content, "tC/GJ") * number(parts.oxidation, "1")
        assert product * CO2_PER_C == pytest.approx(expected, abs=6e-4)


def test_ipcc_co2_is_its_carbon_content() -> None:
    co2, carbon = of("combustion/ipcc2006"), of("combustion/ipcc2006_carbon")
    assert set(co2) == set(carbon) and len(co2) == 54
    for item, factor in co2.items():
        computed = number(carbon[item].carbon_content, "tC/TJ") * CO2_PER_C
        # table 1.4 is rounded to three digits, table 1.3 to one decimal
        assert number(factor.per_heat, "tCO2/TJ") == pytest.approx(computed, rel=5e-3), item


def test_ipcc_has_four_sector_groups_for_every_fuel() -> None:
    for gas in ("ch4", "n2o"):
        for sector in ("energy", "manufacturing", "commercial", "residential"):
            assert len(of("combustion/ipcc2006", gas, sector=sector)) == 54


def test_litre_factors_are_the_common_table_at_full_oxidation() -> None:
    common, litre = of("combustion/common_2024"), of("combustion/jst303_2026")
    for item, density in of("density/jst303_2026", "density").items():
        parts = common[item]
        per_kg = number(parts.ncv, "GJ/kg") * number(parts.carbon_content, "kgC/GJ") * CO2_PER_C
        assert number(density.value, "kg/L") == pytest.approx(number(litre[item].value, "kgCO2/L") / per_kg, abs=5e-3)


@pytest.mark.parametrize("year", [2021, 2022, 2023])
def test_electricity_of_a_year(year: int) -> None:
    by_region = {f.region: number(f.value, "kgCO2/kWh") for f in load(f"electricity/mee_{year}").factors}
    provinces = {code[:2]: v for code, v in by_region.items() if code.endswith("0000")}
    assert len(by_region) == 38 and len(provinces) == 30
    for grid, codes in GRIDS.items():
        inside = [provinces[code] for code in codes.split()]
        assert min(inside) <= by_region[grid] <= max(inside), grid
    residual, fossil = (
        number(load(f"electricity/mee_{year}_{kind}").factors[0].value, "kgCO2/kWh") for kind in ("residual", "fossil")
    )
    assert by_region[""] < residual < fossil
    assert {f.kind for f in load(f"electricity/mee_{year}").factors} == {"average"}


def test_tibet_has_no_factor() -> None:
    for set_id in IDS:
        assert not [f for f in load(set_id).factors if f.region.startswith("54")]
        if set_id in ("electricity/mee_2021", "electricity/mee_2022", "electricity/mee_2023", "electricity/ndrc_2010"):
            assert any("西藏" in note for note in load(set_id).notes)


def test_purposes_keep_kinds_apart() -> None:
    allowed = {
        "average": ["inventory", "assessment", "enterprise"], "residual": ["enterprise"], "fossil": ["zero_carbon_park"],
        "notice": ["enterprise"], "footprint": ["product_footprint"], "om": ["offset_project"], "bm": ["offset_project"],
    }  # fmt: skip
    for set_id in IDS:
        factors = load(set_id)
        if factors.kind == "electricity":
            for factor in factors.factors:
                # obsolete averages of a tool: kept to be recognised, open to no purpose that takes averages
                wanted = ["offset_project"] if set_id == "electricity/ghgp_2011" else allowed[factor.kind]
                assert factors.purposes == wanted, set_id


def test_n2o_of_boilers() -> None:
    """kg/TJ: circulating fluidised bed 61, other coal 1.4, oil 0.4, gas 1.0 (provincial guideline, from memory)."""
    found = {
        (f.technology or listed("carriers")[f.item]["groups"][0]): number(f.per_heat, "kgN2O/TJ")
        for f in load("combustion/n2o_boilers").factors
    }
    assert (found["cfb"], found["coal_other"], found["oil"], found["gas"]) == (61, 1.4, 0.4, 1.0)


def test_carbon_per_tonne_of_coal_equivalent_is_the_ipcc_content_times_heat() -> None:
    """Papers print IPCC carbon contents (kgC/GJ: raw coal 25.8, crude 20.0, gas 15.3) x about 29.3 GJ/tce."""
    found = of("aggregate/literature_carbon", "carbon")
    for item, content in (("raw_coal", 25.8), ("crude_oil", 20.0), ("natural_gas", 15.3), ("fuel_oil", 21.1)):
        assert number(found[item].value, "tC/tce") == pytest.approx(content * 29.3 / 1000, abs=6e-4)


def test_recalled_and_attributed_aggregates() -> None:
    for set_id, expected in (("assessment_2012", (2.66, 1.73, 1.56)), ("assessment_2005", (2.64, 2.08, 1.63))):
        factors = of(f"aggregate/{set_id}", per="tce_calorific")
        assert tuple(number(factors[f"{k}_group"].value, "tCO2/tce") for k in ("coal", "oil", "gas")) == expected
        assert set(tally(f"aggregate/{set_id}")) == {"attributed"}


@pytest.mark.parametrize(
    ("set_ids", "transcribed", "attributed", "recalled"),
    [
        # counted apart from the sets, in the collection they were tabulated from
        ("standard_coal/nbs_reference standard_coal/nbs_205_1", 12, 16, 12),
        ("standard_coal/nbs_p201_old", 0, 20, 0),
        ("combustion/common_2024", 78, 0, 0),
        ("combustion/steel_2013", 0, 66, 0),
        ("combustion/chemical_2013", 0, 81, 0),
        ("combustion/provincial_2011", 33, 0, 19),
        ("combustion/ipcc2006 combustion/ipcc2006_carbon", 539, 0, 54),
        ("electricity/mee_2023 electricity/mee_2023_residual electricity/mee_2023_fossil", 40, 0, 0),
        ("electricity/ndrc_2010", 1, 0, 35),
        ("electricity/ndrc_regional_2012", 0, 6, 6),
        ("electricity/provincial_2011_grid", 0, 7, 0),
        ("coal_rate/cec", 1, 0, 33),
        ("gwp/sar gwp/ar4 gwp/ar5 gwp/ar6", 110, 0, 2),
        ("gwp/ar5_feedback", 3, 0, 0),
        ("combustion/provincial_2011_biomass", 0, 0, 12),
        ("electricity/ghgp_2011", 0, 7, 0),
        ("aggregate/literature_carbon", 8, 0, 0),
    ],
)
def test_evidence_is_not_upgraded(set_ids: str, transcribed: int, attributed: int, recalled: int) -> None:
    found = tally(*set_ids.split())
    assert (found["transcribed"], found["attributed"], found["recalled"]) == (transcribed, attributed, recalled)


def test_titles_say_that_the_text_was_not_checked() -> None:
    for set_id in IDS:
        if tally(set_id).keys() != {"derived"}:
            assert "未核原文" in load(set_id).title.zh and "text not checked" in load(set_id).title.en


def test_carriers() -> None:
    carriers = listed("carriers")
    names: dict[str, str] = {}
    for row in carriers.values():
        assert units.parse(row["unit"]) and row["zh"] and row["en"]
        for name in {row["id"], row["zh"], row["en"], *row.get("aliases", [])}:
            assert names.setdefault(name, row["id"]) == row["id"], f"{name} names two carriers"
        assert set(row.get("parts", [])) <= set(carriers)
        assert row.get("kind_of", "raw_coal") in carriers
        assert bool(row.get("total")) == bool(row.get("parts"))
    groups = Counter(group for row in carriers.values() for group in row["groups"])
    assert set(groups) == {
        "coal_columns", "per_tce_coal", "oil", "gas", "coal_gas", "recovered_gas", "recovered_heat", "fossil", "biomass",
        "electricity", "heat", "waste", "motor_fuel", "raw_coal_kinds", "energy_media",
    }  # fmt: skip
    assert not {i for i, r in carriers.items() if {"recovered_gas", "per_tce_coal"} <= set(r["groups"])}


def test_lists_do_not_share_ids() -> None:
    every = [*listed("carriers"), *listed("gases"), *listed("products")]
    assert len(every) == len(set(every))
    assert {row["basket"] for row in listed("gases").values()} == {"co2", "ch4", "n2o", "hfcs", "pfcs", "sf6", "nf3"}
