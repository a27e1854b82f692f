"""Dates as documents print them. The document's date comes from the report, never from the clock."""

from __future__ import annotations

from datetime import datetime

from .figure import Lang

# a report without a date still gives the same bytes each time
EPOCH = datetime(1980, 1, 1)


def document_date(iso: str) -> datetime:
    """Return the date for document properties; 1980-01-01 when the report has none. Raises ValueError otherwise."""
    return datetime.fromisoformat(iso).replace(tzinfo=None) if iso else EPOCH


def long_date(iso: str, lang: Lang) -> str:
    """Return 2020年10月30日 or 30 October 2020."""
    if not iso:
        return ""
    day = datetime.fromisoformat(iso)
    if lang == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    months = "January February March April May June July August September October November December".split()
    return f"{day.day} {months[day.month - 1]} {day.year}"
