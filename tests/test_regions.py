"""Places: codes of GB/T 2260, chains by year, names, and what to do with an unknown one."""

import pytest

from carbonpeak.factors.library import FactorLibrary
from carbonpeak.factors.regions import Region, RegionBook


@pytest.fixture(scope="module")
def book() -> RegionBook:
    return FactorLibrary.bundled().regions


def test_every_province_and_prefecture_of_the_2020_list_stands_once(book: RegionBook) -> None:
    """民政部: 34 province-level and 333 prefecture-level divisions at the end of 2020."""
    current = [region for region in book.values() if region.to is None]
    assert sum(region.kind == "province" for region in current) == 34
    assert sum(region.kind == "prefecture" for region in current) == 333


def test_codes_nest_and_every_place_has_its_chain_to_the_world(book: RegionBook) -> None:
    for code, region in book.items():
        assert book.chain(code, 2023)[-1] == "WORLD"
        if region.kind == "prefecture":
            assert book.parent(code) == code[:2] + "0000"
            assert code.endswith("00")


@pytest.mark.parametrize(
    ("code", "name", "chain"),
    [
        ("410503", "北关区", ("410503", "410500", "410000", "GRID:CC", "CN", "WORLD")),
        ("410200", "开封市", ("410200", "410000", "GRID:CC", "CN", "WORLD")),
        ("419001", "济源市", ("419001", "410000", "GRID:CC", "CN", "WORLD")),
        ("130500", "邢台市", ("130500", "130000", "GRID:NC", "CN", "WORLD")),
        ("410481", "舞钢市", ("410481", "410400", "410000", "GRID:CC", "CN", "WORLD")),
    ],
)
def test_the_places_of_the_five_plans(book: RegionBook, code: str, name: str, chain: tuple[str, ...]) -> None:
    assert book.label(code) == name
    assert book.chain(code, 2023) == chain
    assert book.find(name) == [code]


def test_a_grid_parent_depends_on_the_year(book: RegionBook) -> None:
    """川渝 stood in the central grid of the 2010-2012 tables and in the southwest grid since the 2021 table."""
    assert book.chain("510100", 2012)[2] == "GRID:CC"
    assert book.chain("510100", 2021)[2] == "GRID:SW"
    assert "GRID:SW" in book.chain("500000")
    assert book.chain("540000", 2012) == ("540000", "CN", "WORLD")
    assert book.chain("460000", 2005)[1] == "GRID:HI"


def test_grid_regions_are_not_administrative_ones(book: RegionBook) -> None:
    """山东 belongs to the north grid, 江西 to the central, 贵州 and 云南 to the south grid (announcement of 2023)."""
    assert book.chain("370000", 2023)[1] == "GRID:NC"
    assert book.chain("360000", 2023)[1] == "GRID:CC"
    assert book.chain("520000", 2023)[1] == book.chain("530000", 2023)[1] == "GRID:SC"


def test_a_county_that_is_not_listed_still_nests_by_its_digits(book: RegionBook) -> None:
    assert "410927" not in book
    assert book.knows("410927")
    assert book.line("410927") == ("410927", "410900", "410000", "CN")
    assert book.line("110105") == ("110105", "110000", "CN")
    assert book.line("429004") == ("429004", "420000", "CN")
    assert book.province("410927") == "410000"


def test_an_unknown_code_is_not_known(book: RegionBook) -> None:
    for code in ("990101", "41", "", "GRID:XX"):
        assert not book.knows(code)
    assert book.chain("nowhere") == ("nowhere",)


def test_names_short_names_aliases_and_english_find_the_place(book: RegionBook) -> None:
    assert book.find("河南") == book.find("河南省") == book.find("Henan") == ["410000"]
    assert book.find("内蒙古") == ["150000"]
    assert book.find("华中") == ["GRID:CC"]
    assert book.find("新华区") == ["410402"]
    assert book.find("Hainan") == ["460000", "632500"]
    assert book.find("没有的地方") == []


def test_a_misspelt_name_gets_a_proposal(book: RegionBook) -> None:
    assert "410500" in book.near("安阳是")
    assert "410000" in book.near("Hennan")


def test_changed_divisions_name_their_successors(book: RegionBook) -> None:
    assert book["371200"].successors == ["370100"]
    assert book["130521"].to is not None


def test_children_are_listed_in_code_order(book: RegionBook) -> None:
    cities = book.children("410000", "prefecture")
    assert len(cities) == 17
    assert cities == sorted(cities)
    assert "419001" in book.children("410000", "county")


def test_a_workspace_may_add_its_own_places(book: RegionBook) -> None:
    plant = Region(code="91410000TEST000001", zh="某钢厂", kind="enterprise", parent="410503")
    own = book.with_places([plant])
    assert own.chain("91410000TEST000001", 2023)[:3] == ("91410000TEST000001", "410503", "410500")
    assert own.knows("91410000TEST000001")
    assert not book.knows("91410000TEST000001")


def test_the_east_of_inner_mongolia_lies_in_the_northeast_grid(book: RegionBook) -> None:
    """The announcements: 蒙西 north grid, 蒙东 northeast grid; a value of the province stands before either."""
    assert book.chain("150400", 2012) == ("150400", "150000", "GRID:NE", "CN", "WORLD")
    assert book.chain("150100", 2012) == ("150100", "150000", "GRID:NC", "CN", "WORLD")
