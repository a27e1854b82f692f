"""The kernel: one text, the same ledger on pandas, DuckDB and Polars, and the bulk compiler on files.

Expected values are worked out with fractions from the equations in the docstring of accounting/emissions.py.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from carbonpeak.accounting import emissions, keying
from carbonpeak.accounting.keying import KEY, KEYED, PARTS
from carbonpeak.accounting.problems import InputError, InternalError
from carbonpeak.accounting.tables import COEFFICIENTS, LINES, UNCOUNTED
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories import engine
from carbonpeak.inventories.accounts import Maker
from carbonpeak.inventories.bulk import Compiler
from carbonpeak.inventories.frame import Book, prepare
from carbonpeak.inventories.run import run
from carbonpeak.inventories.standards import standard
from carbonpeak.inventories.workspace.workspace import Workspace

from .known_answers.places import example as ran

NAN = float("nan")
GWP = {"co2": 1.0, "ch4": 28.0, "n2o": 265.0}
# item: parts of its coefficients by gas (ncv, carbon_content, oxidation, per_heat, value); made up, in the range of fuels
COEFFICIENT = {
    "by_parts": {"co2": (20.9, 0.0261, 0.93, NAN, NAN), "heat": (20.9, NAN, NAN, NAN, NAN)},
    "by_heat": {"ch4": (43.1, NAN, NAN, 3e-6, NAN), "n2o": (43.1, NAN, NAN, 6e-7, NAN)},
    "by_product": {"co2": (NAN, NAN, NAN, NAN, 2.6), "tce_calorific": (NAN, NAN, NAN, NAN, 0.7143)},
    "no_oxidation": {"co2": (25.0, 0.0258, NAN, NAN, NAN)},
}
UNITS = {"t": 1.0, "10^4 t": 1e4, "kg": 0.001}
numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 4))
missing = st.none() | st.just(NAN)
# the largest line stays below the 9.2e12 t that fit into 64 bits of grams
ncv, share = missing | st.floats(0.001, 50.0), missing | st.floats(0.001, 1.0)
row = st.fixed_dictionaries({
    "item": st.sampled_from([*COEFFICIENT, "unknown"]), "unit": st.sampled_from(list(UNITS)),
    "quantity": numbers | st.just(NAN), "ncv": ncv, "carbon_content": share, "oxidation": share,
    "tce_factor": share, "entity": st.sampled_from(["410000", "320000"]),
})  # fmt: skip


def keyed(gases=None):
    """The keyed table of every item, unit and entity of the tests."""
    rows = [
        {"entity": entity, "period": "2019", "sector": "C31", "flow": "final", "item": item, "attributes": "", "unit": unit,
         "account": "test", "rule": "r", "category": "E", "scope": "direct", "bucket": "counted", "method": "product",
         "tier": "", "gas": gas, "scale": scale, "factor_id": f"set#{item}/{gas}",
         **dict(zip((f"c_{part}" for part in PARTS), parts, strict=True))}
        for entity in ("410000", "320000") for item, by_gas in COEFFICIENT.items() for gas, parts in by_gas.items()
        for unit, scale in UNITS.items() if gases is None or gas in gases
    ]  # fmt: skip
    return pd.DataFrame(rows)[[*KEY, *KEYED]]


def activity(*rows):
    blank = {"entity": "410000", "period": "2019", "sector": "C31", "flow": "final", "attributes": "", "unit": "t",
             "notation": "", "ncv": NAN, "carbon_content": NAN, "oxidation": NAN, "tce_factor": NAN}  # fmt: skip
    frame = pd.DataFrame([{"row_id": f"a/{number}", **blank, **one} for number, one in enumerate(rows)])
    return frame.astype({name: "float64" for name in ("quantity", *emissions.PARAMETERS)})


def ledger(lines):
    return pd.DataFrame(lines).sort_values("line_id", ignore_index=True)[LINES.names]


def by_pandas(rows, table):
    return ledger(emissions.compute(rows, table, GWP))


def by_duckdb(rows, table):
    with duckdb.connect() as database:
        return ledger(emissions.compute(database.from_df(rows), database.from_df(table), GWP).df())


def by_polars(rows, table):
    # nan_to_null=False: the kernel itself must take NaN for "not measured"
    one, other = (pl.DataFrame({name: frame[name].tolist() for name in frame}, strict=False) for frame in (rows, table))
    lines = emissions.compute(one, other, GWP)
    return ledger(pd.DataFrame(lines.to_dicts(), columns=LINES.names).astype({"value": "int64", "co2e": "int64"}))


def value(lines):
    (only,) = lines["value"]
    return int(only)


def grams(tonnes):
    return floor(tonnes * 10**6 + Fraction(1, 2))


@settings(max_examples=25, deadline=None)
@given(st.lists(row, min_size=1, max_size=8))
@example([{"item": "by_product", "unit": "10^4 t", "quantity": 134518.75, "ncv": 37.0, "carbon_content": None,
           "oxidation": None, "tce_factor": None, "entity": "410000"}])  # fmt: skip
def test_three_engines_give_the_same_ledger(rows):
    frame = activity(*rows)
    table = keyed()
    expected = by_pandas(frame, table)
    pd.testing.assert_frame_equal(by_duckdb(frame, table), expected, check_dtype=False, check_exact=True)
    pd.testing.assert_frame_equal(by_polars(frame, table), expected, check_dtype=False, check_exact=True)
    assert expected["value"].dtype == expected["co2e"].dtype == np.dtype("int64")


@settings(max_examples=25, deadline=None)
@given(st.lists(row, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_row_order_never_matters(rows, random):
    frame = activity(*rows)
    shuffled = frame.sample(frac=1, random_state=random.randrange(2**31))
    pd.testing.assert_frame_equal(by_pandas(shuffled, keyed()), by_pandas(frame, keyed()))


@settings(max_examples=30, deadline=None)
@given(numbers, st.sampled_from(["by_parts", "by_heat", "by_product"]))
def test_any_unit_gives_the_same_result(quantity, item):
    """A quantity in t, in kg and in 10^4 t: the same grams, up to the rounding of the printed decimal and of one gram."""
    rows = [{"item": item, "unit": unit, "quantity": quantity / scale} for unit, scale in UNITS.items()]
    lines = by_pandas(activity(*rows), keyed())
    spread = lines.groupby("quantity")["value"].agg(["min", "max"])
    assert ((spread["max"] - spread["min"]) <= 1 + spread["max"].abs() * 1e-15).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=6), st.sampled_from(["by_parts", "by_product"]))
def test_the_parts_make_the_whole(quarters, item):
    """Split quantities (quarters of a tonne, exact in binary) add up to the whole within half a gram each."""
    parts = [{"item": item, "quantity": number / 4} for number in quarters]
    whole = {"item": item, "quantity": sum(quarters) / 4}
    lines = by_pandas(activity(*parts, whole), keyed(["co2"])).set_index("line_id")["value"]
    total = lines.pop(f"a/{len(parts)}/co2/r")
    assert abs(lines.sum() - total) <= (len(parts) + 1) / 2 + abs(total) * 1e-15


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=20))
def test_ties_round_up_in_every_engine(halves):
    """halves/2 g exactly: 2^-6 t/t x n/2 t = n x 15625/2 g. Half a gram goes up, also below zero (floor of x + 1/2)."""
    table = keyed(["co2"]).assign(c_value=2.0**-6)
    frame = activity(*({"item": "by_product", "quantity": number / 2} for number in halves))
    expected = {f"a/{row}/co2/r": grams(Fraction(number, 2) * Fraction(1, 64)) for row, number in enumerate(halves)}
    for make in (by_pandas, by_duckdb, by_polars):
        assert make(frame, table).set_index("line_id")["value"].to_dict() == expected


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 10**9), st.sampled_from(["by_parts", "by_product"]))
def test_a_negative_amount_is_the_negative_of_the_positive(quantity, item):
    """Inputs to transformation and deductions are negative: the same grams, but for a tie."""
    rows = activity({"item": item, "quantity": quantity}, {"item": item, "quantity": -quantity})
    plus, minus = by_pandas(rows, keyed(["co2"]))["value"]
    assert abs(plus + minus) <= 1


def test_equations_by_hand():
    """Each equation of the module docstring, in fractions."""
    rows = activity(
        {"item": "by_parts", "quantity": 100}, {"item": "by_heat", "quantity": 1000}, {"item": "by_product", "quantity": 10}
    )  # fmt: skip
    lines = by_pandas(rows, keyed()).set_index("line_id")
    heat = 100 * Fraction("20.9")
    expected = {
        "a/0/co2/r": heat * Fraction("0.0261") * Fraction("0.93") * Fraction(44, 12),
        "a/0/heat/r": heat,
        "a/1/ch4/r": 1000 * Fraction("43.1") * Fraction("3e-6"),
        "a/1/n2o/r": 1000 * Fraction("43.1") * Fraction("6e-7"),
        "a/2/co2/r": 10 * Fraction("2.6"),
        "a/2/tce_calorific/r": 10 * Fraction("0.7143"),
    }
    assert lines["value"].to_dict() == {name: grams(tonnes) for name, tonnes in expected.items()}
    co2e = {"co2": 1, "ch4": 28, "n2o": 265, "heat": 0, "tce_calorific": 0}
    assert (lines["co2e"] == lines["value"] * lines["quantity"].map(co2e)).all()


@pytest.mark.parametrize(
    ("item", "gas", "measurement", "expected"),
    [
        ("by_parts", "co2", {"ncv": 25.0}, 25 * Fraction("0.0261") * Fraction("0.93") * Fraction(44, 12)),
        ("by_parts", "co2", {"oxidation": 1.0}, Fraction("20.9") * Fraction("0.0261") * Fraction(44, 12)),
        ("no_oxidation", "co2", {"oxidation": 0.5}, 25 * Fraction("0.0258") * Fraction(1, 2) * Fraction(44, 12)),
        ("by_product", "tce_calorific", {"tce_factor": 0.5}, Fraction(1, 2)),
        ("by_product", "tce_calorific", {"ncv": 29.3076}, Fraction(1)),
        ("by_product", "tce_calorific", {"ncv": 29.3076, "tce_factor": 0.25}, Fraction(1, 4)),
        ("by_heat", "ch4", {"ncv": 50.0}, 50 * Fraction("3e-6")),
        ("by_heat", "ch4", {"carbon_content": 0.02, "oxidation": 1.0}, Fraction("43.1") * Fraction("3e-6")),
    ],
)
def test_a_measured_parameter_stands_before_the_coefficient(item, gas, measurement, expected):
    frame = activity({"item": item, "quantity": 1.0, **measurement})
    for make in (by_pandas, by_duckdb, by_polars):
        assert value(make(frame, keyed([gas]))) == grams(expected)


def test_what_cannot_be_computed_gives_no_line():
    """A missing part, a row without quantity, an unknown key: no line, never a zero."""
    frame = activity({"item": "no_oxidation", "quantity": 1.0}, {"item": "by_product", "quantity": NAN},
                     {"item": "unknown", "quantity": 1.0}, {"item": "by_product", "quantity": 0.0})  # fmt: skip
    for make in (by_pandas, by_duckdb, by_polars):
        assert make(frame, keyed(["co2"]))["line_id"].tolist() == ["a/3/co2/r"]


@pytest.mark.parametrize("name", engine.ORDER)
def test_the_kernel_carries_columns_along(name):
    frame, table = activity({"item": "by_product", "quantity": 1.0}), keyed(["co2"])
    numbered = (frame.assign(row_number=7), table.assign(key_number=range(len(table))))
    lines = pd.DataFrame(emissions.compute(*numbered, keep=(name,)))
    assert list(lines.columns) == [*LINES.names, name]


def test_two_coefficients_for_one_key_are_our_fault():
    selected = keyed(["co2"]).assign(canonical="t", year="2019").query("item == 'by_product'")
    one = selected.assign(quantity="co2", per="t")[
        ["entity", "year", "sector", "flow", "item", "attributes", "quantity", "per"]
    ]
    doubled = COEFFICIENTS.conform(pd.concat([one, one]).assign(value=1.0))
    with pytest.raises(InternalError):
        keying.with_coefficients(selected, doubled)


@pytest.mark.parametrize("rows", [slice(None), slice(0, 3), slice(0, 0)])
def test_numbers_and_recipes_are_the_keyed_table(rows):
    """Joined back by the number they are the keyed table, and keys that share everything share a number."""
    table = keyed().iloc[rows]
    numbers, recipes = keying.numbered(table)
    joined = numbers.merge(recipes, on="number")[[*KEY, *KEYED]]
    order = [*KEY, "gas"]
    pd.testing.assert_frame_equal(
        joined.sort_values(order, ignore_index=True),
        table.sort_values(order, ignore_index=True),
        check_dtype=len(table) > 0,
    )
    assert len(numbers) == len(table[list(KEY)].drop_duplicates())
    # two places share their coefficients
    assert len(recipes) == len(table.drop_duplicates(list(KEYED)))


# the engine between two frames -----------------------------------------------------------------------------------


@settings(max_examples=15, deadline=None)
@given(st.lists(row, min_size=1, max_size=30))
def test_frames_are_equal_row_for_row_in_both_engines(rows):
    frame, table = activity(*rows), keyed()
    one, other = (engine.compute(frame, table, GWP, name) for name in ("pandas", "duckdb"))
    pd.testing.assert_frame_equal(one, other, check_exact=True)


def test_a_run_is_the_same_on_both_engines():
    one, other = ran("henan"), run(Workspace.open("henan"), engine="duckdb")
    assert (one.options["engine"], other.options["engine"]) == ("pandas", "duckdb")
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name], check_exact=True)


# the bulk compiler: file to file ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def library():
    return FactorLibrary.bundled()


@pytest.fixture(scope="module")
def table():
    """A small activity table with a header and its parts, a refused unit, a notation key, a blank and a measured row."""
    rows = [
        {"flow": "final", "sector": "IND", "item": "anthracite", "quantity": 30.0},
        {"flow": "final", "sector": "C31", "item": "anthracite", "quantity": 10.0, "ncv": 25.0},
        {"flow": "final", "sector": "C30", "item": "anthracite", "quantity": 20.0, "unit": "10^4 t"},
        {"flow": "tr_power", "sector": "", "item": "bituminous", "quantity": -5.5, "tce_factor": 0.7},
        {"flow": "final", "sector": "C31", "item": "diesel", "quantity": 3.25, "entity": "320000", "period": "2020"},
        {"flow": "final", "sector": "C31", "item": "blast_furnace_gas", "quantity": 2.0, "unit": "10^8 m3"},
        {"flow": "final", "sector": "C31", "item": "gasoline", "quantity": 1.0, "unit": "furlong"},
        {"flow": "final", "sector": "C31", "item": "kerosene", "quantity": NAN, "notation": "NE"},
        {"flow": "final", "sector": "C31", "item": "fuel_oil", "quantity": NAN},
        {"flow": "final", "sector": "C27", "item": "raw_coal", "quantity": 4.0},
        {
            "flow": "final",
            "sector": "C27",
            "item": "diesel",
            "quantity": 4.0,
            "unit": "tce",
            "attributes": "table=standard",
        },
    ]
    return activity(*rows)


@pytest.fixture(params=["frame", "parquet", "csv"])
def source(request, table, tmp_path):
    path = tmp_path / f"activity.{request.param}"
    if request.param == "frame":
        return table
    with duckdb.connect() as database:
        relation = database.from_df(table)
        (relation.write_parquet if request.param == "parquet" else relation.write_csv)(str(path))
    return path


def written(library, account, source, folder):
    chosen = standard(account) if account != "energy" else None
    compiler = Compiler(library, library.profile(account), chosen, GWP if chosen else None)
    made = compiler.write(source, folder)
    with duckdb.connect() as database:
        lines, uncounted = (database.read_parquet(str(path)).df() for path in (made.lines, made.uncounted))
    return made, ledger(LINES.conform(lines)), UNCOUNTED.conform(uncounted)


@pytest.mark.parametrize("account", ["provincial_2011", "ipcc_2006", "energy"])
def test_bulk_gives_the_ledger_of_a_run(library, table, source, account, tmp_path):
    """From a frame, a parquet file or a csv file: the lines that the run's own account maker gives."""
    made, lines, uncounted = written(library, account, source, tmp_path / "out")
    book = Book.of(library)
    own = table[~table["attributes"].str.contains("table=standard")].assign(source="")
    maker = Maker(library, book, prepare(own, book))
    profile = library.profile(account)
    expected = maker.energy(profile) if account == "energy" else maker.emissions(standard(account), profile, GWP)
    pd.testing.assert_frame_equal(lines, ledger(expected.lines), check_exact=True)
    # nothing vanishes: every row has a line or a reason
    ids = set(lines["line_id"].str.rsplit("/", n=2).str[0]) | set(uncounted["row_id"])
    assert ids == set(table["row_id"])
    assert not uncounted.duplicated(list(UNCOUNTED.key)).any()
    assert [problem.code for problem in made.problems if problem.code == "UNIT-UNKNOWN"] == ["UNIT-UNKNOWN"]


