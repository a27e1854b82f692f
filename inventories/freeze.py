"""`freeze OUT --by NAME`: a draft becomes a signed run. signed.json names who, when and the manifest that was signed.

The seal over these finds every later change of a file of the run, of the log and of the signature itself. It is no
electronic signature: who may write into the folder can sign it anew.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path

from ..accounting.problems import InputError, ProblemList, Where
from . import store
from .folder_messages import MESSAGES
from .workspace.workspace import Workspace

SIGNED = "signed.json"
LOG = "run.log"
NOT_SEALED = (store.MANIFEST, LOG, SIGNED)
"""files the manifest does not list: itself, the log, and the signature that comes after it"""


@dataclass(frozen=True)
class Signature:
    """Who signed, on which ISO date; the sha256 of manifest.json (which lists every other file) and of the log.

    `seal` is the sha256 of the other fields.
    """

    by: str
    on: str
    manifest: str
    log: str
    seal: str

    @classmethod
    def of(cls, folder: Path, by: str, on: str) -> Signature:
        """Return the signature of a run as it is now."""
        parts = (by, on, _sha(folder / store.MANIFEST), _sha(folder / LOG))
        return cls(*parts, hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest())


def freeze(folder: str | Path, by: str, on: str = "") -> Signature:
    """Sign a run and return the signature. `on` is the report date of its inventory.yaml unless given.

    Raises InputError RUN-NOT for another folder, RUN-FROZEN for one signed before, RUN-SIGNER for an empty name or a
    wrong date, RUN-ALTERED where files differ from the manifest: what is signed must be what was computed.
    """
    place = Path(folder)
    record = store.manifest(place)
    refuse_frozen(place)
    day = on or Workspace.open(place / "inputs").inventory.report.date
    _check(by, day)
    _unaltered(place, record["files"])
    signature = Signature.of(place, by.strip(), day)
    text = json.dumps(asdict(signature), ensure_ascii=False, indent=1, sort_keys=True)
    (place / SIGNED).write_text(text + "\n", encoding="utf-8")
    return signature


def signature(folder: str | Path) -> Signature | None:
    """Return the signature of a run, None for a draft."""
    path = Path(folder) / SIGNED
    if not path.is_file():
        return None
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        said = {}
    # a signature that was damaged is one that does not hold, not a draft
    return Signature(*(str(said.get(one.name, "")) if isinstance(said, dict) else "" for one in fields(Signature)))


def refuse_frozen(folder: str | Path) -> None:
    """Raise InputError RUN-FROZEN for a signed run. Whoever writes into a folder asks this first, --force or not."""
    signed = signature(folder)
    if signed is not None:
        found, who = str(folder), f"{signed.by} {signed.on}"
        raise InputError(MESSAGES.problem("RUN-FROZEN", Where(file=SIGNED), found, who))


def broken(folder: Path) -> bool:
    """Tell whether a signed run, its log or its signature is no longer what was signed."""
    signed = signature(folder)
    return signed is not None and signed != Signature.of(folder, signed.by, signed.on)


def _sha(path: Path) -> str:
    """Return the sha256 of a file, '' where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _check(by: str, day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError:
        raise InputError(MESSAGES.problem("RUN-SIGNER", Where(key="--on"), day, "--on")) from None
    if not by.strip():
        raise InputError(MESSAGES.problem("RUN-SIGNER", Where(key="--by"), by, "--by"))


def _unaltered(folder: Path, then: dict[str, str]) -> None:
    now = store.hashes(folder, NOT_SEALED)
    problems = ProblemList()
    for name in sorted({*now, *then}):
        if now.get(name) != then.get(name):
            state = "added" if name not in then else "missing" if name not in now else "changed"
            problems.add(MESSAGES.problem("RUN-ALTERED", Where(file=name), name, state))
    problems.raise_errors()
