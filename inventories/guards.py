"""Guards against counting one carbon twice or losing it: non-energy use and steel (domain rules, data of a workspace)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..accounting.co2 import GRAMS_PER_WAN_T
from ..accounting.problems import Problem, Where
from ..accounting.run_messages import MESSAGES
from ..accounting.wording import coded, placed
from .accounts import Account
from .workspace.models import Inventory

INVENTORY = Where(file="inventory.yaml", key="options")
OWNERS = {"provincial_2011": "energy", "ipcc_2006": "process"}
"""standard -> who owns the carbon of non-energy use unless the workspace says otherwise"""


def check(inventory: Inventory, accounts: Sequence[Account]) -> list[Problem]:
    """Return what the accounts of a run leave without owner or count twice."""
    by_id = {account.id: account for account in accounts}
    process = by_id.get("process")
    found: list[Problem] = []
    for name, default in OWNERS.items():
        if name in by_id:
            found += _non_energy(inventory, by_id[name], process, default)
    return [*found, *_steel(inventory, by_id)]


def _non_energy(inventory: Inventory, account: Account, process: Account | None, default: str) -> Iterator[Problem]:
    owner = inventory.options.non_energy_owner or default
    lines = account.lines
    taken_out = lines[(lines["flow"] == "non_energy") & (lines["quantity"] == "co2")]
    emitted = set(lines.loc[lines["flow"] == "non_energy_emitted", "item"])
    for (entity, period), part in taken_out.groupby(["entity", "period"]):
        open_items = part[~part["item"].isin(emitted)]
        if open_items.empty:
            continue
        size = f"{-int(open_items['value'].sum()) / GRAMS_PER_WAN_T:.1f}"
        what = f"{coded('standard', account.id)} {placed(entity, period)}"
        if owner == "process" and inventory.options.non_energy_owner and process is None:
            yield MESSAGES.problem("NEU-ORPHAN", INVENTORY, what, size)
        elif owner == "energy":
            yield MESSAGES.problem("NEU-STORED", INVENTORY, what, size)


def _steel(inventory: Inventory, by_id: dict[str, Account]) -> Iterator[Problem]:
    """Decarburisation beside coke of the steel sector in energy is one carbon twice, unless declared."""
    process = by_id.get("process")
    if process is None or inventory.options.steel_carbon == "mass_balance":
        return
    removed = process.lines[process.lines["item"] == "steel_decarburisation"]
    if removed.empty or inventory.options.steel_carbon != "coke_energy":
        return
    for name in OWNERS:
        lines = by_id[name].lines if name in by_id else process.lines.iloc[:0]
        coke = lines[(lines["item"] == "coke") & (lines["sector"].isin(["C31", "IND"]))]
        if len(coke):
            size = f"{int(removed['value'].sum()) / GRAMS_PER_WAN_T:.1f}"
            yield MESSAGES.problem("STEEL-TWICE", INVENTORY, coded("standard", name), size)
