"""Why a form or a submission was not read, in words.

In: nothing; this is data. Out: `REASONS`, a sentence's end by the reasons of `NotParsed` and
`Unreadable`, for whoever shows what was refused.
"""

from collections.abc import Mapping
from typing import Final

from tyndau.base.languages import N_, Message

REASONS: Final[Mapping[str, Message]] = {
    "empty": Message(N_("it is empty")),
    "too-large": Message(N_("it is larger than any form or interview can be")),
    "too-deep": Message(N_("its elements are nested deeper than in any form")),
    "too-many-elements": Message(N_("it has more elements than any form or interview")),
    "nul": Message(N_("it holds zero bytes, which no text has")),
    "encoding": Message(N_("it is not in the encoding that it names; UTF-8 is expected")),
    "doctype": Message(N_("it declares a document type or an entity, which could harm a server")),
    "not-xml": Message(N_("the XML is not well formed or breaks off")),
    "encrypted": Message(N_("it is encrypted, and the key is not on this server")),
    "no-form-id": Message(N_("it does not say which form was filled in")),
    "no-instance-id": Message(N_("it has no instanceID, by which interviews are told apart")),
    "id-too-long": Message(N_("an identifier in it is longer than 255 characters")),
}
