"""Every text a reader meets is in her language and holds no inner id: reports, console and explanations of the examples."""

import re
from contextlib import redirect_stdout
from dataclasses import replace
from io import StringIO

import pytest
from typer.testing import CliRunner

from carbonpeak.accounting.wording import coded, halves, split, words
from carbonpeak.cli import app
from carbonpeak.factors.cited import locator
from carbonpeak.factors.library import FactorLibrary
from carbonpeak.factors.model import PARTS, FactorSet
from carbonpeak.inventories.explain import explain
from carbonpeak.inventories.names import Names
from carbonpeak.inventories.run import library_for
from carbonpeak.templates import api, listing, run_output
from carbonpeak.templates.publish import publish

from .known_answers.places import example
from .language import HAN, Declared, chinese, declared, english, fields, ids, texts

EXAMPLES = ("henan", "henan_2007", "china_2007", "enterprise_demo")
FULL = {
    "henan": (
        "energy_total:2019", "co2_energy:2019?definition=ceads", "co2_energy:2019", "carbon_intensity:2019",
        "ch4_energy:2019",
    ),
    "henan_2007": ("energy_total:2007", "co2_reference:2007"),
    "china_2007": ("energy_total:2007", "coal_rate:2007"),
    "enterprise_demo": ("energy_comprehensive:2023", "co2_enterprise:2023"),
}  # fmt: skip
"""figures explained down to the cell; every other figure is explained without its lines"""
TEXTS = (("coefficients", "matched_on"), ("uncounted", "detail"), ("metrics", "note"), ("verdicts", "missing"),
         ("verdicts", "note"), ("verdicts", "source"))  # fmt: skip
FIGURE = re.compile(r"[a-z0-9_/]+@\w+:[\w-]+(?:\?\S*[\w@])?")
"""the id of a figure, which an explanation names so that it can be asked for"""


@pytest.fixture(scope="module", params=EXAMPLES)
def run(request, tmp_path_factory, monkeypatch_module):
    """A run of an example with its documents in both languages; pictures hold no text and are not drawn."""
    name = request.param
    results = example(name)
    own = replace(results, steps=list(results.steps))
    out = tmp_path_factory.mktemp("language") / name
    publish(own, library_for(own.workspace), out, lang="both")
    return name, own, out


@pytest.fixture(scope="module")
def monkeypatch_module():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("carbonpeak.templates.charts.render.png", lambda *_: None)
        yield patch


def faults(found, lang, allowed=None):
    """Return what a reader of a language cannot read."""
    kinds = (chinese, ids) if lang == "en" else (ids, english)
    return [(kind.__name__, text) for kind in kinds for text in kind(found, allowed or declared())]


