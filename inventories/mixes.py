"""The mixes a workspace declares: of 原煤 and 其他煤气 as the resolver takes them, of 其他能源 as a split of its rows.

Blast-furnace and converter gas of a declared gas mix are never given a factor (their carbon is counted with coke): they
are split from the column first, and the resolver sees the mix of the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from ..accounting import recovered_gas
from ..accounting.energy_table import EnergyTable
from ..accounting.models import Evidence
from ..accounting.recovered_gas import Share
from ..accounting.splitting import Part, Split
from ..accounting.wording import words
from ..factors.bridge import nearest
from ..factors.profile import Mix
from ..factors.regions import RegionBook
from .workspace.models import Inventory
from .workspace.models import Mix as Declared
from .workspace.overlaps import OTHER, OTHER_MIX

GAS_MIX = "gas_mix"
RECOVERED, WORKS = "~recovered", "~works"
"""suffixes of the two parts of a row of the column 其他煤气"""
_USED = frozenset({"consumption", "production_use", "other_use", "transport_use"})
"""flows of an enterprise's form that burn fuel"""
_BURNT = frozenset({"final", "non_energy", *recovered_gas.BURNT})


def declared(inventory: Inventory) -> list[Mix]:
    """Return the declared mixes of coal and gas in the form the resolver takes."""
    return [*_named("coal_mix", inventory.coal_mix, inventory), *_named(GAS_MIX, inventory.gas_mix, inventory)]


def _named(name: str, entries: Sequence[Declared], inventory: Inventory) -> list[Mix]:
    out = []
    for mix in entries:
        evidence: Literal[""] | Evidence = "" if mix.evidence == "measured" else Evidence(mix.evidence or "assumed")
        out.append(Mix(
            name=name, region=mix.entity or inventory.entity, year=mix.year, of=dict(mix.of),
            basis="heat" if mix.basis == "heat" else "mass", source=mix.source or mix.note,
            evidence=evidence,
        ))  # fmt: skip
    return out


def other_energy(inventory: Inventory, regions: RegionBook, places: Iterable[tuple[str, str]]) -> list[Split]:
    """Return the splits of 其他能源 into what the workspace declares it to hold, for every (entity, period) with a mix.

    Each part is judged by the standard as its own carrier: biomass has CH4 and N2O and its CO2 for information, waste
    heat and waste are listed. Without a mix the column stays whole and has no CO2.
    """
    mixes = _named(OTHER_MIX, inventory.other_energy_mix, inventory)
    out = []
    for entity, period in sorted(set(places)) if mixes else ():
        year = int(period[:4])
        mix = nearest(mixes, OTHER_MIX, regions.chain(entity, year), year)
        if mix is not None:
            parts = tuple(Part(f"~{item}", share, item=item) for item, share in mix.of.items())
            out.append(Split(_BURNT | _USED, frozenset({OTHER}), parts, entity=entity, period=period))
    return out


def burnt_for_itself(mixes: Sequence[Mix], recovered: Collection[str]) -> list[Mix]:
    """Return the mixes without recovered gases, their other shares brought back to 1; a mix of nothing else is dropped."""
    out = []
    for mix in mixes:
        rest = {item: part for item, part in mix.of.items() if item not in recovered}
        total = sum(rest.values())
        if total > 0:
            out.append(mix if len(rest) == len(mix.of) else mix.model_copy(
                update={"of": {item: part / total for item, part in rest.items()}}
            ))  # fmt: skip
    return out


def recovered_share(
    table: EnergyTable, mixes: Sequence[Mix], regions: RegionBook, recovered: frozenset[str]
) -> Share | None:
    """Return the recovered part of a table's column 其他煤气: declared for the place and year, else read off the balance."""
    year = int(table.period[:4])
    mix = nearest(mixes, GAS_MIX, regions.chain(table.entity, year), year)
    if mix is None:
        return recovered_gas.share(table)
    part = recovered_gas.declared_share(mix.of, recovered)
    equation = words("r = Σ 申报的高炉、转炉煤气份额", "r = Σ declared shares of blast furnace and converter gas")
    return recovered_gas.share(table, Share(part, equation, (), mix.source, str(mix.evidence)))


def split(entity: str, period: str, share: Share) -> Split:
    """Return the split of the column into recovered gas and gas burnt for itself, for one place and period."""
    parts = (
        Part(RECOVERED, share.value, item=recovered_gas.PART),
        Part(WORKS, 1 - share.value),
    )
    column = frozenset({recovered_gas.COLUMN})
    return Split(_BURNT, column, parts, entity=entity, period=period)
