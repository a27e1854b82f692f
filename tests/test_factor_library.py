"""The library: reading on first use, ids, profiles, checks, search, comparison and confirmation."""

import shutil
from pathlib import Path

import pytest

import carbonpeak as cp
from carbonpeak.accounting.problems import FactorError, InputError, ProblemList
from carbonpeak.factors.check import check
from carbonpeak.factors.confirm import confirm
from carbonpeak.factors.diff import diff
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.factors.model import FactorSet
from carbonpeak.factors.profile import PURPOSE_KINDS, Bridge, Electricity, Mix
from carbonpeak.factors.search import json_schema, search, show

HENAN_2023 = "electricity/mee_2023#electricity/co2/410000/2023/average"
SET = """schema: 1
id: {id}
kind: combustion
title: {{zh: 本地, en: local}}
publisher: 某市统计局
document: 某市能源统计
{more}factors:
{factors}
"""


@pytest.fixture(scope="module")
def library() -> FactorLibrary:
    return FactorLibrary.bundled()


def write(folder: Path, set_id: str, *factors: str, more: str = "") -> Path:
    path = folder / "sets" / f"{set_id}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = "\n".join(f"  - {{{factor}}}" for factor in factors)
    path.write_text(SET.format(id=set_id, factors=lines, more=more), encoding="utf-8")
    return folder


def codes(error: InputError) -> set[str]:
    return {problem.code for problem in error.problems}


COKE = "item: coke, quantity: co2, value: {value: 2.9, unit: tCO2/t, evidence: assumed}"


def test_ids_are_the_paths_and_nothing_is_read_for_them() -> None:
    library = FactorLibrary.bundled()
    assert "standard_coal/gbt2589_2020" in library.ids()
    assert not library.is_read("standard_coal/gbt2589_2020")
    assert library.set("standard_coal/gbt2589_2020").publisher
    assert library.is_read("standard_coal/gbt2589_2020")
    assert not library.is_read("combustion/ipcc2006")


def test_every_shipped_set_loads_and_says_its_own_id(library: FactorLibrary) -> None:
    assert all(factor_set.id == set_id for set_id, factor_set in library.load_all().items())


def test_nothing_ships_as_confirmed(library: FactorLibrary) -> None:
    found = {library.evidence(s.id, f) for s in library.load_all().values() for f in s.factors}
    assert "confirmed" not in found
    assert found <= {"transcribed", "derived", "attributed", "recalled", "assumed"}


def test_the_shipped_library_is_sound(library: FactorLibrary) -> None:
    assert not check(library).errors


def test_an_unknown_id_gets_a_proposal(library: FactorLibrary) -> None:
    with pytest.raises(FactorError, match="gbt2589_2020") as error:
        library.set("standard_coal/gbt2589_2002")
    assert codes(error.value) == {"FACTOR-SET"}
    with pytest.raises(FactorError, match="410000/2023") as error:
        library.factor("electricity/mee_2023#electricity/co2/410000/2032/average")
    assert codes(error.value) == {"FACTOR-KEY"}
    with pytest.raises(FactorError, match="provincial_2011") as error:
        library.profile("provincial_2012")
    assert codes(error.value) == {"FACTOR-PROFILE"}


def test_a_workspace_adds_sets_and_an_id_that_exists_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "combustion/local", COKE)
    library = FactorLibrary.bundled([tmp_path])
    assert library.factors("combustion/local", "coke", "co2")[0].value.value == 2.9
    write(tmp_path, "combustion/common_2024", COKE)
    with pytest.raises(FactorError) as error:
        FactorLibrary.bundled([tmp_path])
    assert codes(error.value) == {"FACTOR-ID"}


def test_a_set_that_names_another_id_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "combustion/local", COKE)
    (tmp_path / "sets/combustion/local.yaml").rename(tmp_path / "sets/combustion/moved.yaml")
    with pytest.raises(FactorError) as error:
        FactorLibrary.bundled([tmp_path]).set("combustion/moved")
    assert codes(error.value) == {"FACTOR-PATH"}


