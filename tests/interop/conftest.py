"""Runs the scenarios of one client against the emulator's binary, and writes what happened to each operation."""

import importlib.util
import json
import sys
import types
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from support.emulator import Emulator  # noqa: E402
from support.operations import Recorder  # noqa: E402


def pytest_addoption(parser):
    """The options of `run.py`."""
    parser.addoption("--client-dir", required=True, help="the directory of the client")
    parser.addoption("--emulator", required=True, help="the emulator's binary")
    parser.addoption("--ours", required=True, help="the binary that does the same with our client")
    parser.addoption("--results", required=True, help="where the results are written")


def pytest_configure(config):
    """Finds the client's operations and wraps them, before any scenario is imported."""
    config.addinivalue_line("markers", "known_fault(title, cause, operations=()): shows a fault of the client, and ours without it")
    directory = Path(config.getoption("--client-dir"))
    spec = importlib.util.spec_from_file_location("client", directory / "client.py")
    client = importlib.util.module_from_spec(spec)
    sys.modules["client"] = client
    spec.loader.exec_module(client)
    config.interop = types.SimpleNamespace(
        client=client, recorder=Recorder(client.operations()), outcomes={}, faults=[], explained=set(), served=None
    )
    config.interop.recorder.install()


def pytest_collection_modifyitems(items):
    """The test that repeats every call of the other tests runs last."""
    items.sort(key=lambda item: item.name.startswith("every_operation"))


@pytest.fixture
def emulator(request):
    """A fresh emulator, whose requests count for this test."""
    interop = request.config.interop
    process = Emulator(request.config.getoption("--emulator"), getattr(request, "param", None))
    interop.served = [entry for entry in process.control("GET", "/")["operations"] if entry["api"] == interop.client.API]
    interop.recorder.emulator, interop.recorder.test = process, request.node.nodeid
    yield process
    interop.recorder.emulator = None
    process.stop()


@pytest.fixture
def client(request, emulator):
    """A client with good credentials."""
    return request.config.interop.client.connect(emulator)


@pytest.fixture
def recorder(request):
    """What the scenarios called."""
    return request.config.interop.recorder


@pytest.fixture
def ours(request, emulator):
    """Runs a scene of our own client against the same emulator, and returns what it printed as JSON."""
    import subprocess

    def run(scene, *arguments):
        command = [request.config.getoption("--ours"), scene, emulator.url, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture
def shown(request):
    """Notes what the vendor's client did and what ours did, for the page about known faults."""
    marker = request.node.get_closest_marker("known_fault")

    def note(vendor, ours):
        request.config.interop.faults.append(
            {"title": marker.kwargs["title"], "cause": marker.kwargs["cause"], "vendor": vendor, "ours": ours}
        )
        request.config.interop.explained.update(marker.kwargs.get("operations", ()))

    return note


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    """Notes whether a test failed in any of its phases."""
    report = (yield).get_result()
    outcomes = item.config.interop.outcomes
    if report.failed or report.when == "call":
        outcomes[item.nodeid] = outcomes.get(item.nodeid, True) and report.passed and not report.failed


def pytest_sessionfinish(session):
    """Writes one entry for each operation: the tests that called it, and whether they passed."""
    interop = session.config.interop
    if interop.served is None:
        return
    recorder, outcomes = interop.recorder, interop.outcomes
    operations = []
    for name, endpoint in sorted(recorder.expected(interop.served)):
        tests = sorted({call.test for call in recorder.calls if (call.operation, call.endpoint) == (name, endpoint)})
        failed = [test for test in tests if not outcomes.get(test, False)]
        operations.append({"name": name, "operation": endpoint, "tests": tests, "failed": failed})
    results = {
        "operations": operations,
        "broken": recorder.broken(interop.explained),
        "foreign": recorder.foreign(interop.served),
        "tests": [{"name": name, "passed": passed} for name, passed in outcomes.items()],
        "faults": interop.faults,
    }
    Path(session.config.getoption("--results")).write_text(json.dumps(results, indent=1))
