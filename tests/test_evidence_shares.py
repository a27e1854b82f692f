"""What the totals rest on: shares by evidence level and by factor, ranges and lent parts, against hand computation.

Coefficients are those of the documents: GB/T 2589-2008 annex A (raw coal 0.7143, coke 0.9714 kgce/kg, electricity 0.1229
kgce/kWh, natural gas printed as 1.2143-1.33 kgce/m3), the yearbook's reference coefficients (other washed coal printed as
0.2857-0.4286 tce/t), provincial guideline 2011 tables 1.5 and 1.6 (tC/TJ, oxidation), GB/T 32151.22-2024 table C.1
(oxidation of other washed coal 0.90).
"""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import carbonpeak as cp
from carbonpeak.cli import app
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.factors.search import search, show
from carbonpeak.inventories import verify
from carbonpeak.inventories.results import Results
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace
from carbonpeak.templates.layout import Document, lay_out
from carbonpeak.templates.nodes import ParagraphNode, TableNode

from .small_balance import write

ROWS = """\
sector,flow,item,quantity,unit,attributes,ncv,evidence
C31,final,raw_coal,100,10^4 t,,,
,tr_coking,raw_coal,-50,10^4 t,,,
,tr_coking,coke,40,10^4 t,,,
C31,final,natural_gas,1,10^8 m3,,,
C31,final,other_washed_coal,10,10^4 t,,,recalled
C31,final,electricity,10,10^8 kWh,,,
"""
RATE = "coal_rate:\n- {year: 2019, value: 0.3, basis: prescribed, source: 测试 test, evidence: transcribed}\n"
WHERE = "@410000:2019?"
# 10^4 tce: (final + loss - transformation(net)) x coefficient
RAW_COAL = (100 + 50) * 0.7143
COKE = -40 * 0.9714
GAS = 1e4 * 1.33 / 1e3
WASHED = 10 * 0.2857
POWER, POWER_EQ = 10 * 0.1229 * 10, 10 * 0.3 * 10
GROSS = RAW_COAL - COKE + GAS + WASHED + POWER
GROSS_EQ = GROSS - POWER + POWER_EQ
# 10^4 t CO2: tce x 29.3076 GJ/tce x tC/GJ x oxidation x 44/12
PER_TCE = 29.3076 * 44 / 12
CO2_COAL = 100 * 0.7143 * PER_TCE * 0.0261 * 0.93
CO2_GAS = GAS * PER_TCE * 0.0153 * 0.99
CO2_WASHED = WASHED * PER_TCE * 0.02541 * 0.90
CO2 = CO2_COAL + CO2_GAS + CO2_WASHED
NATURAL_GAS = "standard_coal/gbt2589_2008#natural_gas/tce_calorific"
WASHED_COAL = "standard_coal/nbs_reference#other_washed_coal/tce_calorific"
LENDER = "combustion/common_2024#other_washed_coal/co2"


def small(folder: Path, rows: str = ROWS, mix: str = "transcribed") -> Workspace:
    write(folder, more=RATE)
    (folder / "balance.csv").write_text(rows, encoding="utf-8")
    inventory = folder / "inventory.yaml"
    inventory.write_text(
        inventory.read_text("utf-8").replace("evidence: assumed", f"evidence: {mix}"), encoding="utf-8"
    )
    return Workspace.open(folder)


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Results:
    return run(small(tmp_path_factory.mktemp("shares")))


@pytest.fixture(scope="module")
def henan() -> Results:
    return run(Workspace.open("henan"))


def shares(results: Results, metric: str, **query: str) -> dict[str, float]:
    """Shares of a total by level, per cent."""
    own = results.metrics[results.metrics["metric"] == metric]
    for name, word in query.items():
        own = own[own[name] == word]
    return dict(zip(own["category"], own["value"], strict=True))


def test_energy_by_the_calorific_value_rests_on_these_levels(results):
    assert results.value(f"energy_total{WHERE}basis=calorific") == pytest.approx(RAW_COAL + COKE + GAS + WASHED + POWER)
    wanted = {"transcribed": RAW_COAL - COKE, "recalled": POWER, "assumed": GAS + WASHED}
    found = shares(results, "energy_evidence_share", basis="calorific")
    assert found == pytest.approx({level: 100 * value / GROSS for level, value in wanted.items()})
    assert results.value(f"energy_gross_contributions{WHERE}basis=calorific") == pytest.approx(GROSS)