def test_check_finds_units_items_and_superseded_sets(tmp_path: Path) -> None:
    write(
        tmp_path, "combustion/bad",
        "item: koke, quantity: co2, value: {value: 2.9, unit: tCO2/t, evidence: assumed}",
        "item: coke, quantity: tce_calorific, value: {value: 0.9714, unit: tCO2/t, evidence: assumed}",
        "item: diesel, quantity: co2, carbon_content: {value: 20.2, unit: tC/t, evidence: assumed}",
        "item: gasoline, quantity: co2, value: {value: 2.9, unit: ton, evidence: assumed}",
        "item: kerosene, quantity: co2, value: {value: 3.0, unit: t/t, evidence: assumed}",
        more="supersedes: combustion/none\nregion: '990000'\n",
    )  # fmt: skip
    errors = check(FactorLibrary.bundled([tmp_path])).errors
    assert {problem.found for problem in errors} == {
        "combustion/bad#koke",
        "combustion/bad#coke/tce_calorific value",
        "combustion/bad#diesel/co2 carbon_content",
        "combustion/bad#gasoline/co2 value",
        "combustion/bad#kerosene/co2 value",
        "combustion/bad supersedes",
        "combustion/bad region",
    }
    assert "did you mean coke" in next(problem.expected for problem in errors if "koke" in problem.found)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("valid_from: '2010'\nvalid_to: '2020'\n", "valid_from: '2018'\n", {"FACTOR-OVERLAP"}),
        ("valid_from: '2010'\nvalid_to: '2020'\n", "valid_from: '2020'\n", {"FACTOR-OVERLAP"}),
        ("valid_to: '2021-03-31'\n", "valid_from: '2021-04-01'\n", set()),
        ("valid_to: '2020'\n", "valid_from: '2021'\n", set()),
        ("valid_to: '2020'\n", "valid_from: '2021-01-02'\n", {"FACTOR-GAP"}),
        ("", "valid_from: '2021'\n", {"FACTOR-OVERLAP"}),
        ("valid_to: '2020'\n", "", {"FACTOR-OVERLAP"}),
        ("", "", set()),
        ("supersedes: combustion/new\n", "", {"FACTOR-CHECK"}),
    ],
)
def test_check_finds_editions_that_overlap_or_leave_a_gap(tmp_path: Path, old: str, new: str, found: set[str]) -> None:
    """A year ends on 31 December: 2020 and 2020 share a year, 2020 and 2021 meet."""
    write(tmp_path, "combustion/old", COKE, more=old)
    write(tmp_path, "combustion/new", COKE, more=f"{new}supersedes: combustion/old\n")
    problems = check(FactorLibrary.bundled([tmp_path]))
    assert {problem.code for problem in problems} - {"FACTOR-CHECK-RANGE"} == found


def test_check_finds_two_successors_of_one_edition(tmp_path: Path) -> None:
    write(tmp_path, "combustion/old", COKE, more="valid_to: '2015'\n")
    for name in ("one", "other"):
        write(tmp_path, f"combustion/{name}", COKE, more="valid_from: '2016'\nsupersedes: combustion/old\n")
    assert codes_of(check(FactorLibrary.bundled([tmp_path]))) == ["FACTOR-OVERLAP"]


def codes_of(problems: ProblemList) -> list[str]:
    return [problem.code for problem in problems if problem.code != "FACTOR-CHECK-RANGE"]


@pytest.mark.parametrize(
    "more", ["valid_from: '2021-13-01'\n", "valid_to: soon\n", "valid_from: '2021'\nvalid_to: '2020'\n"]
)
def test_a_validity_that_is_no_span_of_days_is_refused(tmp_path: Path, more: str) -> None:
    write(tmp_path, "combustion/new", COKE, more=more)
    with pytest.raises(InputError) as error:
        FactorLibrary.bundled([tmp_path]).set("combustion/new")
    assert codes(error.value) == {"YAML-VALUE"}


def test_check_of_a_workspace_reads_its_own_sets(tmp_path: Path) -> None:
    shutil.copytree(Path(__file__).parent / "bad_run/FACTOR-OVERLAP", tmp_path / "town")
    assert "FACTOR-OVERLAP" in {problem.code for problem in cp.check(tmp_path / "town")}


def test_show_prints_validity(library: FactorLibrary) -> None:
    """GB/T 2589-2020 is in force since 2021-04-01 and replaces the 2008 edition."""
    assert show(library, "standard_coal/gbt2589_2020")["valid_from"] == "2021-04-01"
    assert show(library, "standard_coal/gbt2589_2008")["valid_to"] == "2021-03-31"
    assert show(library, "standard_coal/gbt2589_2008#fresh_water/tce_calorific")["valid"] == "…/2021-03-31"
    assert show(library, HENAN_2023)["valid"] == ""


