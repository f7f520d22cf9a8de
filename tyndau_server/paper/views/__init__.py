"""Pages of interviews on paper.

One module a page; what they do is done in the room's modules of actions.
"""
