"""Seeded mutations of the Henan example: what may happen to a cell, a row, a name, a unit, a file, a YAML line.

`plan(seed, count)` returns the mutations; each knows the file it writes, the rows it touches and by how much numbers
change. Nothing here knows what the program answers.
"""

from __future__ import annotations

import csv
import io
import math
import random
import re
from dataclasses import dataclass, field
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "inventories" / "examples" / "henan"
ENERGY, CO2, SERIES_CO2 = "data/energy_inventory_2019.csv", "data/co2_ceads_2019.csv", "data/co2_ceads_1997_2018.csv"
ECONOMY, PUBLISHED = "data/economy_2015_2020.csv", "data/published_results.csv"
SERIES_ENERGY = "data/energy_2014_2020.csv"
WEIGHTS = {ENERGY: 9, CO2: 6, SERIES_CO2: 3, ECONOMY: 3, SERIES_ENERGY: 4, PUBLISHED: 1}
INVENTORY, SOURCES = "inventory.yaml", "sources.yaml"
NUMBERS = (
    "times 10", "times 100", "times 10000", "over 10", "over 100", "over 10000", "sign", "other value", "swap",
    "blank cell", "text in number", "nan", "inf", "full width", "thousands", "blanks around",
)  # fmt: skip
ROWS = ("double row", "delete row")
UNITS = ("blank unit", "unit of another kind", "unit that looks alike", "unit of another size")
NAMES = ("misspelt name", "misspelt name", "shifted year")
FILES = ("gbk", "bom", "column order", "row order", "crlf")
YAMLS = ("yaml key", "yaml word", "yaml number", "yaml sign", "yaml year", "yaml line twice", "yaml line gone")
KINDS = (*NUMBERS, *ROWS, *UNITS, *NAMES, *FILES, "yaml", "yaml", "yaml", "yaml")
UNIT_CHANGES = {
    # canonical text in the file: another kind, looks alike (refused or the same), another size
    "10^4 t": ("10^8 m3", ("万t", "万吨", "ton", "10^4 T"), "kt"),
    "10^8 m3": ("10^4 t", ("亿m3", "亿立方米", "10^8 M3"), "10^4 m3"),
    "10^8 kWh": ("10^4 t", ("亿kWh", "亿千瓦时", "亿KWH"), "10^4 kWh"),
    "10^10 kJ": ("10^8 kWh", ("百亿千焦", "1010 kJ"), "10^6 GJ"),
    "10^4 tce": ("10^4 t", ("万吨标准煤", "万tce"), "tce"),
    "10^8 yuan": ("10^8 kWh", ("亿元", "亿yuan"), "10^4 yuan"),
    "10^4 persons": ("10^4 t", ("万人",), "persons"),
    "10^4 kW": ("10^4 kWh", ("万千瓦", "万KW"), "kW"),
    "%": ("10^4 t", ("％", "percent"), "1"),
}
FULL_WIDTH = {**{48 + digit: 0xFF10 + digit for digit in range(10)}, ord("."): "．", ord("-"): "－"}


@dataclass(frozen=True)
class Mutation:
    """One change. `rows` are the lines of the mutated file that differ, counted from 1; `gone` holds a lost record."""

    number: int
    kind: str
    file: str
    content: bytes
    rows: tuple[int, ...]
    records: tuple[dict[str, str], ...] = ()
    """the touched records as they were"""
    changes: tuple[float, ...] = ()
    """what was added to each of their numbers"""
    words: str = ""
    key: str = ""
    """the YAML key of the touched line"""
    block: str = ""
    """the top-level YAML key above it"""

    def __str__(self) -> str:
        return f"#{self.number} {self.kind} {self.file}:{','.join(map(str, self.rows))} {self.words}"


@dataclass
class Table:
    """One csv of the example."""

    file: str
    header: list[str]
    rows: list[list[str]]
    value: str = field(init=False)

    def __post_init__(self) -> None:
        self.value = "quantity" if "quantity" in self.header else "value"

    @classmethod
    def read(cls, file: str) -> Table:
        return cls.of(file, (EXAMPLE / file).read_text(encoding="utf-8-sig"))

    @classmethod
    def of(cls, file: str, text: str) -> Table:
        rows = list(csv.reader(io.StringIO(text)))
        return cls(file, rows[0], rows[1:])

    def copy(self) -> Table:
        return Table(self.file, list(self.header), [list(row) for row in self.rows])

    def text(self, end: str = "\n") -> str:
        out = io.StringIO()
        csv.writer(out, lineterminator=end).writerows([self.header, *self.rows])
        return out.getvalue()

    def record(self, row: int) -> dict[str, str]:
        return dict(zip(self.header, self.rows[row], strict=True))

    def number(self, row: int) -> float:
        return float(self.rows[row][self.header.index(self.value)])

    def shuffle(self, dice: random.Random, rows: bool = True, columns: bool = True) -> None:
        order = list(range(len(self.header)))
        if columns:
            dice.shuffle(order)
        if rows:
            dice.shuffle(self.rows)
        self.header = [self.header[at] for at in order]
        self.rows = [[row[at] for at in order] for row in self.rows]

    def put(self, row: int, column: str, text: str) -> None:
        self.rows[row][self.header.index(column)] = text


