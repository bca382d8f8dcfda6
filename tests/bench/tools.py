"""Prints where a tool from a registry is, and installs it if it isn't there. `cargo xtask bench` calls it."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "interop"))

from clients import CLIENTS  # noqa: E402
from environment import Unavailable, node_package, venv  # noqa: E402
from prism import PACKAGE  # noqa: E402

TARGET = Path("target/interop")
UNAVAILABLE = 3


def python():
    """The Python that has Cloudinary's client, in the environment of `cargo xtask interop`."""
    client = next(client for client in CLIENTS if client.package == "cloudinary-account-provisioning")
    return venv(TARGET / client.name.replace(" ", "-"), [f"{client.package}=={client.version}", "pytest"])


def prism():
    """The program of Prism."""
    return node_package(TARGET / "prism", PACKAGE, "prism")


if __name__ == "__main__":
    try:
        print({"python": python, "prism": prism}[sys.argv[1]]())
    except Unavailable as missing:
        print(f"{sys.argv[1]} cannot be installed: {missing}")
        sys.exit(UNAVAILABLE)