@pytest.mark.parametrize("suffix", ["html", "docx", "xlsx"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_documents(run, lang, suffix):
    found = texts(run[2] / f"report{'.en' if lang == 'en' else ''}.{suffix}")
    assert len(found) > 100
    assert faults(found, lang) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_explanations(run, lang):
    name, results, _ = run
    trees = [explain(results, figure, depth=0, lang=lang) for figure in results.steps_by_figure]
    shallow = [text for tree in trees for text in (*tree.lines()[1:], *(term["name"] for term in tree.data["terms"]))]
    deep = [text for figure in FULL[name] for text in explain(results, figure, most=3, lang=lang).lines()]
    assert len(deep) > 10
    # a figure is named by its id; a step on the way has no other name
    known = results.steps_by_figure
    bodies = ["" if text in known else FIGURE.sub("", text) for text in (*shallow, *deep)]
    assert faults(dict.fromkeys(bodies), lang) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_tables(run, lang):
    _, results, _ = run
    for table, column in TEXTS:
        found = getattr(results, table)[column if lang == "zh" else f"{column}_en"]
        assert faults(found.unique(), lang) == [], table


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_console_after_a_run(run, lang):
    shown = StringIO()
    with redirect_stdout(shown):
        run_output.show(api.load(run[2]), lang, False)
    lines = [_without_ids(line) for line in shown.getvalue().splitlines()]
    assert faults(lines, lang) == []


def _without_ids(line: str) -> str:
    """A line of the table of totals without its last column, which is declared to hold ids; not that of a path."""
    cells = line.split("│")
    return "│".join(cells[:-2]) if "@" in cells[-2 if len(cells) > 2 else 0] else "" if line.startswith("/") else line


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_commands_about_a_run(run, lang):
    name, _, out = run
    for command in (("targets", str(out)), ("check", name)):
        assert faults(said(*command, lang=lang), lang) == [], command
    if name == "enterprise_demo":
        explained = said("explain", str(out), FULL[name][0], lang=lang)
        assert faults([FIGURE.sub("", line) for line in explained], lang) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_lists_of_the_library(lang):
    """Columns of ids are what a user types."""
    shelf = FactorLibrary.bundled()
    pair = "standard_coal/gbt2589_2008", "standard_coal/gbt2589_2020"
    found = [
        listing.sets("", lang), listing.factors("原煤", "", lang), listing.standards(lang), listing.examples(lang),
        *(listing.differences(*names, "", lang) for names in (pair, ("provincial_2011", "ipcc_2006"))),
    ]  # fmt: skip
    assert all(len(frame) for frame, _ in found)
    typed = {"id", "factor_id", "factor", "folder", "profile", "a", "b"}
    cells = [str(cell) for frame, columns in found for name, _ in columns if name not in typed for cell in frame[name]]
    assert faults(dict.fromkeys(cells), lang) == []
    assert len(shelf.paths) == len(found[0][0])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_set_is_shown_in_one_language(lang):
    """Keys and codes are those of its file; the copies in which it was read are named as they name themselves."""
    one = FactorLibrary.bundled().set("electricity/mee_2023")
    own = declared()
    allowed = replace(own, names={*own.names, *fields(FactorSet), "mee_2023"}, latin=[*one.copies.values(), *own.latin])
    lines = said("factors", "show", one.id, lang=lang)
    assert len(lines) > 100
    assert faults(lines, lang, allowed) == []


def said(*command, lang):
    """Return the lines a command prints."""
    done = CliRunner().invoke(app, [*command, "--lang", lang])
    assert done.exit_code in (0, 1, 4), done.output
    return done.output.splitlines()


# the scanner itself ----------------------------------------------------------------------------------------------


ALLOWED = Declared(
    chinese=["综合能耗计算通则"], latin=["Carbon Emission Accounts and Datasets of China"], names={"coal_mix"}
)


def test_the_scanner_finds_what_is_seeded():
    assert chinese(["rule (综合能耗计算通则)", "rule: 综合能耗计算通则", "source、text"], ALLOWED) == [
        "rule: 综合能耗计算通则",
        "source、text",
    ]
    assert ids(["见 coal_mix", "技术 coal_other", "data/a_b.csv!A1", "combustion/x_y#coal/co2"], ALLOWED) == [
        "技术 coal_other"
    ]
    titled = "引用 Carbon Emission Accounts and Datasets of China"
    assert english([titled, "the heat of the carrier itself", "IPCC 2006 tier 1"], ALLOWED) == [
        "the heat of the carrier itself"
    ]


def test_a_seeded_word_in_a_document_is_found(tmp_path):
    """One Chinese word in one cell, one inner id in one paragraph."""
    path = tmp_path / "x.html"
    path.write_text(
        "<title>t</title><p>energy <b>总量</b></p><p title='a_b | t | assumed'>coal_other</p>", encoding="utf-8"
    )
    assert chinese(texts(path), ALLOWED) == ["energy 总量"]
    assert ids(texts(path), ALLOWED) == ["coal_other"]


# wording ---------------------------------------------------------------------------------------------------------


def test_words_inside_words_are_taken_apart_and_codes_stay():
    inner = words("热量", "heat") + "、" + coded("carrier", "coke")
    assert halves(words(f"取自{inner}", f"taken from {inner}")) == ("取自热量、coke", "taken from heat, coke")
    assert Names.bundled().pair(words(f"取自{inner}", f"taken from {inner}")) == (
        "取自热量、焦炭",
        "taken from heat, coke",
    )
    assert split(f"{inner}；{words('甲；乙', 'a; b')}", "；") == [inner, words("甲；乙", "a; b")]


def test_what_a_user_typed_is_left_alone():
    assert Names.bundled().pair("自测，2023") == ("自测，2023", "自测，2023")


def test_every_place_in_a_document_has_english_words():
    sets = FactorLibrary.bundled().load_all().values()
    values = [getattr(factor, part) for one in sets for factor in one.factors for part in PARTS]
    tables = {value.table for value in values if value is not None}
    assert len(tables) > 20
    assert [table for table in tables if HAN.search(locator(table, "en"))] == []


def test_every_document_and_publisher_has_an_english_title():
    sets = FactorLibrary.bundled().load_all().values()
    assert [one.id for one in sets if HAN.search(one.document) and not one.document_en] == []
    assert [one.id for one in sets if HAN.search(one.publisher) and not one.publisher_en] == []
