"""Ibis on Spark by way of Arrow: its own way, by pandas, makes fractions of whole numbers."""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis.backends import BaseBackend


def with_arrow(session: Any) -> BaseBackend:
    """Return Ibis on a session of Spark, to and from which tables go as Arrow.

    Raises
    ------
    ImportError
        If the extra spark is not there.
    """
    from ibis.backends.pyspark import Backend
    from ibis.formats.pyarrow import PyArrowData

    class SparkWithArrow(Backend):  # type: ignore[misc]
        def to_pyarrow(
            self, expr: ir.Expr, /, *, params: Any = None, limit: Any = None, **_: Any
        ) -> Any:
            table = expr.as_table()
            self._run_pre_execute_hooks(table)
            rows = self._session.sql(self.compile(table, params=params, limit=limit)).toArrow()
            return expr.__pyarrow_result__(PyArrowData.convert_table(rows, table.schema()))

        def _register_in_memory_table(self, op: Any) -> None:
            rows = op.data.to_pyarrow(op.schema)
            self._session.createDataFrame(rows).createOrReplaceTempView(op.name)

    ibis.pyspark  # noqa: B018 - naming it makes Ibis know the options of Spark
    return SparkWithArrow().connect(session)
