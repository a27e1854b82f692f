"""The layout `records`: rows of one key add up exactly, every row keeps its line, and both engines give one result."""

from __future__ import annotations

import json
from fractions import Fraction
from math import floor

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

from carbonpeak.cli import app
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories import engine, store, verify
from carbonpeak.inventories.readers.read import read_all
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import library_for, run
from carbonpeak.inventories.workspace.workspace import Workspace
from carbonpeak.templates import api

INVENTORY = """schema: 1
id: meters
kind: region
title: {zh: 计量数据, en: meter readings}
entity: "410000"
years: [2019]
standards: [ipcc_2006]
report: {date: "2026-01-01"}
"""
SOURCES = """schema: 1
sources:
  - id: meters
    file: data/meters.{suffix}
    layout: {layout}
    period: "2019"
"""
# two names of one sector and unit stand in different records of one key: a record is a text, not a code
HEADER = "行业,品种,消费量,单位,低位发热量(kJ/kg),备注"
ROWS = [
    "C31,anthracite,0.1,t,,一号炉", "C31,anthracite,0.2,t,,二号炉", "C31,anthracite,0.3,t,,",
    "C31,anthracite,5,t,25000,化验", "C31,anthracite,7,t,25000,化验", "C31,柴油,3,10^4 t,,",
    'C30,anthracite,"1,234",t,,千分位', "C30,anthracite,6,t,,", "C30,diesel,0.1234567891,t,,", "C30,diesel,2,t,,",
    "C30,coke,,t,,", "C30,coke,,t,,", "C29,gasoline,4,10^4 t,,",
]  # fmt: skip
DIESEL = Fraction("1.4571") * Fraction("29.3076") * 74100 / 10**6
"""t CO2 per t: GB/T 2589-2020 (1.4571 kgce/kg, 29.3076 GJ/tce), IPCC 2006 vol. 2 table 1.4 (74 100 kg/TJ)"""


def workspace(root, rows=ROWS, layout="records", suffix="csv"):
    (root / "data").mkdir(parents=True)
    (root / "inventory.yaml").write_text(INVENTORY, encoding="utf-8")
    (root / "sources.yaml").write_text(SOURCES.format(layout=layout, suffix=suffix), encoding="utf-8")
    path = root / "data" / "meters.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8-sig")
    if suffix == "parquet":
        with duckdb.connect() as database:
            database.read_csv(str(path), header=True, all_varchar=True).write_parquet(str(path.with_suffix(".parquet")))
        path.unlink()
    return Workspace.open(root)


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    return workspace(tmp_path_factory.mktemp("meters") / "ws")


@pytest.fixture(scope="module")
def found(opened) -> Results:
    return run(opened, engine="duckdb")


def rows_of(results: Results, account: str) -> pd.DataFrame:
    with duckdb.connect() as database:
        frame = database.read_parquet(str(results.rows.files[f"rows_{account}_meters.parquet"])).df()
    return frame.sort_values("line_id", ignore_index=True)


def test_rows_of_one_key_are_added_exactly(opened):
    """0.1 + 0.2 + 0.3 = 0.6 in decimals, not 0.6000000000000001; a heat value tells the measured rows apart."""
    read = read_all(opened)
    activity = read.activity.set_index("row_id")
    assert activity.loc["meters/1", ["quantity", "source", "note"]].tolist() == [
        0.6, "data/meters.csv!C2", "3 行之和 sum of 3 rows",
    ]  # fmt: skip
    assert activity.loc["meters/2", ["quantity", "ncv"]].tolist() == [12.0, 25.0]
    # 1,234 and ten decimals cannot be added exactly as they stand: each is a record of its own
    own = activity[activity["source"].isin(["data/meters.csv!C8", "data/meters.csv!C10"])]
    assert own["quantity"].tolist() == [1234.0, 0.1234567891]
    assert own["note"].tolist() == ["千分位", ""]
    assert [(p.code, str(p.where)) for p in read.problems] == [("QUANTITY-BLANK", "data/meters.csv!C12")]
    assert [detail.rows for detail in read.details] == [9]


def test_every_row_has_its_line_and_the_record_is_their_sum(found):
    """By hand: each row rounded to whole grams, then added; diesel as in the constant DIESEL."""
    lines = found.lines[(found.lines["account"] == "ipcc_2006") & (found.lines["quantity"] == "co2")]
    rows = rows_of(found, "ipcc_2006")
    diesel = rows[(rows["item"] == "diesel") & (rows["quantity"] == "co2")].set_index("line_id")["value"]
    assert diesel.tolist() == [floor(tonnes * DIESEL * 10**6 + Fraction(1, 2)) for tonnes in (30000, 2)]
    assert [name.split("/")[1].split(":")[1] for name in diesel.index] == ["7", "11"]  # lines of the file
    sums = rows.groupby("whole")["value"].sum()
    own = found.lines[found.lines["account"] == "ipcc_2006"].set_index("line_id")["value"]
    pd.testing.assert_series_equal(own[sums.index], sums, check_names=False, check_dtype=False)
    alone = lines[~lines["line_id"].isin(sums.index)]
    assert alone["item"].tolist() == ["anthracite", "diesel"]


def test_both_engines_give_one_result(opened, found):
    other = run(opened, engine="pandas")
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name], check_exact=True)
    for account in ("energy", "ipcc_2006"):
        pd.testing.assert_frame_equal(rows_of(found, account), rows_of(other, account), check_exact=True)


def test_parquet_reads_like_csv(tmp_path, found):
    other = run(workspace(tmp_path / "ws", suffix="parquet"), engine="duckdb")
    assert other.activity.drop(columns="source").equals(found.activity.drop(columns="source"))
    assert other.metrics.drop(columns="source").equals(found.metrics.drop(columns="source"))


