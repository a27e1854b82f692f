"""Seeded broken workspaces on the command line: a list of problems and exit 2, or a result; never a traceback, never exit 3."""

import random
import re
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from carbonpeak.cli import app

from .small_balance import ROWS, write

SEED, COUNT = 20260, 90
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
    "null", "[]", "{}", "[[1, [2]]]", "-1", "''", "1e999", ".nan", "2019-13-45", "!!python/object:os.system x", "&a x",
    "*a", "true", "012", "真", "'../../etc'", "{a: {b: c}}", "99999999999999999999", "- x", '"unclosed', "a: b: c",
)  # fmt: skip
CELLS = (
    "", "-", "#REF!", "=1+1", "nan", "inf", "1e400", "1e308", "-1e308", "1e-320", "１２３", "1,234", "1.2.3", "∞", "NO",
    "C", "万", "%", "0", "-0", "合计", "\x00", "\ufeff", "\u202e", "'" * 50, "x" * 40_000, "{found}", "{0}", "%s", "10^4 t",
    "tce/tce", "410000", "2019-02-30", "0000", "9999",
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
        way = dice.choice(WAYS)
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
