"""Known answers to the printed digit, each with its independence; and docs/validation.md is what its command writes."""

from __future__ import annotations

import pytest

from carbonpeak.factors import yamlfile
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.factors.model import FactorSet
from carbonpeak.inventories import derive_ceads

from . import validation
from .known_answers import places
from .known_answers.case import CLASSES, Case, cases, later
from .known_answers.ceads import cross
from .known_answers.compare import Answer, compare, result


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_case(case: Case) -> None:
    found = result(case.id)
    assert found.failures == ()
    assert found.compared > 0


def test_page_is_what_the_command_writes() -> None:
    assert validation.difference(validation.page(validation.results())) == []


def test_no_case_is_both_computed_and_later() -> None:
    waiting = [name for group in later() for name in group.ids]
    assert len(waiting) == len(set(waiting))
    assert not set(waiting) & {case.id for case in cases()}


def test_counts_stand_apart_by_independence() -> None:
    """No line of the page adds published answers to constructed or derived ones."""
    page = validation.page(validation.results())
    counted = page.split("## ", 1)[0]
    for kind in CLASSES:
        own = [one for one in validation.results() if one.case.independence == kind]
        line = f"| {kind} | {len(own)} | {sum(one.compared for one in own)} |"
        assert (line in counted) == bool(own)
    assert counted.count("\n| ") == 1 + len({case.independence for case in cases()})


def test_each_province_has_only_factors_of_the_other() -> None:
    """Cells whose factor the other province cannot give are named, not fitted: none of them is computed."""
    for source, target, named in (("hebei", "henan", 4), ("henan", "hebei", 8)):
        answer = cross(source, target)
        assert len(answer.left_out) == named
        assert not set(answer.left_out) & set(answer.computed)
        assert set(answer.expected) | set(answer.left_out) == set(places.published_cells(target).index)


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
