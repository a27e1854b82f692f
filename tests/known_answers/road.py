"""Motor fuel of Henan 2019 before and after the split into road transport."""

from __future__ import annotations

from carbonpeak.accounting import rates
from carbonpeak.inventories.results import Results

from . import places
from .compare import Answer

FUELS = ("gasoline", "diesel")
ACCOUNT, TRANSPORT = "provincial_2011", "E1.4"
WHERE = {"definition": ACCOUNT, "period": "2019"}


def split() -> Answer:
    """CO2 (Mt) of the balance's transport row, and of road after the declared split, both of gasoline and diesel.

    The factors are those of the CEADs set, with which the answer was computed; the shipped ones stand beside.
    """
    after, before = _run(), _run(road_split=[])
    lines = before.lines[(before.lines["account"] == ACCOUNT) & (before.lines["category"] == TRANSPORT)]
    fuel = lines[lines["item"].isin(list(FUELS)) & (lines["quantity"] == "co2")]
    row, road = float(fuel["value"].sum()) / 1e12, places.metric(after, "co2_road", **WHERE) / 100
    sums = [sum(places.metric(one, "co2_by_item", item=item, **WHERE) for item in FUELS) for one in (before, after)]
    shipped = places.example("henan")
    beside = {f"{name}_Mt": places.metric(shipped, "co2_road", definition=name, period="2019") / 100
              for name in (ACCOUNT, "ipcc_2006")}  # fmt: skip
    return Answer(
        {
            "row_Mt": row,
            "road_Mt": road,
            "rise_pct": rates.change(road, row),
            "sum_unchanged": abs(sums[0] - sums[1]) < 1e-6,
        },
        beside=beside,
    )


def _run(**changes: object) -> Results:
    return places.example_with("henan", profile="ceads", standards=[ACCOUNT], plans=[], price_years=[], **changes)
