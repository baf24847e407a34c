"""Answer a file of Cases (one JSON object a line) on Apache Spark.

    python spark_batch.py yibao_calculator-….whl cases.jsonl answers

Every worker gets the wheel, loads its rulebook once a partition and answers the partition's lines in order.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from pyspark import SparkFiles
from pyspark.sql import SparkSession


def answers(wheel: str, lines: Iterable[str]) -> Iterator[str]:
    """One partition. Imported here, because the wheel is only on the workers; Python reads it as it is, a zip."""
    sys.path.insert(0, SparkFiles.get(wheel))
    from calculator.batch import answer_lines
    from calculator.cli import own_rulebook

    return answer_lines(lines, own_rulebook())


def main(wheel: str, cases: str, told: str):
    spark = SparkSession.builder.appName("yibao").getOrCreate()
    spark.sparkContext.addFile(wheel)
    lines = spark.sparkContext.textFile(cases, minPartitions=2)
    lines.mapPartitions(partial(answers, Path(wheel).name)).saveAsTextFile(told)
    spark.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
