"""What `explain` names is what was multiplied: every line of the energy account is its input times its coefficient."""

import math

import pytest

from carbonpeak.accounting import units
from carbonpeak.accounting.splitting import origin
from carbonpeak.accounting.wording import plain
from carbonpeak.inventories.codes import unit_of
from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.line_steps import arithmetic

from .known_answers.places import example

EXAMPLES = ("henan", "henan_2007", "china_2007")
TCE_PER_WHOLE = 1e6


@pytest.fixture(scope="module", params=EXAMPLES)
def results(request):
    return example(request.param)


def in_base(row) -> float:
    """Quantity of an activity row in the base unit of its carrier, or in tce."""
    base = "tce" if row["unit"].endswith("tce") else unit_of(row["item"])
    return row["quantity"] * units.factor(row["unit"], base)


def test_every_energy_line_is_what_its_explanation_names(results):
    rows = results.activity.set_index("row_id").to_dict("index")
    on = ["entity", "year", "sector", "flow", "item"]
    own = results.coefficients.query("account == 'energy' and quantity == 'tce_calorific'")
    factor = dict(zip(map(tuple, own[[*on, "factor_id"]].to_numpy()), own["value"], strict=True))
    linked = results.line_inputs.query("account == 'energy' and role == 'coefficient'")
    cell = dict(zip(linked["line_id"], linked["row_id"], strict=True))
    lines = results.lines.query("account == 'energy' and quantity == 'tce_calorific'").to_dict("records")
    assert len(lines) > 250
    for line in lines:
        amount = in_base(rows[origin(line["line_id"].rsplit("/", 2)[0])])
        if line["line_id"] in cell:
            assert line["factor_id"] == ""
            amount = in_base(rows[cell[line["line_id"]]])
        elif line["factor_id"]:
            key = (line["entity"], line["period"], line["sector"], line["flow"], line["item"], line["factor_id"])
            amount *= factor[key]
        assert math.isclose(line["value"], amount * TCE_PER_WHOLE, abs_tol=0.51, rel_tol=1e-12), line["line_id"]


def test_the_national_coal_rate_is_explained_by_input_and_output():
    """EV-01b: 93 533.8 x 10^4 tce over 27 229.33 x 10^8 kWh, thermal power of the national balance of 2007."""
    text = "\n".join(explain(example("china_2007"), "coal_rate@CN:2007").lines())
    assert "火力发电投入 = 93533.8" in text
    assert "火力发电量 = 27229.33" in text
    assert "balance_physical_2007.csv" in text


def test_a_local_coefficient_is_explained_by_both_tables():
    """National balance 2007, final consumption of raw coal: 54 175.34 x 10^4 t and 39 264.08 x 10^4 tce."""
    text = "\n".join(explain(example("china_2007"), "energy_total@CN:2007?basis=calorific").lines())
    block = text.split("终端消费量，原煤，折标准煤（当量值） = ")[1]
    assert "balance_physical_2007.csv!E185 = 54175.33904 万吨" in block
    assert "balance_standard_2007.csv!E225 = 39264.079267" in block
    assert "GB/T 2589" not in block


def product(text: str) -> float:
    """Multiply what a printed product says: the number of every factor, 44/12, and GJ/t over GJ/tce."""
    total = 1.0
    for factor in text.split(" x "):
        over = [float(part.split()[0].split("（")[0]) for part in factor.replace("44/12", "44 / 12").split(" / ")]
        total *= over[0] / math.prod(over[1:])
    return total


def test_the_arithmetic_of_every_line_gives_its_result(results):
    """Steps of units and factors as printed multiply to the ledger's value; only signs and declared shares stand beside."""
    printed = 0
    for line in results.lines.to_dict("records"):
        linked = results.line_inputs.query("account == @line['account'] and line_id == @line['line_id']")
        text = plain(arithmetic(results, line, line["line_id"].rsplit("/", 2)[0])) if linked.empty else ""
        if not text:
            continue
        printed += 1
        left, _, right = text.partition("；")[2 if "；" in text else 0].rpartition(" = ")
        share = float(left.split(" x ")[-1].split("（")[0]) if "（" in left else 1.0
        assert share in (1.0, -1.0) or "~" in line["line_id"] or 0 < abs(share) < 1, text
        assert math.isclose(product(left), float(right.split()[0]), rel_tol=1e-5, abs_tol=1e-6), text
        assert math.isclose(float(right.split()[0]) * 1e6, line["value"], rel_tol=1e-9, abs_tol=1), text
    assert printed > 100 or results.workspace.inventory.id == "china_2007"


def test_the_unit_steps_of_a_line():
    """Henan 2019, raw coal: 3778.75 x 10^4 t x 0.7143 kgce/kg = 26 991 611.25 tce."""
    text = "\n".join(explain(example("henan"), "energy_total:2019").lines())
    assert "3778.75 万吨 = 37787500 吨；37787500 吨 x 0.7143 吨标准煤/吨 = 26991611.25 吨标准煤" in text
