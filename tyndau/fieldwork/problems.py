"""What can go wrong with forms on phones and with simulated interviews, and what to do then.

In: nothing; this is data. Out: the kinds of problems that this room raises. Each has a heading in
``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

REAL_PLACE = declare(
    "fieldwork.real-place",
    N_(
        'The study "{study}" is about a real place: simulated interviews may stand in a fictional '
        "city only."
    ),
    N_(
        "Let a copy be written on a fictional city and simulated there: add --to and a new folder. "
        "If the city is made up already, write yes beside the key fictional in study.xlsx."
    ),
)
REAL_NAME = declare(
    "fieldwork.real-name",
    N_('The real name "{name}" would be left in the copy: {text}'),
    N_(
        "Put the name into the sheet territories, so that it is replaced, or take it out of this "
        "text; nothing was written."
    ),
)
ROUTE = declare(
    "fieldwork.route",
    N_(
        "The route of question {question} depends on what a simulation does not have: "
        '"{condition}".'
    ),
    N_("Let the condition depend on answers, calculates and chance alone."),
)
NOBODY = declare(
    "fieldwork.nobody",
    N_(
        "The screening of {population} lets too few people in: {made} of {wanted} after {rounds} "
        "rounds."
    ),
    N_("Look at the condition of the calculate eligible; some answers must let in."),
)
COUNT = declare(
    "fieldwork.count",
    N_("{name} is {got}; from {lowest} to {highest} is possible."),
    N_("Give a number within these bounds."),
)
TAKEN = declare(
    "fieldwork.taken",
    N_('The wave "{wave}" holds interviews that were not simulated.'),
    N_("Give the simulated interviews a wave of their own by --wave."),
)
ADDRESS = declare(
    "fieldwork.address",
    N_('"{address}" is no address of a phone.'),
    N_("Write it as the page of the team shows it for an interviewer: https://…/k/…"),
)
NOT_A_PHONE = declare(
    "fieldwork.not-a-phone",
    N_("At {address} no questionnaires are offered to this phone (HTTP {status})."),
    N_("Copy the address anew from the page of the team; a phone that was shut out gets nothing."),
)
UNREACHABLE = declare(
    "fieldwork.unreachable",
    N_("The server at {address} did not answer: {reason}."),
    N_("See that it runs and give the command again: what has arrived is not doubled."),
)
NOT_OFFERED = declare(
    "fieldwork.not-offered",
    N_("The phone gets none of the study's questionnaires: {forms}."),
    N_("Issue them on the server and put them into the field, then give the command again."),
)
NOT_TAKEN = declare(
    "fieldwork.not-taken",
    N_("The server did not take {count} of the interviews; to {number} it says: {said}"),
    N_("Look into the quarantine of the study on the server; the others have arrived."),
)
XFORM_NOT_READ = declare(
    "fieldwork.xform-not-read",
    N_("The form cannot be read: {reason}."),
    N_(
        "Save it from the program that wrote it once more, as an XForm in UTF-8 and without a "
        "document type (DOCTYPE); or upload the XLSForm that it was made from."
    ),
)
XFORM_NO_INSTANCE = declare(
    "fieldwork.xform-no-instance",
    N_("This is no XForm: there is no model with a place for answers in it."),
    N_("Choose the file that phones get; a filled-in interview or another XML file is not a form."),
)
XFORM_NO_ID = declare(
    "fieldwork.xform-no-id",
    N_("The form has no id: the element <{root}> has no attribute id, or an empty one."),
    N_(
        "Write form_id into the sheet settings of the XLSForm, or id into that element. Interviews "
        "name their form by it."
    ),
)
XFORM_LONG_NAME = declare(
    "fieldwork.xform-long-name",
    N_("The {name} of the form has {got} characters; {limit} are possible."),
    N_("Shorten it in the sheet settings of the XLSForm."),
)
XFORM_ENCRYPTED = declare(
    "fieldwork.xform-encrypted",
    N_("The form makes phones encrypt interviews with a key that this server does not have."),
    N_(
        "Take public_key out of the sheet settings: encrypted interviews would come in, but nobody "
        "could read, count or check them here."
    ),
    "warning",
)
XFORM_ELSEWHERE = declare(
    "fieldwork.xform-elsewhere",
    N_("The form makes phones send interviews to another address: {address}"),
    N_(
        "Take submission_url out of the sheet settings, unless that address is this server: the "
        "interviews would not come in here."
    ),
    "warning",
)
UNKNOWN_OUTCOME = declare(
    "fieldwork.unknown-outcome",
    N_("No contact ends as {values}; outcomes are: {known}."),
    N_("Note the contact by one of these outcomes."),
)
NO_FRAME = declare(
    "fieldwork.no-frame",
    N_(
        "A response rate is the share of a drawn list that answered; this sample (inference: "
        "{inference}) was not drawn from one."
    ),
    N_(
        "Publish cooperation and refusal among those addressed. If addresses were drawn from a "
        "list, write design beside the key inference in study.xlsx."
    ),
)
CUT_UNDOCUMENTED = declare(
    "fieldwork.cut-undocumented",
    N_("A cut of {amount} from the pay of {interviewer} lacks an amount, a person or a reason."),
    N_("Name the amount, who decided it and why; nobody is paid less by a rule alone."),
)
CUT_TOO_LARGE = declare(
    "fieldwork.cut-too-large",
    N_("Cuts of {cut} from the pay of {interviewer} take more than was earned, {earned}."),
    N_("Lower or withdraw a cut."),
)
