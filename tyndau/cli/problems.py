"""What a user can get wrong in the arguments of a command."""

from tyndau.base.errors import declare
from tyndau.base.languages import N_

NO_SUCH_COMMAND = declare(
    "usage.no-such-command",
    N_('There is no command "{got}".'),
    N_('Use one of: {expected}. "tyndau --help" says what each does.'),
)
NO_SUCH_OPTION = declare(
    "usage.no-such-option",
    N_('The command has no option "{got}".'),
    N_('Look at "{command} --help" for the options that it has.'),
)
MISSING_ARGUMENT = declare(
    "usage.missing-argument",
    N_("The command needs {name}, which was not given."),
    N_('Look at "{command} --help" for what to write.'),
)
BAD_VALUE = declare(
    "usage.bad-value",
    N_('{name} was given as "{got}".'),
    N_("Write {expected}."),
)
OPTION_VALUE = declare(
    "usage.option-value",
    N_('The option "{got}" stands without a value, or with one that it does not take.'),
    N_('Look at "{command} --help" for what to write.'),
)
EXTRA_ARGUMENT = declare(
    "usage.extra-argument",
    N_("There is more on the line than the command takes: {got}."),
    N_("Leave it out; a path with spaces stands in quotation marks."),
)
MISUSED = declare(
    "usage.misused",
    N_("The arguments could not be understood: {detail}"),
    N_('Look at "{command} --help" for what to write.'),
)
NOT_WRITABLE = declare(
    "usage.not-writable",
    N_('"{path}" could not be read or written: {detail}.'),
    N_("Check the path, close the file in other programs, and see that you may write there."),
)
