"""What a user can do something about in the field.

Out: one `Kind` a fault. Nothing is checked here; each code has a heading in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_, Message

STATES = {
    "draft": Message(N_("a draft")),
    "sent": Message(N_("sent to be agreed")),
    "agreed": Message(N_("agreed")),
    "field": Message(N_("in the field")),
    "closed": Message(N_("closed")),
}

SAME_VERSION = declare(
    "fieldwork.same-version",
    N_('Another content was issued as version "{version}" of the form "{form}" before.'),
    N_("Give the changed form a new version in the settings sheet: phones know it by that alone."),
)
NO_MEDIA = declare(
    "fieldwork.no-media",
    N_('Files that the form "{form}" shows are not here: {files}.'),
    N_("Put them beside the form, under exactly these names."),
)
MEDIA_NAME = declare(
    "fieldwork.media-name",
    N_('Files of the form "{form}" have names that phones cannot keep: {files}.'),
    N_("Give them plain names without folders, of 255 characters at most."),
)
INSTRUMENT_STATE = declare(
    "fieldwork.instrument-state",
    N_('The form "{form}", version "{version}", is {state}; this cannot be done with it now.'),
    N_("Open the page of questionnaires again: somebody may have decided meanwhile."),
)
WAS_PILOT = declare(
    "fieldwork.was-pilot",
    N_('The form "{form}", version "{version}", collected test interviews; some may still come.'),
    N_("Issue the form under a new version, have that agreed, and bring it into the field."),
)
NOT_AS_AGREED = declare(
    "fieldwork.not-as-agreed",
    N_('The form "{form}", version "{version}", is not what was agreed to the byte.'),
    N_("Issue it anew under another version and have that agreed."),
)

LINK_NOT_IN_FIELD = declare(
    "fieldwork.link-not-in-field",
    N_('The questionnaire "{population}" is not in the field: a link would lead nowhere.'),
    N_("Bring it into the field on the page of questionnaires, then make the link."),
)
LINK_POPULATION = declare(
    "fieldwork.link-population",
    N_('Interviewers ask the questionnaire "{population}"; interviews by link would mix with it.'),
    N_(
        "Put a copy of the form into the study's folder under another name, such as online, issue "
        "it and make the link for that: its interviews are then a population of their own."
    ),
)
LINK_INFERENCE = declare(
    "fieldwork.link-inference",
    N_(
        'An open link leads to the questionnaire "{population}", but the sheet "study" says '
        '"{inference}" of its sample: who finds a link chose themselves, and errors and letters '
        "would claim what they cannot."
    ),
    N_(
        'Write into the sheet "study" a row with the key "inference", the population '
        '"{population}" and the value "none" (add a column "population" if there is none).'
    ),
    "warning",
)
LINK_COUNT = declare(
    "fieldwork.link-count",
    N_("So many links cannot be made at once."),
    N_("Ask for 1 to {most}; for more ask again."),
)
NO_REASON = declare(
    "fieldwork.no-reason",
    N_("No reason is given."),
    N_("Choose a common reason or write one: the interviewer and the log of decisions need it."),
)
NOTHING_CHOSEN = declare(
    "fieldwork.nothing-chosen",
    N_("No interview is chosen."),
    N_("Tick the interviews in the list, then press the button again."),
)
DECIDED_MEANWHILE = declare(
    "fieldwork.decided-meanwhile",
    N_('Interview {interview}: {person} decided "{state}" at {moment}, after your page was made.'),
    N_("Look at it again; if you still decide otherwise, decide anew."),
)
EDITED_MEANWHILE = declare(
    "fieldwork.edited-meanwhile",
    N_("Interview {interview}: a new version of it came at {moment}, after your page was made."),
    N_("Read the new version and decide on that."),
)
PILOT_INTERVIEW = declare(
    "fieldwork.pilot-interview",
    N_("Interview {interview} is a pilot one."),
    N_("Pilot interviews can be looked at; they never become data and are not accepted."),
)
WITHDRAWN = declare(
    "fieldwork.withdrawn",
    N_("Interview {interview} was withdrawn by the respondent."),
    N_("Nothing of it is kept, and nothing is to be decided on it."),
)
NO_CODE = declare(
    "fieldwork.no-code",
    N_('"{typed}" is no code of a slip.'),
    N_("A code has eight letters and digits, such as ABCD-EFGH: type it as it stands on the slip."),
)
NO_INTERVIEW = declare(
    "fieldwork.no-interview",
    N_("None of the interviews that you see has the code {code}."),
    N_(
        "Read the code to the respondent again. The interview may still be on the interviewer's "
        "phone, belong to another territory or study, or be withdrawn already."
    ),
)
OTHER_CODE = declare(
    "fieldwork.other-code",
    N_("The code that was typed to confirm is not the code of this interview."),
    N_("Type the code from the slip once more; nothing was erased."),
)
SETTLED_MEANWHILE = declare(
    "fieldwork.settled-meanwhile",
    N_("{person} settled this at {moment} already."),
    N_("Nothing more is to be done with it; its bytes are kept."),
)
NOTHING_ACCEPTED = declare(
    "fieldwork.nothing-accepted",
    N_("There is no interview to freeze: {received} not looked at, {incomplete} incomplete."),
    N_("Accept interviews on the page of interviews first."),
)
UNDECIDED = declare(
    "fieldwork.undecided",
    N_(
        "Interviews on which nobody decided yet: {received}; returned and not corrected: "
        "{returned}. Nothing was frozen."
    ),
    N_("Decide on them first, or say that the wave is frozen without them."),
)
INCOMPLETE = declare(
    "fieldwork.incomplete",
    N_("Accepted interviews whose attachments are missing stay out of the wave: {count}."),
    N_("They enter the next revision when the phones have sent the rest."),
    "warning",
)
OTHER_VARIABLES = declare(
    "fieldwork.other-variables",
    N_(
        "Version {version} of form {form} has questions that the study's form has not: {questions}."
    ),
    N_(
        "Put the questions back into the study's form, or name those whose answers are left out "
        "on purpose."
    ),
)
FOREIGN_FORM = declare(
    "fieldwork.foreign-form",
    N_(
        "Form {form} is not of this study, so that its interviews have no place in a wave: {count}."
    ),
    N_("Export them as CSV, and import what you need with the columns of a form of the study."),
    "warning",
)
NO_STUDY_FORM = declare(
    "fieldwork.no-study-form",
    N_("The study has no questionnaire {population}."),
    N_("Choose one of: {existing}."),
)
NO_FILE = declare(
    "fieldwork.no-file",
    N_("No XForm was chosen."),
    N_(
        "Choose the .xml file of the form; its pictures, sounds and lists go into the second field."
    ),
)
FILE_TOO_LARGE = declare(
    "fieldwork.file-too-large",
    N_('"{name}" is larger than {most} MB.'),
    N_("Phones on a slow network could not fetch it: make it smaller."),
)
WAVE_THERE = declare(
    "fieldwork.wave-there",
    N_('Wave "{wave}" is frozen already.'),
    N_("Ask for its next revision, or give the new wave another name."),
)
BYTES_MISSING = declare(
    "fieldwork.bytes-missing",
    N_("The bytes with the digest {sha256} are not in the data folder."),
    N_(
        "Bring the folder blobs back from a backup; the server writes nothing under another digest."
    ),
)
