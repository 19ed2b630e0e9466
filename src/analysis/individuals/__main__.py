"""From an extract of individual records to a dataset without a NIP, and to tables that may leave.

python -m analysis.individuals {map,validate,ingest,tables,page}
"""

import argparse
import datetime as dt
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

from analysis.disclosure import read_grants, read_known
from analysis.disclosure.protection import STATUS
from analysis.disclosure.releases import Earlier
from analysis.disclosure.runs import logged_runs
from analysis.errors import AnalysisError, DataError
from analysis.files import atomic_write
from analysis.individuals.aggregation import open_records
from analysis.individuals.engines import VARIABLE as ENGINE
from analysis.individuals.engines import open_engine
from analysis.individuals.folders import refuse_taken
from analysis.individuals.ingest import Extracts, ingest, read_extracts
from analysis.individuals.person_keys import VARIABLE, person_key
from analysis.individuals.reading.engine import embedded
from analysis.individuals.reading.opening import Named, mapping_for, open_extract
from analysis.individuals.reading.recognising import draft
from analysis.individuals.schema import TABLES, code_lists
from analysis.individuals.schema.page import schema_page
from analysis.individuals.standard_tables import SETS, make_run
from analysis.individuals.stopping import Stopped, stoppable
from analysis.individuals.validation import basis_on
from analysis.individuals.validation.choices import Choices
from analysis.individuals.validation.report import Report
from analysis.messages import counted
from analysis.paths import DOCS, PROTECTED, ROOT


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return 0, 1 if something is wrong, 128 + the signal that stopped it."""
    options = vars(_parser().parse_args(arguments))
    try:
        with stoppable():
            print(_COMMANDS[options.pop("command")](**options))
    except AnalysisError as error:
        print(error, file=sys.stderr)
        return 1
    except Stopped as stopped:
        print(stopped, file=sys.stderr)
        return stopped.status
    return 0


def _map(extract: str, mapping: Path | None, *, replace: bool) -> str:
    named = Named.of(extract)
    named = Named(named.table, named.place, None)
    with embedded() as engine, ExitStack() as connected:
        connections: dict[str, Any] = {}
        connected.callback(lambda: [each.disconnect() for each in connections.values()])
        opened = open_extract(engine, named, connections)
        target = mapping or mapping_for(opened.file)
        if target.exists() and not replace:
            raise DataError(f"{target} is already there. Say --replace to draft it anew.")
        text, rest, needed = draft(opened, {}, named.table)
        atomic_write(target, text)
        of_persons = [heading for heading in opened.personal if heading in rest]
        unknown = [heading for heading in rest if heading not in of_persons]
        total = len(opened.headings)
    lines = [
        f"Drafted: {target}. Check every line of it.",
        f"  {total - len(rest)} of {counted(total, 'column')} recognised",
    ]
    if of_persons:
        lines.append(f"  of persons, so not read: {', '.join(of_persons)}")
    if unknown:
        lines.append(f"  not recognised, so not read: {', '.join(unknown)}")
    if needed:
        lines.append(f"  NEEDED, so write in it which heading is which: {', '.join(needed)}")
    return "\n".join(lines)


def _validate(
    extract: list[str], date: dt.date, choices: Choices, *, engine: str | None, **report: Any
) -> str:
    with (
        embedded() as reader,
        open_engine(engine) as on,
        closing(_read(reader, extract, date, on)) as found,
    ):
        _write_page(found.report(choices), **report)
        return found.report(choices).to_text(report["language"])


def _ingest(
    folder: Path,
    extract: list[str],
    date: dt.date,
    choices: Choices,
    *,
    key_file: Path | None,
    replace: bool,
    **report: Any,
) -> str:
    key = person_key(key_file)  # before an hour of reading
    refuse_taken(folder, replace=replace)
    if folder.resolve().is_relative_to(ROOT):
        raise DataError(
            f"{folder} lies in the repository, where it could be published. Name a folder outside "
            "it."
        )
    with embedded() as engine, closing(_read(engine, extract, date)) as found:
        text = found.report(choices)
        _write_page(text, **report)
        print(text.to_text(report["language"]))
        rows = ingest(engine, found, folder, key, choices, replace=replace)
        text = found.report(choices, rows)
        _write_page(text, **report)
        lines = [
            f"  {name}: {sum(counts):,} = {counts[0]:,} + {counts[1]:,}"
            for name, counts in rows.items()
        ]
    return "\n".join([f"Written: {folder} (rows in = used + set aside)", *lines])


def _tables(
    folder: Path,
    run: str,
    *,
    sets: list[str] | None,
    to: Path | None,
    log: Path | None,
    earlier: Earlier,
    engine: str | None,
    grants: Path | None,
    known: Path | None,
    **folders: Path | None,
) -> str:
    target = to or PROTECTED / run
    if target.name != run:
        raise DataError(f"--to {target}: the folder of a run bears its name, {run}.")
    log = log or folder.with_name(f"{folder.name}-log")
    before = [name for name in logged_runs(log) if name != run]
    exceptions = () if grants is None else read_grants(grants)  # before the work
    public = () if known is None else read_known(known)
    with open_engine(engine) as on:
        made = make_run(
            open_records(on, folder),
            target,
            log=log,
            sets=sets,
            earlier=earlier,
            grants=exceptions,
            known=public,
            leave_out=sets is None,
            inputs={
                name: each.read(place)
                for name, each in SETS.items()
                if each.read is not None and (place := folders[each.takes]) is not None
            },
        )
    lines = [f"Written: {target}", f"  earlier runs: {_said_of(before, log, earlier)}"]
    if exceptions:
        lines.append(
            f"  {counted(len(exceptions), 'cell')} by exception: kept in the log, told in the "
            "report"
        )
    if public:
        exact = sum(each.least == each.most for each in public)
        lines.append(
            f"  {counted(len(public), 'cell')} of which something is public, {exact} of them "
            "exactly and so not hidden: kept in the log with its source"
        )
    for name, table in sorted(made.tables.items()):
        hidden = int((table.frame[STATUS] == "hidden").sum()) if STATUS in table.frame else 0
        lines.append(
            f"  {name}: {table.kind}, {counted(len(table.frame), 'row')}, {hidden:,} hidden"
        )
    reasons: dict[str, list[str]] = {}
    for name, why in sorted(made.lacking.items()):
        reasons.setdefault(why, []).append(name)
    lines += [f"  {', '.join(names)}: not made; {why}" for why, names in reasons.items()]
    return "\n".join(lines)


def _said_of(before: Sequence[str], log: Path, earlier: Earlier) -> str:
    """Return which earlier runs were audited together with this one."""
    if earlier == "apart":
        return "not taken into account; the tables state that risk"
    if before or earlier == "none":
        return ", ".join(before) or "none"
    return (
        f"none in {log}; the tables state that risk. Say --log FOLDER where runs of these people "
        "are kept, or --first if nothing was published before"
    )


def _page() -> str:
    atomic_write(DOCS / "individuals.md", schema_page(code_lists()))
    return f"Written: {DOCS / 'individuals.md'}"


_COMMANDS: dict[str, Callable[..., str]] = {
    "map": _map,
    "validate": _validate,
    "ingest": _ingest,
    "tables": _tables,
    "page": _page,
}


def _read(engine: Any, extract: list[str], date: dt.date, on: Any = None) -> Extracts:
    places = [Named.of(text) for text in extract]
    return read_extracts(engine, places, basis_on(date), code_lists(), on)


def _write_page(report: Report, *, html: Path | None, language: Any) -> None:
    if html is not None:
        atomic_write(html, report.to_html(language))


class _Choice(argparse.Action):
    """Collect (pattern, choice) in the order in which they are given."""

    def __call__(
        self, parser: argparse.ArgumentParser, namespace: Any, values: Any, option: Any = None
    ) -> None:
        choice = {"--stop": "stop", "--set-aside": "set aside", "--accept": "accept"}[option]
        made = [*namespace.choices.made, *((pattern, choice) for pattern in values)]
        try:
            namespace.choices = Choices(made)
        except AnalysisError as error:
            parser.error(f"{error} Extracts stand before {option}, which takes all that follows.")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no day. Write year, month and day, such as 2026-06-30."
        ) from None


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis.individuals",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    place = (
        "[TABLE=]PLACE: CSV, XLSX, Parquet, .sql, a folder of Parquet files, a dataset, or "
        f"postgresql://user@host/database?schema=S&table=T; TABLE is one of {', '.join(TABLES)}; "
        "a mapping PLACE.toml beside a file is read, and T.toml here for a table of a database"
    )
    drafted = commands.add_parser("map", help="draft a mapping of the columns of an extract")
    drafted.add_argument("extract", help=place)
    drafted.add_argument("--mapping", type=Path, help="where to write it; beside it by default")
    drafted.add_argument("--replace", action="store_true", help="write over a mapping")
    validated = commands.add_parser("validate", help="say which rows break which rule")
    validated.add_argument("extract", nargs="+", help=place)
    ingested = commands.add_parser("ingest", help="write a dataset, whole or not at all")
    ingested.add_argument("folder", type=Path, help="dataset to write")
    ingested.add_argument("extract", nargs="+", help=place)
    ingested.add_argument(
        "--key-file",
        type=Path,
        help=f"file outside the repository with the key of people; else {VARIABLE} is read",
    )
    ingested.add_argument("--replace", action="store_true", help="write over a dataset")
    for command in (validated, ingested):
        command.add_argument(
            "--date",
            required=True,
            type=_day,
            help="day that the extract describes, YYYY-MM-DD",
        )
        for option, says in (
            ("--stop", "stop where a row breaks the rule (of faults the default)"),
            ("--set-aside", "keep rows that break the rule apart, with the reason"),
            ("--accept", "use rows that break the rule as they are, and say so"),
        ):
            command.add_argument(
                option,
                nargs="+",
                metavar="RULE",
                action=_Choice,
                dest="choices",
                default=Choices(),
                help=f"{says}; such as people.nip_form or 'people.*'",
            )
        command.add_argument("--html", type=Path, help="write the report as a page")
        command.add_argument("--language", choices=["id", "en"], default="id")
    tabled = commands.add_parser("tables", help="make a run of tables that passed the gate")
    tabled.add_argument("folder", type=Path, help="dataset, as ingest writes it")
    tabled.add_argument(
        "--run", required=True, help="name of the run: letters, digits, hyphens; such as 2026-06"
    )
    tabled.add_argument(
        "--sets",
        nargs="+",
        choices=list(SETS),
        help="sets of tables; by default all but those of which a cell cannot be protected",
    )
    tabled.add_argument(
        "--to", type=Path, help="folder of the run; data/processed/protected/RUN by default"
    )
    tabled.add_argument(
        "--log",
        type=Path,
        help="folder of the log, one for all extracts; beside the dataset by default, DATASET-log",
    )
    before = tabled.add_mutually_exclusive_group()
    for option, earlier, says in (
        ("--first", "none", "nothing was published before; an empty log is a risk otherwise"),
        ("--apart", "apart", "do not audit it with the runs in the log; tables state that risk"),
    ):
        before.add_argument(
            option,
            action="store_const",
            dest="earlier",
            const=earlier,
            default="logged",
            help=says,
        )
    tabled.add_argument(
        "--grants",
        type=Path,
        help="CSV of sensitive cells that a law forces to be published or that may be found out, "
        "with who grants it; see analysis.disclosure.grants",
    )
    tabled.add_argument(
        "--known",
        type=Path,
        help="CSV of what is public of single cells, such as a chart of posts, so that nothing is "
        "found out with it; see analysis.disclosure.known_files",
    )
    for each in SETS.values():
        if each.takes:
            tabled.add_argument(f"--{each.takes}", type=Path, help=each.says)
    for command, work in ((validated, "holds rows to the rules"), (tabled, "counts")):
        command.add_argument(
            "--engine",
            help=f"what {work}: duckdb, postgresql://user@host/database, spark or "
            f"spark://host:port; else {ENGINE} is read, else it is duckdb",
        )
    commands.add_parser("page", help="write docs/individuals.md from the schema")
    return parser


if __name__ == "__main__":
    sys.exit(main())
