"""Makes the table and the page from what happened."""

HEAD = """# The vendors' clients and this one

This page is written by `cargo xtask interop`. It runs the vendors' own clients for Python against the emulator: every
operation that they have for these APIs, through whole life cycles. So the emulator is checked by clients that were not
written with it, and the faults of those clients are shown beside this client, on the same emulator.

"""

COMPARED = """
## This client and others

What each does if nothing is set. The command checks each statement against the published sources of the client; they are in
`tests/interop/peers.py`. Operations are those of the APIs that this client is for: the methods that the scenarios call for
Python, and what is declared in the sources for Rust. octocrab and kube-client are for other services: they are here as
clients that many Rust programs use.

"""

FAULTS = """
## Known faults of the vendors' clients

Each line is a scenario in `tests/interop`: it shows the fault, and then does the same with this client.
"""


def passed(operation):
    """Whether an operation was called, and by no scenario that failed."""
    return bool(operation["tests"]) and not operation["failed"]


def count(results, passed):
    """How many scenarios passed or failed. An operation that no scenario calls has failed."""
    total = 0
    for result in results.values():
        total += sum(test["passed"] == passed for test in result["tests"])
        if not passed:
            total += sum(not operation["tests"] for operation in result["operations"])
            total += len(result["broken"])
    return total


def rows(results):
    """One row for each client: name, operations, passed, failed, known faults."""
    for client, result in results.items():
        good = sum(passed(operation) for operation in result["operations"])
        names = len(result["operations"])
        yield client.name, names, good, names - good, len(result["faults"])


def table(results):
    """The table, in Markdown."""
    lines = ["| client | operations | passed | failed | known faults |", "|---|---|---|---|---|"]
    lines += [f"| {name} | {total} | {good} | {bad} | {faults} |" for name, total, good, bad, faults in rows(results)]
    return "\n".join(lines)


def failures(results):
    """What failed, with the end of what pytest said."""
    lines = []
    for client, result in results.items():
        uncalled = [f"{one['name']} ({one['operation']})" for one in result["operations"] if not one["tests"]]
        lines += [f"{client.name}: no scenario calls {name}" for name in uncalled]
        lines += [f"{client.name}: {name} sends nothing, and no known fault says why" for name in result["broken"]]
        if not all(test["passed"] for test in result["tests"]):
            lines.append(f"{client.name}:\n{result['log']}")
    return "\n".join(lines)


def page(results, compared):
    """The whole page. `compared` is the table of the comparison."""
    parts = [HEAD, table(results), "\n\n", _notes(results), COMPARED, compared, "\n", FAULTS]
    packages = dict.fromkeys(client.package for client in results)
    for package in packages:
        parts.append(_faults(package, {c: r for c, r in results.items() if c.package == package}))
    return "".join(parts)


def _notes(results):
    foreign = ", ".join(f"{c.name} has {len(r['foreign'])}" for c, r in results.items() if r["foreign"])
    return (
        "An operation is a method of the client, with the operation of the API that it calls. Operations of other APIs are\n"
        f"not counted: {foreign}.\n"
    )


def _faults(package, results):
    versions, faults = {}, {}
    for client, result in results.items():
        for fault in result["faults"]:
            versions.setdefault(fault["title"], []).append(client.version)
            faults[fault["title"]] = fault
    lines = [f"\n### {package}\n", "| fault | versions | what happens | cause | this client |", "|---|---|---|---|---|"]
    for title, fault in faults.items():
        told = ", ".join(versions[title])
        lines.append(f"| {title} | {told} | {fault['vendor']} | {fault['cause']} | {fault['ours']} |")
    return "\n".join(lines) + "\n"
