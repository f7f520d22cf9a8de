"""How long one question takes, in seconds: read aloud, thought over, answered, tapped.

In: a question. Out: seconds. The constants are ASSUMPTIONS, to be replaced by what the paradata of
the foundation's own fieldwork show (time stamps of questions on the phones). They are kept here
and nowhere else.
"""

import re

from tyndau.questionnaire.form import Question, QuestionKind

# Words read aloud in a minute. 150 in English is a calm reading aloud; Russian words are longer,
# and Kazakh ones, which take endings where others take words, longer still.
WORDS_PER_MINUTE = {"en": 150, "ru": 120, "kk": 105}
_OTHER_LANGUAGE = 120

# Seconds for thinking, saying and tapping an answer, without reading; typing an open answer on a
# phone takes longest.
ANSWER_SECONDS: dict[QuestionKind, float] = {
    "single": 5.0, "multiple": 8.0, "rank": 15.0, "number": 6.0, "text": 25.0, "date": 8.0,
    "place": 15.0, "media": 20.0, "note": 1.0, "acknowledge": 2.0, "calculate": 0.0,
    "hidden": 0.0,
}  # fmt: skip
# An item of a grid, whose answers have just been read.
GRID_ITEM_SECONDS = 4.0
# A longer list is not read out: the respondent names the answer and the interviewer finds it.
MOST_OPTIONS_READ = 12

_NOT_READ_APPEARANCES = ("minimal", "autocomplete", "search", "quick", "map")
_NOT_READ = re.compile(
    r"не\s+(?:за)?читать|не\s+зачитыв|оқымаңыз|оқымау|оқылмайды|do\s+not\s+read|карточк|карта\s+көрсет",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^>]*>")
_INSERTED = re.compile(r"\$\{[^}]*\}")


def words(text: str) -> int:
    """Count the words of a text as it is read aloud.

    Parameters
    ----------
    text : str
        A wording; markup is left out, an inserted answer counts as a word.

    Returns
    -------
    int
        How many.
    """
    return len(re.findall(r"\w+(?:[-'’]\w+)*", _INSERTED.sub(" x ", _TAG.sub(" ", text))))


def question_seconds(question: Question, language: str) -> float:
    """Return how long a question takes those who are asked it.

    Parameters
    ----------
    question : Question
        The question.
    language : str
        In which language it is read, such as ``kk``.

    Returns
    -------
    float
        Seconds, 0 for what is computed. A repeated question counts once.
    """
    if question.kind in ("calculate", "hidden"):
        return 0.0
    read = words(question.label.say(language))
    appearance = question.appearance.split()
    grid_item = "list-nolabel" in appearance
    if options_read(question):
        read += sum(
            words(choice.category.label.say(language))
            for choice in question.choices
            if choice.category.meaning not in ("dont_know", "refused")
        )
    seconds = 60.0 * read / WORDS_PER_MINUTE.get(language, _OTHER_LANGUAGE)
    if "label" in appearance:
        # The heading of a grid: its answers are read, none is given.
        return seconds
    return seconds + (GRID_ITEM_SECONDS if grid_item else ANSWER_SECONDS[question.kind])


def options_read(question: Question) -> bool:
    """Return whether the answers are read aloud.

    Parameters
    ----------
    question : Question
        The question.

    Returns
    -------
    bool
        False for grids' items, long or searchable lists, and where the hint says "do not read".
    """
    if not question.choices or len(question.choices) > MOST_OPTIONS_READ:
        return False
    appearance = question.appearance.split()
    if "list-nolabel" in appearance or any(word in _NOT_READ_APPEARANCES for word in appearance):
        return False
    hint = f"{question.hint.kk} {question.hint.ru}"
    return _NOT_READ.search(hint) is None
