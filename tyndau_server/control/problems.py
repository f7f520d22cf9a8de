"""What a user can do something about in running the field.

Out: one `Kind` a fault. Nothing is checked here; each code has a heading in ``docs/errors.md``.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NO_PLAN = declare(
    "fieldwork.no-plan",
    N_('No sample is drawn for the questionnaire "{population}".'),
    N_("Draw it by tyndau sample, or send interviewers to points one by one."),
)
PLAN_TAKEN = declare(
    "fieldwork.plan-taken",
    N_('The plan of "{population}" is taken over already: assignments hold.'),
    N_("Change single assignments; the plan is taken over once."),
)
PLAN_NUMBERS = declare(
    "fieldwork.plan-numbers",
    N_("Not every number of the plan has an interviewer of its own: {numbers}."),
    N_("Choose another interviewer for each number; add those who are missing on the team's page."),
)
POINT_UNKNOWN = declare(
    "fieldwork.point-unknown",
    N_('The point "{point}" is not one of those that are yours to give.'),
    N_("Choose a point of the study in a territory that you look after."),
)
NOT_A_SUBSTITUTE = declare(
    "fieldwork.not-a-substitute",
    N_('The point "{substitute}" was not drawn to stand in for a point of this territory.'),
    N_("Choose one of the substitutes that the sample names."),
)
NOTHING_CHOSEN = declare(
    "fieldwork.no-assignment",
    N_("No assignment that holds is chosen."),
    N_("Tick those that are meant; others may have ended them meanwhile."),
)
NOBODY_THERE = declare(
    "fieldwork.nobody-there",
    N_('Nobody is sent to the point "{point}".'),
    N_("Look at the list again: others may have replaced it or ended what was there meanwhile."),
)
NO_INTERVIEWER = declare(
    "fieldwork.no-interviewer",
    N_("The interviewer is not one whom you may send."),
    N_("Choose an interviewer of the study who works in your territories."),
)
SAME_INTERVIEWER = declare(
    "fieldwork.same-interviewer",
    N_("The rest is to go to the interviewer who has it."),
    N_("Choose another interviewer, or end the assignment without handing it over."),
)
NO_REASON = declare(
    "fieldwork.no-reason-given",
    N_("The reason is empty."),
    N_("Write in a few words why: it stands in the log of decisions."),
)
INTERVIEWS = declare(
    "fieldwork.interviews",
    N_("The number of interviews is not between 1 and {most}."),
    N_("Write how many interviews are to be made there."),
)
SHIFT = declare(
    "fieldwork.shift",
    N_("The day or the hours cannot be read, or the shift ends before it begins."),
    N_("Write the day and the hours of the shift, or leave them empty."),
)
SETTLED_MEANWHILE = declare(
    "fieldwork.done-meanwhile",
    N_("{person} did this already."),
    N_("Look at the page again."),
)
ANSWERED_MEANWHILE = declare(
    "fieldwork.answered-meanwhile",
    N_('{person} has answered: "{answer}". Your words were not sent.'),
    N_("They stand below, to be copied. If they must reach the interviewer, call."),
)
NO_NOTE = declare(
    "fieldwork.no-note",
    N_("Nothing is written."),
    N_("Write in a few words what was done, or what the answer is."),
)
NO_ALERT = declare(
    "fieldwork.no-alert",
    N_("No alert is chosen."),
    N_("Tick those that were looked at."),
)
AMOUNT = declare(
    "fieldwork.amount",
    N_("The sum is not a number above 0, in tenge."),
    N_("Write the sum by which the pay becomes less."),
)
NO_PAY = declare(
    "fieldwork.no-pay",
    N_("There is nothing to pay yet, or the workbook names no rate."),
    N_("Name rate_interview in the sheet sampling, and accept interviews."),
)
NO_PHOTO_SENT = declare(
    "fieldwork.no-photo-sent",
    N_("No photo was chosen."),
    N_("Choose one or several files, JPEG or PNG."),
)
PHOTO_OF_NOBODY = declare(
    "fieldwork.photo-of-nobody",
    N_('"{file}" is not named after the code of an interviewer who is yours.'),
    N_("Name the file by the code, such as i07.jpg, or choose the interviewer in the list."),
)
PHOTO_TWICE = declare(
    "fieldwork.photo-twice",
    N_('Several files are for interviewer "{code}".'),
    N_("Send one: a badge has one photo."),
)
PHOTO_FILE_LARGE = declare(
    "fieldwork.photo-file-large",
    N_('"{file}" has {size} MB; at most {most} MB are taken.'),
    N_("Make the picture smaller, or send it as a messenger sends it."),
)
PHOTOS_TOO_MANY = declare(
    "fieldwork.photos-too-many",
    N_("{count} files were sent; at most {most} are taken at once."),
    N_("Send them in several parts."),
)
