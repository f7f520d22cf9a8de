"""Damage: why a file of a revision cannot be what it should be, in words of every language.

In: a reason. Out: the exception that the readers of manifest, codebook and Parquet raise, and that
`tyndau.waves.read` turns into a problem with its place. What libraries say of the file goes along
as the cause, for programmers; users are told our reason alone.
"""

from collections.abc import Mapping
from types import MappingProxyType

from tyndau.base.languages import Message


class DamagedError(ValueError):
    """The content of a file is not what it should be.

    Parameters
    ----------
    reason : str
        English template marked with ``N_``: the end of a sentence.
    values : mapping of str to object, optional
        What its placeholders hold.

    Attributes
    ----------
    reason : Message
        Why, to be said in any language.
    """

    def __init__(self, reason: str, values: Mapping[str, object] = MappingProxyType({})) -> None:
        self.reason = Message(reason, values)
        super().__init__(self.reason.say("en"))
