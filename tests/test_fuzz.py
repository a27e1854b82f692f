"""Seeded broken workspaces on the command line: a list of problems and exit 2, or a result; never a traceback, never exit 3."""

import random
import re
import shutil
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner

from carbonpeak.cli import app

from .small_balance import ROWS, write

SEED, COUNT = 20260, 120
DONE, MISSED, WRONG_INPUT, UNJUDGED = 0, 1, 2, 4
SERIES = """\
metric,period,value,unit,basis,vintage
gdp_current,2015,1000,亿元,,
gdp_growth,2016,7.5,%,,
gdp_growth,2017,7.1,%,,
gdp_growth,2018,6.9,%,,
gdp_growth,2019,6.5,%,,
energy_total_published,2018,100,万吨标准煤,equivalent,annual
energy_total_published,2019,101,万吨标准煤,equivalent,annual
energy_intensity_change_published,2019,-5.16,%,,
population,2019,98.8,万人,,
"""
MORE = """\
plans: [henan_13th]
price_years: [2015]
road_split:
- {sector: IND, item: diesel, share: 0.35, evidence: assumed, source: 测试 test}
electricity:
- {year: 2019, direction: in, counterpart: "420000", value: 3, unit: 10^8 kWh, source: 测试 test, evidence: assumed}
"""
SCALARS = (
    "9" * 5000, "[" * 200 + "]" * 200, r'"a\0b"', "? [a]", "null", "[]", "{}", "[[1, [2]]]", "-1", "''", "1e999", ".nan", "2019-13-45", "!!python/object:os.system x", "&a x",
    "*a", "true", "012", "真", "'../../etc'", "{a: {b: c}}", "99999999999999999999", "- x", '"unclosed', "a: b: c",
)  # fmt: skip
CELLS = (
    "", "-", "#REF!", "=1+1", "nan", "inf", "1e400", "1e308", "-1e308", "1e-320", "１２３", "1,234", "1.2.3", "∞", "NO",
    "C", "万", "%", "0", "-0", "合计", "\x00", "\ufeff", "\u202e", "'" * 50, "x" * 40_000, "{found}", "{0}", "%s", "10^4 t",
    "tce/tce", "410000", "2019-02-30", "0000", "9999", "12万", "(5)", "（5）", "±5", "二〇一九", "2019-01-01", "1e12", "1e15",
)  # fmt: skip


def sound(folder: Path) -> Path:
    root = write(folder, ROWS, "provincial_2011, ipcc_2006", MORE)
    sources = root / "sources.yaml"
    text = sources.read_text(encoding="utf-8") + "- {id: series, file: series.csv, layout: series}\n"
    sources.write_text(text, encoding="utf-8")
    (root / "series.csv").write_text(SERIES, encoding="utf-8")
    return root


def bytes_turned(path: Path, dice: random.Random) -> None:
    data = bytearray(path.read_bytes())
    for _ in range(dice.randint(1, 12)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    path.write_bytes(bytes(data))


def cut_short(path: Path, dice: random.Random) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: dice.randrange(len(data))])


