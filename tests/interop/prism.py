"""Lets Prism mock each document and sends it every operation of our client. `cargo xtask interop --prism` calls it."""

import argparse
import json
import socket
import subprocess
import sys
import time
from pathlib import Path

from environment import Unavailable, node_package

PACKAGE = "@stoplight/prism-cli@5.14.2"
DOCUMENTS = Path(__file__).parents[2] / "crates" / "spec" / "data"
APIS = sorted(file.name.removesuffix(".wire.json") for file in DOCUMENTS.glob("*.wire.json"))
UNAVAILABLE = 3


def main():
    """Checks our documents, or one other document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", required=True, help="the binary that sends every operation")
    parser.add_argument("--target", required=True, type=Path, help="where Prism is installed")
    parser.add_argument("--document", help="another document of the API")
    parser.add_argument("--api", choices=APIS, help="the API of the other document")
    arguments = parser.parse_args()
    try:
        prism = node_package(arguments.target / "prism", PACKAGE, "prism")
    except Unavailable as missing:
        print(f"skipped: Prism cannot be installed: {missing}")
        return UNAVAILABLE
    if arguments.document:
        documents = {arguments.api: (arguments.document, ["--foreign"])}
    else:
        documents = {api: (ours(api, arguments.target), []) for api in APIS}
    good = [check(prism, arguments.check, api, *document) for api, document in documents.items()]
    print(f"{good.count(True)} passed, {good.count(False)} failed")
    return 0 if all(good) else 1


def ours(api, target):
    """Our document as it is on the wire, where operations that the overlay makes public need no credentials."""
    wire, build = (json.loads((DOCUMENTS / f"{api}.{form}.json").read_text()) for form in ("wire", "build"))
    for path, item in build["paths"].items():
        for method, operation in item.items():
            if isinstance(operation, dict) and operation.get("security") == []:
                wire["paths"][path][method]["security"] = []
    copy = target / f"{api}.wire.json"
    copy.write_text(json.dumps(wire))
    return copy


def check(prism, binary, api, document, options):
    """Mocks one document, and returns whether our client gets along with it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [str(prism), "mock", "--errors", "--host", "127.0.0.1", "--port", str(port), "--verboseLevel", "fatal", str(document)],
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(server, port)
        command = [binary, "--api", api, "--url", f"http://127.0.0.1:{port}", *options]
        return subprocess.run(command).returncode == 0
    finally:
        server.terminate()
        server.wait()


def wait_for(server, port):
    """Waits until Prism answers, or fails if it ended."""
    while server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("Prism did not start")


if __name__ == "__main__":
    sys.exit(main())
