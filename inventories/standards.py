"""Bundled standards by id."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from os.path import isfile
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


def standard(name: str, root: Path | None = None) -> Standard:
    """Return a bundled standard, or one of a workspace's own `standards` folder. Raises InputError STANDARD-UNKNOWN."""
    for folder in (_folder(), *([root / "standards"] if root else [])):
        if name == Path(name).name and isfile(folder / f"{name}.yaml"):
            return _read(folder / f"{name}.yaml")
    raise InputError(MESSAGES.problem("STANDARD-UNKNOWN", Where(file="inventory.yaml"), name, ", ".join(ids())))


@cache
def _read(path: Path) -> Standard:
    return yamlfile.validate(Standard, yamlfile.load(path, path.name))
