"""What an entry of sources.yaml says about reading its table, checked against the layout and the table's size.

A setting that the layout does not know would be believed to act: it is a problem, as is a row outside the table. A
table whose settings are wrong is not read.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from difflib import get_close_matches
from math import isnan

from ...accounting import units
from ...accounting.problems import Level, Problem
from ...accounting.tables import PARAMETERS
from ..messages import MESSAGES
from ..workspace.source_models import Layout
from .cells import normal, number
from .grid import Grid
from .part import ATTRIBUTES, Context

ACTIVITY: tuple[Layout, ...] = ("tidy", "records", "nbs_balance", "ceads", "form_205")
BALANCES: tuple[Layout, ...] = ("nbs_balance", "ceads")
LONG: tuple[Layout, ...] = ("tidy", "records", "series")
USED_BY: dict[str, tuple[Layout, ...]] = {
    "unit_row": BALANCES,
    "options.header_row": ("tidy", "records", "series", "nbs_balance", "ceads", "coal_table"),
    "options.skip_rows": ("nbs_balance", "ceads", "form_205"),
    "options.only": LONG,
    "options.columns": LONG,
    "options.constants": LONG,
    "options.attributes": ACTIVITY,
    "options.notation_reason": ACTIVITY,
    "options.scope": ("coal_table",),
}
"""setting -> layouts that use it; a setting that is not here is used by all"""
ONE_EACH = ("quantity", "value")
"""fields that a constant cannot give: every row has its own"""


def check(grid: Grid | None, context: Context) -> list[Problem]:
    """Return the problems of a source's settings; without a grid (`records`) rows are not compared with a size."""
    return [*_unused(grid, context), *(_rows(grid, context) if grid is not None else ()), *_texts(context)]


def stops(problems: Collection[Problem]) -> bool:
    """Tell whether a table with these problems of its settings must not be read."""
    return any(problem.level is Level.ERROR for problem in problems)


def _unused(grid: Grid | None, context: Context) -> Iterator[Problem]:
    source, sheet = context.source, grid.sheet if grid is not None else ""
    given = [*source.model_fields_set, *(f"options.{name}" for name in source.options.model_fields_set)]
    for name in sorted(given):
        holder, _, key = name.rpartition(".")
        filled = getattr(source.options if holder else source, key) not in (None, "", [], {})
        layouts = USED_BY.get(name, (source.layout,)) if name != "sheet" or sheet else ()
        if filled and source.layout not in layouts:
            yield MESSAGES.problem(
                "OPTION-UNUSED", context.where(name), name, source.layout if sheet or layouts else "csv"
            )


def _rows(grid: Grid, context: Context) -> Iterator[Problem]:
    stated = {"options.header_row": context.source.options.header_row, "unit_row": context.source.unit_row}
    for name, row in stated.items():
        if row is not None and not 1 <= row <= grid.shape[0]:
            yield MESSAGES.problem("OPTION-ROW", context.where(name), row, f"1…{grid.shape[0]}", name=name)


def _texts(context: Context) -> Iterator[Problem]:
    source = context.source
    if source.unit:
        try:
            units.canonical(source.unit)
        except units.UnitFault as fault:
            yield fault.problem(context.where("unit"))
    if source.options.attributes and not ATTRIBUTES.match(source.options.attributes):
        yield MESSAGES.problem("ATTRIBUTE", context.where("options.attributes"), source.options.attributes)


def fields(context: Context, known: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each field under options.columns and options.constants that the layout does not have."""
    options = context.source.options
    givable = [field for field in known if field not in ONE_EACH]
    for name, given, allowed in (("columns", options.columns, known), ("constants", options.constants, givable)):
        for field in given:
            if field not in allowed:
                near = get_close_matches(field, allowed, n=2, cutoff=0.5)
                hint = f"是否指 did you mean: {' / '.join(near)}?" if near else ", ".join(allowed)
                where = context.where(f"options.{name}.{field}")
                yield MESSAGES.problem("OPTION-FIELD", where, field, hint, name=f"options.{name}")
    for parameter in PARAMETERS:
        field = parameter.name
        text = options.constants.get(field)
        if text is not None and field in givable and isnan(number(normal(text))[0]):
            yield MESSAGES.problem("CELL-NUMBER", context.where(f"options.constants.{field}"), text)
