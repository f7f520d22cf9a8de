"""What the sheet ``study`` names of the forms: columns of the sample, traits of a release.

In: the settings, what the forms offer. Out: what cannot serve as it is named. Columns that are no
question come with the data and are not known here.
"""

from tyndau.base.errors import Problem
from tyndau.base.frames import KIND_WORDS
from tyndau.study import problems
from tyndau.study.schema import nearest
from tyndau.study.sheets.known import Known
from tyndau.study.sheets.settings import Settings

_SAMPLE_KINDS = {
    "weight": ("number",),
    "strata": ("single", "number", "text"),
    "cluster": ("single", "number", "text"),
}


def check_sample(settings: Settings, known: Known) -> list[Problem]:
    """See that the columns of the sample, where they are questions, can serve as such.

    Parameters
    ----------
    settings : Settings
        What the sheet says.
    known : Known
        What the forms offer, derived variables included.

    Returns
    -------
    list of Problem
        A weight that is no number, strata or clusters that are several answers. Columns that are
        no question come with the data and are not known here.
    """
    found = []
    for key, fitting in _SAMPLE_KINDS.items():
        name = settings.name(key)
        for population, variables in known.variables.items():
            if name in variables and variables[name].kind not in fitting:
                entry, kind = settings.entries[key], KIND_WORDS[variables[name].kind]
                values = {"cell": entry.cell("value"), "variable": name, "population": population}
                place = entry.place("value")
                found.append(problems.SAMPLE_COLUMN.at(place, **values, key=key, kind=kind))
    return found


def check_release(settings: Settings, known: Known) -> list[Problem]:
    """See that the variables of a release are single responses.

    Parameters
    ----------
    settings : Settings
        What the sheet says.
    known : Known
        What the forms offer, derived variables included.

    Returns
    -------
    list of Problem
        A variable that no form has, or that is not one answer of several.
    """
    found = []
    every = {name: variable for one in known.variables.values() for name, variable in one.items()}
    for name in settings.release_keys if every else ():
        entry = settings.entries["release_keys"]
        place, cell = entry.place("value"), entry.cell("value")
        if name not in every or every[name].kind != "single":
            fitting = [one for one, variable in every.items() if variable.kind == "single"]
            near = nearest(name, fitting)
            found.append(problems.RELEASE_KEY.at(place, cell=cell, value=name, known=near))
    return found
