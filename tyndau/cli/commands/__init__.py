"""One module a command, each with ``make(language)``, which returns it in that language."""
