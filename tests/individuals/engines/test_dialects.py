"""What stands for people in hash tables tells the same of them apart as their texts do."""

from collections import Counter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.individuals.engines import bring
from analysis.individuals.engines.dialects import told_apart
from analysis.individuals.person_keys import KEY, PersonKey

NIP = "198503152010019001"
OF = PersonKey(b"0" * 32).of
NIPS = [
    *(NIP, NIP, NIP[:-1] + "2", "0" + NIP[1:], "0" + NIP, NIP[1:], " " + NIP[1:], NIP + "0"),
    *("1.98503E+17", "1.98503E+17", "19850315201001900e1", "1" * 15 + "e10", "", "", "A", "a"),
    *("198503152010019000", "198503152010019000", "1_9850315201001900", None, None),
]
SOME = [NIP, "A", "0" + NIP]
KEYS = [OF(NIP), OF(NIP), OF(NIPS[2]), "no key", "no key", "", "0", "00", None]


@pytest.fixture
def on(single, engine, tmp_path):
    """Return a table of one column of text on an engine."""

    def made(key, texts):
        file = tmp_path / f"{len(texts)}.parquet"
        pq.write_table(pa.table({key: texts}), file)
        return bring(single, single.read_parquet(file), engine)

    return made


@pytest.mark.parametrize(("key", "texts"), [("nipBaru", NIPS), (KEY, KEYS)])
def test_texts_are_told_apart_as_they_are(on, engine, key, texts):
    found = told_apart(on(key, texts), key)
    assert found[key].type().is_string() == (engine.name != "duckdb")
    groups = found.group_by(key).aggregate(rows=found.count(), known=found[key].count())
    rows = [tuple(row.values()) for row in groups.select("rows", "known").to_pyarrow().to_pylist()]
    counts = Counter(texts)
    assert sorted(rows) == sorted((n, 0 if text is None else n) for text, n in counts.items())


def test_people_meet_themselves_in_joins(on):
    people, others = (told_apart(on("nipBaru", n), "nipBaru") for n in (NIPS, SOME))
    found = people.inner_join(others, "nipBaru")
    assert found.count().to_pyarrow().as_py() == sum(nip in SOME for nip in NIPS) > 1