def test_check_tells_of_a_range_without_a_choice(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/own.yaml").write_text(
        "schema: 1\nid: own\ntitle: {zh: 自, en: own}\npurpose: inventory\ngwp: null\ngwp_reason: none\n"
        "order: {tce_calorific: [standard_coal/gbt2589_2020]}\n",
        encoding="utf-8",
    )
    problems = check(FactorLibrary.bundled([tmp_path]))
    found = [p for p in problems if p.code == "FACTOR-CHECK-RANGE" and "profile own" in p.en]
    items = {problem.found.split("#")[1].split("/")[0] for problem in found}
    assert items == {"natural_gas", "coke_oven_gas", "slime", "biogas"}


def test_every_profile_loads_and_names_sets_that_exist(library: FactorLibrary) -> None:
    for name in library.profiles():
        profile = library.profile(name)
        assert profile.id == name
        assert set(profile.sets()) <= set(library.ids())
        assert profile.gwp in library.ids() or profile.gwp_reason


def test_gwp_follows_the_document_and_enterprises_have_none(library: FactorLibrary) -> None:
    assert library.profile("provincial_2011").gwp == "gwp/sar"
    assert library.profile("provincial_2025").gwp == "gwp/ar5"
    assert library.profile("enterprise_2024").gwp is None


def test_a_profile_takes_over_what_it_extends(library: FactorLibrary) -> None:
    own, base = library.profile("provincial_2011"), library.profile("energy")
    assert own.order["tce_calorific"] == base.order["tce_calorific"]
    assert own.choices == base.choices
    assert own.bridges["other_coal_products"] == base.bridges["other_coal_products"]
    assert own.bridges["raw_coal"].from_workspace == "coal_mix"


def test_a_profile_with_a_missing_set_is_refused(tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/own.yaml").write_text(
        "schema: 1\nid: own\ntitle: {zh: 自, en: own}\npurpose: inventory\ngwp: gwp/ar5\norder: {co2: [combustion/comon_2024]}\n",
        encoding="utf-8",
    )
    with pytest.raises(FactorError, match="common_2024"):
        FactorLibrary.bundled([tmp_path]).profile("own")


def test_a_purpose_allows_only_its_kinds_of_electricity_factor(library: FactorLibrary) -> None:
    data = library.profile("provincial_2011").model_dump(by_alias=True)
    for kind in ("fossil", "footprint", "om", "bm", "residual"):
        with pytest.raises(ValueError, match="may use"):
            type(library.profile("energy")).model_validate({**data, "electricity": {"kind": kind}})
    assert PURPOSE_KINDS["zero_carbon_park"] == ("fossil",)
    assert Electricity(kind="average").region == ""


def test_shares_must_add_up() -> None:
    with pytest.raises(ValueError, match="add up"):
        Mix(region="410000", of={"anthracite": 0.5, "bituminous": 0.4}, source="x", evidence="assumed")
    with pytest.raises(ValueError, match="add up"):
        Bridge(kind="mix", of={"anthracite": 0.5})
    with pytest.raises(ValueError, match="reason"):
        Bridge(kind="same_as", item="coke")


def test_carriers_are_found_by_every_spelling(library: FactorLibrary) -> None:
    book = library.carriers
    for word in ("raw_coal", "原煤", "Raw_Coal", "raw coal", " 原 煤 "):
        assert book.find(word) == "raw_coal"
    assert book.find("其中：无烟煤") == "anthracite"
    assert book.find("石头") is None
    assert book.near("cokee")[0] == "coke"
    assert book.unit_of("natural_gas") == "m3"
    assert "coke" in book.groups("per_tce_coal")
    assert "coke" not in book.groups("coal_columns")
    assert "raw_coal" in book.totals()["coal_total"]


def test_search_finds_by_place_year_and_carrier_in_both_languages(library: FactorLibrary) -> None:
    found = search(library, "河南 电力 2023 average")
    assert found["factor_id"].tolist() == [HENAN_2023]
    assert found["value"].tolist() == ["0.5897"]
    assert search(library, "henan electricity 2023 average")["factor_id"].tolist() == [HENAN_2023]
    assert search(library, "西藏 average").empty


def test_show_gives_the_copies_a_number_was_read_in(library: FactorLibrary) -> None:
    record = show(library, HENAN_2023)
    assert record["value"]["value"] == 0.5897
    assert record["evidence"] == "transcribed"
    assert len(record["copies"]) == 3
    assert all(record["copies"].values())
    assert show(library, "gwp/ar5")["publisher"] == "IPCC"


