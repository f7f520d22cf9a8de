"""Many phones at once: the same thing from each of them, round after round.

In: phones with connections of their own. Out: what each was answered. What a server must show for
it is said by those who ask: the tests with few rounds, `benchmarks/soak_races.py` with many.
"""

import threading
from collections import Counter
from collections.abc import Callable, Sequence

from .interviews import interview
from .openrosa_client import Answer, Phone, interview_body

PHONES = 8
_SECONDS = 120


def at_once(phones: Sequence[Phone], send: Callable[[Phone, int], Answer]) -> list[Answer]:
    """Let all phones send at the same moment; return the answers, one a phone."""
    together = threading.Barrier(len(phones))
    answers: dict[int, Answer] = {}

    def one(number: int) -> None:
        together.wait(_SECONDS)
        answers[number] = send(phones[number], number)

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(phones))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(_SECONDS)
    return [answers[number] for number in range(len(phones))]


def same_interview(phones: Sequence[Phone], rounds: int) -> Counter[int]:
    """Send the same interview from each phone at once, a new one each round."""
    statuses: Counter[int] = Counter()
    for number in range(rounds):
        xml = interview(f"uuid:same-{number}", {"gender": "1"})
        answers = at_once(phones, lambda phone, _, xml=xml: phone.post(*interview_body(xml)))
        statuses.update(answer.status for answer in answers)
    return statuses


def same_files(phones: Sequence[Phone], rounds: int) -> Counter[int]:
    """Send an interview of its own from each phone, all with the same file, never seen before."""
    statuses: Counter[int] = Counter()
    for number in range(rounds):
        content = f"the same recording {number} ".encode() * 5_000

        def send(phone: Phone, one: int, number: int = number, content: bytes = content) -> Answer:
            xml = interview(f"uuid:file-{number}-{one}", {"photo": "photo.jpg"})
            return phone.post(*interview_body(xml, {"photo.jpg": content}))

        statuses.update(answer.status for answer in at_once(phones, send))
    return statuses


def other_edits(phones: Sequence[Phone], rounds: int) -> list[Counter[int]]:
    """Edit the same interview from each phone in another way; return the statuses of each round."""
    found = []
    for number in range(rounds):
        first = f"uuid:first-{number}"
        phones[0].post(*interview_body(interview(first, {"gender": "1"})))

        def edit(phone: Phone, one: int, first: str = first) -> Answer:
            xml = interview(f"{first}-{one}", {"gender": str(one)}, deprecated=first)
            return phone.post(*interview_body(xml))

        found.append(Counter(answer.status for answer in at_once(phones, edit)))
    return found


def same_edit(phones: Sequence[Phone], rounds: int) -> Counter[int]:
    """Send one edit of an interview from each phone at once, of a new interview each round."""
    statuses: Counter[int] = Counter()
    for number in range(rounds):
        first = f"uuid:before-{number}"
        phones[0].post(*interview_body(interview(first, {"gender": "1"})))
        xml = interview(f"{first}-after", {"gender": "2"}, deprecated=first)
        answers = at_once(phones, lambda phone, _, xml=xml: phone.post(*interview_body(xml)))
        statuses.update(answer.status for answer in answers)
    return statuses


def other_answers(phones: Sequence[Phone], rounds: int) -> list[Counter[int]]:
    """Send other answers under the same number from each phone; return the statuses by round."""
    found = []
    for number in range(rounds):

        def send(phone: Phone, one: int, number: int = number) -> Answer:
            xml = interview(f"uuid:other-{number}", {"gender": str(one)})
            return phone.post(*interview_body(xml))

        found.append(Counter(answer.status for answer in at_once(phones, send)))
    return found