def lines_mixed(path: Path, dice: random.Random) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(len(lines))
        change = dice.choice(("drop", "double", "move", "indent"))
        line = lines.pop(at)
        lines[at:at] = {"drop": [], "double": [line, line], "move": [], "indent": [f"  {line}"]}[change]
        if change == "move":
            lines.insert(dice.randrange(len(lines) + 1), line)
        lines = lines or [""]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def scalar_replaced(path: Path, dice: random.Random) -> None:
    """A value of a YAML file, or a cell of a csv, becomes something else."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        cells = [match.span() for match in re.finditer(r"[^,\n]+", text)]
        start, end = dice.choice(cells)
        odd = dice.choice(CELLS)
    else:
        start, end = dice.choice([match.span(1) for match in re.finditer(r": ([^\s{\[][^,}\n]*)", text)])
        odd = dice.choice(SCALARS)
    path.write_text(text[:start] + odd + text[end:], encoding="utf-8")


def gone(path: Path, dice: random.Random) -> None:
    path.unlink()
    left = dice.choice(("nothing", "folder", "empty", "binary", "blank"))
    if left == "folder":
        path.mkdir()
    elif left != "nothing":
        path.write_bytes({"empty": b"", "binary": b"PK\x03\x04" + dice.randbytes(200), "blank": b" \n,,\n\n"}[left])


FORMATS = ("0.0%", '0.0"%"', "yyyy", "yyyy-m-d", 'yyyy"年"m"月"', '0.0"万"', "h:mm", "0.0,")


def as_workbook(path: Path, dice: random.Random) -> None:
    """The same table as a workbook: formats, merged and hidden cells, errors, a stray cell; now and then a bit is turned."""
    rows = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    out = path.with_suffix(".xlsx")
    with xlsxwriter.Workbook(str(out)) as book:
        sheet = book.add_worksheet("表")
        for at, row in enumerate(rows):
            for column, text in enumerate(row):
                shown = book.add_format({"num_format": dice.choice(FORMATS)}) if dice.random() < 0.02 else None
                sheet.write_string(at, column, text) if not _number(text) else sheet.write_number(
                    at, column, float(text), shown
                )
        if dice.random() < 0.4:
            top, left = dice.randrange(len(rows)), dice.randrange(4)
            sheet.merge_range(
                top, left, top + dice.randint(0, 2), left + dice.randint(1, 2), dice.choice((3, "x", "原煤"))
            )
        if dice.random() < 0.3:
            sheet.set_row(dice.randrange(len(rows)), None, None, {"hidden": True})
        if dice.random() < 0.3:
            sheet.write(dice.choice((2000, 1_048_575)), dice.randrange(16_384), 7)
        if dice.random() < 0.3:
            sheet.write_formula(
                dice.randrange(len(rows)), dice.randrange(4), "=1/0", None, dice.choice(("#DIV/0!", "", 5))
            )
    if dice.random() < 0.3:
        bytes_turned(out, dice)
    path.unlink()
    sources = path.parent / "sources.yaml"
    if sources.is_file():
        sources.write_text(sources.read_text(encoding="utf-8").replace(path.name, out.name), encoding="utf-8")


def _number(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+(\.\d+)?", text))


WAYS = (bytes_turned, cut_short, lines_mixed, scalar_replaced, scalar_replaced, scalar_replaced, gone)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return sound(tmp_path_factory.mktemp("fuzz") / "sound")


def call(*arguments: str):
    result = CliRunner().invoke(app, list(arguments))
    assert "Traceback" not in result.output
    return result


def test_the_sound_workspace_runs(base):
    assert call("check", str(base)).exit_code == DONE
    assert call("run", str(base), "--dry-run").exit_code == DONE


@pytest.mark.parametrize("number", range(COUNT))
def test_a_broken_workspace_never_gives_a_traceback(number, base, tmp_path):
    dice = random.Random(f"{SEED}/{number}")
    root = tmp_path / "broken"
    shutil.copytree(base, root)
    for _ in range(dice.choice((1, 1, 1, 2))):
        path = dice.choice(sorted(path for path in root.iterdir() if path.is_file() and path.stat().st_size))
        way = dice.choice((*WAYS, as_workbook, as_workbook) if path.suffix == ".csv" else WAYS)
        try:
            way(path, dice)
        except UnicodeDecodeError:
            bytes_turned(path, dice)
    checked = call("check", str(root))
    assert checked.exit_code in (DONE, WRONG_INPUT), checked.output
    ran = call("run", str(root), "--dry-run")
    assert ran.exit_code in (DONE, MISSED, WRONG_INPUT, UNJUDGED), ran.output
    if checked.exit_code == WRONG_INPUT:
        assert ran.exit_code == WRONG_INPUT
        assert re.search(r"\[(?:错误|error) [A-Z0-9-]+\]", checked.output), checked.output
