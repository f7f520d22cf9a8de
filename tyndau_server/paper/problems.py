"""What a user can do something about when sheets of paper are typed in.

Out: one `Kind` a fault. Nothing is checked here; each code has a heading in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

UNKNOWN_CODE = declare(
    "fieldwork.sheet-unknown-code",
    N_('{field}: there is no code "{got}".'),
    N_("Type a code that is printed beside the boxes: {codes}."),
)
ONE_ANSWER = declare(
    "fieldwork.sheet-one-answer",
    N_('{field}: one answer is possible, "{got}" are several.'),
    N_("If several boxes are ticked on the sheet, ask the interviewer; else leave it empty."),
)
ALONE = declare(
    "fieldwork.sheet-alone",
    N_("{field}: the answer {code} stands alone and cannot stand beside others."),
    N_("Look at the sheet again; if it is ticked so, ask the interviewer."),
)
NO_NUMBER = declare(
    "fieldwork.sheet-no-number",
    N_('{field}: "{got}" is not a number as the question wants it.'),
    N_("Type digits; a fraction with a comma, where the question takes one."),
)
NO_MOMENT = declare(
    "fieldwork.sheet-no-moment",
    N_('{field}: "{got}" is no date or time.'),
    N_("Write a date as 2026-10-05 and a time as 14:30."),
)
NOT_ALLOWED = declare(
    "fieldwork.sheet-not-allowed",
    N_('{field}: the questionnaire does not allow "{got}".'),
    N_("Look at the sheet again; if it stands there so, ask the interviewer, else leave it empty."),
)
HEAD_MISSING = declare(
    "fieldwork.sheet-head-missing",
    N_("The head of the sheet is not whole: {fields}."),
    N_("Type date and times as they stand on the sheet; if they are not there, ask about them."),
)
NO_SHEET = declare(
    "fieldwork.sheet-no-sheet",
    N_("Questionnaire, number of the sheet or interviewer is missing."),
    N_("Choose the questionnaire and the interviewer, and type the number from the sheet's head."),
)
OTHER_INTERVIEWER = declare(
    "fieldwork.sheet-other-interviewer",
    N_("The sheet {number} was begun as one of another interviewer."),
    N_("Look at number and interviewer in the head of the sheet again."),
)
OTHER_VERSION = declare(
    "fieldwork.sheet-other-version",
    N_(
        "The interview of sheet {number} was returned; it was typed in by version "
        '"{version}" of the questionnaire, which is not that of the study any more.'
    ),
    N_(
        "Go back to that version of the design and type the sheet in anew; if this is another "
        "sheet, give it another number."
    ),
)
ELSEWHERE = declare(
    "fieldwork.sheet-elsewhere",
    N_("The interview of sheet {number} was returned, and it is not one of your territories."),
    N_("The office or the supervisor of its territory types it in anew."),
)
SAME_PERSON = declare(
    "fieldwork.sheet-same-person",
    N_("You have typed in the sheet {number} already."),
    N_("Somebody else types it in the second time."),
)
TYPED_TWICE = declare(
    "fieldwork.sheet-typed-twice",
    N_("The sheet {number} was typed in twice already."),
    N_("Look at the number of the sheet again; two sheets never have the same."),
)
FINISHED = declare(
    "fieldwork.sheet-finished",
    N_("This entry of the sheet {number} is finished and cannot be changed."),
    N_("What is wrong in it shows as a difference and is settled there."),
)
SENT = declare(
    "fieldwork.sheet-sent",
    N_("The sheet {number} is an interview already and cannot be removed."),
    N_("Reject the interview with a reason on its page."),
)
FORM_CHANGED = declare(
    "fieldwork.sheet-form-changed",
    N_('The questionnaire "{population}", version "{version}", is not that of the study any more.'),
    N_("Go back to that version of the design, type its sheets in, and take the new one over."),
)
DIFFERENCES = declare(
    "fieldwork.sheet-differences",
    N_("The sheet {number} is not typed in twice, or differences are left."),
    N_("Finish both entries and settle each difference with the sheet at hand."),
)
NOT_TAKEN = declare(
    "fieldwork.sheet-not-taken",
    N_("The interview of the sheet {number} was not taken: {why}"),
    N_("It stands in quarantine; remove the reason and send the sheet again."),
)
WITHDRAWN = declare(
    "fieldwork.sheet-withdrawn",
    N_("The respondent of sheet {number} withdrew the interview."),
    N_("What was typed in is erased; destroy the sheet of paper as well."),
)