def plan(seed: int, count: int) -> list[Mutation]:
    """Return `count` mutations, the kinds in turn, files and places drawn by a generator of its own for each."""
    tables = {file: Table.read(file) for file in WEIGHTS}
    out = []
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        dice = random.Random(f"{seed}/{number}")
        table = kind != "yaml"
        out.append(_table(number, kind, dice, tables) if table else _yaml(number, dice.choice(YAMLS), dice))
    return out


def _table(number: int, kind: str, dice: random.Random, tables: dict[str, Table]) -> Mutation:
    barred = {"shifted year": (ENERGY,), "thousands": (PUBLISHED,)}.get(kind, ())
    files = [file for file in WEIGHTS if file not in barred]
    file = dice.choices(files, [WEIGHTS[name] for name in files])[0]
    base, table = tables[file], tables[file].copy()
    if kind in FILES:
        return Mutation(number, kind, file, _whole(kind, table, dice), (1,))
    if kind in ROWS:
        return _row(number, kind, dice, base, table)
    row = dice.choice([at for at in range(len(table.rows)) if kind != "thousands" or abs(base.number(at)) >= 1000])
    if kind == "swap":
        return _swap(number, dice, base, table)
    if kind in NUMBERS:
        column, text = table.value, _numeral(kind, table.rows[row][table.header.index(table.value)], dice)
    elif kind in UNITS:
        column, text = "unit", _unit(kind, base.record(row)["unit"], dice)
    else:
        column, text = _name(kind, base, row, dice)
    before = base.record(row)[column]
    table.put(row, column, text)
    change = _change(base, row, column, text, kind)
    return Mutation(
        number, kind, file, table.text().encode("utf-8"), (row + 2,), (base.record(row),), (change,),
        f"{column} {before!r} -> {text!r}",
    )  # fmt: skip


def _change(base: Table, row: int, column: str, text: str, kind: str) -> float:
    if column == base.value and kind in NUMBERS:
        try:
            new = float(text.replace(",", ""))
        except ValueError:
            return -base.number(row)
        return new - base.number(row) if math.isfinite(new) else 0.0
    if kind == "shifted year":
        return -base.number(row)
    sizes = {
        "kt": 0.1,
        "10^4 m3": 1e-4,
        "10^4 kWh": 1e-4,
        "10^6 GJ": 0.1,
        "tce": 1e-4,
        "10^4 yuan": 1e-4,
        "persons": 1e-4,
        "kW": 1e-4,
        "1": 100.0,
    }
    return base.number(row) * (sizes[text] - 1) if column == "unit" and text in sizes else 0.0


def _numeral(kind: str, text: str, dice: random.Random) -> str:
    how, _, size = kind.partition(" ")
    if how in ("times", "over"):
        value = float(text) * float(size) if how == "times" else float(text) / float(size)
        return f"{value:.12g}"
    other = {
        "sign": lambda: text[1:] if text.startswith("-") else f"-{text}",
        "other value": lambda: f"{float(text) * dice.uniform(1.2, 1.9):.12g}",
        "blank cell": lambda: "",
        "text in number": lambda: dice.choice([f"{text}万吨左右", f"约{text}", text.replace(".", "。") if "." in text else f"{text}x", f"{text[:-1]}O"]),
        "nan": lambda: dice.choice(["NaN", "nan", "#N/A"]),
        "inf": lambda: dice.choice(["inf", "-Infinity", "1e999"]),
        "full width": lambda: text.translate(FULL_WIDTH),
        "thousands": lambda: _grouped(text),
        "blanks around": lambda: f"  {text}\t ",
    }  # fmt: skip
    return other[kind]()


def _grouped(text: str) -> str:
    whole, dot, rest = text.partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}{dot}{rest}"


def _unit(kind: str, text: str, dice: random.Random) -> str:
    other, alike, size = UNIT_CHANGES[text]
    return {"blank unit": "", "unit of another kind": other, "unit of another size": size}.get(kind) or (
        dice.choice(alike) if kind == "unit that looks alike" else ""
    )


def _name(kind: str, base: Table, row: int, dice: random.Random) -> tuple[str, str]:
    record = base.record(row)
    if kind == "shifted year":
        return "period", str(int(record["period"]) + dice.choice([-1, 1]))
    columns = [
        name
        for name in ("sector", "flow", "item", "metric", "entity", "period", "category", "vintage")
        if record.get(name)
    ]
    column = dice.choice(columns)
    return column, _slip(record[column], dice)


