"""What a user can do something about when results are written."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NOT_WRITTEN = declare(
    "report.not-written",
    N_("The file cannot be written: {reason}."),
    N_("Close it in other programs, check that the disk has room and the folder may be written."),
)
WORDING_CHANGED = declare(
    "report.wording-changed",
    N_(
        'Since wave "{wave}" was frozen, the wording has changed: questions {questions}, answers '
        "{answers} ({names}). The volume shows the wording of the wave."
    ),
    N_(
        "Nothing to do if the interviews were asked so. To take the new wording, import the "
        "answers again: tyndau import STUDY FILE --wave {wave} --population {population} --revise."
    ),
    "warning",
)
TEXT_ENCODING = declare(
    "report.text-encoding",
    N_("The text is not in UTF-8."),
    N_("Save it again in your editor with the encoding UTF-8."),
)
TEXT_TITLE = declare(
    "report.text-title",
    N_("The text does not begin with its title, has two, or has a heading without words."),
    N_("Let its first line be the title with one number sign: # Title; use ## and ### below it."),
)
TEXT_LEVEL = declare(
    "report.text-level",
    N_('The heading "{text}" skips a level or is deeper than three.'),
    N_("Below # comes ##, below ## comes ###."),
)
TEXT_ELEMENT = declare(
    "report.text-element",
    N_("Reports cannot hold this: {element}."),
    N_(
        "Use paragraphs, headings, lists, quotations, tables, **bold**, *italic* and links; charts "
        "and tables of results come by {{{{ question NAME }}}}."
    ),
)
REFERENCE_FORM = declare(
    "report.reference-form",
    N_("What stands in the braces is not understood: {text}"),
    N_(
        "Write {{{{ 49 % | question.answer }}}}, {{{{ 49 % | question.answer @ variable=code }}}}, "
        "{{{{ 59 % | source: report, p. 16 }}}}, or on a line of its own {{{{ question NAME }}}}, "
        "{{{{ chart NAME }}}}, {{{{ findings NAME }}}}, {{{{ table NAME by BANNER }}}}."
    ),
)
REFERENCE_NUMBER = declare(
    "report.reference-number",
    N_('"{text}" must hold one number, the one of the cell; it holds {count}.'),
    N_("Leave the other words and numbers outside the braces."),
)
UNKNOWN_REFERENCE = declare(
    "report.unknown-reference",
    N_('There is no cell "{reference}": no {part} "{name}".'),
    N_("Known are: {known}."),
)
STALE_NUMBER = declare(
    "report.stale-number",
    N_('The text says "{written}", but the cell "{reference}" now holds {present}.'),
    N_("Correct the number, and read the sentence around it again."),
)
HIDDEN_CELL = declare(
    "report.hidden-cell",
    N_(
        'This edition does not show the cell "{reference}": it holds too few people, or tells them.'
    ),
    N_("Leave the number out of the text, or say it of a larger group."),
)
AUDIT_FAILED = declare(
    "report.audit-failed",
    N_(
        "What this edition shows of the population {population} would tell hidden cells: {count}, "
        "{cells} among them. Nothing is published."
    ),
    N_("Break fewer tables down by these traits, or join small groups, and build again."),
)
RECORDS_TELL = declare(
    "report.records-tell",
    N_(
        "The records show {traits}, so that hidden cells of tables by these can be counted in them."
    ),
    N_(
        "Let release_keys name traits that no banner breaks tables down by, or publish either the "
        "tables or the records."
    ),
    "warning",
)
UNBOUND_NUMBER = declare(
    "report.unbound-number",
    N_('The percentage "{text}" is bound to no cell, so nobody will notice when it is wrong.'),
    N_("Write it as {{{{ {text} | question.answer }}}} or {{{{ {text} | source: where from }}}}."),
    "warning",
)
TEXT_ONE_LANGUAGE = declare(
    "report.text-one-language",
    N_("This text stands in one language only."),
    N_("Write {other} too: the report in the other language lacks this part."),
    "warning",
)
BAD_TEMPLATE = declare(
    "report.bad-template",
    N_("The template cannot be opened."),
    N_(
        "Save it again as .docx or .pptx in Word or PowerPoint, or remove it to use Tyndau's own "
        "template."
    ),
)
MISSING_STYLE = declare(
    "report.missing-style",
    N_("The template lacks styles: {styles}."),
    N_(
        "Take a report that Tyndau made as the template and change its styles, or add paragraph "
        "styles of these names."
    ),
)
MISSING_LAYOUT = declare(
    "report.missing-layout",
    N_("The template lacks slide layouts: {layouts}."),
    N_(
        "Take slides that Tyndau made as the template and change their master, or add layouts of "
        "these names."
    ),
)

# What a reference may name wrongly.
PARTS = {
    "population": N_("population"),
    "question": N_("question"),
    "answer": N_("answer"),
    "variable": N_("variable of a banner"),
    "column": N_("column"),
    "banner": N_("banner"),
}
NO_SUCH_FORM = declare(
    "report.no-such-form",
    N_('The study has no form "{form}"; it has {forms}.'),
    N_("Name one of them after --form, without its ending."),
)
NOT_ON_PAPER = declare(
    "report.not-on-paper",
    N_("Questions {questions} stand in a repeat: a sheet of paper cannot tell how often."),
    N_("Print another form (--form), or ask for a fixed number of things without a repeat."),
)
BAD_PHOTO = declare(
    "report.bad-photo",
    N_('The photo of interviewer "{code}" is no JPEG or PNG that can be opened.'),
    N_("Save the photo again as JPEG or PNG, or leave it out: the badge then has an empty frame."),
)
LARGE_PHOTO = declare(
    "report.large-photo",
    N_('The photo of interviewer "{code}" is too large to be opened.'),
    N_("Make it smaller: 1,000 by 1,300 pixels are plenty for a badge."),
)
NO_PHOTO = declare(
    "report.no-photo",
    N_('The photo "{photo}" of interviewer "{code}" cannot be read: {reason}.'),
    N_("Correct the name of the file, or leave the cell empty: the badge then has an empty frame."),
)
NO_INTERVIEWERS = declare(
    "report.no-interviewers",
    N_("The list of interviewers lacks columns: {columns}."),
    N_("Let its first row be: code, name, photo, number. The last two may be left out."),
)
INTERVIEWER_ROW = declare(
    "report.interviewer-row",
    N_("The interviewer has no code, no name, a code of another, or a number that is none."),
    N_("Give each a code of one's own and the full name; number is a whole number or empty."),
)
INTERVIEWER_TWICE = declare(
    "report.interviewer-twice",
    N_('Two interviewers have the code "{code}".'),
    N_("Give each interviewer a code of one's own."),
)
CARD_TWICE = declare(
    "report.card-twice",
    N_("Show card no. {number} would hold different answers: questions {questions}."),
    N_("Give questions with different answers different numbers of cards in their hints."),
)
NO_POINT_PLANS = declare(
    "report.no-point-plans",
    N_("Point plans are left out: the sample cannot be planned yet ({codes})."),
    N_("See what is missing by: tyndau sample STUDY; then make the papers again."),
    "warning",
)
