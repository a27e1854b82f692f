"""What a field of a YAML file expects, said in both languages from the kind of fault pydantic found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..accounting.wording import words

_KINDS = {
    "string_type": ("文字", "text"),
    "int_type": ("整数", "a whole number"),
    "int_parsing": ("整数", "a whole number"),
    "int_from_float": ("整数", "a whole number"),
    "float_type": ("数值", "a number"),
    "float_parsing": ("数值", "a number"),
    "finite_number": ("有限的数值", "a finite number"),
    "bool_type": ("true 或 false", "true or false"),
    "bool_parsing": ("true 或 false", "true or false"),
    "list_type": ("列表", "a list"),
    "tuple_type": ("列表", "a list"),
    "dict_type": ("“键: 值”的映射", "a mapping of keys to values"),
    "model_type": ("“键: 值”的映射", "a mapping of keys to values"),
    "literal_error": ("{expected} 之一", "one of {expected}"),
    "enum": ("{expected} 之一", "one of {expected}"),
    "too_short": ("至少 {min_length} 项", "at least {min_length} entries"),
    "too_long": ("至多 {max_length} 项", "at most {max_length} entries"),
    "string_too_short": ("至少 {min_length} 个字符", "at least {min_length} characters"),
    "string_too_long": ("至多 {max_length} 个字符", "at most {max_length} characters"),
    "string_pattern_mismatch": ("符合格式 {pattern} 的文字", "text of the form {pattern}"),
    "greater_than": ("大于 {gt}", "greater than {gt}"),
    "greater_than_equal": ("不小于 {ge}", "at least {ge}"),
    "less_than": ("小于 {lt}", "less than {lt}"),
    "less_than_equal": ("不大于 {le}", "at most {le}"),
}


def expected(kind: str, message: str, context: Mapping[str, Any]) -> str:
    """Return what was expected, from an error's type, message and context; our own checks say it themselves."""
    if kind not in _KINDS:
        return message.removeprefix("Value error, ")
    told = {name: _listed(value) if name == "expected" else value for name, value in context.items()}
    zh, en = (text.format(**told) for text in _KINDS[kind])
    return words(zh, en) if "|" not in zh else en


def _listed(value: object) -> str:
    return str(value).replace("'", "").replace(" or ", ", ")
