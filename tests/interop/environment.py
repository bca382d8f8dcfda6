"""Virtual environments and node packages under `target/interop`, with pinned versions."""

import shutil
import subprocess
import sys
from pathlib import Path

CONSTRAINTS = Path(__file__).with_name("constraints.txt")
# What package clients print if nothing answers.
NO_ANSWER = ("ConnectionError", "NewConnectionError", "Retrying", "timed out", "EAI_AGAIN", "ENOTFOUND", "ECONNREFUSED",
             "ETIMEDOUT", "network", "No route to host")


class Unavailable(Exception):
    """Something from outside is missing, so that nothing can be said about the clients."""


def venv(directory, packages):
    """The Python of a virtual environment with these packages, made if it is not there yet."""
    wanted = "\n".join([*packages, CONSTRAINTS.read_text()])
    python, mark = directory / "bin" / "python", directory / "installed.txt"
    if mark.exists() and mark.read_text() == wanted:
        return python
    shutil.rmtree(directory, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(directory)])
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--retries", "1"]
    _run([*pip, "--constraint", str(CONSTRAINTS), *packages])
    mark.write_text(wanted)
    return python


def node_package(directory, package, program):
    """A program of a node package, installed if it is not there yet."""
    if shutil.which("npm") is None:
        raise Unavailable("there is no npm on this machine")
    found, mark = directory / "node_modules" / ".bin" / program, directory / "installed.txt"
    if mark.exists() and mark.read_text() == package:
        return found
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    npm = ["npm", "install", "--prefix", str(directory), "--no-audit", "--no-fund", "--loglevel", "error"]
    _run([*npm, "--fetch-retries", "1", package])
    mark.write_text(package)
    return found


def _run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode == 0:
        return
    said = (done.stdout + done.stderr).strip()
    if any(word in said for word in NO_ANSWER) or "ensurepip" in said:
        raise Unavailable(f"{' '.join(command[:4])} …: {said.splitlines()[-1]}")
    raise RuntimeError(f"{' '.join(command)}:\n{said}")
