"""The operations of a client, found by looking at the client, and what scenarios did with them."""

import ast
import functools
import inspect
import re
import textwrap
from dataclasses import dataclass, field

PLACEHOLDER = re.compile(r"\{[^}]*\}")


@dataclass
class Operation:
    """One method of a client that sends a request."""

    # The name that the client's users write, such as `accounts.members.create`.
    name: str
    # Every (method, path template) that a call may send.
    endpoints: set = field(default_factory=set)
    # Where the method is: a class or a module, and the attribute.
    holder: object = None
    attribute: str = ""


@dataclass
class Call:
    """One call of an operation that reached the emulator."""

    operation: str
    endpoint: str
    test: str
    arguments: tuple
    keywords: dict


def shape(path):
    """A path template with nameless placeholders, so that two templates can be compared."""
    return PLACEHOLDER.sub("{}", path).rstrip("/")


class Recorder:
    """Notes which operations reached the emulator, and in which test."""

    def __init__(self, operations):
        self.operations = {operation.name: operation for operation in operations}
        self.calls = []
        self.emulator = None
        self.test = None
        self._depth = 0

    def install(self):
        """Wraps every operation, so that each call is noted."""
        for operation in self.operations.values():
            function = inspect.getattr_static(operation.holder, operation.attribute)
            setattr(operation.holder, operation.attribute, self._wrapped(operation, function))

    def _wrapped(self, operation, function):
        is_method = inspect.isclass(operation.holder)

        @functools.wraps(function)
        def call(*arguments, **keywords):
            if self.emulator is None:
                return function(*arguments, **keywords)
            before = len(self.emulator.requests())
            try:
                return function(*arguments, **keywords)
            finally:
                given = arguments[1:] if is_method else arguments
                for request in self.emulator.requests()[before:]:
                    if request["operation"]:
                        self.calls.append(Call(operation.name, request["operation"], self.test, given, keywords))

        return call

    def expected(self, served):
        """The pairs of a client's operation and an emulator's operation that scenarios have to call.

        `served` are the emulator's operations. What the emulator does not serve is not of these APIs.
        """
        known = {(entry["method"], shape(entry["path"])): entry["operation"] for entry in served}
        pairs = set()
        for operation in self.operations.values():
            for method, path in operation.endpoints:
                identifier = known.get((method, shape(path)))
                if identifier:
                    pairs.add((operation.name, identifier))
        return pairs

    def broken(self, explained):
        """The client's operations that send no request at all, without those that a known fault explains."""
        return [name for name, one in self.operations.items() if not one.endpoints and name not in explained]

    def foreign(self, served):
        """The client's operations that the emulator does not serve, with their endpoints."""
        known = {(entry["method"], shape(entry["path"])) for entry in served}
        return {
            operation.name: sorted(operation.endpoints)
            for operation in self.operations.values()
            if operation.endpoints and not any((method, shape(path)) in known for method, path in operation.endpoints)
        }


def source_tree(function):
    """The syntax tree of a function."""
    return ast.parse(textwrap.dedent(inspect.getsource(function)))
