"""The computation of a region: energy account, emission accounts, totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from ..accounting import co2, energy_mix, per_tce, reference
from ..accounting.energy_table import EnergyTable
from ..accounting.metrics import MetricBook
from ..accounting.recovered_gas import Share
from ..accounting.wording import words
from ..factors.library import FactorLibrary
from ..factors.profile import Profile
from . import energy_run, guards, judging, leaks, legs, mixes, notation, rules
from .accounts import Account
from .draft import Draft, Parts, Progress, evidence_of, process
from .standards import standard

CEADS, REFERENCE = "ceads", "reference"


def compute(draft: Draft, progress: Progress) -> Parts:
    """Compute the accounts and totals of a region. Raises InputError where a balance mixes kinds of unit."""
    progress("能源核算 energy account")
    energy = draft.maker.settled(draft.maker.energy(draft.standard_coal()))
    tables, mixed = energy_run.tables(draft.prepared, energy, draft.book)
    draft.problems.extend(mixed)
    draft.problems.raise_errors()
    gas = _recovered_gas(draft, tables)
    left_out = energy_run.account(
        tables,
        draft.coal_rates(),
        draft.book,
        draft.metrics,
        gas,
    )
    own = [mixes.split(*place, share) for place, share in gas.items()]
    draft = replace(draft, maker=replace(draft.maker, splits=[*own, *draft.maker.splits]))
    progress("排放核算 emission accounts")
    accounts = [energy, *_emissions(draft)]
    accounts += _reference(draft, accounts)
    accounts += process(draft)
    draft.problems.extend(legs.record(draft.inventory, draft.library, draft.maker.regions, draft.metrics))
    _assessment(tables, draft.library, draft.metrics)
    draft.problems.extend(guards.check(draft.inventory, accounts))
    draft.problems.extend(leaks.check(draft))
    draft.problems.extend(judging.totals(draft.workspace, draft.metrics, tables))
    return Parts(accounts, tables, left_out)


def _recovered_gas(draft: Draft, tables: Sequence[EnergyTable]) -> dict[tuple[str, str], Share]:
    """The recovered part of the column 其他煤气 of every table that holds the column."""
    declared, recovered = mixes.declared(draft.inventory), draft.book.items["recovered_gas"]
    regions = draft.maker.regions or draft.library.regions
    found = {}
    for table in tables:
        share = mixes.recovered_share(table, declared, regions, recovered)
        if share is not None:
            found[table.entity, table.period] = share
    return found


def _emissions(draft: Draft) -> list[Account]:
    accounts, inventory = [], draft.inventory
    for name in inventory.standards:
        chosen = standard(name, draft.workspace.root)
        own = inventory.profile if name == inventory.standards[0] else ""
        profile = draft.library.profile(own or chosen.profile)
        gwp = _gwp(profile, draft.library)
        maker = draft.maker
        account = maker.ceads(chosen, profile) if name == CEADS else maker.emissions(chosen, profile, gwp)
        factors = evidence_of(account, draft.prepared.frame)
        co2.record(account.lines, draft.metrics, name, factors, words(chosen.title.zh, chosen.title.en))
        if gwp and {"ch4", "n2o"} & set(account.lines["quantity"]):
            potentials = (str(profile.gwp), gwp)
            co2.total_with_gwp(account.lines, draft.metrics, name, potentials, ("co2", "ch4", "n2o"))
        accounts.append(account)
    return accounts


def _gwp(profile: Profile, library: FactorLibrary) -> dict[str, float]:
    if not profile.gwp:
        return {}
    factors = library.set(profile.gwp).factors
    return {f.item: float(f.value.value) for f in factors if f.value is not None and f.value.value is not None}


def _reference(draft: Draft, done: Sequence[Account]) -> list[Account]:
    """The reference approach, where the balance prints its supply block."""
    main = next((account for account in done if account.id == draft.inventory.standards[0]), None)
    supply = draft.prepared.frame["flow"].isin(["production", "inflow"]).any()
    if main is None or main.id == CEADS or not supply:
        return []
    chosen = standard(REFERENCE)
    account = draft.maker.emissions(chosen, draft.library.profile(chosen.profile), {})
    account.uncounted = account.uncounted.iloc[:0]  # the same rows and reasons as the sectoral approach
    groups = {name: (group, draft.book.items[group]) for name, (group, _) in energy_mix.FUELS.items()}
    bare = notation.lacking(pd.concat([account.silent, main.silent], ignore_index=True), "co2")
    reference.record(pd.concat([account.lines, main.lines]), draft.metrics, REFERENCE, main.id, groups, bare)
    return [account]


def _assessment(tables: Sequence[EnergyTable], library: FactorLibrary, metrics: MetricBook) -> None:
    """CO2 by coal equivalent, where the balance gives net consumption of coal, oil and gas."""
    for definition in (one for one in rules.definitions().values() if one.factors):
        factors = {
            f.item: (float(f.value.value), f"{definition.factors}#{f.key()}", f.value.evidence.value)
            for f in library.set(definition.factors).factors
            if f.value is not None and f.value.value is not None
        }
        for table in tables:
            per_tce.record(table, metrics, factors, definition.numerator, definition.id)