def test_bulk_lists_what_it_leaves_out(library, table, tmp_path):
    _, _, uncounted = written(library, "provincial_2011", table, tmp_path / "out")
    reasons = uncounted.set_index("row_id")["reason"].to_dict()
    assert reasons["a/0"] == "subtotal"
    assert reasons["a/5"] == "double_count"
    assert reasons["a/6"] == "refused_unit"
    assert reasons["a/7"] == "notation"
    assert reasons["a/8"] == "no_quantity"
    assert reasons["a/9"] == "COAL-MIX"
    assert reasons["a/10"] == "standard_table"


def test_bulk_of_nothing_that_counts(library, tmp_path):
    table = activity({"flow": "final", "sector": "C31", "item": "gasoline", "quantity": 1.0, "unit": "furlong"})
    made, lines, uncounted = written(library, "ipcc_2006", table, tmp_path / "out")
    assert (len(lines), made.keys, uncounted["reason"].tolist()) == (0, 1, ["refused_unit"])


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("missing.parquet", None, "FILE-MISSING"),
        ("table.txt", "row_id\n", "FILE-FORMAT"),
        ("broken.parquet", "this is no parquet file", "FILE-BROKEN"),
        ("short.csv", "row_id,entity,period\na/0,410000,2019\n", "COLUMN-MISSING"),
        ("text.csv", "row_id,entity,period,sector,flow,item,unit,quantity\na/0,410000,2019,C31,final,diesel,t,many\n", "CELL-NUMBER"),
    ],
)  # fmt: skip
def test_bulk_says_what_is_wrong_with_a_file(library, name, text, code, tmp_path):
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    compiler = Compiler(library, library.profile("provincial_2011"), standard("provincial_2011"))
    with pytest.raises(InputError) as raised:
        compiler.write(path, tmp_path / "out")
    assert [problem.code for problem in raised.value.problems] == [code]
