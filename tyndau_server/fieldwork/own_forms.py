"""The questionnaires of a study's folder, as they are to be issued.

In: a study. Out: each form's XForm and the files that it names, from beside the form or from the
folder ``media`` there. It reads and writes nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from tyndau.fieldwork.openrosa import read_xform
from tyndau.questionnaire.form import Form
from tyndau.study import Study
from tyndau_server.fieldwork import problems
from tyndau_server.fieldwork.models import Instrument

_MEDIA = "media"


@dataclass(frozen=True, slots=True)
class OwnForm:
    """A questionnaire of the folder, and whether phones can have it already.

    Attributes
    ----------
    form : Form
        The questionnaire.
    issued : Instrument or None
        The same bytes, issued.
    taken : bool
        Whether its version was issued with other content: it needs a new version.
    """

    form: Form
    issued: Instrument | None
    taken: bool


def own_forms(study: Study, instruments: Sequence[Instrument]) -> tuple[OwnForm, ...]:
    """Hold the folder's questionnaires against what was issued.

    Parameters
    ----------
    study : Study
        The study.
    instruments : sequence of Instrument
        What was issued of it.

    Returns
    -------
    tuple of OwnForm
        In the order of the study.
    """
    issued = {(one.form_id, one.version): one for one in instruments}
    found = []
    for form in study.forms.values():
        same_version = issued.get((form.id, form.version))
        same = same_version and same_version.sha256 == sha256(form.xform).hexdigest()
        found.append(OwnForm(form, same_version if same else None, bool(same_version and not same)))
    return tuple(found)


def with_files(study: Study, population: str) -> tuple[bytes, dict[str, bytes]]:
    """Return what is issued of a questionnaire of the folder.

    Parameters
    ----------
    study : Study
        The study.
    population : str
        Name of one of its forms.

    Returns
    -------
    xform : bytes
        The form.
    files : dict of str to bytes
        Those that it names and that lie in the folder.

    Raises
    ------
    UserError
        If the study has no such form.
    """
    form = study.forms.get(population)
    if form is None:
        raise problems.NO_STUDY_FORM.error(population=population, existing=list(study.forms))
    folder = (study.folder / form.path).parent
    files = {}
    for name in read_xform(form.xform).files:
        # A name is never a way out of the folder.
        places = [folder / name, folder / _MEDIA / name]
        here = next((one for one in places if one.name == name and one.is_file()), None)
        if here is not None:
            files[name] = here.read_bytes()
    return form.xform, files
