"""Bases of every schema model, and the evidence scale. Schema, JSON Schema and manual are made from such models."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from .wording import words


class Evidence(StrEnum):
    """How sure we are that the document prints the number, strongest first."""

    CONFIRMED = "confirmed"
    TRANSCRIBED = "transcribed"
    DERIVED = "derived"
    ATTRIBUTED = "attributed"
    RECALLED = "recalled"
    ASSUMED = "assumed"

    @property
    def rank(self) -> int:
        """0 for the strongest."""
        return list(Evidence).index(self)

    def label(self, lang: str) -> str:
        """Return the printed word."""
        return _EVIDENCE_ZH[self.value] if lang == "zh" else self.value


_EVIDENCE_ZH = {
    "confirmed": "已核原文",
    "transcribed": "公开转录（未核原文）",
    "derived": "由公开数据推导",
    "attributed": "出处待核",
    "recalled": "凭记忆待核",
    "assumed": "假定",
}


def weakest(levels: Iterable[str]) -> str:
    """Return the weakest of several evidence levels; blanks (the user's own data) are passed over."""
    known = [Evidence(level) for level in levels if level]
    return max(known, key=lambda level: level.rank).value if known else ""


class Frozen(BaseModel):
    """Base of all schema models: immutable, unknown keys refused, field docstrings are the manual.

    Validators are built on first use: a command needs few of the models.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, defer_build=True)


class Title(Frozen):
    """A title in both languages."""

    zh: str
    en: str

    def text(self, lang: str) -> str:
        """Return the title in a language."""
        return self.zh if lang == "zh" else self.en


def _worded(given: Any) -> Any:
    """Turn {zh, en} into wording; anything else stays for the validator of texts."""
    if isinstance(given, dict) and set(given) == {"zh", "en"} and all(isinstance(text, str) for text in given.values()):
        return words(given["zh"], given["en"])
    return given


_PAIR = {
    "type": "object", "properties": {"zh": {"type": "string"}, "en": {"type": "string"}}, "required": ["zh", "en"],
    "additionalProperties": False,
}  # fmt: skip


def _cited(given: Any) -> Any:
    """Turn the {zh, en} of a document into wording: in English the original stands behind the title, in brackets."""
    if isinstance(given, dict) and re.search(r"[\u3400-\u9fff]", str(given.get("zh", ""))):
        return _worded({**given, "en": f"{given.get('en', '')} ({given['zh']})"})
    return _worded(given)


Worded = Annotated[
    str,
    BeforeValidator(_worded),
    WithJsonSchema({"anyOf": [{"type": "string"}, _PAIR]}),
]
"""A text of a data file: one string, or {zh, en}; in the program the wording of both (accounting/wording.py)."""
Cited = Annotated[
    str,
    BeforeValidator(_cited),
    WithJsonSchema({"anyOf": [{"type": "string"}, _PAIR]}),
]
"""The same for a document that is cited: in English its title there with the original in brackets."""
