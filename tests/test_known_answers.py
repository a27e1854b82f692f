"""Each case through the package against its source, within the case's tolerance or outside it as the case lists.

Further: classes of independence are counted apart; no case is both computed and waiting; cells without a factor are
left out for a reason that the other province's table shows; docs/validation.md is what its command writes.
"""

from __future__ import annotations

import pandas as pd
import pytest

from carbonpeak.factors import yamlfile
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.factors.model import FactorSet
from carbonpeak.inventories import derive_ceads

from . import validation
from .known_answers import places
from .known_answers.case import CLASSES, NO_ANSWERS, Case, cases, later
from .known_answers.ceads import DEDUCTED, NOTHING, UNPUBLISHED, cross, reasons
from .known_answers.compare import Answer, compare, result


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_case(case: Case) -> None:
    found = result(case.id)
    assert found.failures == ()
    assert found.compared > 0


def test_page_is_what_the_command_writes() -> None:
    assert validation.difference(validation.page(validation.results())) == []


def test_no_case_is_both_computed_and_later() -> None:
    waiting = [name for group in later() for name in group.cases]
    assert len(waiting) == len(set(waiting))
    assert not set(waiting) & {case.id for case in cases()}


def test_counts_stand_apart_by_independence() -> None:
    """One line per class; what is no answer from outside stands in a table of its own."""
    found = validation.results()
    answers, others = validation.page(found).split("## ", 1)[0].split("\n\n下列")
    lines = {kind: [table for table in (answers, others) if f"\n| {kind} | " in table] for kind in CLASSES}
    present = {case.independence for case in cases()}
    assert {kind for kind, tables in lines.items() if tables} == present
    for kind in present:
        assert lines[kind] == [others if kind in NO_ANSWERS else answers]
        own = [one for one in found if one.case.independence == kind]
        compared, within, outside = (
            sum(one.compared for one in own), sum(one.within for one in own), sum(len(one.outside) for one in own)
        )  # fmt: skip
        assert compared == within + outside
        assert f"| {kind} | {len(own)} | {compared} | {within} | {outside} |" in lines[kind][0]


@pytest.mark.parametrize(("source", "target"), [("hebei", "henan"), ("henan", "hebei")])
def test_each_province_has_only_factors_of_the_other(source: str, target: str) -> None:
    """A cell is computed exactly where the other province's own cells give a factor; every other one says why not."""
    answer = cross(source, target)
    published = set(places.published_cells(target).index)
    given = derive_ceads.factors([derive_ceads.cells(places.ENTITY[source], places.ENERGY[source], places.CO2[source])])
    everywhere = set(given.loc[given["sector"] == "", "item"])
    cells = set(given["sector"] + "/" + given["item"])
    with_factor = {name for name in published if name in cells or name.partition("/")[2] in everywhere}
    assert with_factor == set(answer.computed) == set(answer.expected)
    assert set(answer.left_out) == published - with_factor


