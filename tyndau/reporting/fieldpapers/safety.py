"""The safety sheet: whom to call, hours and breaks, what to do in danger and when stopped.

In: a study. Out: a `Document` of two pages. Rules of work are those of the report on public
councils of 2023 ("Health and safety"); how to meet police, weather, dogs and traffic is what
supervisors tell interviewers at their training. It is no legal advice: a lawyer of the foundation
should read it.
"""

from tyndau.base.languages import N_, Message
from tyndau.reporting.fieldpapers.known import LINE, coordinator, phone_or_line
from tyndau.reporting.model import Block, Document, Fact, Facts, Heading, Listing, Section
from tyndau.reporting.simulated import banner
from tyndau.study.model import Study

_TITLE = N_("Safety of interviewers")
_CALL = N_("Whom to call")
_SUPERVISOR = N_("Supervisor, telephone")
_SAFETY_PHONE = N_("If threatened or detained: any hour of fieldwork")
_EMERGENCY = N_("Rescue; any emergency")
_POLICE, _AMBULANCE, _FIRE = N_("Police"), N_("Ambulance"), N_("Fire")

_DAY = N_("Every day")
_DAY_RULES = (
    N_("At a point there are always two of you. Nobody works alone, least of all after dark."),
    N_("At most 8 hours a day and 2 hours on end; then a break of at least 15 minutes."),
    N_(
        "No interview in 2 hours: call the supervisor and change to a point that was approved, or "
        "come back at another hour."
    ),
    N_("Tell the supervisor when you begin, when you change the point and when you are home."),
    N_(
        "Have with you: badge, letter of introduction, identity card, a charged phone, water, this "
        "sheet."
    ),
    N_("Interviews at dwellings are made at the door. Do not go inside, not even if invited."),
)
_THREAT = N_("If you are threatened")
_THREAT_RULES = (
    N_("Leave at once. No interview is worth it, and leaving is always right."),
    N_("Do not argue and do not answer insults. Say sorry for the trouble, and go."),
    N_("Go where there are people and light: a shop, a stop, a pharmacy. Keep together."),
    N_("Call the supervisor; if you are in danger, first 102 or 112."),
    N_("If somebody takes the phone or a bag, give it: what is in the phone is encrypted."),
    N_("Tell the supervisor the same day, also if nothing happened in the end."),
)
_STOPPED = N_("If police or officials stop or detain you")
_STOPPED_RULES = (
    N_("Stay calm and polite. Show badge, letter of introduction and identity card."),
    N_("Say who you are and what you do: you interview people for the study in the letter."),
    N_("Ask for name and position of whoever stopped you, and for the reason. You may ask this."),
    N_(
        "Call the supervisor at once, or the number for such cases; say where you are. Let your "
        "partner call if you cannot."
    ),
    N_(
        "If you are to come along: ask whether you are detained and what for. You may have a "
        "relative and a lawyer told, and a record drawn up."
    ),
    N_(
        "Do not argue, do not resist, do not run away. What is wrong is put right later, by others."
    ),
    N_("Read before you sign. If you do not agree, write so above your signature."),
    N_(
        "Hand over nothing that holds answers, and do not unlock the phone: people trusted you "
        "with their answers. Say that they are confidential and that the foundation answers for "
        "them."
    ),
    N_(
        "If the phone is taken all the same, do not resist: it is encrypted and shows nothing. Ask "
        "for a record and tell the supervisor, who will lock it."
    ),
)
_WEATHER = N_("Frost, heat, storm")
_WEATHER_RULES = (
    N_(
        "Dress so that you can stand outside for half an hour. A room to get warm, with a toilet "
        "and hot drinks, is within walking distance of the point."
    ),
    N_(
        "In hard frost, heat or storm the supervisor shortens the day or calls it off. If you feel "
        "bad earlier, stop earlier."
    ),
    N_("In heat: shade, water, a hat. In frost: watch each other's faces and hands."),
    N_("Numb white skin, dizziness, confusion: into a room at once, call 103."),
    N_("In a thunderstorm or strong wind, not under trees, hoardings and power lines."),
)
_DOGS = N_("Dogs")
_DOGS_RULES = (
    N_("Do not enter a yard with a dog, even a tied one; call the owner from the gate."),
    N_("A dog comes at you: stand still, sideways, hold bag or folder before you. Do not run."),
    N_("Do not look into its eyes, do not shout; step back slowly when it calms down."),
    N_(
        "Bitten: wash the wound with soap and running water for 15 minutes, and go to a casualty "
        "department the same day, however small it is; vaccination against rabies must not wait."
    ),
)
_TRAFFIC = N_("Traffic")
_TRAFFIC_RULES = (
    N_("Never stop people on the roadway, at a crossing or at the edge of the pavement."),
    N_(
        "At a car park talk to drivers of standing cars only, at the door; never stand before or "
        "behind a car."
    ),
    N_("After dark wear something that reflects. Cross at crossings, without the phone in hand."),
    N_("Travel by bus, in a taxi that was ordered or in the foundation's car; not with strangers."),
)
_PARTS = (
    (_DAY, _DAY_RULES),
    (_THREAT, _THREAT_RULES),
    (_STOPPED, _STOPPED_RULES),
    (_WEATHER, _WEATHER_RULES),
    (_DOGS, _DOGS_RULES),
    (_TRAFFIC, _TRAFFIC_RULES),
)


def build_safety(study: Study) -> Document:
    """Make the safety sheet.

    Parameters
    ----------
    study : Study
        The study.

    Returns
    -------
    Document
        To be written in any language.
    """
    title = Message(_TITLE)
    blocks: list[Block] = [Heading(title), Heading(Message(_CALL), 2), _telephones(study)]
    for heading, rules in _PARTS:
        blocks += [Heading(Message(heading), 2), Listing(tuple(map(Message, rules)))]
    return Document(
        title=study.title,
        subtitle=title,
        sections=(Section("safety", title, title, tuple(blocks)),),
        author=study.contractor,
        dated=study.start,
        footer=title,
        banner=banner(study),
        layout="sheet",
    )


def _telephones(study: Study) -> Facts:
    return Facts(
        (
            Fact(Message(_SUPERVISOR), LINE),
            Fact(Message(_SAFETY_PHONE), phone_or_line(study.identity.safety_phone)),
            coordinator(study),
            Fact(Message(_EMERGENCY), "112"),
            Fact(Message(_POLICE), "102"),
            Fact(Message(_AMBULANCE), "103"),
            Fact(Message(_FIRE), "101"),
        )
    )
