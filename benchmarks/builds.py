"""How long the results of the two studies take, and how much memory.

Run ``.venv/bin/python benchmarks/builds.py [--demo]``. Each study is copied to an empty folder and
built by the command that users type, with all writers in both languages; then built again, where
nothing changed. The interviews of the fictional city are simulated first (2,500, seed 2026), which
is not in its figure. Memory is that of all processes of the build together, seen ten times a
second; it needs Linux. With ``--demo`` the repository is cloned and ``make demo`` timed until its
pages answer, on the clone and again.
"""

import argparse
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
TYNDAU = Path(sys.executable).with_name("tyndau")
INTERVIEWS, SEED = 2_500, 2026
PORT = 8765
# Seconds and, where one is set, megabytes.
BOUNDS = {
    "public-councils-2023": (45, 1536),
    "public-councils-2023, nothing changed": (5, None),
    "demo-city": (90, None),
    "demo-city, nothing changed": (5, None),
    "make demo, fresh clone": (240, None),
    "make demo, second time": (30, None),
}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--demo", action="store_true", help="time make demo on a fresh clone too")
    demo = parser.parse_args().demo
    print(f"{platform.platform()}, Python {platform.python_version()}, {_cores()} cores")
    print(f"{'':42}{'seconds':>9}{'bound':>7}{'MB':>8}{'bound':>7}")
    with tempfile.TemporaryDirectory() as name:
        for study in ("public-councils-2023", "demo-city"):
            folder = _copied(study, Path(name))
            _print(study, *_timed([str(TYNDAU), "build", str(folder)]))
            _print(f"{study}, nothing changed", *_timed([str(TYNDAU), "build", str(folder)]))
        if demo:
            clone = Path(name) / "clone"
            subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(clone)], check=True)
            for which in ("fresh clone", "second time"):
                _print(f"make demo, {which}", _answers(clone), None)


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _print(what: str, seconds: float, memory: float | None) -> None:
    most, room = BOUNDS[what]
    print(
        f"{what:42}{seconds:9.1f}{most:7}{'' if memory is None else f'{memory:.0f}':>8}"
        f"{'' if room is None else room:>7}",
        flush=True,
    )


def _copied(study: str, folder: Path) -> Path:
    """Copy what the repository holds of a study; simulate its interviews if it has none."""
    held = subprocess.run(
        ["git", "ls-files", "-z", f"studies/{study}"],
        cwd=REPOSITORY, check=True, capture_output=True, text=True,
    )  # fmt: skip
    for file in held.stdout.split("\0")[:-1]:
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(REPOSITORY / file, target)
    target = folder / "studies" / study
    if not (target / "waves").is_dir():
        order = ["simulate", str(target), "--interviews", str(INTERVIEWS), "--seed", str(SEED)]
        subprocess.run([str(TYNDAU), *order], check=True, capture_output=True)
    return target


def _timed(command: list[str]) -> tuple[float, float]:
    """Run a command; return its seconds and the megabytes of all its processes at their most."""
    begun, most = time.perf_counter(), 0.0
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
        while process.poll() is None:
            most = max(most, sum(_resident(one) for one in _tree(process.pid)))
            time.sleep(0.1)
        seconds = time.perf_counter() - begun
        if process.returncode:
            output.seek(0)
            sys.exit(output.read().decode())
    return seconds, most


def _tree(process: int) -> list[int]:
    """Return a process and all that it started."""
    found = [process]
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
        others = [
            child
            for thread in Path(f"/proc/{process}/task").iterdir()
            if thread.name != str(process)
            for child in (thread / "children").read_text().split()
        ]
    except OSError:
        return found
    for child in (*children, *others):
        found += _tree(int(child))
    return found


def _resident(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return 0.0
    sizes = (line.split()[1] for line in lines if line.startswith("VmRSS:"))
    return float(next(sizes, 0)) / 1024


def _answers(clone: Path) -> float:
    """Return the seconds until the pages of a demo answer; then end it."""
    begun = time.perf_counter()
    process = subprocess.Popen(
        ["make", "demo", f"PORT={PORT}"],
        cwd=clone, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        while process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/", timeout=5):
                    return time.perf_counter() - begun
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        sys.exit("make demo ended before its pages answered")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)


if __name__ == "__main__":
    main()
