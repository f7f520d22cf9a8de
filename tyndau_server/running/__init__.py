"""What it takes to run: the web processes, the worker's keeper, and what tells how they fare.

In: a machine, its folders and its database. Out: processes that answer, that are replaced when they
die and that end together. It knows no study; rooms below know nothing of it.
"""
