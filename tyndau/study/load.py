"""A study's folder as one thing: workbook and forms, read and checked against each other.

In: the folder. Out: `Study`, or every problem that its files have, all at once. Nothing is written
and no wave is read. To bring in another sheet, see `tyndau.study.sheets`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from tyndau.base.errors import Place, Problem, UserError
from tyndau.questionnaire.form import Form
from tyndau.questionnaire.lint import consent_first, lint
from tyndau.questionnaire.load import load_forms
from tyndau.study import problems
from tyndau.study.entries import Entries, is_known, read_entries, untranslated
from tyndau.study.guides import read_guides
from tyndau.study.keys import METHOD_WORDS
from tyndau.study.model import Banner, Derived, Study, Territory
from tyndau.study.plan import Plan
from tyndau.study.sheets.banners import read_banners
from tyndau.study.sheets.columns import check_release, check_sample
from tyndau.study.sheets.deliverables import read_deliverables
from tyndau.study.sheets.derived import read_derived
from tyndau.study.sheets.identity import read_identity
from tyndau.study.sheets.key_findings import read_key_findings
from tyndau.study.sheets.known import Known
from tyndau.study.sheets.nets import read_nets, read_sorted
from tyndau.study.sheets.place import read_place
from tyndau.study.sheets.points import read_points
from tyndau.study.sheets.population import read_population
from tyndau.study.sheets.quotas import read_quotas
from tyndau.study.sheets.rules import read_rules
from tyndau.study.sheets.sampling import read_sampling
from tyndau.study.sheets.scales import Scales, read_scales
from tyndau.study.sheets.settings import Settings, read_settings
from tyndau.study.sheets.streets import read_streets
from tyndau.study.sheets.team import read_team
from tyndau.study.sheets.territories import compare_answers, read_territories
from tyndau.study.sheets.trends import read_trends
from tyndau.study.sheets.weighting import read_weighting
from tyndau.study.workbook import read_workbook

WORKBOOK = "study.xlsx"
FORMS = "forms"

_FORM_SUFFIXES = (".xlsx", ".xlsm", ".xls")
# Sheets that name populations, variables or answers.
_HELD_AGAINST_FORMS = (
    "population", "weighting", "quotas", "banners", "scales", "nets", "sorted", "trends", "derived",
    "rules", "key_findings",
)  # fmt: skip
_POPULATION = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")


def load_study(folder: Path) -> Study:
    """Load a study whose workbook and forms have no error.

    Parameters
    ----------
    folder : Path
        The study's folder.

    Returns
    -------
    Study
        The study.

    Raises
    ------
    UserError
        With every error that the folder has; warnings and hints do not stop.
    """
    study, found = check_study(folder)
    if study is None:
        raise UserError(*(problem for problem in found if problem.kind.severity == "error"))
    return study


def require_folder(path: Path) -> None:
    """See that what is named as a study is a folder.

    Parameters
    ----------
    path : Path
        What the user named.

    Raises
    ------
    UserError
        If there is nothing, or a file; of a file the folder is named that is probably meant.
    """
    if path.is_dir():
        return
    if not path.exists():
        raise problems.NO_FOLDER.error(path=str(path))
    # A form lies one folder deeper than the workbook.
    around = [folder for folder in path.parents[:2] if (folder / WORKBOOK).is_file()]
    folder = around[0] if around else path.parent
    raise problems.NOT_A_FOLDER.error(path=str(path), folder=str(folder))


def check_study(folder: Path) -> tuple[Study | None, list[Problem]]:
    """Check everything in a study's folder: the workbook, the forms, and how they agree.

    Parameters
    ----------
    folder : Path
        The study's folder.

    Returns
    -------
    study : Study or None
        The study; None if there is any error.
    problems : list of Problem
        All errors, warnings and hints: the workbook's sheet by sheet, then the forms'.
    """
    try:
        require_folder(folder)
    except UserError as error:
        return None, list(error.problems)
    forms, in_forms, unread = _read_forms(folder)
    known = Known.of(forms, unread)
    try:
        sheets = _read_workbook(folder)
    except UserError as error:
        return None, [*error.problems, *in_forms]
    settings, found = read_settings(sheets["study"], WORKBOOK, known)
    city, in_place = read_place(settings)
    territories, in_territories = read_territories(sheets["territories"])
    derived, known, in_derived = read_derived(sheets["derived"], known)
    banners, in_banners = read_banners(sheets["banners"], known, WORKBOOK)
    scales, in_scales = read_scales(sheets["scales"], known)
    shown, in_shown = _read_shown(sheets, known, scales, settings)
    plan, in_plan = _read_plan(sheets, known, territories, settings)
    field, in_field = _read_field(folder, sheets, settings)
    found = [
        *sheets["study"].problems, *found, *check_sample(settings, known),
        *check_release(settings, known), *in_place,
        *_of_sheet(sheets["territories"], settings), *in_territories,
        *compare_answers(territories, known), *in_plan,
        *_of_sheet(sheets["banners"], settings), *in_banners,
        *_of_sheet(sheets["scales"], settings), *in_scales,
        *_of_sheet(sheets["derived"], settings), *in_derived, *in_shown,
        *in_field, *_not_compared(sheets, unread),
        *_check_languages(forms, settings), *in_forms,
    ]  # fmt: skip
    if any(problem.kind.severity == "error" for problem in found):
        return None, found
    study = _joined(folder, settings, city, forms, banners, derived, scales, territories)
    planned = {one.name: getattr(plan, one.name) for one in fields(plan)}
    return replace(study, **shown, **field, **planned), found


def _read_plan(
    sheets: Mapping[str, Entries],
    known: Known,
    territories: Iterable[Territory],
    settings: Settings,
) -> tuple[Plan, list[Problem]]:
    """Read the sheets that say what is planned and promised."""
    codes = [territory.code for territory in territories]
    margins, in_margins = read_population(sheets["population"], known, codes)
    weighting, in_weighting = read_weighting(sheets["weighting"], known)
    points, in_points = read_points(sheets["points"], codes)
    streets, in_streets = read_streets(
        sheets["streets"], points, (entry.text("code") for entry in sheets["points"].rows)
    )
    quotas, in_quotas = read_quotas(sheets["quotas"], known, codes)
    rules, in_rules = read_rules(sheets["rules"], known)
    deliverables = read_deliverables(sheets["deliverables"])
    sampling, in_sampling = read_sampling(sheets["sampling"], known, codes)
    plan = Plan(margins, weighting, points, streets, quotas, rules, deliverables, sampling)
    return plan, [
        *_of_sheet(sheets["population"], settings), *in_margins,
        *_of_sheet(sheets["weighting"], settings), *in_weighting,
        *_of_sheet(sheets["points"], settings), *in_points,
        *_of_sheet(sheets["streets"], settings), *in_streets,
        *_of_sheet(sheets["quotas"], settings), *in_quotas,
        *_of_sheet(sheets["sampling"], settings), *in_sampling,
        *_of_sheet(sheets["rules"], settings), *in_rules,
        *_of_sheet(sheets["deliverables"], settings),
    ]  # fmt: skip


def _read_field(
    folder: Path, sheets: Mapping[str, Entries], settings: Settings
) -> tuple[dict[str, Any], list[Problem]]:
    """Read who works in the field, for whom, and by which guides."""
    identity, in_identity = read_identity(settings)
    team, in_team = read_team(sheets["team"])
    guides, in_guides = read_guides(folder, settings.languages)
    found = [*in_identity, *sheets["team"].problems, *in_team, *in_guides]
    return {"identity": identity, "team": team, "guides": guides}, found


def _read_shown(
    sheets: Mapping[str, Entries], known: Known, scales: Scales, settings: Settings
) -> tuple[dict[str, Any], list[Problem]]:
    """Read the sheets that say what tables show: rows beside the answers, waves beside waves."""
    nets, in_nets = read_nets(sheets["nets"], known, scales)
    descending, in_sorted = read_sorted(sheets["sorted"], known)
    trends, in_trends = read_trends(sheets["trends"], known)
    findings, in_findings = read_key_findings(
        sheets["key_findings"], known, nets, scales, settings.comparing.least_difference
    )
    shown = {
        "nets": nets, "descending": descending, "trends": trends, "key_findings": findings,
    }  # fmt: skip
    return shown, [
        *_of_sheet(sheets["nets"], settings), *in_nets,
        *_of_sheet(sheets["sorted"], settings), *in_sorted,
        *_of_sheet(sheets["trends"], settings), *in_trends,
        *_of_sheet(sheets["key_findings"], settings), *in_findings,
    ]  # fmt: skip


def _joined(
    folder: Path,
    settings: Settings,
    city: tuple[float, float] | None,
    forms: Mapping[str, Form],
    banners: tuple[Banner, ...],
    derived: tuple[Derived, ...],
    scales: Mapping[str, Mapping[str, float]],
    territories: tuple[Territory, ...],
) -> Study:
    return Study(
        folder=folder,
        title=settings.text("title"),
        customer=settings.text("customer"),
        sponsor=settings.text("sponsor"),
        contractor=settings.text("contractor"),
        population_words=settings.text("population"),
        sample_words=settings.text("sample"),
        mode=settings.text("mode"),
        start=settings.day("start"),
        end=settings.day("end"),
        languages=settings.languages,
        time_zone=settings.time_zone,
        inference=settings.inference,
        inferences=settings.inferences,
        inference_words=settings.text("inference_model"),
        thresholds=settings.thresholds,
        comparing=settings.comparing,
        sample=settings.sample,
        forms=forms,
        banners=banners,
        derived=derived,
        scales=scales,
        territories=territories,
        index=settings.index,
        fictional=settings.fictional,
        recording=settings.recording,
        correct_hours=settings.correct_hours,
        method_words={key: settings.text(key) for key in METHOD_WORDS},
        release_keys=settings.release_keys,
        place=city,
    )


def _of_sheet(sheet: Entries, settings: Settings) -> list[Problem]:
    return [*sheet.problems, *untranslated(sheet, settings.languages)]


def _read_workbook(folder: Path) -> dict[str, Entries]:
    path = folder / WORKBOOK
    if not path.exists():
        raise problems.NO_WORKBOOK.error(Place(file=str(folder)), file=WORKBOOK)
    return read_entries(read_workbook(path, WORKBOOK, is_known))


def _read_forms(folder: Path) -> tuple[dict[str, Form], list[Problem], set[str]]:
    """Read the forms: those that can be read by population, all problems, those that cannot."""
    found: list[Problem] = []
    paths: dict[str, list[Path]] = {}
    inside = folder / FORMS
    for path in sorted(inside.iterdir()) if inside.is_dir() else []:
        # Excel keeps a file ~$name.xlsx beside a workbook that is open.
        if path.suffix.lower() in _FORM_SUFFIXES and not path.name.startswith(("~$", ".")):
            paths.setdefault(path.stem, []).append(path)
    if not paths:
        found.append(problems.NO_FORMS.at(Place(file=FORMS)))
    readable = []
    for population, candidates in paths.items():
        names = [path.name for path in candidates]
        if not _POPULATION.fullmatch(population):
            place = Place(file=f"{FORMS}/{names[0]}")
            found.append(problems.FORM_NAME.at(place, name=names[0]))
        elif len(names) > 1:
            found.append(problems.FORM_TWICE.at(Place(file=FORMS), name=population, files=names))
        else:
            readable.append(candidates[0])
    forms: dict[str, Form] = {}
    shown = [f"{FORMS}/{path.name}" for path in readable]
    for path, outcome in zip(readable, load_forms(readable, shown=shown), strict=True):
        if isinstance(outcome, UserError):
            found.extend(outcome.problems)
        else:
            forms[path.stem] = outcome
            found.extend([*lint(outcome), *consent_first(outcome)])
    return forms, found, paths.keys() - forms.keys()


def _not_compared(sheets: Mapping[str, Entries], unread: Iterable[str]) -> list[Problem]:
    """Say that more may be found once the forms can be read."""
    names = sorted(unread)
    if not names or not any(sheets[name].rows for name in _HELD_AGAINST_FORMS):
        return []
    return [problems.NOT_COMPARED.at(Place(file=WORKBOOK), forms=names)]


def _check_languages(forms: Mapping[str, Form], settings: Settings) -> list[Problem]:
    return [
        problems.FORM_LANGUAGE.at(Place(file=form.path), language=language)
        for form in forms.values()
        for language in settings.languages
        if language not in form.languages
    ]
