"""The library: every factor set by its id, read on first use, with carriers, places, sector groups and profiles.

A set's id is the path of its file below `sets` without `.yaml`. A workspace's `factors` folder may add sets and profiles
(same schema); an id that exists already is an error, because sets are never edited in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Literal

from pydantic import Field

from ..accounting.models import Evidence, Frozen, weakest
from ..accounting.problems import FactorError, InputError, ProblemList, Where
from . import products
from . import regions as places
from .carriers import CarrierBook
from .messages import MESSAGES
from .model import PARTS, Confirmation, Factor, FactorSet, Value
from .profile import Profile
from .regions import RegionBook
from .sectors import SectorGroups
from .yamlfile import load, validate

CONFIRMATIONS = "confirmations.yaml"
INHERITED = ("order", "choices", "bridges", "fill", "additions")
LISTED = ("prescribed", "fixed", "gaps")
"""lists of a profile: its own entries go before those of the profile it extends"""
Index = Mapping[tuple[str, str], tuple[Factor, ...]]


class ConfirmationFile(Frozen):
    """The file confirmations.yaml of a workspace's factors folder."""

    schema_: Literal[1] = Field(alias="schema")
    confirmations: list[Confirmation] = Field(default_factory=list)


@dataclass
class FactorLibrary:
    """Factor sets and what is needed to read them. Build it with `bundled`."""

    data: Path
    """folder with carriers.yaml, regions.yaml, sector_groups.yaml, sets/ and profiles/"""
    extra: tuple[Path, ...] = ()
    """factors folders of workspaces: sets and profiles in the same layout"""
    _sets: dict[str, FactorSet] = field(default_factory=dict, repr=False)
    _indexes: dict[str, Index] = field(default_factory=dict, repr=False)
    _keys: dict[str, dict[str, Factor]] = field(default_factory=dict, repr=False)
    _profiles: dict[str, Profile] = field(default_factory=dict, repr=False)

    @classmethod
    def bundled(cls, extra: Sequence[Path] = ()) -> FactorLibrary:
        """Return the library that ships with the package, plus the factors folders of a workspace.

        Raises FactorError FACTOR-ID where a folder brings an id that exists already.
        """
        return cls(Path(str(files(__package__).joinpath("data"))), tuple(Path(folder) for folder in extra)).checked()

    def checked(self) -> FactorLibrary:
        """Return the library after making sure that no id stands twice."""
        problems = ProblemList()
        for kind in ("sets", "profiles"):
            seen: dict[str, str] = {}
            for root in (self.data, *self.extra):
                for name, path in _files(root / kind).items():
                    place = f"{'carbonpeak/factors/data' if root == self.data else root.name}/{path.relative_to(root).as_posix()}"
                    if name in seen:
                        problems.add(MESSAGES.problem("FACTOR-ID", Where(file=place), name, seen[name]))
                    seen.setdefault(name, place)
        if problems:
            raise FactorError(problems)
        return self

    # sets -------------------------------------------------------------------------------------------------------

    @cached_property
    def paths(self) -> dict[str, Path]:
        """File of each set id, from the paths alone."""
        return self._all("sets")

    def ids(self) -> list[str]:
        """Return every set id in order; nothing is read."""
        return list(self.paths)

    def own_ids(self) -> list[str]:
        """Return the ids of the sets that workspaces bring."""
        return sorted({name for root in self.extra for name in _files(root / "sets")})

    def set(self, set_id: str) -> FactorSet:
        """Return a set, read on first use. Raises FactorError FACTOR-SET for an unknown id, InputError for faults."""
        if set_id not in self._sets:
            self._sets[set_id] = self._read(set_id)
        return self._sets[set_id]

    def is_read(self, set_id: str) -> bool:
        """Tell whether a set has been read (a run stores the sets it read)."""
        return set_id in self._sets

    def _read(self, set_id: str) -> FactorSet:
        path = self.paths.get(set_id)
        if path is None:
            raise FactorError(MESSAGES.problem("FACTOR-SET", "", set_id, _near(set_id, self.paths)))
        document = load(path, f"{set_id}.yaml")
        factor_set = validate(FactorSet, document)
        if factor_set.id != set_id:
            raise FactorError(MESSAGES.problem("FACTOR-PATH", document.where(("id",)), factor_set.id, set_id))
        return factor_set

    def load_all(self) -> dict[str, FactorSet]:
        """Read every set; raise InputError with the faults of all of them."""
        problems = ProblemList()
        for set_id in self.ids():
            try:
                self.set(set_id)
            except InputError as error:
                problems.extend(error.problems)
        problems.raise_errors()
        return {set_id: self._sets[set_id] for set_id in self.ids()}

    def factors(self, set_id: str, item: str, quantity: str) -> tuple[Factor, ...]:
        """Return the factors of a set for an item and a quantity."""
        if set_id not in self._indexes:
            index: dict[tuple[str, str], tuple[Factor, ...]] = {}
            for factor in self.set(set_id).factors:
                key = (factor.item, factor.quantity)
                index[key] = (*index.get(key, ()), factor)
            self._indexes[set_id] = index
        return self._indexes[set_id].get((item, quantity), ())

    def factor(self, factor_id: str) -> tuple[FactorSet, Factor]:
        """Return set and factor of a full id `set id#factor key`. Raises FactorError FACTOR-KEY with proposals."""
        set_id, _, key = factor_id.partition("#")
        factor_set = self.set(set_id)
        if set_id not in self._keys:
            self._keys[set_id] = {factor.key(): factor for factor in factor_set.factors}
        keys = self._keys[set_id]
        if key not in keys:
            raise FactorError(MESSAGES.problem("FACTOR-KEY", set_id, key, _near(key, keys)))
        return factor_set, keys[key]

    def parts(self, factor_id: str) -> list[tuple[float, str]]:
        """Return the factors behind a coefficient's id with their shares: one, or those of a mix (`0.2*id + 0.8*id`)."""
        out = []
        for word in factor_id.split(" + "):
            share, star, rest = word.partition("*")
            out.append((float(share), rest) if star else (1.0, word))
        return [(share, name) for share, name in out if name.partition("#")[0] in self.paths]

    # evidence ---------------------------------------------------------------------------------------------------

    @cached_property
    def confirmations(self) -> dict[str, Confirmation]:
        """Confirmations of the workspaces' factors folders, by full factor id."""
        found: dict[str, Confirmation] = {}
        for folder in self.extra:
            path = folder / CONFIRMATIONS
            if path.is_file():
                entries = validate(ConfirmationFile, load(path)).confirmations
                found.update({entry.factor: entry for entry in entries})
        return found

    def evidence(self, set_id: str, factor: Factor, values: Iterable[Value | None] = ()) -> str:
        """Return the weakest evidence of the values used (all of the factor's where none are named)."""
        if f"{set_id}#{factor.key()}" in self.confirmations:
            return Evidence.CONFIRMED.value
        used = list(values) or [factor.value, *(getattr(factor, part) for part in PARTS)]
        return weakest(value.evidence.value for value in used if value is not None)

    # carriers, places, profiles -----------------------------------------------------------------------------------

    @cached_property
    def carriers(self) -> CarrierBook:
        """Energy carriers."""
        return CarrierBook.read(self.data / "carriers.yaml")

    @cached_property
    def products(self) -> dict[str, products.Product]:
        """Products and materials of the process sources."""
        return products.read(self.data / "products.yaml")

    @cached_property
    def regions(self) -> RegionBook:
        """Places of GB/T 2260 and grid regions."""
        return places.read(self.data / "regions.yaml")

    @cached_property
    def sectors(self) -> SectorGroups:
        """Sector groups of the guidelines' tables."""
        return SectorGroups.read(self.data / "sector_groups.yaml")

    @cached_property
    def _profile_paths(self) -> dict[str, Path]:
        return self._all("profiles")

    def _all(self, kind: str) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for root in (*reversed(self.extra), self.data):
            found.update(_files(root / kind))
        return dict(sorted(found.items()))

    def profile(self, profile_id: str) -> Profile:
        """Return a profile. Raises FactorError FACTOR-PROFILE for an unknown id or one that names unknown sets."""
        if profile_id not in self._profiles:
            self._profiles[profile_id] = self._read_profile(profile_id)
        return self._profiles[profile_id]

    def _read_profile(self, profile_id: str) -> Profile:
        path = self._profile_paths.get(profile_id)
        if path is None:
            raise FactorError(
                MESSAGES.problem("FACTOR-PROFILE", "", profile_id, _near(profile_id, self._profile_paths))
            )
        document = load(path, f"{profile_id}.yaml")
        profile = self._extended(validate(Profile, document))
        if profile.id != profile_id:
            raise FactorError(MESSAGES.problem("FACTOR-PATH", document.where(("id",)), profile.id, profile_id))
        named: list[tuple[tuple[str | int, ...], str]] = [
            (("order", key, i), name) for key, names in profile.order.items() for i, name in enumerate(names)
        ]
        named += [(("prescribed", i, "from_set"), rule.from_set) for i, rule in enumerate(profile.prescribed)]
        problems = ProblemList()
        for at, name in named:
            if name not in self.paths:
                problems.add(MESSAGES.problem("FACTOR-SET", document.where(at), name, _near(name, self.paths)))
        if problems:
            raise FactorError(problems)
        for entry in profile.fixed:
            self.factor(entry.factor)
        return profile

    def _extended(self, own: Profile) -> Profile:
        """Return a profile with what it takes over from the one it extends."""
        if not own.extends:
            return own
        base = self.profile(own.extends)
        merged: dict[str, object] = {name: {**getattr(base, name), **getattr(own, name)} for name in INHERITED}
        merged |= {name: [*getattr(own, name), *getattr(base, name)] for name in LISTED}
        return own.model_copy(update=merged)

    def profiles(self) -> list[str]:
        """Return every profile id."""
        return list(self._profile_paths)


def _files(folder: Path) -> dict[str, Path]:
    """Id of each YAML file below a folder: its path without the ending."""
    return {path.relative_to(folder).with_suffix("").as_posix(): path for path in sorted(folder.rglob("*.yaml"))}


def _near(word: str, known: Iterable[str]) -> str:
    """Return what was probably meant, or what there is."""
    names = list(known)
    near = get_close_matches(word, names, n=3, cutoff=0.4)
    return ", ".join(near or names[:5]) or "-"
