"""Tags of the templates.

In: templates. Out: texts in the language of the page, of which each page has exactly one.
"""
