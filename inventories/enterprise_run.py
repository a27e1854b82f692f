"""The computation of an enterprise: comprehensive energy consumption, CO2 of combustion, purchased electricity and heat."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ..accounting import enterprise, purchased
from ..accounting.completeness import mark
from ..accounting.energy import Rate
from ..accounting.models import weakest
from ..accounting.steps import Term, lines_query
from ..accounting.wording import coded, words
from . import enterprise_bought, measured
from .accounts import Account
from .checks import enterprise_forms, enterprise_queries
from .draft import Draft, Parts, Progress, evidence_of, process
from .standards import standard

GRAMS_PER_T = 1_000_000
CARBON_TO_PRODUCTS = ("tr_wash", "tr_coking", "tr_refining", "tr_lng", "tr_briquette")
"""processes of form 205-2 whose input is not burnt: its carbon leaves with the products. Coal put into gas works is
counted there, as the gas made from it is not counted again"""
EQUATION = words(
    "Σ 消费量 x 低位发热量 x 单位热值含碳量 x 碳氧化率 x 44/12",
    "Σ consumption x net calorific value x carbon content x oxidation rate x 44/12",
)


def compute(draft: Draft, progress: Progress) -> Parts:
    """Compute the accounts of an enterprise workspace. Raises InputError with the errors of its forms."""
    progress("综合能源消费量 comprehensive energy consumption")
    kinds = {key: carrier.kind_of for key, carrier in draft.library.carriers.items() if carrier.kind_of}
    frame = draft.prepared.frame.assign(cumulative=cumulative(draft, draft.prepared.frame))
    silent = draft.prepared.notation.assign(cumulative=cumulative(draft, draft.prepared.notation))
    rows = enterprise.current(enterprise.usable(frame, kinds), silent)
    rows = rows[~rows["item"].isin(list(draft.book.totals))]
    draft.problems.extend(enterprise_bought.guard(draft))
    draft.problems.extend(enterprise_forms.check(frame, kinds))
    used = _with(draft, rows.drop(columns="cumulative"), enterprise.open_rows(silent, frame, kinds))
    energy = used.maker.energy(draft.standard_coal())
    rows = _with_energy(rows, energy)
    draft.problems.extend(enterprise_forms.totals(rows, frame))
    draft.problems.raise_errors()
    enterprise.record(
        rows.assign(without=rows["without"].map(lambda item: coded("carrier", item))), draft.metrics, _rates(used)
    )
    draft.problems.extend(enterprise_queries.check(rows, frame, draft.inventory.years))
    progress("排放核算 emission accounts")
    accounts = [energy, *_emissions(used), *process(used)]
    enterprise_bought.record(used)
    draft.problems.raise_errors()
    for entity, year in years(used):
        purchased.total(draft.metrics, {"entity": entity, "period": year})
    return Parts(accounts)


def cumulative(draft: Draft, frame: pd.DataFrame) -> pd.Series:
    """Tell which rows of a prepared frame are figures from 1 January: form 205-1 and 205-2 unless it says `span=month`, others if `span=ytd`."""
    forms = [source.id for source in draft.workspace.sources if source.layout == "form_205"]
    form = frame["row_id"].str.rsplit("/", n=1).str[0].isin(forms)
    said = frame["attributes"].str.extract(r"(?:^|;)span=(ytd|month)(?:;|$)", expand=False)
    return said.eq("ytd") | (form & said.ne("month"))


def years(draft: Draft) -> list[tuple[str, str]]:
    """Return entities and years of the rows, in order of appearance."""
    pairs = draft.prepared.frame[["entity", "year"]].drop_duplicates()
    return [(str(entity), str(year)) for entity, year in zip(pairs["entity"], pairs["year"], strict=True)]


def _with(draft: Draft, rows: pd.DataFrame, silent: pd.DataFrame) -> Draft:
    """Return the draft as if only these rows had been read, those without a number in `silent`."""
    keys = rows[list(draft.prepared.keys.columns)].drop_duplicates(ignore_index=True)
    prepared = replace(draft.prepared, frame=rows, keys=keys, notation=silent)
    return replace(draft, prepared=prepared, maker=replace(draft.maker, prepared=prepared))


def _with_energy(rows: pd.DataFrame, energy: Account) -> pd.DataFrame:
    """Add `grams` of coal equivalent, `level`, the evidence of the coefficient ('' where the row brings its own), and
    `without`, the carrier of a row that has no coefficient.
    """
    ids = energy.lines["line_id"].str.rsplit("/", n=2).str[0]
    levels = evidence_of(energy, rows)
    found = pd.DataFrame({"grams": energy.lines["value"].to_numpy(), "level": levels.to_numpy()}, index=ids)
    own = found.reindex(rows["row_id"])
    level = pd.Series(own["level"].to_numpy(), index=rows.index).fillna("")
    grams = pd.Series(own["grams"].to_numpy(), index=rows.index)
    unknown = grams.isna() & (rows["amount"] != 0)
    return rows.assign(
        grams=grams.fillna(0).astype("int64"),
        level=level,
        without=rows["item"].where(unknown, ""),
    )


def _rates(draft: Draft) -> dict[str, Rate | None]:
    rates = draft.coal_rates()
    return {year: rates.without_balance(entity, int(year)) for entity, year in years(draft)}


def _emissions(draft: Draft) -> list[Account]:
    accounts = []
    maker = replace(
        _with(draft, *map(_products_apart, (draft.prepared.frame, draft.prepared.notation))).maker, splits=()
    )
    for name in draft.inventory.standards:
        chosen = standard(name, draft.workspace.root)
        profile = draft.library.profile(draft.inventory.profile or chosen.profile)
        account = measured.complete(maker.emissions(chosen, profile, {}), maker, chosen)
        if name == draft.inventory.standards[0]:
            _scope1(draft, account, words(chosen.title.zh, chosen.title.en))
        accounts.append(account)
    return accounts


def _products_apart(frame: pd.DataFrame) -> pd.DataFrame:
    """Give transformation input whose carbon leaves with the products a flow of its own."""
    words = "|".join(f"process={flow}" for flow in CARBON_TO_PRODUCTS)
    apart = (frame["flow"] == "transformation_input") & frame["attributes"].str.contains(words, regex=True)
    return frame.assign(flow=frame["flow"].mask(apart, "carbon_to_products"))


def _scope1(draft: Draft, account: Account, rule: str) -> None:
    """Record the CO2 of combustion of every entity and year: 0 without fuel, 暂缺 where no fuel has a factor."""
    counted = account.lines[account.lines["bucket"] == "counted"]
    levels = evidence_of(account, draft.prepared.frame)
    counted = counted.assign(year=counted["period"].str[:4], level=levels.loc[counted.index])
    missing = account.uncounted[account.uncounted["reason"].str.startswith(("FACTOR-", "no_part"))]
    for entity, year in years(draft):
        part = counted[(counted["entity"] == entity) & (counted["year"] == year)]
        lost = missing[(missing["entity"] == entity) & (missing["period"].str[:4] == year)]
        where = {"entity": entity, "period": year}
        fuels = [_fuel(draft, account, own, where, str(item)) for item, own in part.groupby("item", sort=True)]
        value = None if part.empty and len(lost) else int(part["value"].sum()) / GRAMS_PER_T
        draft.metrics.add(
            "co2_scope1", value, "t", **where, equation=words("Σ 各品种", "Σ over fuels"), rule=rule, terms=fuels,
            evidence=weakest(part["level"].unique()), note=_incomplete(draft, lost),
        )  # fmt: skip


def _fuel(draft: Draft, account: Account, lines: pd.DataFrame, where: dict[str, str], item: str) -> Term:
    """Record a fuel; the note says which parameters were measured in place of the default."""
    periods = ",".join(sorted(set(lines["period"])))
    query = lines_query(account=account.id, entity=where["entity"], period=periods, item=item, bucket="counted")
    frame = draft.prepared.frame
    rows = frame[frame["row_id"].isin(lines["line_id"].str.rsplit("/", n=2).str[0])]
    value, note = int(lines["value"].sum()) / GRAMS_PER_T, measured.words(rows)
    name = coded("carrier", item)
    key = draft.metrics.add(
        "co2_scope1", value, "t", **where, item=item, equation=EQUATION, evidence=weakest(lines["level"].unique()),
        terms=[Term(f"{name}（{note}）" if note else name, value, "t", query)], note=note,
    )  # fmt: skip
    return Term(name, value, "t", f"figure:{key}")


def _incomplete(draft: Draft, lost: pd.DataFrame) -> str:
    return mark([coded("carrier", item) for item in lost["item"].unique()])
