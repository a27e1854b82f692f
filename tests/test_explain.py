"""What `explain` names is what was multiplied: every line of the energy account is its input times its coefficient."""

import math

import pytest

from carbonpeak.accounting import units
from carbonpeak.accounting.splitting import origin
from carbonpeak.inventories.codes import unit_of
from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.run import run
from carbonpeak.inventories.workspace.workspace import Workspace

EXAMPLES = ("henan", "henan_2007", "china_2007")
TCE_PER_WHOLE = 1e6


@pytest.fixture(scope="module", params=EXAMPLES)
def results(request):
    return run(Workspace.open(request.param))


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
    text = "\n".join(explain(run(Workspace.open("china_2007")), "coal_rate@CN:2007").lines())
    assert "火力发电投入 fuel input = 93533.8" in text
    assert "火力发电量 output = 27229.33" in text
    assert "balance_physical_2007.csv" in text


def test_a_local_coefficient_is_explained_by_both_tables():
    """National balance 2007, final consumption of raw coal: 54 175.34 x 10^4 t and 39 264.08 x 10^4 tce."""
    text = "\n".join(explain(run(Workspace.open("china_2007")), "energy_total@CN:2007?basis=calorific").lines())
    block = text.split("final/raw_coal")[1].split("tce_calorific =")[1]
    assert "balance_physical_2007.csv!E185 = 54175.33904" in block
    assert "balance_standard_2007.csv!E225 = 39264.079267" in block
    assert "GB/T 2589" not in block