def test_factors_and_data_are_also_told_apart(results):
    """Electricity and other washed coal rest on weak factors; of the data only washed coal is from memory."""
    wanted = {"transcribed": RAW_COAL - COKE, "recalled": POWER, "assumed": GAS + WASHED}
    found = shares(results, "energy_factor_evidence_share", basis="calorific")
    assert found == pytest.approx({level: 100 * value / GROSS for level, value in wanted.items()})
    found = shares(results, "energy_data_evidence_share", basis="calorific")
    assert found == pytest.approx({"recalled": 100 * WASHED / GROSS, "own_data": 100 - 100 * WASHED / GROSS})


def test_electricity_by_the_coal_rate_rests_on_the_rate(results):
    """In the coal equivalent value the calorific coefficient (from memory) plays no part, the rate (transcribed) does."""
    wanted = {"transcribed": RAW_COAL - COKE + POWER_EQ, "assumed": GAS + WASHED}
    found = shares(results, "energy_evidence_share", basis="equivalent")
    assert found == pytest.approx({level: 100 * value / GROSS_EQ for level, value in wanted.items()})


def test_co2_rests_on_these_levels(results):
    """Natural gas: the range in its heat is assumed; washed coal too, whose oxidation is lent besides."""
    assert results.value(f"co2_energy{WHERE}definition=provincial_2011") == pytest.approx(CO2, rel=1e-9)
    found = shares(results, "co2_evidence_share", definition="provincial_2011")
    assert found == pytest.approx({"transcribed": 100 * CO2_COAL / CO2, "assumed": 100 * (CO2_GAS + CO2_WASHED) / CO2})
    found = shares(results, "co2_data_evidence_share", definition="provincial_2011")
    assert found == pytest.approx({"recalled": 100 * CO2_WASHED / CO2, "own_data": 100 - 100 * CO2_WASHED / CO2})


def test_weak_data_weaken_a_sound_factor(tmp_path):
    """Raw coal by a transcribed factor, entered from memory."""
    rows = ROWS.replace("C31,final,raw_coal,100,10^4 t,,,", "C31,final,raw_coal,100,10^4 t,,,recalled")
    found = shares(run(small(tmp_path, rows)), "co2_evidence_share", definition="provincial_2011")
    assert found == pytest.approx({"recalled": 100 * CO2_COAL / CO2, "assumed": 100 * (CO2_GAS + CO2_WASHED) / CO2})


def test_a_measured_heat_value_takes_the_range_out_of_the_chain(tmp_path):
    """38 MJ/m3 measured: nothing of natural gas rests on the printed range, in energy and in CO2."""
    rows = ROWS.replace("natural_gas,1,10^8 m3,,,", "natural_gas,1,10^8 m3,,0.038,")
    found = run(small(tmp_path, rows))
    assert NATURAL_GAS not in {one["factor_id"] for one in found.factors}
    gas = 1e8 * 0.038 / 29.3076 / 1e4
    levels = shares(found, "energy_factor_evidence_share", basis="calorific")
    assert levels["own_data"] == pytest.approx(100 * gas / (GROSS - GAS + gas))
    # the carbon content of natural gas is from memory in the guideline's set, its oxidation transcribed
    assert found.metrics.query("metric == 'co2_by_item' and item == 'natural_gas'")["evidence"].tolist() == ["recalled"]


def factor(results: Results, name: str) -> dict:
    return next(one for one in results.factors if one["factor_id"] == name)


def part(results: Results, name: str, which: str = "value") -> dict:
    return next(one for one in factor(results, name)["parts"] if one["part"] == which)


@pytest.mark.parametrize(
    ("name", "low", "high", "value", "rule"),
    [(NATURAL_GAS, 1.2143, 1.33, 1.33, "high"), (WASHED_COAL, 0.2857, 0.4286, 0.2857, "low")],
)
def test_a_printed_range_keeps_both_ends_and_what_was_taken(results, name, low, high, value, rule):
    found = part(results, name)
    assert (found["low"], found["high"], found["value"]) == (low, high, None)
    assert {(one["value"], one["rule"], one["evidence"]) for one in found["taken"]} == {(value, rule, "assumed")}
    assert all(one["reason"] and one["reason_en"] for one in found["taken"])


