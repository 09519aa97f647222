"""Arguments and exit codes: the only place that prints, and the only one that catches.

exit: 0 done · 1 problems in the data, the pages or the finished site · 2 command not understood
      3 a fault in the builder
"""

from __future__ import annotations

import io
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console

from portal import pipeline
from portal.errors import PortalError
from portal.made import Result
from portal.model import Problem
from portal.privacy import withhold_all, withhold_text
from portal.report import make_plain, render_problems
from portal.serve import rebuild_on_change, serve_site
from portal.settings import PROGRAM_ROOT, load_settings, shown_path

HELP = """Check the datasets, build the site, verify it, and only then publish it.

\b
build   check, write, build, verify and publish the site (the default)
check   validate only, writing nothing; PATHS are dataset folders, default all
serve   build, show the site on this computer, build all of it again on a change

\b
exit: 0 done · 1 problems in the data, the pages or the finished site
      2 command not understood · 3 a fault in the builder
"""
PORT_HELP = "Where serve listens (default: 8000 or the next free)."


@click.command(
    help=HELP, context_settings={"help_option_names": ["--help"], "max_content_width": 88, "terminal_width": 88}
)
@click.argument("command", type=click.Choice(["build", "check", "serve"]), default="build")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--datasets",
    type=click.Path(path_type=Path),
    default=PROGRAM_ROOT / "datasets",
    metavar="DIR",
    help="The datasets (default: datasets/).",
)
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    default=PROGRAM_ROOT / "site",
    metavar="DIR",
    help="Where the site goes (default: site/).",
)
@click.option(
    "--date",
    "build_date",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The build date (default: the newest date in the data).",
)
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "github"]), default="text", help="How problems are written."
)
@click.option("--port", type=int, default=8000, metavar="N", help=PORT_HELP)
@click.option("--strict", is_flag=True, help="Warnings stop the build too.")
@click.option("--debug", is_flag=True, help="Show where in the builder a fault arose.")
def run(
    command: str,
    paths: tuple[Path, ...],
    datasets: Path,
    site: Path,
    build_date: datetime | None,
    style: str,
    port: int,
    strict: bool,
    debug: bool,
) -> None:
    if paths and command != "check":
        raise click.UsageError(f"{command} takes no PATHS; it publishes all datasets.")
    if not 0 <= port <= 65535:
        raise click.UsageError("--port is a number up to 65535.")
    if build_date and not 1980 <= build_date.year <= 2105:
        raise click.UsageError("--date is a day from 1980 to 2105; archives can carry no other.")
    built = build_date.date() if build_date else None

    def once() -> int:
        return attempt(lambda: act(command, paths, datasets, site, built, style, strict), style, debug)

    prepare_streams()
    with clear_up_when_ended():
        sys.exit(attempt(lambda: serve(once, datasets, site, port), style, debug) if command == "serve" else once())


def prepare_streams() -> None:
    """A terminal that lacks a letter gets its number; it does not end the run."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@contextmanager
def clear_up_when_ended() -> Iterator[None]:
    """A job that is cancelled (SIGTERM) ends as after Ctrl-C: with mkdocs, and without leaving anything half made."""

    def end(number: int, frame: object) -> None:
        sys.exit(128 + number)

    if threading.current_thread() is not threading.main_thread():
        yield  # only the main thread may listen
        return
    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def serve(build: Callable[[], int], datasets: Path, site: Path, port: int) -> int:
    """Until Ctrl-C. A build that fails tells its problems, and the site stands as it was."""
    settings = load_settings(datasets, site)
    watched = (settings.datasets_dir, settings.datasets_dir.parent / "mkdocs.yml", settings.templates_dir)
    try:
        with serve_site(settings.site_dir, settings.site_url, port) as address:

            def tell() -> None:
                build()
                click.echo(f"The site is at {address} (Ctrl-C ends this; a change builds all of it again).")

            rebuild_on_change(tell, watched, PROGRAM_ROOT / "portal", click.echo)
    except KeyboardInterrupt:
        click.echo()
    return 0


def attempt(action: Callable[[], int], style: str, debug: bool) -> int:
    """The exit code. What goes wrong is told; a surprise stays loud."""
    try:
        return action()
    except PortalError as error:  # which may name what stands in a file
        show([Problem("stopped", error.message, error.path, error.line, fix=error.fix)], style)
        return 1
    except BrokenPipeError:
        raise  # whoever read along has left; click ends the run without a word
    except OSError as error:
        fix = "Check that the folder may be written to, and that there is room."
        path = shown_path(Path(str(error.filename))) if error.filename else ""
        show([Problem("cannot-write", f"{error.strerror or error}", path, fix=fix)], style)
        return 1
    except Exception as error:
        # Its words may hold a cell of the data, and this is written to a log that anybody can read.
        traced = withhold_text("".join(traceback.format_exception(error))) if debug else ""
        fault = f"A fault in the builder: {type(error).__name__}"
        fix = "Report this." if debug else "Run again with --debug and report what it shows."
        click.echo(make_plain(f"{traced}{fault}\n  {fix}"), err=True)
        if style == "json":
            show([Problem("fault", fault, "", fix=fix)], style)
        return 3


def act(
    command: str, paths: tuple[Path, ...], datasets: Path, site: Path, built: date | None, style: str, strict: bool
) -> int:
    settings = load_settings(datasets, site, built)
    with show_progress() as progress:
        if command == "check":
            result = Result(pipeline.check(settings, paths, progress)[1])
        else:
            result = pipeline.build(settings, strict, progress)
    show(result.problems, style)
    if command == "check":
        return int(pipeline.stops(result.problems, strict))
    if not result.published:
        click.echo("Nothing was published; the site stands as it was.", err=True)
    else:
        told = f"Published in {click.format_filename(str(site))}: {', '.join(result.summary)}."
        click.echo(make_plain(told), err=style == "json")
    return int(not result.published)


def show(problems: tuple[Problem, ...] | list[Problem], style: str) -> None:
    click.echo(render_problems(withhold_all(problems), style))


@contextmanager
def show_progress() -> Iterator[Callable[[str], None]]:
    """A spinner with the stage on a terminal, a plain line a stage elsewhere; on standard error, out of the way."""
    console = Console(stderr=True)
    started = time.perf_counter()
    spinner = console.status("starting") if console.is_terminal else nullcontext()
    with spinner as status:

        def progress(stage: str) -> None:
            line = f"{time.perf_counter() - started:5.1f} s  {stage}"
            if status:
                status.update(stage)
            console.print(line, style="dim" if status else "", highlight=False)

        yield progress
