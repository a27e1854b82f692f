"""The ledger of sources with the layout `records`: every single row through the kernel, from disk to disk.

A run holds records (rows of one key, added up) as it holds the rows of any table: rules, factors, splits and shares are
settled on them. Their lines are then replaced by the sums of the lines of the single rows, which stand in
`results/rows_<account>_<source>.parquet`; sums of whole grams are the same in every order and engine.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..accounting import emissions, keying
from ..accounting.keying import KEY
from ..accounting.splitting import origin
from ..accounting.tables import LINES
from . import engine
from .readers.records import Detail

if TYPE_CHECKING:
    import duckdb

JOINED = f"""SELECT d.quantity * r.share AS quantity, r.row_id AS record, r.row_id || ':' || d.line AS row_id, r.number,
    {", ".join(f"r.{name}" for name in (*KEY, *emissions.PARAMETERS))} FROM detail d JOIN records r USING (place)"""
"""a single row: its own number and what its record settles; its id is that of the record and its line in the file"""


@dataclass(frozen=True)
class Rows:
    """The single rows of a run's sources; `files` names the ledgers written so far."""

    details: Sequence[Detail]
    engine: engine.Engine = "duckdb"
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="carbonpeak-")))
    files: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        weakref.finalize(self, shutil.rmtree, str(self.folder), True)

    def settle(
        self,
        account: str,
        lines: pd.DataFrame,
        rows: pd.DataFrame,
        keyed: pd.DataFrame,
        gwp: Mapping[str, float] | None,
    ) -> pd.DataFrame:
        """Return the lines of records with the sums of their single rows, and write the lines of these."""
        sums = [self._ledger(detail, account, rows, keyed, gwp) for detail in self.details if len(lines)]
        found = pd.concat([one for one in sums if one is not None] or [lines.iloc[:0]]).set_index("line_id")
        own = lines["line_id"].isin(found.index)
        exact = found.reindex(lines.loc[own, "line_id"])
        settled = lines.copy()
        for name in ("value", "co2e"):
            settled.loc[own, name] = exact[name].to_numpy(dtype="int64")
        return settled

    def _ledger(
        self, detail: Detail, account: str, rows: pd.DataFrame, keyed: pd.DataFrame, gwp: Mapping[str, float] | None
    ) -> pd.DataFrame | None:
        records = rows.assign(place=rows["row_id"].map(origin).map(detail.records)).dropna(subset=["place"])
        numbers, recipes = keying.numbered(keyed)
        records = records.merge(numbers, on=list(KEY))
        if records.empty:
            return None
        columns = ["row_id", *KEY, *emissions.PARAMETERS, "share", "place", "number"]
        path = self.folder / f"rows_{account}_{detail.source}.parquet"
        with engine.connection(self.folder, ordered=True) as database:
            database.read_parquet(str(detail.path)).project("* RENAME (record AS place)").create_view("detail")
            engine.stored(database, "records", records[columns].astype({"place": "int64"}))
            lines = self._lines(database, recipes, gwp)
            names = ", ".join(LINES.names)
            lines.project(f"{names}, record || '/' || suffix AS whole").write_parquet(str(path))
            self.files[path.name] = path
            sums: pd.DataFrame = database.sql(
                f"""SELECT whole AS line_id, CAST(sum(value) AS BIGINT) AS value, CAST(sum(co2e) AS BIGINT) AS co2e
                FROM read_parquet('{path}') GROUP BY whole"""
            ).df()
            return sums

    def _lines(
        self, database: duckdb.DuckDBPyConnection, recipes: pd.DataFrame, gwp: Mapping[str, float] | None
    ) -> Any:
        """The kernel over the single rows, on either engine."""
        rows, keep = database.sql(JOINED), ("record", "suffix")
        if self.engine == "pandas":
            frame = emissions.compute(rows.df(), recipes, gwp, keep=keep, on=["number"])
            return database.from_df(frame)
        return emissions.compute(rows, engine.stored(database, "recipes", recipes), gwp, keep=keep, on=["number"])
