"""Derive the factors of the CEADs inventories from published tables: emission / net quantity, cell by cell.

    python -m carbonpeak.inventories.derive_ceads ENTITY ENERGY.csv CO2.csv [ENTITY ENERGY.csv CO2.csv …] > ceads_province.yaml

ENERGY is a provincial energy inventory, CO2 the emission inventory published for it (same year); each may be the
published table or the same facts re-tabulated in this tool's schema (layouts tidy and series). The first province named
gives every factor it can; later ones fill what it lacks. A fuel whose factor is one number in all sectors is
stored once; coals carry one factor per sector (sector-specific oxidation), and a sector that burns washed coal or
briquettes but no raw coal takes raw coal's factor through the constant ratio of the two. Nothing is fitted.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import pandas as pd

from ..accounting.methods import ceads
from ..factors.library import FactorLibrary
from . import codes
from .frame import Book, prepare
from .readers.read import read_all
from .workspace.models import Inventory
from .workspace.source_models import Source
from .workspace.workspace import Workspace

COALS = ("raw_coal", "other_washed_coal", "briquettes")
SPREAD = 1e-9
"""largest relative spread between sectors at which a fuel counts as having one factor"""
CHEMICAL = ("C26", "C27", "C28", "C29R", "C29P")


def cells(entity: str, energy: Path, co2: Path) -> pd.DataFrame:
    """Return sector, item, net (canonical unit), co2 (t), factor of every cell in which both tables hold a number."""
    net = net_quantities(entity, energy)
    both = published(co2).merge(net, on=["sector", "item"], how="outer").fillna(0.0)
    usable = both[(both["net"] > 0) & (both["co2"] > 0)]
    return usable.assign(factor=usable["co2"] / usable["net"], entity=entity).reset_index(drop=True)


def net_quantities(entity: str, energy: Path) -> pd.DataFrame:
    """Return the net quantity by sector and item of an energy inventory (accounting/methods/ceads.py)."""
    read = read_all(_workspace(entity, energy))
    read.problems.raise_errors()
    book = Book.of(FactorLibrary.bundled())
    frame = prepare(read.activity, book).frame
    rows = ceads.net(frame, frame["leaf"], book.sectors["chemical_5"], book.items["fossil"]).rows
    return rows[["sector", "item", "quantity"]].rename(columns={"quantity": "net"})


def _workspace(entity: str, energy: Path) -> Workspace:
    """A workspace of one table, in memory."""
    text = {"zh": entity, "en": entity}
    inventory = Inventory.model_validate({
        "schema": 1, "id": "derive", "kind": "region", "title": text, "entity": entity, "years": [2019],
        "standards": ["ceads"], "report": {"date": "2019-12-31"},
    })  # fmt: skip
    layout: Literal["tidy", "ceads"] = "tidy" if "flow" in _head(energy) else "ceads"
    source = Source(id="energy", file=energy.name, layout=layout, entity=entity, period="2019")
    return Workspace(energy.parent.resolve(), inventory, (source,))


def _head(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return next(csv.reader(file))


def published(path: Path) -> pd.DataFrame:
    """Return sector, item, co2 (t) of a published emission inventory.

    The published table holds Mt CO2 and its units in the second row; a series (`co2_literature`) holds 10^4 t.
    """
    if "metric" in _head(path):
        return _published_series(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, _, *rows = list(csv.reader(file))
    items = [codes.carriers().find(name) for name in head]
    found = []
    for row in rows:
        sector = codes.sectors().find(row[0])
        for item, text in zip(items, row, strict=True):
            if sector is not None and item is not None and text and float(text):
                found.append((sector.id, item.id, float(text) * 1e6))
    return pd.DataFrame(found, columns=["sector", "item", "co2"])


def _published_series(path: Path) -> pd.DataFrame:
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    cell = frame[(frame["metric"] == "co2_literature") & (frame["sector"] != "") & (frame["item"] != "")]
    return cell.assign(co2=cell["value"].astype(float) * 1e4)[["sector", "item", "co2"]].reset_index(drop=True)


def factors(provinces: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return item, sector ('' = every sector), factor, entity: the first province stands before the later ones."""
    out: dict[tuple[str, str], tuple[float, str]] = {}
    for frame in provinces:
        for item, sector, factor in _of_province(frame):
            out.setdefault((item, sector), (factor, str(frame["entity"].iloc[0])))
    _chemical(out)
    rows = [(item, sector, factor, entity) for (item, sector), (factor, entity) in sorted(out.items())]
    return pd.DataFrame(rows, columns=["item", "sector", "factor", "entity"])


