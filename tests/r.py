"""R itself as the oracle: a test's docstring holds a program, which runs on the data of the test.

The program is the part of the docstring after a line ``R::``, indented. It sees each table of
data as a data frame of its name, with package `survey` loaded and lonely strata refused unless it
says otherwise, and leaves a named list ``said`` of numbers. `ask` returns that list as arrays.
One R serves all programs of a process, each in an empty workspace: loading `survey` takes longer
than most of them.
"""

import atexit
import inspect
import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import ArrayLike, NDArray

_SERVER = r"""
suppressPackageStartupMessages(library(survey))
local({
  given <- options()
  number <- function(x) ifelse(is.na(x), "null", ifelse(is.finite(x), sprintf("%.17g", x),
                               ifelse(x > 0, "1e999", "-1e999")))
  input <- file("stdin", "r")
  while (length(folder <- readLines(input, 1))) {
    options(given); options(survey.lonely.psu = "fail", digits = 17, warn = 1)
    rm(list = ls(globalenv()), envir = globalenv())
    failed <- tryCatch({
      setwd(folder)
      for (name in list.files(pattern = "[.]csv$"))
        assign(sub("[.]csv$", "", name), read.csv(name, check.names = FALSE), envir = globalenv())
      eval(parse("program.R"), envir = globalenv())
      said <- get("said", envir = globalenv())
      parts <- vapply(names(said), function(name) sprintf('"%s": [%s]', name,
                      paste(number(as.vector(unlist(said[[name]]))), collapse = ", ")), "")
      cat("{", paste(parts, collapse = ", "), "}", file = "said.json")
      ""
    }, error = function(e) paste(conditionMessage(e), deparse(conditionCall(e)), sep = "\n"))
    if (nzchar(failed[1])) writeLines(failed, "failed.txt")
    cat("done\n"); flush(stdout())
  }
})
"""

Table = Mapping[str, ArrayLike]


def program_of(docstring: str | None) -> str:
    """Return the R program that a docstring holds after its line ``R::``."""
    _, mark, program = inspect.cleandoc(docstring or "").partition("\nR::\n")
    if not mark:
        raise AssertionError("the docstring holds no line R:: with a program after it")
    return inspect.cleandoc("\n" + program)


@cache
def _server() -> subprocess.Popen[str]:
    """Start the R of this process."""
    rscript = shutil.which("Rscript")
    assert rscript, "the tests need R with its package survey: run make debian-packages"
    with tempfile.NamedTemporaryFile("w", suffix=".R", delete=False) as program:
        program.write(_SERVER)
    server = subprocess.Popen(
        [rscript, program.name], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    atexit.register(server.kill)
    atexit.register(Path(program.name).unlink, missing_ok=True)
    return server


def ask(program: str, *, after: str = "", **tables: Table) -> dict[str, NDArray[np.float64]]:
    """Run an R program, and one after it, on tables of data; return what they left in ``said``."""
    server = _server()
    assert server.stdin is not None
    assert server.stdout is not None
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, table in tables.items():
            _write(folder / f"{title}.csv", table)
        (folder / "program.R").write_text(f"{program}\n{after}", encoding="utf-8")
        print(folder, file=server.stdin, flush=True)
        while (line := server.stdout.readline()) != "done\n":
            assert line, "R ended"  # whatever else a program prints is passed over
        failed = folder / "failed.txt"
        assert not failed.exists(), failed.read_text(encoding="utf-8")
        said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    return {
        title: np.array([np.nan if one is None else one for one in numbers], dtype=float)
        for title, numbers in said.items()
    }


def _write(path: Path, table: Table) -> None:
    columns = {name: np.asarray(values) for name, values in table.items()}
    rows = zip(*(map(_cell, values.tolist()) for values in columns.values()), strict=True)
    lines = [",".join(columns), *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "NA" if np.isnan(value) else repr(value)
    if isinstance(value, bool):
        return str(int(value))
    return str(value)
