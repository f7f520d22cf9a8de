"""The way through a study: all studies, one with its course and the step that comes next.

In: studies and what is known of them. Out: pages; nothing is computed here.
"""
