"""The whole story: load -> validate -> figures, charts -> pages, downloads -> site -> verify.

Each stage takes values and gives values. One that finds errors ends the run; the published site stays as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from portal.arithmetic import run_checks
from portal.charts import (
    draw_card_strip,
    draw_charts,
    draw_promise_strip,
    draw_score_strip,
    draw_spark,
    find_join_problems,
)
from portal.comparability import is_never, read_rules
from portal.downloads import make_downloads
from portal.figures import derive_figures
from portal.load import load_portal
from portal.made import Figure, Result
from portal.model import Observation, Portal, Problem
from portal.pages import Drawings, make_markdown, make_pages
from portal.policy import read_policy, rules_said
from portal.privacy import withhold_all
from portal.publish import lock_site, publish
from portal.reading import read_limits
from portal.runtime import make_runtime
from portal.searching import make_search
from portal.settings import Settings
from portal.sharing import Shown, make_app_files, make_shared
from portal.site import write_site
from portal.validate import (
    CONFIG,
    check_arithmetic,
    check_config,
    check_documented,
    check_future,
    check_help_age,
    check_loose,
    check_own_words,
    check_policy,
    check_portal,
    check_renewals,
    check_settings,
    check_stated,
    check_strays,
    check_template_judgements,
    check_when,
    place_cells,
)
from portal.validate.reading import check_reading_limits
from portal.verify import check_site
from portal.verify.reading import Grades

RENEWALS = {"renewal-soon", "renewal-late"}
DOUBTED = {"implausible", "conflict"}  # a target that nothing is measured against
Progress = Callable[[str], None]


def check(
    settings: Settings, only: tuple[Path, ...] = (), progress: Progress = lambda stage: None
) -> tuple[Portal, tuple[Problem, ...]]:
    """Load and validate; writes nothing."""
    progress("load")
    portal, problems = load_portal(settings.datasets_dir, only)
    progress("validate")
    policy = read_policy(settings.facts)
    policy = replace(policy, addresses=(*policy.addresses, str(settings.facts.get("contact", ""))))
    problems += tuple(check_strays(settings.datasets_dir, portal, only, policy))
    whole = not only and not stops(problems, strict=False)  # what could not be read is not missing as well
    problems = (*problems, *check_portal(portal, settings.datasets_dir, whole, policy))
    problems += tuple(check_policy(settings.facts, settings.lines, CONFIG))
    problems += tuple(check_reading_limits(settings.facts, settings.lines, CONFIG))
    if not only:  # what mkdocs.yml says is of all datasets
        problems += tuple(check_settings(settings.config, settings.lines, CONFIG))
        problems += tuple(
            check_config(
                portal, settings.facts, settings.site_url, settings.lines, settings.config, settings.source, policy
            )
        )
        problems += tuple(check_own_words(portal, settings.templates_dir, settings.source, policy))
        problems += tuple(check_template_judgements(settings.templates_dir))
        problems += tuple(check_loose(settings.config_file, CONFIG, policy)) if settings.config_file else ()
    if not stops(problems, strict=False):  # sums of mistyped cells would only be told twice
        problems += tuple(check_documented(portal))
        problems += tuple(check_stated(portal, {} if only else settings.facts.get("home")))
        problems += tuple(check_arithmetic(portal, run_checks(portal), whole))
        problems += tuple(problem for dataset in portal.datasets for problem in find_join_problems(dataset))
        problems += tuple(check_future(portal, settings.build_date)) if settings.build_date else ()
        problems += tuple(check_when(portal, settings.build_date)) if settings.build_date else ()
        problems += tuple(check_help_age(portal, settings.build_date)) if settings.build_date else ()
        problems += tuple(check_renewals(portal, settings.build_date)) if settings.build_date else ()
    return portal, withhold_all(place_cells(problems, portal))


def build(settings: Settings, strict: bool = False, progress: Progress = lambda stage: None) -> Result:
    """Check, build, verify and publish. Raises PortalError when the build cannot go on."""
    # Locked from the start: who comes second hears it at once, and what a killed run set aside is put back
    # even when the data is refused.
    with lock_site(settings):
        return build_locked(settings, strict, progress)


def build_locked(settings: Settings, strict: bool, progress: Progress) -> Result:
    portal, problems = check(settings, progress=progress)
    if stops(problems, strict):
        return Result(problems)
    built = settings.build_date or newest_date(portal)
    progress("figures")
    figures = {d.slug: derive_figures(d, portal.reference) for d in portal.datasets}
    progress("charts")
    place = str(settings.facts.get("place", ""))
    charts = {d.slug: draw_charts(d, portal.reference, place=place) for d in portal.datasets}
    progress("downloads")
    files = make_downloads(portal, charts, built, settings.facts.get("scorecard"))
    files = (*files, *make_runtime(settings.templates_dir, charts.values()))
    progress("pages")
    results = run_checks(portal)
    drawings = Drawings(partial(draw_card, portal), draw_score_strip, draw_promise_strip)
    pages = make_pages(portal, figures, charts, drawings, files, problems, settings, built, results)
    progress("sharing")
    about = str(settings.config.get("site_description") or "")
    shown = Shown(portal, figures, charts, settings.site_name, settings.facts, about, built)
    pages, pictures = make_shared(pages, shown)
    icons = make_app_files(settings.templates_dir, settings.site_name, settings.facts)
    progress("site")
    markdown = make_markdown(settings, portal.reference)
    search = partial(make_search, portal, pages, settings.site_name)
    new = write_site(settings, pages, markdown, (*files, *pictures, *icons), built, search)
    progress("verify")
    limits, rules = read_limits(settings.facts), rules_said(read_policy(settings.facts))
    grades = Grades(limits.elsewhere, limits.young_people) if limits else None
    problems = withhold_all((*problems, *check_site(new, portal, built, rules, problems, grades)))
    if stops(problems, strict):
        return Result(problems)
    progress("publish")
    publish(new, settings)
    return Result(
        problems,
        published=True,
        summary=(f"{len(pages)} pages", f"{len(files)} files to download", f"built {built.isoformat()}"),
    )


def stops(problems: tuple[Problem, ...], strict: bool) -> bool:
    """Errors, and warnings too when asked; but a figure that is late gets no younger by not being published."""
    return any(p.severity == "error" or (strict and p.code not in RENEWALS) for p in problems)


def draw_card(portal: Portal, figure: Figure) -> str:
    """The small drawing of a card: the rows the figure may be joined with, or else its target beside it."""
    row = portal.row(figure.rows[-1])
    if row is None or row.number is None:
        return ""
    rows = [o for dataset in portal.datasets if dataset.slug == figure.dataset for o in dataset.observations]
    rules = read_rules(portal.reference)
    targets = [o for o in rows if o.kind == "target" and o.number is not None and same_measure(o, row)]
    target = next((o for o in targets if not DOUBTED & set(o.flags) and not is_never(o, row, rules)), None)
    return draw_spark([o for o in rows if o.like == row.like]) or (draw_card_strip(row, target) if target else "")


def same_measure(one: Observation, other: Observation) -> bool:
    like = (one.measure.id, one.area, one.source, one.breakdown)
    return like == (other.measure.id, other.area, other.source, other.breakdown)


def newest_date(portal: Portal) -> date:
    """The newest date in the data: so the same data gives the same site on any day.

    Plain packages without dated observations give their newest year; a portal without any, the epoch.
    """
    dates = [
        row.period_end for d in portal.datasets for row in d.observations if row.period_end and row.kind == "actual"
    ]
    for dataset in portal.datasets:
        created = str(dataset.descriptor.get("created", ""))[:10]
        dates += [date.fromisoformat(created)] if re.fullmatch(r"\d{4}-\d\d-\d\d", created) else []
    dates = [day for day in dates if 1980 <= day.year <= 2105]  # archives can carry no other
    if not dates:
        texts = " ".join(str(r.frame.iloc[:, 0].max()) for d in portal.datasets for r in d.resources if r.frame.size)
        dates = [date(int(year), 12, 31) for year in re.findall(r"\b(?:19|20)\d\d\b", texts)]
    return max(dates, default=date(1980, 1, 1))
