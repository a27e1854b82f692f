"""What a computation works on, and what it brings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pandas as pd

from ..accounting import co2
from ..accounting.energy_table import EnergyTable
from ..accounting.metrics import MetricBook
from ..accounting.problems import ProblemList
from ..accounting.tables import UNCOUNTED
from ..accounting.wording import words
from ..factors.library import FactorLibrary
from ..factors.profile import Profile
from . import line_parts
from .accounts import PROCESS_FLOW, Account, Maker
from .coal_rates import CoalRates
from .frame import Book, Prepared
from .standards import standard
from .workspace.models import Inventory
from .workspace.workspace import Workspace

Progress = Callable[[str], None]
PROCESS = "process"
ENERGY = "tce_calorific"
"""quantity of the energy account, in the order of a profile"""


@dataclass(frozen=True)
class Draft:
    """A workspace that has been read and prepared; `metrics` and `problems` grow while it is computed."""

    workspace: Workspace
    library: FactorLibrary
    book: Book
    prepared: Prepared
    metrics: MetricBook
    maker: Maker
    problems: ProblemList

    @property
    def inventory(self) -> Inventory:
        """The workspace's inventory.yaml."""
        return self.workspace.inventory

    def standard_coal(self) -> Profile:
        """The profile of the energy account: the workspace's own where it names one, so that energy and heat agree."""
        own = self.inventory.profile and self.library.profile(self.inventory.profile)
        return own if own and ENERGY in own.order else self.library.profile("energy")

    def coal_rates(self) -> CoalRates:
        """The coal rates of the account's places and years."""
        regions = self.maker.regions or self.library.regions
        return CoalRates(self.inventory, self.library, self.standard_coal(), regions)


@dataclass
class Parts:
    """What a computation brings beside its metrics."""

    accounts: list[Account]
    tables: list[EnergyTable] = field(default_factory=list)
    left_out: pd.DataFrame = field(default_factory=UNCOUNTED.empty)


def evidence_of(account: Account, rows: pd.DataFrame) -> pd.Series:
    """Return the evidence of the factor of every line, by its index; `rows` are the prepared rows it was made of."""
    parts = account.factor_parts
    return line_parts.levels(account.lines, parts, line_parts.used(account.lines, parts, rows, account.line_inputs))


def process(draft: Draft) -> list[Account]:
    """Return the account of simple process sources, where the workspace has any, and record its metrics."""
    if not (draft.prepared.frame["flow"] == PROCESS_FLOW).any():
        return []
    chosen = standard(PROCESS)
    account = draft.maker.emissions(chosen, draft.library.profile(chosen.profile), {}, only=PROCESS_FLOW)
    co2.record_process(
        account.lines,
        draft.metrics,
        PROCESS,
        evidence_of(account, draft.prepared.frame),
        words(chosen.title.zh, chosen.title.en),
    )
    return [account]
