"""The team of a study: who is in it as what, how others come in, what was decided.

In: a study and who looks. Out: pages. What changes something is an action of
`tyndau_server.people`; this room stands above `tyndau_server.studies`, since a team is given
territories and questionnaires of its study.
"""
