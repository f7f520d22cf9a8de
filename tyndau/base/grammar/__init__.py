"""Grammar that generated sentences need: Kazakh suffixes, Russian plurals and places.

In: words, names and numbers as they are written. Out: the same in the form that a sentence asks
for. Each language has a module of its own; nothing here knows what the sentences are about.
"""
