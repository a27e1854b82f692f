"""Bundled standards by id."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path

from ..accounting.problems import InputError, Where
from ..accounting.standard import Standard
from ..factors import yamlfile
from .run_messages import MESSAGES


def _folder() -> Path:
    return Path(str(files(__package__).joinpath("data/standards")))


def ids() -> list[str]:
    """Return the ids of the bundled standards."""
    return sorted(path.stem for path in _folder().glob("*.yaml"))


@cache
def standard(name: str) -> Standard:
    """Return a standard. Raises InputError STANDARD-UNKNOWN."""
    path = _folder() / f"{name}.yaml"
    if not path.is_file():
        raise InputError(MESSAGES.problem("STANDARD-UNKNOWN", Where(file="inventory.yaml"), name, ", ".join(ids())))
    return yamlfile.validate(Standard, yamlfile.load(path, f"{name}.yaml"))