def test_a_lent_part_names_lender_and_borrower(results):
    found = part(results, LENDER, "oxidation")
    assert (found["value"], found["used"], [(one["item"], one["role"]) for one in found["for"]]) == (
        0.9, True, [("other_washed_coal", "lent")],
    )  # fmt: skip
    assert not part(results, LENDER, "carbon_content")["used"]  # the guideline prints its own
    table = results.factor_parts.query("item == 'other_washed_coal' and account == 'provincial_2011'")
    assert set(zip(table["printed_in"], table["serves"], strict=True)) == {
        ("combustion/provincial_2011#other_washed_coal/co2", "carbon_content"), (LENDER, "oxidation"),
        (WASHED_COAL, "coal_equivalent"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "total", "value"),
    [
        (NATURAL_GAS, "energy_total@410000:2019?basis=calorific", 100 * GAS / GROSS),
        (NATURAL_GAS, "co2_energy@410000:2019?definition=provincial_2011", 100 * CO2_GAS / CO2),
        (LENDER, "co2_energy@410000:2019?definition=provincial_2011", 100 * CO2_WASHED / CO2),
        ("standard_coal/gbt2589_2008#coke/tce_calorific", "energy_total@410000:2019?basis=calorific", -100 * COKE / GROSS),
        ("combustion/provincial_2011#bituminous/co2", "co2_energy@410000:2019?definition=provincial_2011", 100 * CO2_COAL / CO2),
    ],
)  # fmt: skip
def test_the_share_that_rests_on_a_factor(results, name, total, value):
    found = {one["total"]: one["share"] for one in factor(results, name)["shares"]}
    assert found[total] == pytest.approx(value)


def test_henan_natural_gas_by_hand(henan):
    """97.79 x 10^8 m3 on balance (final 97.17, put into power and heat plants 0.62 less) at 13.3 tce per 10^4 m3."""
    found = {one["total"]: one for one in factor(henan, NATURAL_GAS)["shares"]}
    own = found["energy_total@410000:2019?basis=calorific"]
    rows = henan.activity.query("item == 'natural_gas' and sector == ''")
    final = rows.query("flow == 'final'")["quantity"].sum()
    put_in = rows[rows["flow"].str.startswith("tr_")]["quantity"].sum()
    assert own["terms"][0]["value"] == pytest.approx((final - put_in) * 13.3)
    gross = henan.value("energy_gross_contributions@410000:2019?basis=calorific")
    assert own["share"] == pytest.approx(100 * (final - put_in) * 13.3 / gross)


@pytest.mark.parametrize("place", ["henan", "henan_2007", "china_2007", "enterprise_demo"])
def test_contributions_are_the_whole_total_and_shares_add_up(place, henan):
    found = henan if place == "henan" else run(Workspace.open(place))
    bases = {key: step for key, step in found.steps_by_figure.items() if "_gross_contributions@" in key}
    assert len(bases) >= 3
    for key, step in bases.items():
        name = "energy" if key.startswith("energy") else "co2"
        totals = ("energy_total", "energy_comprehensive") if name == "energy" else ("co2_enterprise", "co2_energy")
        whole = [one for one in totals if key.replace(f"{name}_gross_contributions", one) in found.steps_by_figure]
        total = found.value(key.replace(f"{name}_gross_contributions", whole[0]))
        assert sum(term.value for term in step.terms) == pytest.approx(total, rel=1e-9), key
        for kind in ("evidence_share", "factor_evidence_share", "data_evidence_share"):
            tail = key.partition("@")[2].partition("?")
            same = [
                s.value for figure, s in found.steps_by_figure.items()
                if figure.startswith(f"{name}_{kind}@{tail[0]}?category=") and figure.endswith(tail[2])
            ]  # fmt: skip
            assert sum(same) == pytest.approx(100), (key, kind)


def laid_out(results: Results, lang: str) -> Document:
    return lay_out(cp.Run(results, FactorLibrary.bundled()).report(), lang)


def texts(table: TableNode) -> list[list[str]]:
    return [["".join(run_.text for run_ in cell.line) for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("zh", ("取用值", "0.2857（下限）", "1.33（上限）", "借给其他洗煤", "碳氧化率本集未印")),
        ("en", ("Taken", "0.2857 (low end)", "1.33 (high end)", "lent to other washed coal", "oxidation rate is not printed here")),
    ],
)  # fmt: skip
def test_the_annex_prints_what_was_taken_and_from_whom(results, lang, words):
    document = laid_out(results, lang)
    tables = [node for node in document.nodes if isinstance(node, TableNode) and node.table.id.startswith("factors-")]
    said = "\n".join(
        [cell.text for table in tables for line in table.head for cell in line]
        + [text for table in tables for line in texts(table) for text in line]
        + ["".join(run_.text for run_ in note) for table in tables for note in table.notes]
    )
    for word in words:
        assert word in said
    rows = {line[0]: line for table in tables for line in texts(table) if table.table.id.endswith("gbt2589_2008")}
    gas = rows["天然气" if lang == "zh" else "Natural gas"]
    assert gas[-2:] == [f"{100 * GAS / GROSS:.2f}", f"{100 * CO2_GAS / CO2:.2f}"]


def test_factors_that_matter_stand_first(results):
    document = laid_out(results, "zh")
    node = next(
        n for n in document.nodes if isinstance(n, TableNode) and n.table.id == "factors-standard_coal-gbt2589_2008"
    )
    assert [line[0] for line in texts(node)] == ["原煤", "焦炭", "天然气", "电力"]


