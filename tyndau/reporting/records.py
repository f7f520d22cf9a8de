"""Records for everybody: answers of respondents whom nobody can know by them.

In: a study that names the traits by which a person might be known, and the respondents of a
population. Out: `microdata.csv` and a report on how it was made safe. Of a person's traits only
those that the study names are given, coarsened until k people share each combination
(`tyndau.disclosure.release`); what the study never breaks down by a trait does not stand beside it.
"""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tyndau.base.errors import Problem
from tyndau.base.frames import Column, Frame
from tyndau.base.languages import Text
from tyndau.disclosure import Anonymity, Release, release
from tyndau.reporting import problems
from tyndau.reporting.files import put_file
from tyndau.reporting.plan import origins, plan_tables
from tyndau.study.model import Study

# Of the order of records; the order of interviews would tell where and when they were made.
SEED = 1


@dataclass(frozen=True, slots=True, eq=False)
class Records:
    """The records of a population, and what was left out of them.

    Attributes
    ----------
    release : Release
        The records.
    left_out : dict of str to str
        By variable why it does not stand in them: a ``trait`` that the study does not name, a
        ``number``, or not ``with`` a trait that stands there.
    """

    release: Release
    left_out: dict[str, str]


def release_records(study: Study, population: str, frame: Frame) -> Records | None:
    """Make the records of a population safe.

    Parameters
    ----------
    study : Study
        Its traits (``release_keys``), territories, banners and thresholds.
    population : str
        Whose answers the frame holds.
    frame : Frame
        The respondents, prepared.

    Returns
    -------
    Records or None
        None where the population has none of the traits.
    """
    keys: list[str] = []
    left_out: dict[str, str] = {}
    for name in study.release_keys:
        if name in frame and frame[name].variable.kind == "single":
            apart = [key for key in keys if _apart(study, population, key, name)]
            if apart:
                left_out[name] = f"with {apart[0]}"
            else:
                keys.append(name)
    if not keys:
        return None
    derived = {one.name: one for one in study.derived if one.population == population}
    traits = {
        origin
        for banner in study.banners
        if banner.population == population
        for variable in banner.variables
        for origin in origins(variable, derived)
    }
    known = {origin for key in keys for origin in origins(key, derived)}
    columns: dict[str, Column] = {key: frame[key] for key in keys}
    for name in dict.fromkeys(name for name, _ in plan_tables(study, population, frame)):
        apart = [key for key in keys if _apart(study, population, key, name)]
        if name in columns or name in left_out:
            continue
        if name in traits or name in known:
            left_out[name] = "trait"
        elif frame[name].variable.kind == "number":
            left_out[name] = "number"
        elif apart:
            left_out[name] = f"with {apart[0]}"
        else:
            columns[name] = frame[name]
    given = Frame(frame.keys, columns)
    geography = _larger_places(study)
    made = release(given, keys, k=study.thresholds.release_k, seed=SEED, geography=geography)
    return Records(made, left_out)


def records_warnings(study: Study) -> Iterator[Problem]:
    """Say where records tell what tables hide.

    Parameters
    ----------
    study : Study
        Its traits and banners.

    Yields
    ------
    Problem
        One, where a trait of the records is a variable of a banner.
    """
    broken_down = {name for banner in study.banners for name in banner.variables}
    both = [name for name in study.release_keys if name in broken_down]
    if both:
        yield problems.RECORDS_TELL.at(traits=both)


def _apart(study: Study, population: str, one: str, other: str) -> bool:
    """Tell whether two variables never stand together: no banner may break the one by the other."""
    return any(
        a in banner.not_for.get(b, frozenset())
        for banner in study.banners
        if banner.population == population
        for a, b in ((one, other), (other, one))
    )


def _larger_places(study: Study) -> dict[str, tuple[str, Text]]:
    """Return for each territory the one at the top that it lies in."""
    by_code = {place.code: place for place in study.territories}
    larger = {}
    for place in study.territories:
        top = place
        while top.parent in by_code:
            top = by_code[top.parent]
        if top is not place:
            larger[place.code] = (top.code, top.name)
    return larger


def write_records(records: Records, path: Path) -> None:
    """Write records as CSV in UTF-8: a row a person, an empty cell where nothing is known.

    Parameters
    ----------
    records : Records
        The records.
    path : Path
        The file.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    frame = records.release.frame
    columns = [_written(column) for column in frame]
    writer.writerow(["record", *(name for named, _ in columns for name in named)])
    cells = [values for _, several in columns for values in several]
    writer.writerows(zip(frame.keys.tolist(), *cells, strict=True))
    put_file(path, stream.getvalue().encode())


def _written(column: Column) -> tuple[list[str], list[list[str]]]:
    """Return the heads and the values of a variable; of several answers a column each."""
    variable = column.variable
    if variable.kind == "multiple":
        heads = [f"{variable.name}/{code}" for code in variable.codes]
        chosen = np.where(column.values, "1", "0")
        return heads, [np.where(column.asked, one, "").tolist() for one in chosen.T]
    codes = [*variable.codes, ""]
    return [variable.name], [
        [codes[value] if known else "" for value, known in zip(
            column.values.tolist(), column.answered.tolist(), strict=True
        )]
    ]  # fmt: skip


def write_release_report(records: Records, path: Path) -> None:
    """Write how records were made safe, as JSON: nothing in it tells of fewer than k people.

    Parameters
    ----------
    records : Records
        The records.
    path : Path
        The file.

    Raises
    ------
    UserError
        If it cannot be written.
    """
    made = records.release
    told = {
        "k": made.after.k,
        "k_wanted": made.after.wanted,
        "traits": list(made.after.keys),
        "records": made.after.people,
        "classes": made.after.classes,
        "before": _before(made.before),
        "steps": [asdict(step) for step in made.steps],
        "left_out": records.left_out,
        "variables": {
            column.variable.name: {
                "kk": column.variable.label.kk,
                "ru": column.variable.label.ru,
                "codes": {
                    one.code: {"kk": one.label.kk, "ru": one.label.ru}
                    for one in column.variable.categories
                },
            }
            for column in made.frame
        },
        "seed": made.seed,
    }
    put_file(path, (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode())


def _before(before: Anonymity) -> dict[str, Any]:
    return {"records": before.people, "classes": before.classes, "exposed": before.exposed}
