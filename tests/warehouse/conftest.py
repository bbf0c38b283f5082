"""Real engines, each started once: a server of PostgreSQL, a cluster of Spark with two workers, files of DuckDB."""

from __future__ import annotations

import os
import shutil
from urllib.parse import urlsplit

import pyarrow as pa
import pytest

from tests.warehouse import postgres
from tests.warehouse.department import VARIABLE
from tests.warehouse.records import in_duckdb, in_postgres, in_spark, simulated


def _needs(program: object, name: str) -> None:
    """Without the program the test is left out, but never where CI runs."""
    if not program:
        assert not os.environ.get("REQUIRE_ENGINES"), f"{name} is missing"
        pytest.skip(f"{name} is missing")


@pytest.fixture(scope="session")
def records() -> pa.Table:
    return simulated()


@pytest.fixture(scope="session")
def duckdb_url(records, tmp_path_factory) -> str:
    return in_duckdb(records, tmp_path_factory.mktemp("duckdb") / "records.duckdb")


@pytest.fixture(scope="session")
def postgres_url(records):
    _needs(postgres.programs(), "PostgreSQL (apt-get install postgresql)")
    with postgres.server() as url:
        in_postgres(records, url)
        yield url


@pytest.fixture
def wire(postgres_url):
    """A proxy before the server, and the address that leads through it."""
    recorded = postgres.Wire(urlsplit(postgres_url).port)
    yield recorded, postgres_url.replace(f":{urlsplit(postgres_url).port}/", f":{recorded.port}/")
    recorded.cut()


@pytest.fixture(scope="session")
def spark_url(records, tmp_path_factory):
    from pyspark.sql import SparkSession

    _needs(shutil.which("java"), "Java (apt-get install default-jre-headless)")
    home = tmp_path_factory.mktemp("spark")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    settings = {
        "spark.sql.shuffle.partitions": "2",
        "spark.executor.memory": "512m",
        "spark.driver.memory": "512m",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.warehouse.dir": str(home / "warehouse"),
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    session = builder.getOrCreate()
    in_spark(records, home / "records", session)
    yield "pyspark://"
    session.stop()


@pytest.fixture
def at(monkeypatch):
    """``at(url)``: the card's variable holds this address."""
    return lambda url: monkeypatch.setenv(VARIABLE, url)
