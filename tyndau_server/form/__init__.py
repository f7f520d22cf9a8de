"""The browser form: an interview in a browser, offline, and what opens what it seals.

In: forms in the field. Out: interviews that arrive as any other. Its client stands in ``client``
and is built into ``static`` by ``tools/build-form``.
"""
