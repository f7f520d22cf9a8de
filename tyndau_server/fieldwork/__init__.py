"""Fieldwork: questionnaires on phones, what comes back from them, and what is decided of it.

In: instruments, and submissions by the OpenRosa interface. Out: interviews that are never lost,
their pages, exports, frozen waves. What arrived is kept as it came; `receive` is the one action
that takes an interview in, `decide` the one that settles it, `instruments` the one that issues a
questionnaire. `blobs` keeps the bytes of attachments and of what could not be read.
"""
