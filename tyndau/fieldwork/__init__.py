"""Fieldwork: how interviews are made, and in a fictional city how they are made up.

In: a study. Out: interviews by population. What they are frozen as and how they are read back is
the business of `tyndau.waves`, which stands above this room.
"""