def _of_province(frame: pd.DataFrame) -> Iterable[tuple[str, str, float]]:
    for item, part in frame[~frame["item"].isin(COALS)].groupby("item"):
        middle = float(part["factor"].median())
        if (part["factor"] / middle - 1).abs().max() < SPREAD:
            yield str(item), "", middle
    wide = frame[frame["item"].isin(COALS)].pivot_table(index="sector", columns="item", values="factor")
    wide = wide.reindex(columns=list(COALS))
    ratios = {item: (wide[item] / wide["raw_coal"]).median() for item in COALS}
    raw = wide["raw_coal"]
    for item in COALS[1:]:
        raw = raw.fillna(wide[item] / ratios[item])
    for item in COALS:
        for sector, value in (raw * ratios[item]).dropna().items():
            yield item, str(sector), float(value)


def _chemical(out: dict[tuple[str, str], tuple[float, str]]) -> None:
    """The chemical sectors seen share one factor; the two never seen take it, marked as assumed (entity '')."""
    for item in COALS:
        seen = {out[(item, sector)][0] for sector in CHEMICAL if (item, sector) in out}
        if seen and max(seen) / min(seen) - 1 < SPREAD:
            for sector in CHEMICAL:
                out.setdefault((item, sector), (min(seen), ""))


SET_ID = "combustion/ceads_province"
HEAD = """# Written by `python -m carbonpeak.inventories.derive_ceads`; never edited by hand.
schema: 1
id: {set_id}
kind: published
title: {zh: CEADs 省级排放清单隐含因子（由公布表推导；转录，未核原文）, en: 'Factors implied by the CEADs provincial emission inventories (derived from published tables; transcribed, text not checked)'}
publisher: CEADs
document: 'CEADs provincial energy and CO2 inventories 2019 (Guan et al. 2021 Earth''s Future; Shan et al. 2018, 2020 Scientific Data)'
year: 2019
basis: 二氧化碳 / 净消费量，含分行业碳氧化率 CO2 per net consumption, sector oxidation included
notes:
- 推导：公布的排放量 / 净消费量，取 12 位有效数字；煤类按行业，其余燃料各行业相同 / derived as published emission / net quantity, 12 significant digits
- 洗精煤在两省净消费为零，无法推导，不给因子 / cleaned coal has no positive net in the two provinces and gets no factor
- 化学纤维、橡胶制品业的煤未见，按其余化工行业同值，标为假定 / two chemical sectors never seen take the common factor of the others, marked assumed
factors:
"""


def as_yaml(table: pd.DataFrame, names: dict[str, str], set_id: str = SET_ID) -> str:
    """Return the factor set as YAML text; `names` maps entity to its printed name."""
    lines = []
    units = codes.carriers()
    for row in table.to_dict("records"):
        gas = units[row["item"]].unit == "m3"
        scale, unit = (1e4, "tCO2/10^4 m3") if gas else (1.0, "tCO2/t")
        source, evidence = (names[row["entity"]], "derived") if row["entity"] else ("化工行业同值", "assumed")
        sector = f"sector: {row['sector']}, " if row["sector"] else ""
        value = f"{{value: {row['factor'] * scale:.12g}, unit: {unit}, table: {source} 2019, evidence: {evidence}}}"
        lines.append(f"- {{item: {row['item']}, quantity: co2, {sector}value: {value}}}\n")
    return HEAD.replace("{set_id}", set_id) + "".join(lines)


def main(arguments: Sequence[str]) -> None:
    """Print the set derived from triples ENTITY ENERGY CO2."""
    triples = list(zip(arguments[0::3], arguments[1::3], arguments[2::3], strict=True))
    frames = [cells(entity, Path(energy), Path(co2)) for entity, energy, co2 in triples]
    regions = FactorLibrary.bundled().regions
    names = {entity: regions.label(entity) for entity, _, _ in triples}
    sys.stdout.write(as_yaml(factors(frames), names))


if __name__ == "__main__":
    main(sys.argv[1:])
