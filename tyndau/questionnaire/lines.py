"""The lines of a questionnaire as people read them: numbered questions, notes, headings.

In: a form. Out: its lines in the order of asking. A question has the same number wherever the
questionnaire is printed: in the annex of a report and on the sheet that interviewers fill in by
hand. Computed and hidden lines, and those without a wording, are left out.
"""

from dataclasses import dataclass, field

from tyndau.base.languages import Text
from tyndau.questionnaire.form import Form, Question

_ASKED = frozenset(("single", "multiple", "rank", "number", "text", "date", "acknowledge"))
# What only a phone can take: it has no number, for no paper asks it.
DEVICE_ONLY = frozenset(("place", "media"))


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is read aloud, asked or shown.

    Attributes
    ----------
    question : Question
        What it is.
    number : int
        The question's number, from 1; 0 for a note, and for what only a phone can take.
    heading : Text
        Title of the group that begins with this line; empty where none begins.
    """

    question: Question
    number: int = 0
    heading: Text = field(default_factory=Text)


def lines(form: Form) -> tuple[Line, ...]:
    """Go through a questionnaire line by line.

    Parameters
    ----------
    form : Form
        The questionnaire.

    Returns
    -------
    tuple of Line
        In the order of asking.
    """
    found: list[Line] = []
    number, group = 0, ""
    for question in form.questions:
        asked = question.kind in _ASKED
        shown = asked or question.kind == "note" or question.kind in DEVICE_ONLY
        if not shown or not is_worded(question.label):
            continue
        around = question.groups[0] if question.groups else ""
        heading = form.groups.get(around, Text()) if around != group else Text()
        group = around
        number += asked
        found.append(Line(question, number if asked else 0, heading))
    return tuple(found)


def is_worded(text: Text) -> bool:
    """Tell whether there is something to read in any language.

    Parameters
    ----------
    text : Text
        The text.

    Returns
    -------
    bool
        False where it is empty in both languages.
    """
    return bool(text.kk or text.ru)
