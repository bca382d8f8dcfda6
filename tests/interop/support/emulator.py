"""Starts the emulator's binary and speaks to its control interface."""

import json
import signal
import subprocess
import tempfile
import urllib.request


class Emulator:
    """One process of the emulator, on a port that the system chose."""

    def __init__(self, binary, state=None):
        """Starts the process and waits for the line that says its address."""
        command = [str(binary), "--port", "0", "--control"]
        self._state = None
        if state is not None:
            self._state = tempfile.NamedTemporaryFile("w", suffix=".json")
            json.dump(state, self._state)
            self._state.flush()
            command += ["--state", self._state.name]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline()
        prefix = "listening on "
        if not line.startswith(prefix):
            self.stop()
            raise RuntimeError(f"the emulator did not start: {line!r}")
        self.url = line.removeprefix(prefix).strip()

    def stop(self):
        """Ends the process, by its id."""
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        self._process.wait()
        self._process.stdout.close()
        if self._state is not None:
            self._state.close()

    def control(self, method, path, body=None):
        """Calls the control interface and returns the JSON that it answers."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/__emulator{path}", data=data, method=method)
        request.add_header("content-type", "application/json")
        with urllib.request.urlopen(request) as response:
            text = response.read()
        return json.loads(text) if text else None

    def requests(self, operation=None):
        """What the emulator recorded, oldest first; of one operation if it is given."""
        query = "" if operation is None else f"?operation={operation}"
        return self.control("GET", f"/requests{query}")["requests"]

    def last(self, operation):
        """The last request of an operation, with its body as JSON under `json`."""
        found = self.requests(operation)
        assert found, f"the emulator recorded no request of {operation}"
        return with_json(found[-1])

    def clear(self):
        """Forgets the recorded requests."""
        self.control("DELETE", "/requests")

    def fault(self, **fault):
        """Injects a fault."""
        self.control("POST", "/faults", fault)

    def quirk(self, **quirks):
        """Switches quirks."""
        self.control("PUT", "/quirks", quirks)

    def state(self):
        """The whole state."""
        return self.control("GET", "/state")


def with_json(request):
    """A recorded request with its body as JSON."""
    body = request.get("body") or ""
    return {**request, "json": json.loads(body) if body else None}
