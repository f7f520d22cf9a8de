"""A copy of a study on a city that does not exist, so that interviews may be simulated.

In: a study of a real place. Out: a folder with its design in which no real name is left. Nothing
is simulated here, and nothing of waves and results is copied.
"""

from tyndau.fieldwork.fictional.copying import copy_to_fictional_city

__all__ = ["copy_to_fictional_city"]
