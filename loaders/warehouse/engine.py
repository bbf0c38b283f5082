"""The engine that holds the records: opened to be read only, and asked through Ibis; imported nowhere else.

The address comes from the environment and is never shown: a fault names the engine, its host and its database.
"""

from __future__ import annotations

import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from loaders.cards.source_card import SourceCard
from loaders.errors import Fault, SourceError

if TYPE_CHECKING:
    import ibis.expr.types as ir
    import pyarrow as pa

ENGINES = ("duckdb", "postgres", "pyspark", "clickhouse", "bigquery", "trino")
ROWS = 100_000  # of one piece of an answer


@dataclass(frozen=True)
class Engine:
    """An open connection. ``address``: what may be shown of where it leads, without user, password and settings."""

    dataset: str
    kind: str
    address: str
    connection: Any

    def table(self, name: str, schema: str = "") -> ir.Table:
        """The table or view with the columns that the engine says it has; no row is asked for. Raises SourceError."""
        import ibis.common.exceptions

        try:
            return self.connection.table(name, database=_database(schema))
        except ibis.common.exceptions.TableNotFound:
            fault = Fault(
                self.dataset, "there is no such table", f"a table or view of {self.address}", name, "Fix [warehouse]."
            )
        except Exception as error:
            fault = self._broken("cannot say what columns the table has", error)
        raise SourceError(self.dataset, [fault]) from None

    def has_moments(self, name: str, schema: str, column: str) -> bool:
        """Does a column of Spark hold moments, which fall on another day in another time zone? Ibis does not tell."""
        if self.kind != "pyspark":
            return False
        table = self.connection._session.table(".".join(f"`{part}`" for part in (*schema.split("."), name) if part))
        return type(table.schema[column].dataType).__name__ == "TimestampType"

    def sql(self, question: ir.Table) -> str:
        """The question as this engine is asked it."""
        return str(self.connection.compile(question, pretty=True))

    def answer(self, question: ir.Table) -> Iterator[pa.RecordBatch]:
        """The answer in pieces. Raises SourceError; what the engine says of a failure may quote a record and is left
        out."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                yield from self.connection.to_pyarrow_batches(question, chunk_size=ROWS)
        except Exception as error:
            raise SourceError(self.dataset, [self._broken("broke off", error)]) from None

    def _broken(self, what: str, error: Exception) -> Fault:
        code = getattr(error, "sqlstate", None)
        reason = type(error).__name__ + (f" {code}" if code else "")
        todo = "Look into the engine's own log; what was answered is kept for a day, so that the next run goes on."
        return Fault(f"{self.dataset}: {self.address}", what, "an answer", reason, todo)


@contextmanager
def opened(card: SourceCard) -> Iterator[Engine]:
    """The engine that the card names. Raises SourceError where it cannot be reached, without its address."""
    variable = card.warehouse["connection"]
    url = os.environ.get(variable, "").strip()
    kind = _kind(card, variable, url)
    try:
        connection = _connected(kind, url)
    except ImportError as error:
        missing = error.name or "a driver"
        todo = f"Run pip install -r requirements-warehouse.txt, or see docs/warehouse.md for the driver of {kind}."
        raise SourceError(card.id, [Fault(card.id, "a library is missing", f"all of {kind}", missing, todo)]) from None
    except Exception as error:
        todo = f"Look at the variable {variable}, and whether the engine runs."
        found = _without_secrets(error, url)
        raise SourceError(
            card.id, [Fault(f"{card.id}: {_address(url)}", "the engine cannot be reached", "an answer", found, todo)]
        ) from None
    try:
        yield Engine(card.id, kind, _address(url), connection)
    finally:
        if kind != "pyspark":  # a session of Spark may be another's
            connection.disconnect()


def _kind(card: SourceCard, variable: str, url: str) -> str:
    kind = urlsplit(url).scheme.replace("postgresql", "postgres") if url else ""
    if kind in ENGINES and (kind != "duckdb" or urlsplit(url).path.strip("/")):
        return kind
    expected = "an address that begins with " + ", ".join(f"{engine}://" for engine in ENGINES)
    found = "nothing" if not url else "no file of DuckDB" if kind == "duckdb" else "an address of another kind"
    fault = Fault(card.id, f"{variable} is no address of an engine", expected, found, "Set the variable and run again.")
    raise SourceError(card.id, [fault])


def _connected(kind: str, url: str) -> Any:
    """A connection that cannot write, where the engine knows such a thing."""
    import ibis

    if kind == "duckdb":
        return ibis.connect(url, read_only=True)
    connection = ibis.connect(url)
    if kind == "postgres":
        connection.raw_sql("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY").close()
    return connection


def _database(schema: str) -> tuple[str, ...] | str | None:
    """Where a table is kept, as Ibis takes it: ``("catalogue", "schema")``, or the schema alone."""
    return tuple(schema.split(".")) if "." in schema else schema or None


def _address(url: str) -> str:
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}{parts.path}"


def _without_secrets(error: Exception, url: str) -> str:
    """The first line of what a driver says, without the address, its user, its password and its settings."""
    text = (str(error).strip().splitlines() or [""])[0]
    parts = urlsplit(url)
    settings = [piece.partition("=")[2] for piece in parts.query.split("&")]
    secrets = [url, parts.netloc, parts.password or "", parts.username or "", *settings]
    for secret in sorted({*secrets, *map(unquote, secrets)} - {""}, key=len, reverse=True):
        text = text.replace(secret, "…")
    text = re.sub(r"(?i)(password|passwd|token|secret)\s*[=:]\s*\S+", r"\1=…", text)
    return f"{type(error).__name__}: {text[:160]}" if text else type(error).__name__
