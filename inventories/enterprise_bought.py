"""What an enterprise buys: electricity and heat with their factors, certificates, and what may not be used for them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from ..accounting import purchased, units
from ..accounting.problems import Problem, Where
from ..accounting.purchased import Chosen
from ..accounting.steps import Term, lines_query
from ..factors.profile import Profile
from ..factors.questions import KEYS
from ..factors.resolve import resolve
from .draft import Draft
from .enterprise_messages import MESSAGES
from .readers.entities import Entities
from .standards import standard

CANONICAL = {"electricity": "kWh", "heat": "GJ"}
INVENTORY = "inventory.yaml"


def profile(draft: Draft) -> Profile:
    """Return the factor profile of the enterprise's report."""
    inventory = draft.inventory
    return draft.library.profile(inventory.profile or standard(inventory.standards[0], draft.workspace.root).profile)


def guard(draft: Draft) -> Iterator[Problem]:
    """Yield what an enterprise's report may not use: another purpose's factors, more certificates than electricity."""
    chosen = profile(draft)
    if chosen.purpose != "enterprise":
        yield MESSAGES.problem("EF-PROFILE", Where(file=INVENTORY, key="profile"), chosen.id, "enterprise_2024")
    rows = draft.prepared.frame
    kinds = rows["attributes"].str.extract(r"(?:^|;)ef_kind=([a-z]+)", expand=False)
    asked = rows[rows["item"].isin(list(CANONICAL)) & kinds.notna() & kinds.ne("average")]
    for kind, source in zip(kinds[asked.index], asked["source"], strict=True):
        yield MESSAGES.problem("EF-KIND", Where.parse(str(source)), str(kind), "average")


def record(draft: Draft) -> None:
    """Record purchased electricity and heat of every entity and year, location-based and, with certificates, market-based."""
    frame = draft.prepared.frame
    pairs = frame[["entity", "year"]].drop_duplicates()
    for entity, year in zip(pairs["entity"].astype(str), pairs["year"].astype(str), strict=True):
        place = frame[(frame["entity"] == entity) & (frame["year"] == year)]
        where = {"entity": entity, "period": year}
        power = _net(place, "electricity", 1e4, "10^4 kWh")
        if power is not None:
            average, certified = _factor(draft, where, "electricity"), _certified(draft, where, power)
            purchased.electricity(draft.metrics, where, power, average, certified)
        heat = _net(place, "heat", 1.0, "GJ")
        if heat is not None:
            purchased.heat(draft.metrics, where, heat, _factor(draft, where, "heat"))


def _net(place: pd.DataFrame, item: str, scale: float, unit: str) -> list[Term] | None:
    """Return the parts of the net purchase: purchases less supplies; without purchases, consumption less own output."""
    own = place[place["item"] == item]
    sums = own.groupby("flow")["amount"].sum()
    if "purchase" in sums:
        signs = {"purchase": 1, "sold": -1}
    elif {"consumption", "production_use"} & set(sums.index):
        main = "consumption" if "consumption" in sums else "production_use"
        signs = {main: 1, "transformation_output": -1, "recovered": -1}
    else:
        return None
    return [
        Term(purchased.PARTS[flow], sign * float(sums[flow]) / scale, unit, _query(own, item, flow))
        for flow, sign in signs.items()
        if flow in sums
    ]


def _query(own: pd.DataFrame, item: str, flow: str) -> str:
    periods = ",".join(sorted(set(own.loc[own["flow"] == flow, "period"])))
    return lines_query(account="energy", entity=str(own["entity"].iloc[0]), period=periods, item=item, flow=flow)


def _factor(draft: Draft, where: dict[str, str], item: str, kind: str = "") -> Chosen:
    key = {
        "entity": where["entity"], "year": where["period"], "sector": "", "flow": "purchase", "item": item,
        "attributes": f"ef_kind={kind}" if kind else "", "unit": CANONICAL[item], "quantity": "co2",
    }  # fmt: skip
    asked = pd.DataFrame([key])[list(KEYS)]
    found = resolve(asked, draft.library, profile(draft), regions=draft.maker.regions)
    if found.coefficients.empty:
        return Chosen(None, missing=str(found.unmatched["detail"].iloc[0]))
    row = found.coefficients.iloc[0]
    return Chosen(float(row["value"]), str(row["factor_id"]), str(row["evidence"]), why=str(row["matched_on"]))


def _certified(draft: Draft, where: dict[str, str], power: list[Term]) -> tuple[float, Chosen, str] | None:
    """Green power claimed with retired certificates in this year; never more than was bought."""
    if where["entity"] != Entities.of(draft.inventory).find(draft.inventory.entity):
        return None
    own = [entry for entry in draft.inventory.certificates if str(entry.year) == where["period"]]
    if not own:
        return None
    kwh = sum(entry.value * units.factor(entry.unit, "kWh") for entry in own)
    bought = sum(term.value or 0.0 for term in power) * 1e4
    if kwh > bought:
        at = Where(file=INVENTORY, key="certificates")
        draft.problems.add(MESSAGES.problem("EF-CERTIFICATE", at, f"{kwh / 1e4:g}", f"{bought / 1e4:g}"))
        return None
    source = "；".join(f"inventory.yaml certificates {entry.retired_on} {entry.source}".strip() for entry in own)
    return kwh, _factor(draft, where, "electricity", "residual"), source
