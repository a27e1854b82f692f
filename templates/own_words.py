"""English for the messages whose Chinese words are the program's own: names of carriers, places, sectors, units.

Messages of the readers quote what stands in a cell; that is never put into other words.
"""

from __future__ import annotations

from functools import cache

from ..accounting.run_messages import MESSAGES as ACCOUNT
from ..accounting.target_messages import MESSAGES as TARGETS
from ..factors.library import FactorLibrary
from ..factors.messages import MESSAGES as FACTORS
from ..inventories.audit_messages import MESSAGES as AUDIT
from ..inventories.enterprise_messages import MESSAGES as ENTERPRISE
from ..inventories.run_messages import MESSAGES as RUN
from .reports.english import English

OWN = {code for code in (*ACCOUNT, *TARGETS, *FACTORS, *AUDIT, *ENTERPRISE, *RUN) if not code.startswith("YAML-")}


def english(code: str, text: str) -> str:
    """Return an English message with English names, where the message is made of the program's own words."""
    return _english().of(text) if code in OWN else text


@cache
def _english() -> English:
    return English(FactorLibrary.bundled())
