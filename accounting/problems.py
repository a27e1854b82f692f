"""Problems: what is wrong with an input, where, what was expected and what to do, in Chinese and English.

The hierarchy of exceptions::

    CarbonpeakError                 everything this package raises on purpose
    ├── InputError                  the user's input is wrong; carries a ProblemList (exit code 2)
    │   ├── UnitError               a unit is unknown, ambiguous or of the wrong kind
    │   └── FactorError             no factor, or two that fit equally well
    └── InternalError               our fault (exit code 3)

A problem is made from the catalogue of the folder that finds it (`messages.py`), never from free text, so
that both languages exist and a test can ask for a bad-input folder per code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .wording import latin, marked, plain


class CarbonpeakError(Exception):
    """Base of every exception raised on purpose."""


class InputError(CarbonpeakError):
    """The input is wrong. `problems` is the whole list, never only the first."""

    def __init__(self, problems: ProblemList | Problem) -> None:
        self.problems = problems if isinstance(problems, ProblemList) else ProblemList([problems])
        super().__init__(self.problems.text("en"))


class UnitError(InputError):
    """A unit is unknown, ambiguous, or of another kind than needed."""


class FactorError(InputError):
    """No factor fits, or two fit equally well."""


class InternalError(CarbonpeakError):
    """A state that the program should have excluded."""


class Level(StrEnum):
    """How much a problem stops: 错误 stops the run, 警告 is printed in the report, 提示 is a note."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    def label(self, lang: str) -> str:
        """Return the printed word."""
        zh = {"error": "错误", "warning": "警告", "hint": "提示"}
        return zh[self.value] if lang == "zh" else self.value


@dataclass(frozen=True, slots=True)
class Where:
    """The address of a problem: `file!sheet!cell` (xlsx), `file!cell` (csv), `file:line` or a YAML key."""

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int = 0
    key: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.sheet:
            place += f"!{self.sheet}"
        if self.cell:
            place += f"!{self.cell}"
        if self.line:
            place += f":{self.line}"
        if self.key:
            place = f"{place} [{self.key}]" if place else self.key
        return place or "-"

    @property
    def is_place(self) -> bool:
        """Whether a reader can go there: a file or a key, not the id of a figure, which the sentence names."""
        return bool(self.file or self.sheet or self.cell or (self.key and "@" not in self.key))

    @classmethod
    def parse(cls, source: str) -> Where:
        """Read back `file!sheet!cell`, `file!cell` or `file:line` as the `source` column of a table holds it."""
        parts = source.split("!")
        if len(parts) == 3:
            return cls(file=parts[0], sheet=parts[1], cell=parts[2])
        if len(parts) == 2:
            return cls(file=parts[0], cell=parts[1])
        head, _, tail = source.rpartition(":")
        return cls(file=head, line=int(tail)) if head and tail.isdigit() else cls(file=source)

    def sort_key(self) -> tuple[str, str, int, str]:
        """Sort as a reader walks through the file: by file, sheet, row, column."""
        match = re.match(r"([A-Z]+)(\d+)", self.cell)
        row = int(match[2]) if match else self.line
        column = match[1].rjust(4) if match else ""
        return (self.file, self.sheet, row, column)


@dataclass(frozen=True, slots=True)
class Message:
    """One entry of a message catalogue. Texts are `str.format` templates over the problem's parameters."""

    code: str
    level: Level
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. Texts are complete sentences in both languages, in which codes may still wait for names."""

    code: str
    level: Level
    where: Where
    found: str
    expected: str
    zh: str
    en: str
    remedy_zh: str
    remedy_en: str

    def text(self, lang: str = "zh") -> str:
        """Return one line: level, code, address, sentence, remedy. An address is left out where there is none to go to."""
        body, remedy = (self.zh, self.remedy_zh) if lang == "zh" else (self.en, self.remedy_en)
        arrow = f" → {plain(remedy, lang)}" if remedy else ""
        place = f"{self.where} " if self.where.is_place else ""
        return f"[{self.level.label(lang)} {self.code}] {place}{plain(body, lang)}{arrow}"

    def record(self) -> dict[str, Any]:
        """Return a JSON-ready record."""
        return {
            "code": self.code,
            "level": self.level.value,
            "where": str(self.where),
            "found": self.found,
            "expected": self.expected,
            "zh": plain(self.zh),
            "en": plain(self.en, "en"),
            "remedy_zh": self.remedy_zh,
            "remedy_en": self.remedy_en,
        }


class Catalogue(dict[str, Message]):
    """The messages of one folder, by code."""

    def __init__(self, *messages: Message) -> None:
        super().__init__({message.code: message for message in messages})
        if len(self) != len(messages):
            raise InternalError("a message code stands twice in one catalogue")

    def problem(
        self,
        code: str,
        where: Where | str = "",
        found: object = "",
        expected: object = "",
        **params: object,
    ) -> Problem:
        """Make a problem from message `code`; `params` fill the templates beside found and expected."""
        message = self[code]
        place = where if isinstance(where, Where) else Where.parse(where)
        values = {"found": str(found), "expected": str(expected), "where": str(place), **params}
        # what holds codes is the program's own words, so its punctuation may follow the language
        english = {name: latin(text) if marked(text := str(value)) else value for name, value in values.items()}
        return Problem(
            code=code,
            level=message.level,
            where=place,
            found=plain(str(found)),
            expected=plain(str(expected)),
            zh=message.zh.format(**values),
            en=message.en.format(**english),
            remedy_zh=message.remedy_zh.format(**values),
            remedy_en=message.remedy_en.format(**english),
        )


@dataclass
class ProblemList:
    """A list of problems without repeats, in reading order."""

    items: list[Problem] = field(default_factory=list)

    def add(self, problem: Problem) -> None:
        """Append one problem."""
        self.items.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Append several problems."""
        self.items.extend(problems)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.sorted())

    def __len__(self) -> int:
        return len(set(self.items))

    def __bool__(self) -> bool:
        return bool(self.items)

    def sorted(self) -> list[Problem]:
        """Return the problems once each: errors, warnings, hints, and inside a level in reading order."""
        order = list(Level)
        # the text settles ties: without it two problems of one place would change places between two runs
        return sorted(set(self.items), key=lambda p: (order.index(p.level), p.where.sort_key(), p.code, p.found, p.zh))

    def at(self, level: Level) -> list[Problem]:
        """Return the problems of one level."""
        return [problem for problem in self if problem.level is level]

    @property
    def errors(self) -> list[Problem]:
        """Problems that stop a run."""
        return self.at(Level.ERROR)

    def text(self, lang: str = "zh") -> str:
        """Return all problems, one a line."""
        return "\n".join(problem.text(lang) for problem in self)

    def raise_errors(self) -> None:
        """Raise InputError with the whole list if any problem is an error."""
        if self.errors:
            raise InputError(self)
