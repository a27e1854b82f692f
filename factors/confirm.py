"""Record that a named person compared a factor with the document: evidence `confirmed`, 已核原文.

The record goes into the workspace (factors/confirmations.yaml); the set itself is never edited.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml

from ..accounting.problems import FactorError, Where
from .library import CONFIRMATIONS, ConfirmationFile, FactorLibrary
from .messages import MESSAGES
from .model import Confirmation
from .yamlfile import load, validate


def confirm(
    path: Path, factor: str, by: str, on: str, page: str, *, note: str = "", library: FactorLibrary | None = None
) -> Confirmation:
    """Append a confirmation to `confirmations.yaml` in the factors folder `path` of a workspace and return it.

    `factor` is a full id (set id#factor key), `on` an ISO date, `page` the page seen. Raises FactorError for an unknown
    factor (FACTOR-KEY, FACTOR-SET), one confirmed before (FACTOR-CONFIRMED), or an empty name, page or wrong date
    (FACTOR-CONFIRM). A library loaded afterwards with this folder shows the factor as confirmed.
    """
    known = library or FactorLibrary.bundled([path])
    known.factor(factor)
    _check(by, on, page)
    file = path / CONFIRMATIONS
    before = validate(ConfirmationFile, load(file)).confirmations if file.is_file() else []
    for entry in before:
        if entry.factor == factor:
            where = Where(file=str(file))
            raise FactorError(MESSAGES.problem("FACTOR-CONFIRMED", where, factor, f"{entry.by} {entry.on}"))
    confirmation = Confirmation(factor=factor, by=by, on=on, page=page, note=note)
    _write(file, [*before, confirmation])
    return confirmation


def _check(by: str, on: str, page: str) -> None:
    try:
        date.fromisoformat(on)
    except ValueError:
        raise FactorError(MESSAGES.problem("FACTOR-CONFIRM", "", on, "on: YYYY-MM-DD")) from None
    for name, text in (("by", by), ("page", page)):
        if not text.strip():
            raise FactorError(MESSAGES.problem("FACTOR-CONFIRM", "", repr(text), name))


def _write(file: Path, entries: list[Confirmation]) -> None:
    """Write beside and rename, so that an interruption leaves the old file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    data = {"schema": 1, "confirmations": [entry.model_dump(exclude_defaults=True) for entry in entries]}
    draft = file.with_suffix(".yaml.part")
    draft.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    draft.replace(file)
