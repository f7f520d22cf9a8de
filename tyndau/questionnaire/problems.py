"""What can be wrong with a questionnaire: the room's user errors, warnings and hints.

Errors stop `tyndau.questionnaire.load_form`; warnings and hints come from
`tyndau.questionnaire.lint`. Values named ``detail`` are words of the XLSForm converter, in English.
"""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

# The file

NO_FILE = declare(
    "form.no-file",
    N_("There is no questionnaire at this path."),
    N_("Check the path, or put the XLSForm there."),
)
EMPTY_FILE = declare(
    "form.empty-file",
    N_("The file is empty; an XLSForm was expected."),
    N_("Save the questionnaire again, or take the last copy that opens in Excel."),
)
IS_XFORM = declare(
    "form.is-xform",
    N_("This is an XForm (XML); the XLSForm that it was made from was expected."),
    N_("Give the spreadsheet (.xlsx, .xls, .csv or .md)."),
)
NOT_A_WORKBOOK = declare(
    "form.not-a-workbook",
    N_("The content is no spreadsheet but {found}."),
    N_("Open the questionnaire in Excel or LibreOffice and save it as .xlsx."),
)
ENCRYPTED = declare(
    "form.encrypted",
    N_("The workbook is protected by a password and cannot be read."),
    N_("Open it in Excel, remove the password (File, Info, Protect Workbook) and save it."),
)
TOO_LARGE = declare(
    "form.too-large",
    N_("The file holds {size} MB; a questionnaire may hold {limit} MB."),
    N_("Remove pictures and sheets that do not belong to the questionnaire."),
)
NOT_READABLE = declare(
    "form.not-readable",
    N_("The file cannot be read as an XLSForm: {detail}"),
    N_("Open it in Excel or LibreOffice and save it again; if it opens there, send us the file."),
)
IS_CSV = declare(
    "form.is-csv",
    N_('This is no workbook but plain text, such as a CSV file, and has no sheet "survey".'),
    N_(
        'Open it in Excel, name the sheet with the questions "survey", put the answers on a sheet '
        '"choices" and save it as Excel Workbook (.xlsx); renaming alone does not change a file.'
    ),
)
TOO_HEAVY = declare(
    "form.too-heavy",
    N_("Reading the questionnaire took more than {seconds} seconds or {memory} MB of memory."),
    N_("Shorten it: long lists of choices belong into a CSV file (select_one_from_file)."),
)
TOO_MANY_ROWS = declare(
    "form.too-many-rows",
    N_("The sheet has more than {limit} filled rows."),
    N_("Long lists of choices belong into a CSV file (select_one_from_file); data are no form."),
)

# Sheets, columns and cells

NO_SHEET = declare(
    "form.no-sheet",
    N_('The sheet "{wanted}" is missing; there are: {found}.'),
    N_('Name the sheet with the questions "survey" and the one with the answers "choices".'),
)
EMPTY_SHEET = declare(
    "form.empty-sheet",
    N_("The sheet has no questions."),
    N_("Write a heading row (type, name, label) and a row for each question below it."),
)
NO_COLUMN = declare(
    "form.no-column",
    N_('The column "{wanted}" is missing; there are: {found}.'),
    N_("Write the column headings in the first row, as in the XLSForm template."),
)
REPEATED_COLUMN = declare(
    "form.repeated-column",
    N_('The heading "{heading}" stands over two columns.'),
    N_("Rename or delete one of them."),
)
SAME_COLUMN = declare(
    "form.same-column",
    N_('The headings "{first}" and "{second}" mean the same column: {meant}.'),
    N_(
        "Rename or delete one of them. A heading that names no language is in the one that stands "
        'as default_language in the sheet "settings".'
    ),
)
UNCOMPUTED = declare(
    "form.uncomputed-formula",
    N_("The cell {cell} holds a formula without a computed value: {formula}"),
    N_("Open and save the file in Excel, or replace the formula by its value."),
)
ERROR_VALUE = declare(
    "form.error-value",
    N_("The cell {cell} holds the spreadsheet error {value}."),
    N_("Mend the formula, or replace it by its value; a link to another file breaks easily."),
)

