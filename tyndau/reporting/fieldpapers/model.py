"""The papers of the field as values: for whom they are, what stands on them, not how they are set.

In: `Interviewer` and `Assignment` come from the caller, the rest from the builders beside this
module. Out: papers with texts in all languages, which `tyndau.reporting.pdf` sets in one of them;
badges alone hold both. A new paper is a class here, a builder, and a template.
"""

from dataclasses import dataclass, field
from datetime import date

from tyndau.base.languages import Sayable, Text
from tyndau.reporting.model import Fact


@dataclass(frozen=True, slots=True)
class Assignment:
    """What an interviewer does at a point on one visit.

    Attributes
    ----------
    point : str
        Code of a point of the study.
    interviews : int
        How many are the interviewer's own.
    day : date or None
        When; None where it is not set.
    start, end : str
        From what hour to what hour, such as ``09:00``; empty where it is not set.
    partner : str
        Who works there too: code or name.
    """

    point: str
    interviews: int
    day: date | None = None
    start: str = ""
    end: str = ""
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Interviewer:
    """Somebody who interviews.

    Attributes
    ----------
    code : str
        The code in the data, such as ``i07``; no other has it.
    name : str
        Full name, as in the identity card.
    photo : bytes or None
        A JPEG or PNG; None leaves a frame for a photo to be glued in.
    number : int or None
        Which interviewer of the plan of the sample this is, from 1; None where it is not said.
    assignments : tuple of Assignment
        What was really assigned; the plan of the sample speaks where there is nothing.
    """

    code: str
    name: str
    photo: bytes | None = None
    number: int | None = None
    assignments: tuple[Assignment, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What every paper has.

    Attributes
    ----------
    study : Text
        Title of the study.
    title : Text, Message or str
        What kind of paper it is.
    author : Text
        Who conducts the study.
    dated : date or None
        The date that the file carries.
    banner : Text, Message or str
        What stands on each piece of paper of a study of a made-up city.
    """

    study: Text
    title: Sayable
    author: Text = field(default_factory=Text)
    dated: date | None = None
    banner: Sayable = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """A badge.

    Attributes
    ----------
    name, code : str
        Whose it is.
    photo : bytes or None
        A JPEG of the shape of the frame; None leaves the frame empty.
    """

    name: str
    code: str
    photo: bytes | None = None


@dataclass(frozen=True, slots=True)
class Badges:
    """Badges, four a page, in both languages.

    Attributes
    ----------
    frame : Frame
        What every paper has.
    contractor, role, photo : Text, Message or str
        For whom they work, as what; what stands in an empty frame.
    facts : tuple of Fact
        Term of validity, telephone.
    badges : tuple of Badge
        One an interviewer.
    """

    frame: Frame
    contractor: Sayable
    role: Sayable
    photo: Sayable
    facts: tuple[Fact, ...]
    badges: tuple[Badge, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """A page on the contractor's behalf, to be signed and stamped.

    Attributes
    ----------
    title : Text, Message or str
        What it is.
    number : str
        Its number; empty where it has none.
    facts : tuple of Fact
        Who, what, when.
    paragraphs : tuple of Text, Message or str
        The rest of it.
    """

    title: Sayable
    number: str
    facts: tuple[Fact, ...]
    paragraphs: tuple[Sayable, ...]


@dataclass(frozen=True, slots=True)
class Letters:
    """Pages on the contractor's behalf.

    Attributes
    ----------
    frame : Frame
        What every paper has.
    head : tuple of Text, Message or str
        Lines of the letterhead, the contractor's name first.
    signed : Fact
        Who signs, and the name.
    letters : tuple of Letter
        One a page.
    """

    frame: Frame
    head: tuple[Sayable, ...]
    signed: Fact
    letters: tuple[Letter, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A card that respondents choose an answer from.

    Attributes
    ----------
    number : int
        Its number, by which interviewers find it.
    answers : tuple of Text
        In the order of the form; what is not offered aloud is not on it.
    questions : tuple of int
        Numbers of the questions that it belongs to.
    """

    number: int
    answers: tuple[Text, ...]
    questions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """The show cards of a form, one a page.

    Attributes
    ----------
    frame : Frame
        What every paper has.
    cards : tuple of Card
        By number.
    """

    frame: Frame
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Slips:
    """A page of slips that respondents keep, all alike.

    Attributes
    ----------
    frame : Frame
        What every paper has.
    asked, facts : tuple of Fact
        Who asked; until when and from whom answers may be withdrawn.
    voluntary, purpose : Text, Message or str
        What respondents are promised; what the code is for.
    code : Text, Message or str
        What stands beside the boxes of the code.
    """

    frame: Frame
    asked: tuple[Fact, ...]
    voluntary: Sayable
    code: Sayable
    purpose: Sayable
    facts: tuple[Fact, ...]


FieldPaper = Badges | Letters | Cards | Slips
