"""One module a command, each with ``make(language)``, which returns it in that language.

A command reads its arguments, calls one function of the pipeline and shows what came of it.
"""
