"""A workspace: a folder with inventory.yaml, sources.yaml and data/. Opening it checks both files; nothing is read yet."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from os.path import isfile
from pathlib import Path

from ...accounting.problems import InputError, Problem, ProblemList, Where
from ...factors import yamlfile
from ..codes import regions
from ..messages import MESSAGES
from ..readers.entities import Entities
from . import overlaps
from .models import Inventory
from .source_models import Document, Source, Sources

INVENTORY, SOURCES = "inventory.yaml", "sources.yaml"


@dataclass(frozen=True)
class Workspace:
    """An opened workspace. `root` is absolute; paths in problems are relative to it."""

    root: Path
    inventory: Inventory
    sources: tuple[Source, ...]
    lines: dict[str, int] = field(default_factory=dict)
    """source id, and the keys below it (t.options.only), -> line in sources.yaml"""
    documents: tuple[Document, ...] = ()
    """publications and forms that the sources name"""

    @classmethod
    def open(cls, place: str | Path) -> Workspace:
        """Open a folder, or a bundled example by name. Raises InputError with the faults of both YAML files."""
        root = locate(place)
        problems = ProblemList()
        inventory: Inventory | None = None
        sources = Sources(schema=1)
        lines: dict[str, int] = {}
        try:
            document = yamlfile.load(root / INVENTORY, INVENTORY)
            inventory = yamlfile.validate(Inventory, document)
            problems.extend(overlaps.check(inventory, document))
        except InputError as error:
            problems.extend(error.problems)
        try:
            sources, lines = _sources(root, problems)
        except InputError as error:
            problems.extend(error.problems)
        problems.extend(_parents(inventory) if inventory else [])
        problems.raise_errors()
        assert inventory is not None  # a fault has raised
        return cls(root, _by_code(inventory), tuple(sources.sources), lines, tuple(sources.documents))

    def where(self, source: Source, key: str = "") -> Where:
        """Return the address of a source's entry in sources.yaml."""
        name = f"{source.id}.{key}" if key else source.id
        while name not in self.lines and name != source.id:
            name = name.rpartition(".")[0]
        return Where(file=SOURCES, line=self.lines.get(name, 1))

    def resolve(self, relative: str) -> Path | None:
        """Return the path of a file of the workspace, or None where it lies outside (also through a link)."""
        return None if Path(relative).is_absolute() else inside(self.root, relative)


def inside(root: Path, relative: str) -> Path | None:
    """Return the path of a file below a folder, links followed; None where it leads outside.

    What no file can be called (a NUL, a link to itself) is returned as it stands: nobody finds a file there.
    """
    try:
        path = (root / relative).resolve()
    except (OSError, RuntimeError, ValueError):
        return root / relative
    return path if path.is_relative_to(root.resolve()) else None


def own_yaml(root: Path, name: str) -> Path | None:
    """Return the YAML file of a workspace that a name means, with or without its ending; None for a missing one or one outside."""
    paths = (inside(root, one) for one in (name, f"{name}.yaml"))
    return next((path for path in paths if path is not None and isfile(path)), None)


def examples() -> dict[str, Path]:
    """Return the bundled examples by name."""
    folder = Path(__file__).parent.parent / "examples"
    if not folder.is_dir():
        return {}
    return {path.name: path for path in sorted(folder.iterdir()) if (path / INVENTORY).is_file()}


def locate(place: str | Path) -> Path:
    """Return the folder of a workspace path or example name; raise InputError where there is none."""
    path = Path(place)
    if isfile(path / INVENTORY):
        return path.resolve()
    bundled = examples().get(str(place))
    if bundled is None:
        raise InputError(MESSAGES.problem("WORKSPACE-MISSING", Where(), str(place), f"{INVENTORY} / {SOURCES}"))
    return bundled


def _sources(root: Path, problems: ProblemList) -> tuple[Sources, dict[str, int]]:
    path = root / SOURCES
    if not isfile(path):
        problems.add(MESSAGES.problem("WORKSPACE-MISSING", Where(file=SOURCES), root.name, SOURCES))
        return Sources(schema=1), {}
    document = yamlfile.load(path, SOURCES)
    found = yamlfile.validate(Sources, document)
    listed = found.sources
    lines = _lines(listed, document)
    for one, other in combinations(range(len(listed)), 2):
        where = document.where(("sources", other))
        if listed[one].id == listed[other].id:
            problems.add(MESSAGES.problem("SOURCE-ID", where, listed[one].id))
        elif _overlap(listed[one], listed[other]):
            problems.add(MESSAGES.problem("SOURCE-OVERLAP", where, listed[one].id, listed[other].id))
    return found, lines


def _lines(listed: list[Source], document: yamlfile.Document) -> dict[str, int]:
    return {
        ".".join(map(str, (listed[key[1]].id, *key[2:]))): line
        for key, line in document.lines.items()
        if len(key) > 1 and key[0] == "sources" and isinstance(key[1], int)
    }


def _overlap(one: Source, other: Source) -> bool:
    """Same table for the same entity and period, and not told apart by a row filter."""
    same = all(getattr(one, name) == getattr(other, name) for name in ("file", "sheet", "entity", "period"))
    return same and one.options.only == other.options.only


def _by_code(inventory: Inventory) -> Inventory:
    """A region may be written by its name; from here on it is its code. An unknown one is left for the reader to refuse."""
    code = Entities.of(inventory).find(inventory.entity) if inventory.entity.strip() else None
    return inventory.model_copy(update={"entity": code}) if code else inventory


def _parents(inventory: Inventory) -> list[Problem]:
    """A declared entity's parent must be declared too or be a place of GB/T 2260."""
    declared = {entity.id for entity in inventory.entities}
    unknown = [
        e.parent for e in inventory.entities if e.parent and e.parent not in declared and not regions().knows(e.parent)
    ]
    return [MESSAGES.problem("ENTITY-PARENT", Where(file=INVENTORY), parent) for parent in unknown]
