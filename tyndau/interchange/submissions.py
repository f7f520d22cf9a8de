"""Interviews that came from phones, as a table of answers and as a file to hand on.

In: instances, the form that they fill in. Out: `RawTable`, which `tyndau.interchange.importer`
checks and freezes like any file; or CSV piece by piece. What is taken and what was decided of it is
the caller's: whatever is given here is written.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import compress, islice
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from tyndau.fieldwork.openrosa import Instance, XForm
from tyndau.interchange.csv_write import write_csv
from tyndau.interchange.table import ColumnBuilder, RawColumn, RawTable
from tyndau.questionnaire.bases import form_variables
from tyndau.study.model import Study
from tyndau.study.standards import POINT_TERRITORY
from tyndau.waves import KEY

_CHUNK: Final = 2_000  # interviews whose answers are held as Python strings at a time
_PARENT_KEY: Final = "parent_key"
# Calculations say of themselves that they are texts.
_DECIMAL: Final = re.compile(r"-?\d{1,15}\.\d+")


def submissions_table(
    interviews: Iterable[tuple[str, Instance]],
    study: Study,
    population: str,
    *,
    versions: Sequence[XForm] = (),
    shown: str = "",
) -> RawTable:
    """Put the answers of interviews into a table, to be imported with ``key=KEY``.

    Parameters
    ----------
    interviews : iterable of (str, Instance)
        The key of each interview's row, and its answers.
    study : Study
        Whose form was filled in.
    population : str
        Which of its forms.
    versions : sequence of XForm, optional
        The versions that the interviews were made with. A question that an interview's version
        does not have counts as not asked; one that no version has gets no column.
    shown : str, optional
        What errors call the table; the population by default. Rows are counted from 1.

    Returns
    -------
    RawTable
        The key, the form's variables, and columns of the sample that the form asks for; a question
        is found in its groups, or elsewhere in versions that had it there. Repeats are left out.
        Where the strata are the territories of points, they are told by the sheet ``points``; an
        interview at a point that does not stand there has none.
    """
    places = _places(study, population, versions)
    builders = [ColumnBuilder() for _ in range(len(places) + 1)]
    made_with: list[str] = []
    waiting = iter(interviews)
    while part := [
        (one.version, key, *_answers(one, places)) for key, one in islice(waiting, _CHUNK)
    ]:
        version, *columns = zip(*part, strict=True)
        made_with.extend(version)
        for builder, texts in zip(builders, columns, strict=True):
            builder.extend(texts)
    names = (KEY, *places)
    grown = {name: builder.column(name) for name, builder in zip(names, builders, strict=True)}
    return RawTable(
        file=shown or population,
        format="submissions",
        lines=np.arange(1, len(made_with) + 1, dtype=np.int64),
        columns=grown | _of_points(study, grown),
        lacking=_lacking(places, made_with, versions),
    )


def _of_points(study: Study, columns: Mapping[str, RawColumn]) -> dict[str, RawColumn]:
    """Return in which territory each interview was made, where the study's strata are these."""
    at = columns.get(study.sample.cluster)
    if study.sample.strata != POINT_TERRITORY or POINT_TERRITORY in columns or at is None:
        return {}
    lies_in = {point.code: point.territory for point in study.points}
    territories = [lies_in.get(code.strip(), "") for code in at.levels]
    builder = ColumnBuilder()
    builder.extend([territories[number] for number in at.index])
    return {POINT_TERRITORY: builder.column(POINT_TERRITORY)}


def _lacking(
    names: Iterable[str], made_with: Sequence[str], versions: Sequence[XForm]
) -> dict[str, NDArray[np.bool_]]:
    """Return, for questions that not every version has, the rows of those that have it not."""
    known = {xform.version: _questions(xform) for xform in versions}
    rows = np.array(made_with, dtype=object)
    found = {}
    for name in names:
        without = [version for version, questions in known.items() if name not in questions]
        if without:
            found[name] = np.isin(rows, without)
    return found


def _questions(xform: XForm) -> set[str]:
    return {field.path.rpartition("/")[2] for field in xform.fields}


