"""The web writer: a volume of tables as one file that pages are made from, with its charts.

In: the volume of one population, its charts and chapters. Out: a folder with ``tables.json``, which
holds every text in all languages and every number unrounded, and ``charts`` with pictures for wide
and narrow screens. `read_web` gives back blocks of the report model, so that whoever makes pages
computes nothing.
"""

from tyndau.reporting.web.read import read_web
from tyndau.reporting.web.volume import TABLES, Picture, WebQuestion, WebVolume

__all__ = ["TABLES", "Picture", "WebQuestion", "WebVolume", "read_web"]
