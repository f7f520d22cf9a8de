"""Slides for PowerPoint: native charts that carry their workbooks.

In: a `Document` of the report model, a language, a path. Out: a .pptx file. The only room that
knows python-pptx.
"""

from tyndau.reporting.slides.write import write_slides

__all__ = ["write_slides"]
