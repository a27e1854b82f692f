"""Motor fuel of Henan 2019 before and after the split into road transport."""

from __future__ import annotations

import pandas as pd

from carbonpeak.accounting import splitting
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.inventories import splits
from carbonpeak.inventories.frame import Book, prepare

from . import places
from .compare import Answer

FUELS = ("gasoline", "diesel")
SET = "combustion/ceads_province"


def split() -> Answer:
    """CO2 (Mt) of gasoline and diesel of the balance's transport row, and of road after the declared split.

    Factors are those of the CEADs set, with which the answer was computed; the provincial guideline stands beside.
    """
    results = places.example("henan")
    library = FactorLibrary.bundled()
    book = Book.of(library)
    before = prepare(results.activity, book).frame
    before = before[before["leaf"] & (before["flow"] == "final") & before["item"].isin(list(FUELS))]
    after = splitting.apply(before, splits.of(results.workspace.inventory, book))
    factor = {item: _factor(library, item) for item in FUELS}

    def co2(frame: pd.DataFrame) -> float:
        return float((frame["amount"] * frame["item"].map(factor)).sum()) / 1e6

    row, road = co2(before[before["sector"] == "G"]), co2(after[after["flow"] == "road"])
    beside = {f"{name}_Mt": places.metric(results, "co2_road", definition=name, period="2019") / 100
              for name in ("provincial_2011", "ipcc_2006")}  # fmt: skip
    return Answer(
        {
            "row_Mt": row,
            "road_Mt": road,
            "rise_pct": 100 * (road / row - 1),
            "sum_unchanged": abs(co2(before) - co2(after)) < 1e-6,
        },
        beside=beside,
    )


def _factor(library: FactorLibrary, item: str) -> float:
    found = library.factors(SET, item, "co2")[0].value
    assert found is not None
    assert found.value is not None
    return float(found.value)