def _slip(word: str, dice: random.Random) -> str:
    """A letter lost, doubled, changed or moved."""
    at = dice.randrange(len(word))
    ways = [
        word[:at] + word[at + 1 :],
        word[:at] + word[at] + word[at:],
        word[:at] + dice.choice("xqz") + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    ]
    return dice.choice([way for way in ways if way and way != word])


def _swap(number: int, dice: random.Random, base: Table, table: Table) -> Mutation:
    one, other = dice.sample(range(len(table.rows)), 2)
    texts = [base.record(row)[base.value] for row in (one, other)]
    table.put(one, table.value, texts[1])
    table.put(other, table.value, texts[0])
    change = float(texts[1]) - float(texts[0])
    return Mutation(
        number, "swap", base.file, table.text().encode("utf-8"), (one + 2, other + 2),
        (base.record(one), base.record(other)), (change, -change), f"{texts[0]} <-> {texts[1]}",
    )  # fmt: skip


def _row(number: int, kind: str, dice: random.Random, base: Table, table: Table) -> Mutation:
    row = dice.randrange(len(table.rows))
    if kind == "double row":
        table.rows.insert(row + 1, list(table.rows[row]))
        rows: tuple[int, ...] = (row + 2, row + 3)
    else:
        del table.rows[row]
        rows = ()
    change = -base.number(row) if kind == "delete row" else base.number(row)
    return Mutation(
        number, kind, base.file, table.text().encode("utf-8"), rows, (base.record(row),), (change,),
        " ".join(base.rows[row][:8]),
    )  # fmt: skip


def _whole(kind: str, table: Table, dice: random.Random) -> bytes:
    if kind == "gbk":
        return table.text().encode("gb18030")
    if kind == "bom":
        return table.text().encode("utf-8-sig" if dice.random() < 0.5 else "utf-16")
    if kind == "crlf":
        return table.text("\r\n").encode("utf-8")
    table.shuffle(dice, rows=kind == "row order", columns=kind == "column order")
    return table.text().encode("utf-8")


TEXTS = ("title", "issuer", "signatories", "note", "document", "supplied_by")
"""keys of free text, which no number depends on"""
_PAIR = re.compile(r"^(\s*(?:- )?)(?:([a-z_]+)(:\s+))?(\S.*)$")
"""a line of block YAML: indent and dash, key, colon, value; a list entry in braces has no key"""
_WANTED = {
    "yaml number": r"\d\.\d",
    "yaml sign": r"\d",
    "yaml year": r"\b(?:19|20)\d\d\b",
    "yaml word": r"[A-Za-z_]{3,}",
}


def _yaml(number: int, kind: str, dice: random.Random) -> Mutation:
    """Change one line of inventory.yaml or sources.yaml."""
    file = INVENTORY if kind == "yaml number" else dice.choice([INVENTORY, SOURCES])
    lines = (EXAMPLE / file).read_text(encoding="utf-8").splitlines()
    pairs = {n: match for n, line in enumerate(lines) if not line.startswith("#") and (match := _PAIR.match(line))}
    pairs = {n: match for n, match in pairs.items() if match[2] not in TEXTS}
    keyed = [n for n, match in pairs.items() if match[2] or kind not in ("yaml key", "yaml line twice")]
    at = dice.choice([n for n in keyed if re.search(_WANTED.get(kind, ""), pairs[n][4])])
    indent, key, colon, value = (text or "" for text in pairs[at].groups())
    new = [f"{indent}{_yaml_key(kind, key, dice)}{colon}{_yaml_value(kind, value, dice)}"]
    rows: tuple[int, ...] = (at + 1,)
    if kind == "yaml line twice":
        new, rows = [lines[at], f"{' ' * len(indent)}{key}{colon}{value}"], (at + 1, at + 2)
    elif kind == "yaml line gone":
        new, rows = [], ()
    content = "\n".join([*lines[:at], *new, *lines[at + 1 :]]) + "\n"
    tops = [match[1] for line in lines[: at + 1] if (match := re.match(r"([a-z_]+):", line))]
    words = f"{lines[at].strip()} -> {new}"
    return Mutation(number, kind, file, content.encode("utf-8"), rows, words=words, key=key, block=tops[-1])


def _yaml_key(kind: str, key: str, dice: random.Random) -> str:
    return _slip(key, dice) if kind == "yaml key" else key


def _yaml_value(kind: str, value: str, dice: random.Random) -> str:
    if kind == "yaml word":
        word = dice.choice(list(re.finditer(_WANTED[kind], value)))
        return value[: word.start()] + _slip(word[0], dice) + value[word.end() :]
    if kind == "yaml number":
        size = dice.choice([10.0, 0.5])
        return re.sub(r"\d+\.\d+", lambda match: f"{float(match[0]) * size:g}", value, count=1)
    if kind == "yaml sign":
        return re.sub(r"\d[\d.]*", lambda match: f"-{match[0]}", value, count=1)
    if kind == "yaml year":
        return re.sub(_WANTED[kind], lambda match: str(int(match[0]) + dice.choice([-1, 1])), value, count=1)
    return value
