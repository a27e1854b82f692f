"""carbonpeak: energy accounts, CO2 accounts and target assessment in which every figure has a source.

>>> import carbonpeak as cp
>>> workspace = cp.open("henan")          # a folder, or the name of a bundled example
>>> workspace.check()                     # every problem, nothing computed
>>> run = workspace.run()                 # tables: run.metrics, run.verdicts, run.lines
>>> run.explain("energy_total:2019").lines()
>>> run.report("account").save("report.docx")

Names are imported when first used, so that `carbonpeak --help` answers at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_PUBLIC = {
    "open": ".templates.api",
    "run": ".templates.api",
    "check": ".templates.api",
    "load": ".templates.api",
    "Workspace": ".templates.api",
    "Run": ".templates.api",
    "FactorLibrary": ".factors.library",
    "Problem": ".accounting.problems",
    "ProblemList": ".accounting.problems",
    "InputError": ".accounting.problems",
    "CarbonpeakError": ".accounting.problems",
}
__all__ = [
    "CarbonpeakError",
    "FactorLibrary",
    "InputError",
    "Problem",
    "ProblemList",
    "Run",
    "Workspace",
    "__version__",
    "check",
    "load",
    "open",
    "run",
]

if TYPE_CHECKING:
    from .accounting.problems import CarbonpeakError, InputError, Problem, ProblemList
    from .factors.library import FactorLibrary
    from .templates.api import Run, Workspace, check, load, open, run


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name], __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
