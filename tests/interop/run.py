"""Runs the scenarios of every client and reports what passed. `cargo xtask interop` calls it."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

import peers
import report
from clients import CLIENTS
from environment import Unavailable, venv

HERE = Path(__file__).parent
UNAVAILABLE = 3


def main():
    """Runs the scenarios, prints the table and writes or checks the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--emulator", required=True, help="the emulator's binary")
    parser.add_argument("--ours", required=True, help="the binary that does the same with our client")
    parser.add_argument("--target", required=True, type=Path, help="where environments and results are kept")
    parser.add_argument("--page", required=True, type=Path, help="the page that the results make")
    parser.add_argument("--check", action="store_true", help="fail if the page is stale, instead of writing it")
    arguments = parser.parse_args()
    try:
        pythons = {
            client: venv(arguments.target / client.name.replace(" ", "-"), [f"{client.package}=={client.version}", "pytest"])
            for client in CLIENTS
        }
        crates = peers.crates(arguments.target / "crates")
    except Unavailable as missing:
        print(f"skipped: the clients cannot be installed: {missing}")
        return UNAVAILABLE
    results = {client: run(client, python, arguments) for client, python in pythons.items()}
    compared, unfounded = compare(results, pythons, crates)
    print(report.table(results))
    print(report.failures(results))
    print("\n".join(f"the sources don't show: {problem}" for problem in unfounded))
    failed = report.count(results, passed=False) + len(unfounded)
    page = report.page(results, peers.table(compared))
    if not failed and arguments.check and arguments.page.read_text() != page:
        print(f"{arguments.page} is stale: run `cargo xtask interop`")
        failed = 1
    if not failed and not arguments.check:
        arguments.page.write_text(page)
    print(f"{report.count(results, passed=True)} passed, {failed} failed")
    return 1 if failed else 0


def compare(results, pythons, crates):
    """The rows of the comparison, and the statements that the sources don't show. Of each package, the last version counts."""
    installed = {}
    for client, result in results.items():
        sources = next((pythons[client].parent.parent / "lib").glob("python3*/site-packages"))
        installed[client.package] = (client.version, sources, len(result["operations"]))
    return peers.rows(HERE.parent.parent, installed, crates)


def run(client, python, arguments):
    """Runs the scenarios of one client in its own environment, and returns what happened."""
    base = arguments.target / client.name.replace(" ", "-")
    found = base.with_suffix(f"{base.suffix}.json")
    found.unlink(missing_ok=True)
    command = [str(python), "-m", "pytest", "--quiet", "--tb=short", "-p", "no:cacheprovider", "-c", os.devnull]
    command += ["--rootdir", str(HERE), "--client-dir", str(HERE / client.scenarios)]
    command += ["--emulator", arguments.emulator, "--ours", arguments.ours, "--results", str(found)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("CLOUD", "PYTEST"))}
    clean["PYTHONDONTWRITEBYTECODE"] = "1"
    done = subprocess.run([*command, str(HERE / client.scenarios)], capture_output=True, text=True, env=clean)
    base.with_suffix(f"{base.suffix}.log").write_text(done.stdout + done.stderr)
    if not found.exists():
        sys.exit(f"{client.name}: no results\n{done.stdout}{done.stderr}")
    return {**json.loads(found.read_text()), "log": done.stdout}


if __name__ == "__main__":
    sys.exit(main())
