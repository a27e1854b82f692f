"""What part of a printed row a ledger line took, for `explain`: the splits of the run applied to that one row again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..accounting import recovered_gas, splitting
from ..accounting.figure_id import figure_id
from ..accounting.recovered_gas import Share
from ..accounting.splitting import Split, origin
from ..accounting.wording import words
from . import mixes
from .results import Results

WORDS = {
    "road": words("车用油品", "burnt on the road"), "air": words("航空煤油", "burnt in aircraft"),
    "bio": words("生物质份额", "biogenic share"), "emitted": words("非能源利用中排放的部分", "emitted part of non-energy use"),
    "stored": words("固碳部分", "stored part"),
    "uncontrolled": words("无排放控制的汽油车", "gasoline vehicles without control"),
    "oxidation_catalyst": words("氧化型催化器的汽油车", "gasoline vehicles with oxidation catalyst"),
    "low_mileage_ldv_1995_on": words("低里程轻型汽油车（新车型年）", "low-mileage light gasoline vehicles of late model years"),
    "cfb": words("循环流化床锅炉", "fluidised bed boilers"), "pulverized": words("煤粉锅炉", "pulverized coal boilers"),
    "stoker": words("层燃锅炉", "stoker boilers"), "other": words("其他锅炉", "other boilers"),
    "biomass_fuel": words("申报的其他能源中的生物质", "biomass in other energy, as declared"),
    "municipal_waste_fuel": words("申报的其他能源中的城市生活垃圾", "municipal waste in other energy, as declared"),
    "industrial_waste_fuel": words("申报的其他能源中的工业废料", "industrial waste in other energy, as declared"),
    "waste_heat_pressure": words("申报的其他能源中的余热余压", "waste heat and pressure in other energy, as declared"),
    "works": words("其他煤气中制气所产的部分", "gas made at gas works, in the column other gas"),
}  # fmt: skip
REST = words("申报拆分后余下的部分", "what the declared split leaves")


def said(results: Results, line: Mapping[str, Any]) -> str:
    """Return what part of its row a line took and why, '' where it took all."""
    row_id = str(line["line_id"]).rsplit("/", 2)[0]
    found = results.activity[results.activity["row_id"] == origin(row_id)]
    if found.empty or line["account"] == "energy":
        return ""
    row = found.assign(year=found["period"].str[:4], amount=found["quantity"])
    parts = splitting.apply(row, _splits(results, line)).set_index("row_id")["quantity"]
    whole = float(found["quantity"].iloc[0])
    if row_id not in parts.index or not whole or float(parts[row_id]) == whole:
        return ""
    suffix = row_id.partition("~")[2].rpartition("~")[2]
    why = WORDS.get(suffix, suffix) if suffix else REST
    named = f"，{words('见', 'see')} {_figure(line)}" if suffix == "works" else ""
    return f"{float(parts[row_id]) / whole:.6g}（{why}{named}）"


def _splits(results: Results, line: Mapping[str, Any]) -> list[Split]:
    """The splits of the run for the place and period of a line, in the order in which they applied."""
    declared = results.splits
    figure = _figure(line)
    if line["item"] != recovered_gas.COLUMN or figure not in results.steps_by_figure:
        return declared
    part = Share((results.value(figure) or 0.0) / 100, "", ())
    return [mixes.split(str(line["entity"]), str(line["period"]), part), *declared]


def _figure(line: Mapping[str, Any]) -> str:
    return figure_id(recovered_gas.METRIC, str(line["entity"]), str(line["period"]), item=recovered_gas.COLUMN)
