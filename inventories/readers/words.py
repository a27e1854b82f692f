"""What a row is called in a message: Chinese words that carry their English with them."""

from __future__ import annotations


class Words(str):
    """Chinese words; `{label}` of a message prints them, `{label:en}` their English."""

    en: str

    def __new__(cls, zh: str, en: str) -> Words:
        """Join both; blanks inside are kept single."""
        words = super().__new__(cls, " ".join(zh.split()))
        words.en = " ".join(en.split())
        return words

    def __format__(self, spec: str) -> str:
        return self.en if spec == "en" else super().__format__(spec)
