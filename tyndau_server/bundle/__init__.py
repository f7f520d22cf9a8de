"""A study as one file, to be moved to another server: its folder and its rows of the database.

In: a study, or such a file. Out: the file, or the study, whole or not at all. Passwords, tokens,
links and contacts are in no bundle. To move another table, add it to `tyndau_server.bundle.tables`.
"""