def test_json_schema_names_the_fields_and_their_meaning() -> None:
    schemas = json_schema()
    assert "schema" in schemas["factor_set"]["properties"]
    assert "best first" in schemas["profile"]["properties"]["order"]["description"]


@pytest.mark.parametrize(
    ("a", "b", "item", "ratio"),
    [
        ("combustion/steel_2013", "combustion/common_2024", "anthracite", 2.522 / 1.924),
        ("combustion/steel_2013", "combustion/chemical_2013", "other_washed_coal", 1.289 / 0.701),
        ("combustion/common_2024", "combustion/steel_2013", "coke_oven_gas", 7.622 / 8.864),
        ("combustion/common_2024", "combustion/chemical_2013", "lng", 2.325 / 2.831),
    ],
)
def test_diff_shows_how_far_families_lie_apart(library: FactorLibrary, a: str, b: str, item: str, ratio: float) -> None:
    """tCO2 per t or 10^4 Nm3, products of the printed parts of the families."""
    table = diff(library.set(a), library.set(b))
    row = table[(table["item"] == item) & (table["part"] == "product")].iloc[0]
    assert row["change"] == pytest.approx(ratio - 1, abs=2e-3)


def test_diff_converts_units_and_refuses_kinds() -> None:
    def one(unit: str, value: float) -> FactorSet:
        factor = {"item": "coke", "quantity": "co2", "value": {"value": value, "unit": unit, "evidence": "assumed"}}
        return FactorSet.model_validate(
            {"schema": 1, "id": "x", "kind": "combustion", "title": {"zh": "x", "en": "x"}, "publisher": "x",
             "document": "x", "factors": [factor]}
        )  # fmt: skip

    assert diff(one("tCO2/t", 2.8), one("kgCO2/kg", 2.8)).iloc[0]["change"] == pytest.approx(0)
    row = diff(one("tCO2/t", 2.8), one("tCO2/TJ", 107)).iloc[0]
    assert row["change"] != row["change"]
    assert "not comparable" in row["note"]


def test_confirming_a_factor_is_recorded_and_shown(tmp_path: Path) -> None:
    folder = tmp_path / "factors"
    confirm(folder, HENAN_2023, "张三", "2026-03-01", "第 5 页 表 3")
    library = FactorLibrary.bundled([folder])
    factor_set, factor = library.factor(HENAN_2023)
    assert library.evidence(factor_set.id, factor) == "confirmed"
    assert show(library, HENAN_2023)["confirmation"]["by"] == "张三"
    assert library.evidence(*_other(library)) == "transcribed"
    confirm(folder, HENAN_2023.replace("410000", "130000"), "张三", "2026-03-01", "第 5 页")
    assert len(FactorLibrary.bundled([folder]).confirmations) == 2


def _other(library: FactorLibrary):
    factor_set, factor = library.factor(HENAN_2023.replace("410000", "130000"))
    return factor_set.id, factor


def test_a_confirmation_needs_a_known_factor_a_name_a_date_and_a_page(tmp_path: Path) -> None:
    for arguments, code in (
        (("electricity/mee_2023#none", "张三", "2026-03-01", "5"), "FACTOR-KEY"),
        ((HENAN_2023, " ", "2026-03-01", "5"), "FACTOR-CONFIRM"),
        ((HENAN_2023, "张三", "1.3.2026", "5"), "FACTOR-CONFIRM"),
        ((HENAN_2023, "张三", "2026-03-01", ""), "FACTOR-CONFIRM"),
    ):
        with pytest.raises(FactorError) as error:
            confirm(tmp_path, *arguments)
        assert codes(error.value) == {code}
    assert not (tmp_path / "confirmations.yaml").exists()
    confirm(tmp_path, HENAN_2023, "张三", "2026-03-01", "5")
    with pytest.raises(FactorError) as error:
        confirm(tmp_path, HENAN_2023, "李四", "2026-03-02", "5")
    assert codes(error.value) == {"FACTOR-CONFIRMED"}


def test_the_factors_behind_a_mix_can_be_told(library: FactorLibrary) -> None:
    mixed = "0.3*combustion/common_2024#anthracite/co2 + 0.7*combustion/common_2024#bituminous/co2"
    assert library.parts(mixed) == [
        (0.3, "combustion/common_2024#anthracite/co2"),
        (0.7, "combustion/common_2024#bituminous/co2"),
    ]
    assert library.parts(HENAN_2023) == [(1.0, HENAN_2023)]
    assert library.parts("GB/T 2589#tce") == []
