"""Reports for Word, on a template with named styles that a foundation replaces by its own.

In: a `Document`, a language, a path, a template. Out: the file. `styles` names the styles and makes
the template that is used where there is no other, `markup` writes what stands in the file, `write`
puts it together.
"""

from tyndau.reporting.word.write import write_word

__all__ = ["write_word"]