def test_reasons_come_from_the_cells_of_the_other_province(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raw coal of a sector: nothing printed, all of it non-energy use, a net without published emission, a factor."""
    final, net = ["S1", "S2", "S3"], ["S2", "S3"]
    tables = {
        "printed": pd.DataFrame({"flow": "final", "sector": final, "item": "raw_coal", "quantity": "1"}),
        "net": pd.DataFrame({"sector": net, "item": "raw_coal", "net": 1.0}),
        "usable": pd.DataFrame({"sector": ["S3"], "item": "raw_coal"}),
    }
    monkeypatch.setattr(places, "read", lambda _: tables["printed"])
    monkeypatch.setattr(derive_ceads, "net_quantities", lambda *_: tables["net"])
    monkeypatch.setattr(derive_ceads, "cells", lambda *_: tables["usable"])
    assert reasons("hebei", [f"S{number}/raw_coal" for number in range(4)]) == {
        "S0/raw_coal": NOTHING, "S1/raw_coal": DEDUCTED, "S2/raw_coal": UNPUBLISHED,
    }  # fmt: skip


def test_the_shipped_factors_are_what_the_script_derives() -> None:
    """Both provinces' re-tabulated tables give the shipped set: same factors, origin and evidence, to the last digit or two."""
    frames = [
        derive_ceads.cells(places.ENTITY[name], places.ENERGY[name], places.CO2[name]) for name in ("hebei", "henan")
    ]
    names = {places.ENTITY["hebei"]: "河北省", places.ENTITY["henan"]: "河南省"}
    text = derive_ceads.as_yaml(derive_ceads.factors(frames), names)
    derived = yamlfile.validate(FactorSet, yamlfile.parse(text, "derived.yaml"))
    shipped = FactorLibrary.bundled().set(derive_ceads.SET_ID)
    ours, theirs = ({one.key(): one.value for one in found.factors} for found in (derived, shipped))
    assert set(ours) == set(theirs)
    for key, value in theirs.items():
        assert (ours[key].table, ours[key].evidence, ours[key].unit) == (value.table, value.evidence, value.unit)
        # the tables of Henan hold 12 digits, so that the twelfth digit of a quotient may differ
        assert ours[key].value == pytest.approx(value.value, rel=2e-11)


def _case(**more: object) -> Case:
    fields = {
        "id": "x", "title": {"zh": "甲", "en": "a"}, "independence": "constructed", "call": "rates.chain",
        "tolerance": 0.05, "source": "-", "expected": {"a": 1.0, "b": "yes"},
    }  # fmt: skip
    return Case.model_validate({**fields, **more})


@pytest.mark.parametrize(
    ("computed", "within", "failed"),
    [
        ({"a": 1.05, "b": "yes"}, 2, 0),
        ({"a": 1.06, "b": "yes"}, 1, 1),
        ({"a": 1.0, "b": "no"}, 1, 1),
        ({"b": "yes"}, 1, 1),
        ({"a": float("nan"), "b": "yes"}, 1, 1),
        ({"a": 1.0, "b": "yes", "c": 3.0}, 2, 1),
    ],
)
def test_a_wrong_missing_or_surplus_value_fails(computed: dict[str, object], within: int, failed: int) -> None:
    found = compare(_case(), Answer(computed))
    assert (found.compared, found.within, len(found.failures)) == (2, within, failed)


def test_relative_tolerance_and_whole_grams() -> None:
    case = _case(expected={"big": 1e6, "tiny": 0.03}, tolerance=1e-6, relative=True, grain=6e-7)
    assert compare(case, Answer({"big": 1e6 + 0.9, "tiny": 0.0300005})).passed
    assert not compare(case, Answer({"big": 1e6 + 1.1, "tiny": 0.03})).passed
    assert not compare(case, Answer({"big": 1e6, "tiny": 0.030001})).passed


@pytest.mark.parametrize(
    ("computed", "within", "outside", "failed"),
    [
        (1.2, 1, 1, 0),  # as listed
        (1.201, 1, 1, 0),  # as listed, to the last digit
        (1.3, 1, 1, 1),  # moved
        (1.04, 1, 1, 1),  # within after all
    ],
)
def test_a_value_listed_as_outside_must_stay_there(computed: float, within: int, outside: int, failed: int) -> None:
    listed = {"a": {"ours": 1.2, "pin": 0.005, "why": {"zh": "因", "en": "reason"}}}
    found = compare(_case(outside=listed), Answer({"a": computed, "b": "yes"}))
    assert (found.within, len(found.outside), len(found.failures)) == (within, outside, failed)


def test_a_listed_value_that_nothing_expects_fails() -> None:
    listed = {"c": {"ours": 1.0, "pin": 0.0, "why": {"zh": "因", "en": "reason"}}}
    assert compare(_case(outside=listed), Answer({"a": 1.0, "b": "yes"})).failures != ()