def test_distinct_keys_give_what_a_tidy_table_gives(tmp_path):
    rows = [ROWS[0], ROWS[5], ROWS[12]]
    one, other = (
        run(workspace(tmp_path / layout, rows, layout), engine="duckdb").metrics for layout in ("records", "tidy")
    )
    pd.testing.assert_frame_equal(one, other)


def test_a_key_in_two_sources_is_still_a_double(tmp_path):
    opened = workspace(tmp_path / "ws")
    more = "  - {id: again, file: data/again.csv, layout: tidy, period: '2019'}\n"
    (tmp_path / "ws" / "sources.yaml").write_text(
        SOURCES.format(layout="records", suffix="csv") + more, encoding="utf-8"
    )
    (tmp_path / "ws" / "data" / "again.csv").write_text(f"{HEADER}\n{ROWS[12]}\n", encoding="utf-8")
    problems = read_all(Workspace.open(opened.root)).problems
    assert [(p.code, str(p.where)) for p in problems.errors] == [("DUPLICATE-ROW", "data/again.csv!C2")]


@pytest.mark.parametrize(
    ("rows", "code", "where"),
    [
        (["C31,coal?,1,t,,"], "ITEM-UNKNOWN", "data/meters.csv!B2"),
        ([ROWS[0], ROWS[1], "C31,anthracite,viel,t,,"], "CELL-NUMBER", "data/meters.csv!C4"),
        ([ROWS[0], "C31,anthracite,1,t,,", "C31,anthracite,1,furlong,,"], "UNIT-UNKNOWN", "data/meters.csv!D4"),
    ],
)
def test_faults_stand_at_their_cell(tmp_path, rows, code, where):
    problems = read_all(workspace(tmp_path / "ws", rows)).problems
    assert [(p.code, str(p.where)) for p in problems.errors] == [(code, where)]


@pytest.mark.parametrize(
    ("suffix", "content", "code"),
    [("parquet", b"no parquet", "FILE-BROKEN"), ("xlsx", b"PK", "FILE-FORMAT"), ("csv", None, "FILE-MISSING"),
     ("csv", "行业,品种,单位\nC31,coke,t\n".encode(), "COLUMN-MISSING")],
)  # fmt: skip
def test_a_file_that_is_none(tmp_path, suffix, content, code):
    root = workspace(tmp_path / "ws").root
    (root / "sources.yaml").write_text(SOURCES.format(layout="records", suffix=suffix), encoding="utf-8")
    path = root / "data" / f"meters.{suffix}"
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)
    assert code in {problem.code for problem in read_all(Workspace.open(root)).problems.errors}


def test_the_engine_is_chosen_by_the_number_of_rows(opened, monkeypatch):
    assert run(opened).options["engine"] == "pandas"
    monkeypatch.setattr(engine, "LARGE", 8)
    assert run(opened).options["engine"] == "duckdb"
    assert run(opened, engine="pandas").options["engine"] == "pandas"


@pytest.mark.parametrize(
    ("tables", "suffixes"), [("auto", {".csv"}), ("parquet", {".parquet"}), ("both", {".csv", ".parquet"})]
)
def test_formats_of_the_tables(found, tmp_path, tables, suffixes):
    """Read back they are the same at the twelve digits of csv."""
    store.save(found, tmp_path / "out", FactorLibrary.bundled(), tables)
    store.seal(tmp_path / "out", {"require_evidence": "", "engine": "duckdb"})
    written = {path.suffix for path in (tmp_path / "out" / "results").iterdir() if not path.name.startswith("rows_")}
    assert written == suffixes
    again = store.load(tmp_path / "out")
    for name, table in found.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], table, rtol=1e-11)


def test_a_table_longer_than_a_worksheet_is_parquet(found, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "WORKSHEET", len(found.lines) - 1)
    store.save(found, tmp_path / "out", FactorLibrary.bundled())
    for name, table in found.tables.items():
        suffix = "parquet" if len(table) >= len(found.lines) else "csv"
        assert (tmp_path / "out" / "results" / f"{name}.{suffix}").is_file()
    assert len(found.lines) > len(found.activity)


def test_the_same_rows_give_the_same_bytes_and_verify(opened, tmp_path):
    for name in ("one", "other"):
        api.Workspace(opened).run_into(tmp_path / name, formats=(), engine="duckdb", tables="both")
    one, other = (store.manifest(tmp_path / name)["files"] for name in ("one", "other"))
    assert one == other
    assert {"results/rows_energy_meters.parquet", "results/lines.parquet", "results/lines.csv"} <= set(one)
    assert verify.verify(tmp_path / "one").same
    path = tmp_path / "one" / "results" / "rows_energy_meters.parquet"
    path.write_bytes(path.read_bytes() + b" ")
    assert [cause["cause"] for cause in verify.verify(tmp_path / "one").causes] == ["result"]


def test_the_command_line(opened, tmp_path):
    out = str(tmp_path / "out")
    asked = ["run", str(opened.root), "--out", out, "--engine", "duckdb", "--results", "parquet", "--format", "html"]
    done = CliRunner().invoke(app, [*asked, "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["engine"] == "duckdb"
    told = CliRunner().invoke(app, ["explain", out, "co2_energy:2019", "--lang", "zh"])
    assert "data/meters.csv!C2 = 0.6 吨（3 行之和）" in told.stdout


def test_a_run_reads_its_own_library(opened):
    """Nothing of the rows is left behind when the results go."""
    results = run(opened, engine="duckdb", library=library_for(opened))
    folder = results.rows.folder
    assert folder.is_dir()
    del results
    import gc

    gc.collect()
    assert not folder.exists()
