"""The computation of an enterprise: comprehensive energy consumption, CO2 of combustion, purchased electricity and heat."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ..accounting import enterprise, purchased, units
from ..accounting.energy import Rate
from ..accounting.models import weakest
from ..accounting.purchased import Chosen
from ..accounting.steps import Term, lines_query
from ..factors.questions import KEYS
from ..factors.resolve import resolve
from . import energy_run
from .accounts import Account
from .checks import enterprise_forms
from .draft import Draft, Parts, Progress, evidence_of, process
from .frame import Prepared
from .standards import standard

GRAMS_PER_T = 1_000_000
CARBON_TO_PRODUCTS = ("tr_wash", "tr_coking", "tr_refining", "tr_gasworks")
"""processes of form 205-2 whose input is not burnt: its carbon leaves with the products"""


def compute(draft: Draft, progress: Progress) -> Parts:
    """Compute the accounts of an enterprise workspace."""
    progress("综合能源消费量 comprehensive energy consumption")
    kinds = {key: carrier.kind_of for key, carrier in draft.library.carriers.items() if carrier.kind_of}
    running = [source.id for source in draft.workspace.sources if source.layout == "form_205"]
    frame = draft.prepared.frame
    frame = frame.assign(cumulative=frame["row_id"].str.rpartition("/")[0].isin(running))
    rows = enterprise.usable(frame, kinds, running)
    rows = rows[~rows["item"].isin(list(draft.book.totals))].drop(columns="cumulative")
    draft.problems.extend(enterprise_forms.check(rows, frame, kinds))
    used = replace(draft, maker=replace(draft.maker, prepared=_with(draft, rows)))
    energy = used.maker.energy(draft.library.profile("energy"))
    _energy(used, energy, frame)
    draft.problems.raise_errors()
    progress("排放核算 emission accounts")
    accounts = [energy, *_emissions(used), *process(used)]
    _bought(used)
    for entity, year in _years(rows):
        purchased.total(draft.metrics, {"entity": entity, "period": year})
    return Parts(accounts)


def _with(draft: Draft, rows: pd.DataFrame) -> Prepared:
    columns = list(draft.prepared.keys.columns)
    return replace(draft.prepared, frame=rows, keys=rows[columns].drop_duplicates(ignore_index=True))


def _years(rows: pd.DataFrame) -> list[tuple[str, str]]:
    pairs = rows.assign(year=rows["period"].str[:4])[["entity", "year"]].drop_duplicates()
    return [(str(entity), str(year)) for entity, year in zip(pairs["entity"], pairs["year"], strict=True)]


def _energy(draft: Draft, energy: Account, frame: pd.DataFrame) -> None:
    rows = draft.prepared.frame
    ids = energy.lines["line_id"].str.rsplit("/", n=2).str[0]
    tce = pd.Series(energy.lines["value"].to_numpy() / GRAMS_PER_T, index=ids)
    rates: dict[str, Rate | None] = {
        year: energy_run.declared_rate(int(year), draft.inventory, draft.library) for _, year in _years(rows)
    }
    with_tce = rows.assign(tce=rows["row_id"].map(tce).fillna(0.0))
    draft.problems.extend(enterprise_forms.totals(with_tce, frame))
    enterprise.record(with_tce, draft.metrics, rates)


def _emissions(draft: Draft) -> list[Account]:
    accounts = []
    maker = replace(draft.maker, prepared=_with(draft, _products_apart(draft.prepared.frame)), splits=())
    for name in draft.inventory.standards:
        chosen = standard(name, draft.workspace.root)
        profile = draft.library.profile(draft.inventory.profile or chosen.profile)
        account = maker.emissions(chosen, profile, {})
        _scope1(draft, account, chosen.title.zh)
        accounts.append(account)
    return accounts


def _products_apart(frame: pd.DataFrame) -> pd.DataFrame:
    """Give transformation input whose carbon leaves with the products a flow of its own."""
    words = "|".join(f"process={flow}" for flow in CARBON_TO_PRODUCTS)
    apart = (frame["flow"] == "transformation_input") & frame["attributes"].str.contains(words, regex=True)
    return frame.assign(flow=frame["flow"].mask(apart, "carbon_to_products"))


def _scope1(draft: Draft, account: Account, rule: str) -> None:
    counted = account.lines[account.lines["bucket"] == "counted"]
    evidence = counted["factor_id"].map(evidence_of(account)).fillna("")
    grouped = counted.assign(year=counted["period"].str[:4]).groupby(["entity", "year"], sort=True)
    for (entity, year), part in grouped:
        where = {"entity": str(entity), "period": str(year)}
        terms = []
        for item, own in part.groupby("item", sort=True):
            query = lines_query(
                account=account.id, entity=str(entity), period=_periods(own), item=str(item), bucket="counted"
            )
            terms.append(Term(str(item), int(own["value"].sum()) / GRAMS_PER_T, "t", query))
        draft.metrics.add(
            "co2_scope1", int(part["value"].sum()) / GRAMS_PER_T, "t", **where,
            equation="Σ 消费量 x 低位发热量 x 单位热值含碳量 x 碳氧化率 x 44/12", terms=terms, rule=rule,
            evidence=weakest(evidence.loc[part.index].unique()),
        )  # fmt: skip


def _periods(rows: pd.DataFrame) -> str:
    return ",".join(sorted(set(rows["period"])))


def _bought(draft: Draft) -> None:
    rows = draft.prepared.frame.assign(year=draft.prepared.frame["period"].str[:4])
    for entity, year in _years(rows):
        place = rows[(rows["entity"] == entity) & (rows["year"] == year)]
        where = {"entity": entity, "period": year}
        power = _net(place, "electricity", 1e4, "10^4 kWh")
        if power is not None:
            purchased.electricity(
                draft.metrics, where, power, _factor(draft, where, "electricity", "kWh"), _certified(draft, where)
            )
        heat = _net(place, "heat", 1.0, "GJ")
        if heat is not None:
            purchased.heat(draft.metrics, where, heat, _factor(draft, where, "heat", "GJ"))


def _net(place: pd.DataFrame, item: str, scale: float, unit: str) -> Term | None:
    """Purchases less supplies to others; where a file has no purchases, consumption less own output."""
    own = place[place["item"] == item]
    sums = own.groupby("flow")["amount"].sum()
    if "purchase" in sums:
        amount, flows = sums["purchase"] - sums.get("sold", 0.0), "purchase,sold"
    elif {"consumption", "production_use"} & set(sums.index):
        main = "consumption" if "consumption" in sums else "production_use"
        amount, flows = sums[main] - sums.get("transformation_output", 0.0) - sums.get("recovered", 0.0), main
    else:
        return None
    query = lines_query(
        account="energy", entity=str(own["entity"].iloc[0]), period=_periods(own), item=item, flow=flows
    )
    return Term(f"净购入 {item}", float(amount) / scale, unit, query)


def _factor(draft: Draft, where: dict[str, str], item: str, unit: str, kind: str = "") -> Chosen:
    profile = draft.library.profile(draft.inventory.profile or standard(draft.inventory.standards[0]).profile)
    key = {
        "entity": where["entity"], "year": where["period"], "sector": "", "flow": "purchase", "item": item,
        "attributes": f"ef_kind={kind}" if kind else "", "unit": unit, "quantity": "co2",
    }  # fmt: skip
    found = resolve(pd.DataFrame([key])[list(KEYS)], draft.library, profile, regions=draft.maker.regions)
    if found.coefficients.empty:
        return Chosen(None, missing=str(found.unmatched["detail"].iloc[0]) if len(found.unmatched) else "没有因子")
    row = found.coefficients.iloc[0]
    return Chosen(float(row["value"]), str(row["factor_id"]), str(row["evidence"]))


def _certified(draft: Draft, where: dict[str, str]) -> tuple[float, Chosen, str] | None:
    """Green power claimed with retired certificates in this year."""
    own = [entry for entry in draft.inventory.certificates if str(entry.year) == where["period"]]
    if not own:
        return None
    kwh = sum(entry.value * units.factor(entry.unit, "kWh") for entry in own)
    source = "；".join(f"inventory.yaml certificates {entry.retired_on} {entry.source}".strip() for entry in own)
    return kwh, _factor(draft, where, "electricity", "kWh", "residual"), source
