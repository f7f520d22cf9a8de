"""The log of decisions: who decided what, when, of which study, in a chain that shows tampering.

In: decisions of people and of the server. Out: entries that are only ever added; each carries the
digest of the one before it. `tyndau_server.audit.log` writes and verifies.
"""
