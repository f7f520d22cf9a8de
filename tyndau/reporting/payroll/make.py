"""Writing register and acts into a folder, for Word and as PDF.

In: a study, who is paid, a folder. Out: ``register-LANGUAGE`` and ``acts-LANGUAGE``, each as
``.docx`` and ``.pdf``.
"""

from collections.abc import Sequence
from pathlib import Path

from tyndau.base.languages import N_, Message
from tyndau.base.progress import Progress, silent
from tyndau.reporting.payroll.acts import build_acts
from tyndau.reporting.payroll.model import Payroll
from tyndau.reporting.payroll.register import build_register
from tyndau.reporting.pdf import write_pdf
from tyndau.reporting.word import write_word
from tyndau.study.model import Study

_WRITTEN = N_("Written: {files}")
_WRITERS = ((".docx", write_word), (".pdf", write_pdf))


def write_payroll(
    study: Study,
    payroll: Payroll,
    folder: Path,
    *,
    languages: Sequence[str] = (),
    progress: Progress = silent,
) -> tuple[Path, ...]:
    """Write the register of pay and the acts of completed works.

    Parameters
    ----------
    study : Study
        The study.
    payroll : Payroll
        Who is paid.
    folder : Path
        Where the files are put; it is there.
    languages : sequence of str, optional
        Languages of the papers; those of the study by default.
    progress : Progress, optional
        Told of each file.

    Returns
    -------
    tuple of Path
        The files; without acts where no interview was accepted.

    Raises
    ------
    UserError
        If a file cannot be written.
    """
    documents = {"register": build_register(study, payroll), "acts": build_acts(study, payroll)}
    wanted = [
        (document, language, folder / f"{stem}-{language}{ending}", write)
        for stem, document in documents.items()
        if document.sections
        for language in languages or study.languages
        for ending, write in _WRITERS
    ]
    for done, (document, language, path, write) in enumerate(wanted):
        progress(done, len(wanted), Message(_WRITTEN, {"files": path.name}))
        write(document, language, path)
    return tuple(path for _, _, path, _ in wanted)
