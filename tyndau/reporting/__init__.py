"""Reports: from tables to documents that a sociologist hands in.

In: a study, the tables of its waves. Out: a `Document` of blocks (`model`), built in both languages
at once by a builder (`volume`, `report`, `deck`) and set by one writer a format (`workbook`,
`word`, `pdf`, `slides`, `web`). Builders decide what is said and how numbers are shown; writers
know the blocks and nothing of statistics. A new format is a new writer over the same blocks; a new
kind of report is a new builder. `build` does it all for a study's wave and writes the results
folder. Nothing is exported here: who reads results loads no writer.
"""
