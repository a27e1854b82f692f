"""`init DIR`: a commented workspace with an xlsx template, or a copy of a bundled example."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from ..accounting.problems import InputError, Where
from .codes import regions
from .command_messages import MESSAGES as COMMANDS
from .messages import MESSAGES
from .readers.entities import Entities
from .scaffold import Subject, write_inventory, write_sources
from .template import BALANCE, FORM, PROCESS, SERIES, write_template
from .workspace.workspace import examples

FILE = "data/template.xlsx"
FOLDERS = ("data", "plans", "factors", "templates")
STANDARDS = {"region": "provincial_2011", "park": "provincial_2011", "enterprise": "enterprise_2024"}
PLACEHOLDER = {
    "park": ("park", "园区名称", "Name of the park"),
    "enterprise": ("enterprise", "企业名称", "Name of the enterprise"),
}
"""id and names of an entity that GB/T 2260 does not list, until the user writes them"""
TITLES = {
    "region": ("能源消费与碳排放核算", "Energy and CO2 account"),
    "park": ("园区能源消费与碳排放核算", "Energy and CO2 account of a park"),
    "enterprise": ("企业能源消费与碳排放核算", "Energy and CO2 account of an enterprise"),
}


def init(directory: str | Path, kind: str = "region", example: str = "", *, entity: str = "", year: int = 0) -> Path:
    """Make a workspace in an empty or new folder and return it.

    `kind` is region, park or enterprise; `example` copies a bundled one instead. `year` is last year unless given.
    `entity` is the code or name of a region: the subject itself, or the place of a park or enterprise; '' leaves it
    open, and `check` asks for it. Raises InputError INIT-EXISTS for a folder with content, EXAMPLE-UNKNOWN, CHOICE,
    ENTITY-UNKNOWN.
    """
    root = Path(directory)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise InputError(COMMANDS.problem("INIT-EXISTS", Where(file=str(root)), str(root)))
    if example:
        return _copy(root, example)
    if kind not in TITLES:
        raise InputError(MESSAGES.problem("CHOICE", Where(key="--kind"), kind, ", ".join(TITLES)))
    return _new(root, kind, entity, year or date.today().year - 1)


def _copy(root: Path, example: str) -> Path:
    bundled = examples()
    if example not in bundled:
        raise InputError(COMMANDS.problem("EXAMPLE-UNKNOWN", Where(key="--example"), example, ", ".join(bundled)))
    shutil.copytree(bundled[example], root, dirs_exist_ok=True, ignore=shutil.ignore_patterns("runs", "__pycache__"))
    return root


def _new(root: Path, kind: str, named: str, year: int) -> Path:
    region = _region(named)
    zh, en = TITLES[kind]
    for name in FOLDERS:
        (root / name).mkdir(parents=True, exist_ok=True)
    years = range(year - 1, year + 1) if kind != "enterprise" else [year]
    place = regions()[region] if region and kind == "region" else None
    title = {"zh": f"{place.zh if place else ''}{year}年{zh}", "en": f"{place.en + ' ' if place else ''}{year}: {en}"}
    own = Subject(region) if kind == "region" else Subject(*PLACEHOLDER[kind], parent=region)
    write_inventory(root, root.name or kind, kind, title, own, [year], [STANDARDS[kind]])
    write_template(root / FILE, kind, list(years))
    write_sources(root, _entries(kind, year))
    return root


def _region(place: str) -> str:
    """Return the code of a place given by code or name, '' for none."""
    known = Entities({}, regions())
    code = known.find(place) if place else ""
    if code is None:
        raise InputError(MESSAGES.problem("ENTITY-UNKNOWN", Where(key="--region"), place, known.suggest(place)))
    return code


def _entries(kind: str, year: int) -> list[str]:
    main = ("form_205", FORM) if kind == "enterprise" else ("nbs_balance", BALANCE)
    out = [
        f"- {{id: energy, file: {FILE}, sheet: '{main[1]}', layout: {main[0]}, period: \"{year}\", supplied_by: '', document: ''}}",
        f"- {{id: processes, file: {FILE}, sheet: '{PROCESS}', layout: tidy, options: {{constants: {{flow: activity}}}}}}",
    ]
    if kind != "enterprise":
        out.append(f"- {{id: series, file: {FILE}, sheet: '{SERIES}', layout: series, supplied_by: '', document: ''}}")
    return out
