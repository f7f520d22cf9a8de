"""The command ``tyndau``: reads arguments, calls the pipeline, shows what came of it.

In: arguments and the environment. Out: text for people in their language, or one JSON object with
``--json``; the exit code of the error's class (`tyndau.base.errors.EXIT_CODES`), 1 when a check
found something. It computes nothing itself. A new command is a module in ``commands`` with a
function ``make(language)`` and a line in `tyndau.cli.main`.
"""

import os

# Matrix products of tables are small: two threads would wait for each other longer than one
# computes (docs/decisions/0009). NumPy reads this when it loads; whoever sets it is heard.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
