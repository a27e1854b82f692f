"""Words of a report on the nation: 国内生产总值 where a place has 地区生产总值."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..report import Report

GDP = re.compile("(?<!万元)地区生产总值")
"""not inside 万元地区生产总值能耗…公报, which is the title of a document"""


def national(report: Report) -> Report:
    """Return the report with the words of the nation in its Chinese texts."""
    return replace(report, **_fields(report))


def _fields(node: Any) -> dict[str, Any]:
    return {field.name: _worded(field.name, getattr(node, field.name)) for field in fields(node) if field.init}


def _worded(name: str, value: Any) -> Any:
    if isinstance(value, str):
        return GDP.sub("国内生产总值", value) if name == "zh" else value
    if isinstance(value, tuple):
        return tuple(_worded(name, one) for one in value)
    if isinstance(value, Mapping):
        return {key: _worded(name, one) for key, one in value.items()}
    return replace(value, **_fields(value)) if is_dataclass(value) and not isinstance(value, type) else value