def csv_rows(
    instances: Iterable[Instance],
    xform: XForm,
    *,
    repeat: str = "",
    beside: Mapping[str, Callable[[Instance], str]] = MappingProxyType({}),
    without: Collection[str] = (),
    for_excel: bool = False,
) -> Iterator[str]:
    """Write interviews as CSV.

    Parameters
    ----------
    instances : iterable of Instance
        The interviews, in order; one is held at a time.
    xform : XForm
        The form; of several versions, `join_xforms` makes one.
    repeat : str, optional
        The path of a repeat, whose rounds are then the rows; by default interviews are.
    beside : mapping of str to callable, optional
        Further columns to stand first, and what they hold for an interview.
    without : collection of str, optional
        Paths of fields that get no column, such as notes, which are only read aloud.
    for_excel : bool, default False
        Whether it is to open as a table in Excel in Russian and Kazakh: semicolons between cells,
        a comma in decimals.

    Yields
    ------
    str
        A piece, to be written in UTF-8; the first is the line of names, in which a field is
        called by its last name where no other field has it.
    """
    kept = [path not in without for path in xform.paths(repeat)]
    paths = list(compress(xform.paths(repeat), kept))
    own = [KEY, _PARENT_KEY] if repeat else []
    names = [*beside, *own, *_short_names(paths, [*beside, *own])]
    shown = [True] * len(own) + kept

    def cells() -> Iterator[list[str]]:
        rows = _rounds(instances, xform, repeat) if repeat else _whole(instances, xform)
        for instance, texts in rows:
            answers = list(compress(texts, shown))
            if for_excel:
                answers = [
                    text.replace(".", ",") if _DECIMAL.fullmatch(text) else text for text in answers
                ]
            yield [*(read(instance) for read in beside.values()), *answers]

    yield from write_csv(names, cells(), separator=";" if for_excel else ",")


def _whole(instances: Iterable[Instance], xform: XForm) -> Iterator[tuple[Instance, list[str]]]:
    for instance in instances:
        yield instance, list(instance.values(xform).values())


def _rounds(
    instances: Iterable[Instance], xform: XForm, repeat: str
) -> Iterator[tuple[Instance, list[str]]]:
    outer = max((one for one in xform.repeats if repeat.startswith(f"{one}/")), key=len, default="")
    for instance in instances:
        places = (place for place, _ in instance.rounds(repeat))
        for place, texts in zip(places, instance.rows(xform, repeat), strict=True):
            keys = [_key(instance, path, place, xform.repeats) for path in (repeat, outer)]
            yield instance, [*keys, *texts.values()]


def _key(instance: Instance, path: str, place: Sequence[int], repeats: Collection[str]) -> str:
    """Name a round: ``uuid:…/household/person[2]``; without a path, the interview."""
    parts, around = [instance.instance_id], ""
    for name, number in zip(path.split("/"), place, strict=False):
        around = f"{around}/{name}" if around else name
        parts.append(f"{name}[{number}]" if around in repeats else name)
    return "/".join(parts) if path else instance.instance_id


def _short_names(paths: Sequence[str], taken: Collection[str]) -> list[str]:
    count = Counter(path.rpartition("/")[2] for path in paths)
    names = []
    for path in paths:
        short = path.rpartition("/")[2]
        name = short if count[short] == 1 and short not in taken else path
        names.append(f"/{name}" if name in taken else name)
    return names


def _places(study: Study, population: str, versions: Sequence[XForm]) -> dict[str, str]:
    """Return the path of each column, by its name."""
    form = study.forms[population]
    sample = {study.sample.weight, study.sample.strata, study.sample.cluster}
    wanted = {variable.name for variable in form_variables(form)} | sample
    known = {name for xform in versions for name in _questions(xform)}
    return {
        question.name: "/".join((*question.groups, question.name))
        for question in form.questions
        if question.name in wanted and not question.repeated
        if not versions or question.name in known
    }


def _answers(instance: Instance, places: Mapping[str, str]) -> list[str]:
    found = instance.texts()
    if all(path in found for path in places.values()):
        return [found[path] for path in places.values()]
    elsewhere: dict[str, str] = {}
    for path, text in found.items():
        elsewhere.setdefault(path.rpartition("/")[2], text)
    return [
        found[path] if path in found else elsewhere.get(name, "") for name, path in places.items()
    ]