# Questions and choices

NO_TYPE = declare(
    "form.no-type",
    N_('The row of "{name}" has no type.'),
    N_("Write the type of the question, such as select_one, integer, text or note."),
)
UNKNOWN_TYPE = declare(
    "form.unknown-type",
    N_('"{got}" is no type of question{meant}.'),
    N_("Write a type of the XLSForm reference, such as select_one LIST, integer, text, note."),
)
NO_NAME = declare(
    "form.no-name",
    N_("The row has the type {got} and no name."),
    N_("Give it a name without spaces that no other question has."),
)
BAD_NAME = declare(
    "form.bad-name",
    N_('"{name}" cannot be a name.'),
    N_("Begin it with a letter or _, go on with letters, digits, -, _ or a full stop."),
)
DUPLICATE_NAME = declare(
    "form.duplicate-name",
    N_('The name "{name}" stands in row {other} already.'),
    N_("Give each question a name of its own, whatever group it stands in."),
)
NO_SUCH_LIST = declare(
    "form.no-such-list",
    N_('There is no choice list "{name}"{meant}.'),
    N_('Add its choices to the sheet "choices" (column list_name), or correct the name.'),
)
NO_LIST_NAME = declare(
    "form.no-list-name",
    N_("The type {got} does not say which choice list it takes."),
    N_("Write the name of the list after it, such as select_one yes_no."),
)
NO_SUCH_FILE = declare(
    "form.no-such-file",
    N_('The choices are to come from the file "{name}", which is not beside the form.'),
    N_("Put the file into the folder of the form, or correct its name."),
)
BAD_CHOICE_FILE = declare(
    "form.bad-choice-file",
    N_('The choices cannot be read from the file "{name}": {detail}'),
    N_("Save it as CSV in UTF-8 with the columns name and label."),
)
DUPLICATE_CODE = declare(
    "form.duplicate-code",
    N_('The list "{list}" has the code "{code}" in row {other} already.'),
    N_("Give each choice of a list a code of its own."),
)
NO_CODE = declare(
    "form.no-code",
    N_('The choice "{label}" of the list "{list}" has no code.'),
    N_('Write a code without spaces into the column "name".'),
)
BAD_CODE = declare(
    "form.bad-code",
    N_('The code "{code}" has a space in it.'),
    N_("Write codes without spaces: a multiple response separates them by spaces."),
)
RESERVED_CODE = declare(
    "form.reserved-code",
    N_('The code "{code}" is that of a row or a column of every table.'),
    N_("Give the choice another code; these are taken: {taken}."),
)
BAD_MEANING = declare(
    "form.bad-meaning",
    N_('"{got}" is no meaning of a choice.'),
    N_("Write dont_know, refused, none or other, or leave the cell empty."),
    "warning",
)
UNBALANCED = declare(
    "form.unbalanced-group",
    N_('"{got}" has no counterpart.'),
    N_("Each begin_group needs an end_group, each begin_repeat an end_repeat."),
)
REFUSED = declare(
    "form.refused",
    N_("The questionnaire cannot be converted: {detail}"),
    N_("Correct it as the converter says; xlsform.org describes every column."),
)

# Routing

BAD_EXPRESSION = declare(
    "form.bad-expression",
    N_('The expression cannot be read at "{part}": {reason}. It says: {expression}'),
    N_("Write it as in ${{q1}} = 'yes' and selected(${{q2}}, 'a'); quotes are straight."),
)
UNKNOWN_NAME = declare(
    "form.unknown-name",
    N_('"{name}" is referred to, and no question is called so{meant}.'),
    N_("Correct the name in ${{...}}, or add the question."),
)
CIRCULAR = declare(
    "form.circular",
    N_("The routing goes in a circle: {cycle}. None of them can be asked or computed first."),
    N_("Remove one of these references; a group's condition counts for all its questions."),
)
ASKED_LATER = declare(
    "form.asked-later",
    N_('"{name}" depends on "{later}", which is asked only in row {row}.'),
    N_("Move the question up, or refer to one that was asked before."),
    "warning",
)
BARE_NAME = declare(
    "form.bare-name",
    N_('"{name}" stands without ${{...}} and is not read as the question of that name.'),
    N_("Write ${{{name}}}, or put a text into quotes."),
    "warning",
)

