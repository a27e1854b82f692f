"""Products and materials of the process sources: one id each, with its canonical unit."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field

from ..accounting.models import Frozen
from .yamlfile import load, validate


class Product(Frozen):
    """A product or material whose process emission is amount x factor."""

    id: str
    zh: str
    en: str
    unit: str
    """canonical unit of its activity"""
    group: str = ""
    aliases: list[str] = Field(default_factory=list)
    note: str = ""

    def text(self, lang: str = "zh") -> str:
        """Return the name in a language."""
        return self.zh if lang == "zh" else self.en


class ProductFile(Frozen):
    """The file products.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    products: list[Product]


def read(path: Path) -> dict[str, Product]:
    """Return products by id. Raises InputError with every fault."""
    return {product.id: product for product in validate(ProductFile, load(path)).products}
