"""OpenRosa: the formats in which phones get questionnaires and send interviews.

In: bytes of a form or of a submission, what is to be listed. Out: `XForm`, `Instance`, bytes of
answers, the text of a settings code, the code of a respondent's slip. Data in, data out: nothing
here reads a file, asks a clock or knows a server; whoever serves phones stands on this.
"""

from tyndau.fieldwork.openrosa.instance import Instance, Unreadable, read_instance
from tyndau.fieldwork.openrosa.listing import (
    ListedFile,
    ListedForm,
    form_list,
    manifest,
    response,
)
from tyndau.fieldwork.openrosa.reasons import REASONS
from tyndau.fieldwork.openrosa.settings import collect_settings
from tyndau.fieldwork.openrosa.withdrawal import read_code, withdrawal_code
from tyndau.fieldwork.openrosa.writing import write_instance
from tyndau.fieldwork.openrosa.xform import (
    Field,
    XForm,
    join_xforms,
    read_xform,
    xform_warnings,
)

__all__ = [
    "REASONS",
    "Field",
    "Instance",
    "ListedFile",
    "ListedForm",
    "Unreadable",
    "XForm",
    "collect_settings",
    "form_list",
    "join_xforms",
    "manifest",
    "read_code",
    "read_instance",
    "read_xform",
    "response",
    "withdrawal_code",
    "write_instance",
    "xform_warnings",
]
