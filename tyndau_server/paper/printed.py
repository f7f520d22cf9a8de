"""Where the files of questionnaires lie that are printed to be filled in by hand.

In: a study, an issued questionnaire, a language. Out: paths below the data folder. A file is kept
under the digest of its questionnaire's XForm, so that it is never that of another version; who
wants it anew, because a title of the study changed, asks again.
"""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from tyndau.base.languages import CONTENT_LANGUAGES
from tyndau_server.fieldwork.models import Instrument


def folder_of_printed(slug: str) -> Path:
    """Return where the files of a study lie.

    Parameters
    ----------
    slug : str
        The study.

    Returns
    -------
    Path
        A folder, which need not be there.
    """
    return Path(settings.TYNDAU_DATA) / "paper" / slug


def path_of(instrument: Instrument, language: str) -> Path:
    """Return where the file of a questionnaire lies.

    Parameters
    ----------
    instrument : Instrument
        The questionnaire.
    language : {"kk", "ru"}
        In which language.

    Returns
    -------
    Path
        A PDF file, which need not be there.
    """
    return folder_of_printed(instrument.study) / instrument.sha256 / f"{language}.pdf"


def files_of(instrument: Instrument) -> Mapping[str, Path]:
    """Return the files of a questionnaire that are made.

    Parameters
    ----------
    instrument : Instrument
        The questionnaire.

    Returns
    -------
    mapping of str to Path
        By language.
    """
    paths = {language: path_of(instrument, language) for language in CONTENT_LANGUAGES}
    return {language: path for language, path in paths.items() if path.is_file()}
