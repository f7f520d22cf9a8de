"""Results in the browser: volumes of tables, charts, files.

In: studies and what is known of them. Out: pages; nothing is computed here.
"""
