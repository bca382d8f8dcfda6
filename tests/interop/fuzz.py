"""Lets Schemathesis draw cases from each document and send them to the emulator. `cargo xtask interop --schemathesis`
calls it."""

import argparse
import json
import subprocess
import sys
import urllib.request
from pathlib import Path

from environment import Unavailable, venv
from support.emulator import Emulator

UNAVAILABLE = 3
DOCUMENTS = Path(__file__).parents[2] / "crates" / "spec" / "data"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# What is a case of its own for the emulator: cases with other accounts would all end at the first check.
CONFIGURATION = """
[parameters]
"path.account_id" = "emulator-account"
"""


def main():
    """Runs Schemathesis for every API."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--emulator", required=True, help="the emulator's binary")
    parser.add_argument("--target", required=True, type=Path, help="where Schemathesis is installed")
    parser.add_argument("--cases", type=int, default=20, help="cases for each operation")
    arguments = parser.parse_args()
    try:
        python = venv(arguments.target / "schemathesis", ["schemathesis==4.32.5"])
    except Unavailable as missing:
        print(f"skipped: Schemathesis cannot be installed: {missing}")
        return UNAVAILABLE
    configuration = arguments.target / "schemathesis.toml"
    configuration.write_text(CONFIGURATION)
    good = [run(python, configuration, api, arguments) for api in APIS]
    print(f"{good.count(True)} passed, {good.count(False)} failed")
    return 0 if all(good) else 1


def run(python, configuration, api, arguments):
    """Runs Schemathesis for one API against an emulator of its own, and prints how it went."""
    emulator = Emulator(arguments.emulator)
    try:
        base, options = APIS[api](emulator)
        command = [str(python.parent / "schemathesis"), "--config-file", str(configuration), "run"]
        command += [str(DOCUMENTS / f"{api}.wire.json"), "--url", emulator.url + base, "--checks", CHECKS]
        command += ["--max-examples", str(arguments.cases), "--seed", "1", "--phases", "examples,coverage,fuzzing"]
        command += ["--generation-database", "none", "--no-color", *options]
        done = subprocess.run(command, capture_output=True, text=True)
        lines = (done.stdout + done.stderr).splitlines()
        log = arguments.target / f"schemathesis-{api}.log"
        log.write_text("\n".join(lines))
        wanted = ("Test cases:", "generated", "Selected:", "Tested:")
        facts = [line.strip() for line in lines if any(word in line for word in wanted)]
        print(f"{api}: {'; '.join(facts)}")
        if done.returncode != 0:
            print("\n".join(lines))
        return done.returncode == 0
    finally:
        emulator.stop()


def cloudinary(_):
    """The base path and the credentials."""
    return "", ["--auth", "emulator-key:emulator-secret"]


def cloudflare(_):
    """The base path, and the key of the user who administers the tenant."""
    headers = ["X-Auth-Email: admin@emulator.example", "X-Auth-Key: emulator-api-key"]
    return "/client/v4", [part for header in headers for part in ("--header", header)]


def cloudspot(emulator):
    """The base path, the application and the token of a user who logged in."""
    body = json.dumps({"username": "emulator-user", "password": "emulator-password"}).encode()
    login = urllib.request.Request(f"{emulator.url}/api/v1/auth/authenticate/", data=body, method="POST")
    login.add_header("content-type", "application/json")
    login.add_header("x-license-module", "emulator-app")
    with urllib.request.urlopen(login) as response:
        token = json.load(response)["token"]
    headers = ["X-LICENSE-MODULE: emulator-app", f"X-LICENSE-TOKEN: {token}"]
    return "/api/v1", [part for header in headers for part in ("--header", header)]


APIS = {"cloudinary": cloudinary, "cloudflare": cloudflare, "cloudspot": cloudspot}


if __name__ == "__main__":
    sys.exit(main())