@pytest.mark.parametrize(
    ("lang", "level"),
    [("zh", ("公开转录（未核原文）", "假定", "凭记忆待核")), ("en", ("transcribed", "assumed", "recalled"))],
)
def test_the_report_prints_the_shares_as_table_and_sentence(results, lang, level):
    document = laid_out(results, lang)
    table = next(n for n in document.nodes if isinstance(n, TableNode) and n.table.id == "evidence-2019")
    chain = [(line[0], line[1]) for line in texts(table) if len(line) > 1]
    assert (level[0], f"{100 * (RAW_COAL - COKE) / GROSS:.1f}") in chain
    assert (level[1], f"{100 * (GAS + WASHED) / GROSS:.1f}") in chain
    assert (level[2], f"{100 * POWER / GROSS:.1f}") in chain
    said = "\n".join("".join(r.text for r in n.line) for n in document.nodes if isinstance(n, ParagraphNode))
    for share in (
        100 * (GAS + WASHED + POWER) / GROSS,
        100 * (GAS + WASHED) / GROSS_EQ,
        100 * (CO2_GAS + CO2_WASHED) / CO2,
    ):
        assert f"{share:.1f}%" in said
    notes = "".join("".join(run_.text for run_ in note) for note in table.notes)
    assert ("绝对值" if lang == "zh" else "absolute") in notes


def test_explain_tells_range_lender_and_share(results):
    done = cp.Run(results, FactorLibrary.bundled())
    node = done.explain("co2_by_item@410000:2019?item=other_washed_coal&definition=provincial_2011")
    text = "\n".join(node.lines())
    assert "原文只印区间，取0.2857 吨标准煤/吨 (下限)" in text
    assert "借用" in text
    assert "碳氧化率 = 0.9" in text
    assert f"支撑 {100 * WASHED / GROSS:.12g} %" in text
    assert '"rule": "low"' in json.dumps(node.record(), ensure_ascii=False)
    levels = done.explain("energy_evidence_share@410000:2019?category=assumed&basis=calorific")
    assert [child.text.partition(" = ")[0] for child in levels.below[1:-1]] == ["天然气", "其他洗煤"]


def test_shares_of_a_factor_are_figures_with_a_step(results):
    done = cp.Run(results, FactorLibrary.bundled())
    text = "\n".join(done.explain(f"factor/{NATURAL_GAS}/share_of_energy").lines())
    assert f"{GAS:.12g} 万吨标准煤" in text


@pytest.mark.parametrize(
    ("name", "value", "rule"),
    [
        (NATURAL_GAS, 1.33, "high"),
        ("standard_coal/gbt2589_2020#coke_oven_gas/tce_calorific", 0.6143, "high"),
        (WASHED_COAL, 0.2857, "low"),
    ],
)
def test_the_library_tells_what_profiles_take(name, value, rule):
    library = FactorLibrary.bundled()
    own = next(one for one in show(library, name)["taken"] if one["part"] == "value" and "energy" in one["profiles"])
    assert (own["value"], own["rule"], own["evidence"]) == (value, rule, "assumed")
    assert own["low"] <= own["value"] <= own["high"]
    found = search(library, name.partition("#")[0] + " " + name.partition("#")[2])
    assert found["taken"].iloc[0] == show(library, name)["taken"]
    assert show(library, "standard_coal/gbt2589_2008#coke/tce_calorific")["taken"] == []


def test_the_command_line_gives_shares_and_values_taken(tmp_path):
    small(tmp_path / "w")
    done = CliRunner().invoke(
        app, ["run", str(tmp_path / "w"), "--out", str(tmp_path / "o"), "--format", "html", "--json"]
    )
    found = {
        (one["metric"], one["basis"], one["category"]): one["value"]
        for one in json.loads(done.stdout)["evidence_shares"]
    }
    assert found["energy_evidence_share", "calorific", "recalled"] == pytest.approx(100 * POWER / GROSS)
    listed = CliRunner().invoke(app, ["factors", "search", "gbt2589_2008", "natural_gas"]).stdout
    assert "1.33（上限）" in listed


def test_verify_finds_a_changed_share_and_a_changed_value(tmp_path):
    small(tmp_path / "w")
    done = cp.open(tmp_path / "w").run_into(tmp_path / "o", formats=("html",))
    assert verify.verify(done.folder).same
    again = verify.recomputed(done.folder)
    metric = again.metrics["metric"].eq("energy_evidence_share")
    again.metrics.loc[metric, "value"] += 1
    again.factor_parts["value"] *= 1.01
    found = {one["table"] for one in verify.compare(done.results, again)}
    assert found == {"metrics", "factor_parts"}