# Wording, translations, habits

UNKNOWN_COLUMN = declare(
    "form.unknown-column",
    N_('The column "{heading}" is not read; "{meant}" was probably meant.'),
    N_("Correct the heading; a column of your own may have any other name."),
    "warning",
)
NO_LANGUAGE = declare(
    "form.no-language",
    N_('The column "{heading}" does not say which language it is in.'),
    N_("Write headings such as label::Қазақша (kk) and label::Русский (ru)."),
    "warning",
)
UNTRANSLATED = declare(
    "form.untranslated",
    N_('"{name}" has no {column} in the language "{language}".'),
    N_('Write the translation; "-" is shown to people as it stands.'),
    "warning",
)
OR_OTHER = declare(
    "form.or-other",
    N_('"{name}" ends in or_other: the converter writes "Other" and "Specify other." in English.'),
    N_(
        'Take or_other away; write the answer "other" into the sheet "choices", and a text '
        "question with the condition selected(${{{name}}}, 'other')."
    ),
    "warning",
)
PLACEHOLDERS = declare(
    "form.placeholders",
    N_('The {column} of "{name}" inserts {first} in "{one}" and {second} in "{other}".'),
    N_("Insert the same answers in every language."),
    "warning",
)
NO_ESCAPE = declare(
    "form.no-dont-know",
    N_('"{name}" offers neither "don\'t know" nor "refused".'),
    N_("Add such a choice, or set its column meaning, unless everybody can and will answer."),
    "hint",
)
NO_SEED = declare(
    "form.no-seed",
    N_('"{name}" shuffles its choices without a seed: a draft restored shows another order.'),
    N_("Write randomize=true seed=${{seed}} with a calculate seed of once(random())."),
    "warning",
)
CONSENT_LATE = declare(
    "form.consent-not-first",
    N_("The form does not ask for consent before everything else."),
    N_(
        "Begin with a required question of one answer whose name begins with consent; only what is "
        "read aloud or computed may stand before it."
    ),
    "warning",
)
UNGUARDED = declare(
    "form.unguarded-exclusive",
    N_('"{name}" lets {codes} be chosen together with other answers.'),
    N_("Add a constraint such as not(selected(., '{code}') and count-selected(.) > 1)."),
    "hint",
)
DOUBLE_BARRELLED = declare(
    "form.double-barrelled",
    N_('"{name}" may ask two things at once: "{part}".'),
    N_("Ask two questions, or make sure that nobody would answer the two differently."),
    "hint",
)
LEADING = declare(
    "form.leading",
    N_('The wording of "{name}" may lead to an answer: "{part}".'),
    N_('Offer both sides ("agree or disagree"), or ask without a statement.'),
    "hint",
)
ELECTION = declare(
    "form.election",
    N_('"{name}" seems to ask about an election or a referendum: "{part}".'),
    N_(
        "Kazakhstan's law lets only legal entities with experience conduct such polls, after "
        "notice given, and forbids publication in the five days before the vote and on the day."
    ),
    "warning",
)
CONVERTER_NOTE = declare(
    "form.converter-note",
    N_("The converter notes: {detail}"),
    N_("Look at it; the questionnaire works as it is."),
    "hint",
)

# Why an expression cannot be read, by `ExpressionSyntaxError.reason`.
REASONS = {
    "part": N_("this does not belong here"),
    "end": N_("something is missing at the end"),
    "quotes": N_("quotes must be straight and in pairs"),
    "unknown": N_("no function has this name"),
    "function": N_("no function has this name; the nearest is {meant}"),
    "arguments": N_("the number of arguments must be {meant}"),
    "case": N_("write it in small letters: {meant}"),
    "size": N_("it is longer or deeper than can be read"),
}
# What two headings mean both; goes into ``{meant}`` above.
IN_LANGUAGE = N_('{column} in the language "{language}"')
# What a wrong name was probably meant to be; goes into ``{meant}`` above.
NEAREST = N_('; "{name}" was probably meant')
