"""carbonpeak: energy accounts, CO2 accounts and target assessment in which every figure has a source.

>>> import carbonpeak as cp
>>> workspace = cp.open("henan")          # a folder, or the name of a bundled example
>>> workspace.check()                     # every problem, nothing computed
>>> results = workspace.run()             # tables: results.metrics, results.verdicts, results.lines
>>> results.explain("energy_total:2019")
>>> results.report("account").save("report.docx")

Names are imported when first used, so that `carbonpeak --help` answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_PUBLIC = {
    "open": ".inventories.api",
    "run": ".inventories.api",
    "check": ".inventories.api",
    "Workspace": ".inventories.workspace.workspace",
    "Results": ".inventories.results",
    "FactorLibrary": ".factors.library",
    "Problem": ".accounting.problems",
    "ProblemList": ".accounting.problems",
    "InputError": ".accounting.problems",
    "CarbonpeakError": ".accounting.problems",
}
__all__ = [*_PUBLIC, "__version__"]

if TYPE_CHECKING:
    from .accounting.problems import CarbonpeakError, InputError, Problem, ProblemList
    from .factors.library import FactorLibrary
    from .inventories.api import check, open, run  # noqa: A004
    from .inventories.results import Results
    from .inventories.workspace.workspace import Workspace


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
