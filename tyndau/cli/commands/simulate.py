"""``tyndau simulate``: interviews that nobody gave, of a city that does not exist.

In: a study, a number of interviews, a seed. Out: a frozen wave of simulated interviews and, beside
it, ``simulation.json`` that says how they were made; or, with a phone's address, interviews that
arrived at a server. A study of a real place is first written as a copy on a fictional city. Where
the same wave stands already, nothing is done.
"""

import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from tyndau.base.languages import N_, Message, Text
from tyndau.cli.language import Command, json_option, lang_option, option
from tyndau.cli.output import print_json, print_line, progress_bar
from tyndau.cli.sending import Sending
from tyndau.fieldwork import problems
from tyndau.fieldwork.fictional import copy_to_fictional_city
from tyndau.fieldwork.simulation import design_digest, send_simulated, simulate
from tyndau.study import Study, load_study
from tyndau.waves import (
    SIMULATED,
    FormRecord,
    Wave,
    checked_wave_name,
    freeze,
    list_revisions,
    read_wave,
)

RECORD = "simulation.json"

_SHORT = N_("Simulate interviews, in a fictional city only.")
_HELP = N_(
    "Simulate interviews of STUDY by its questionnaires and its design and freeze them as a wave. "
    "Only a study whose workbook says that it is fictional may hold them; of any other, --to "
    "writes a copy on a fictional city and simulates there. Everything built from it says that it "
    "is simulated. The same seed gives the same interviews; where they stand already, nothing is "
    "done. With --through they are sent to a server as a phone sends them, and no wave is frozen."
)
_INTERVIEWS = N_("How many interviews of the mass survey.")
_SEED = N_("Where chance begins; the same number gives the same interviews.")
_TO = N_("New folder for a copy of the study on a fictional city.")
_WAVE = N_("Name of the wave.")
_THROUGH = N_("Address of an interviewer's phone on a server, through which to send them.")
_DONE = N_(
    "Simulated: wave {wave}, revision {revision}, interviews {interviews}, contacts {contacts}."
)
_SAME = N_("Wave {wave}, revision {revision} holds these interviews already; nothing was done.")
_SENT = N_("Sent: interviews {interviews}, of which the server has {taken}.")
_LEFT_OUT = N_("The phone does not get these questionnaires: {names}.")
_COPIED = N_('The copy on the fictional city "{city}" lies in {folder}.')


def make(language: str) -> click.Command:
    """Return the command in a language.

    Parameters
    ----------
    language : str
        ``kk``, ``ru`` or ``en``.

    Returns
    -------
    click.Command
        The command.
    """

    def number(name: str, help: str) -> click.Option:
        return option(
            name, language=language, help=help, required=True, type=click.INT, metavar="N"
        )

    def text(name: str, help: str, default: str) -> click.Option:
        return option(name, language=language, help=help, default=default, metavar="…")

    return Command(
        "simulate",
        language=language,
        help=Message(_HELP).say(language),
        short_help=Message(_SHORT).say(language),
        callback=_simulate,
        params=[
            click.Argument(["study"]),
            number("--interviews", _INTERVIEWS),
            number("--seed", _SEED),
            text("--to", _TO, ""),
            text("--wave", _WAVE, SIMULATED),
            text("--through", _THROUGH, ""),
            lang_option(language),
            json_option(language),
        ],
    )


def _simulate(
    study: str,
    interviews: int,
    seed: int,
    to: str,
    wave: str,
    through: str,
    lang: str,
    as_json_: bool,
) -> None:
    name = checked_wave_name(wave)
    loaded = load_study(Path(study))
    city = None
    if to:
        city = copy_to_fictional_city(loaded, Path(to))
        loaded = load_study(Path(to))
    if through:
        _send(loaded, interviews, seed, through, language=lang, json_=as_json_)
        return
    with progress_bar(lang) as progress:
        if not loaded.fictional:
            raise problems.REAL_PLACE.error(study=loaded.folder.resolve().name)
        parent = read_wave(loaded.folder, name) if list_revisions(loaded.folder, name) else None
        _refuse_real(parent, name)
        asked = {
            "interviews": interviews, "seed": seed, "design_sha256": design_digest(loaded),
        }  # fmt: skip
        same = parent is not None and asked.items() <= _record(parent).items()
        if parent is None or not same:
            simulated = simulate(loaded, interviews, seed, progress=progress)
            frozen = freeze(
                loaded.folder,
                name,
                simulated.frames,
                provenance={"simulation": simulated.record},
                parent=f"r{parent.revision}" if parent else None,
                forms={one: FormRecord.of(loaded.forms[one]) for one in simulated.frames},
            )
        else:
            frozen = parent
    _write_record(frozen, loaded)
    _show(frozen, city, loaded, made=not same, language=lang, json_=as_json_)


def _send(
    study: Study, interviews: int, seed: int, through: str, *, language: str, json_: bool
) -> None:
    """Send them to a server."""
    with closing(Sending(through)) as sending, progress_bar(language) as progress:
        simulated = simulate(study, interviews, seed, progress=progress)
        sent = send_simulated(simulated.frames, study, sending, progress=progress)
    taken = sum(sent.taken.values())
    if json_:
        print_json({"taken": sent.taken, "refused": sent.refused, "not_offered": sent.not_offered})
        return
    if sent.not_offered:
        print_line(Message(_LEFT_OUT, {"names": list(sent.not_offered)}), language)
    print_line(Message(_SENT, {"interviews": taken + len(sent.refused), "taken": taken}), language)
    if sent.refused:
        number, said = sent.refused[0]
        raise problems.NOT_TAKEN.error(count=len(sent.refused), number=number, said=said)


def _refuse_real(parent: Wave | None, name: str) -> None:
    """Refuse to put simulated interviews after real ones."""
    if parent is not None and "simulation" not in parent.manifest.provenance:
        raise problems.TAKEN.error(wave=name)


def _record(wave: Wave) -> Mapping[str, Any]:
    record: Mapping[str, Any] = wave.manifest.provenance["simulation"]
    return record


def _write_record(wave: Wave, study: Study) -> None:
    """Write how the interviews were made beside the wave's revisions."""
    path = study.folder / "waves" / wave.name / RECORD
    record = {"wave": wave.name, "revision": wave.revision, **_record(wave)}
    text = json.dumps(record, ensure_ascii=False, indent=2) + "\n"
    if not path.is_file() or path.read_text("utf-8") != text:
        path.write_text(text, "utf-8")


def _show(
    wave: Wave, city: Text | None, study: Study, *, made: bool, language: str, json_: bool
) -> None:
    populations = _record(wave)["populations"]
    counts = {
        key: sum(part[key] for part in populations.values()) for key in ("interviews", "contacts")
    }
    said: dict[str, object] = {"wave": wave.name, "revision": wave.revision, **counts}
    if json_:
        print_json({**said, "folder": str(study.folder), "simulated": made})
        return
    if city is not None:
        print_line(Message(_COPIED, {"city": city, "folder": str(study.folder)}), language)
    print_line(Message(_DONE if made else _SAME, said), language)
