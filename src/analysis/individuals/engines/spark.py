"""Spark, on this machine or on a cluster, as an engine of Ibis."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ibis.backends import BaseBackend

from analysis.errors import DataError
from analysis.individuals.engines.spark_arrow import with_arrow

_PATIENCE = 10  # seconds; a master that is there answers at once


@contextmanager
def spark(setting: str) -> Iterator[BaseBackend]:
    """Yield Spark; it ends with the block.

    Whatever else Spark is to be told (memory, cores, partitions) stands where it looks by itself:
    `spark-defaults.conf` in SPARK_CONF_DIR.

    Parameters
    ----------
    setting : str
        `spark` for this machine, `spark://host:port` for the master of a cluster.

    Raises
    ------
    DataError
        If Java, the extra or the master is not there, or Spark breaks off.
    """
    _needs_java()
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError:
        raise DataError("Spark needs the extra spark: run `uv sync --extra spark`.") from None
    if SparkSession.getActiveSession() is not None:
        raise DataError(
            "Spark runs already in this process, which can have one only. End it first, as with "
            "its session's stop()."
        )
    if setting != "spark":
        _reach(setting)
    place = tempfile.mkdtemp(prefix="individuals-")
    settings = {
        "spark.ui.enabled": "false",  # a page of statements that others could read
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.warehouse.dir": place,
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",  # 11 is a code
    }
    session: Any = None
    try:
        builder = SparkSession.builder.appName("analysis.individuals")
        builder = builder.master("local[*]" if setting == "spark" else setting)
        session = builder.config(map=settings).getOrCreate()
        session.sparkContext.setLogLevel("OFF")  # rows may stand in what it logs
        yield with_arrow(session)
    except (PySparkException, Py4JError, ConnectionError) as error:
        kind = getattr(error, "getCondition", lambda: None)() or type(error).__name__
        raise DataError(
            f"{setting} broke off, or refused what it was asked ({kind}). Nothing was written; "
            "check that its workers run and can read the dataset and the folder for temporary "
            f"files ({tempfile.gettempdir()}) under the same names, then run again."
        ) from None
    finally:
        if session is not None:
            session.stop()
        shutil.rmtree(place, ignore_errors=True)


def _needs_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if shutil.which("java", path=f"{home}/bin" if home else None) is None:
        raise DataError(
            f"Spark needs Java 17 or newer, and there is none in {home or 'PATH'}. Install it, as "
            "with `apt-get install default-jre-headless`, or name its folder in JAVA_HOME."
        )


def _reach(setting: str) -> None:
    """Ask the masters of a cluster for an answer: Spark itself waits a minute for one."""
    for master in setting.removeprefix("spark://").split(","):
        host, _, port = master.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=_PATIENCE).close()
        except OSError:
            continue
        return
    raise DataError(
        f"{setting} cannot be reached. Check host and port, that the master runs, and that it lets "
        "this machine in."
    )
