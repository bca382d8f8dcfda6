"""Cloudflare's client: the groups of operations for accounts, permissions and users."""

import ast
import inspect

import cloudflare as package

from support.operations import Operation, source_tree

API = "Cloudflare"
BASE = "/client/v4"
ROOTS = ("accounts", "iam", "memberships", "user")
VERBS = {"_get": "GET", "_get_api_list": "GET", "_post": "POST", "_put": "PUT", "_patch": "PATCH", "_delete": "DELETE"}
REFUSED = (package.AuthenticationError, package.PermissionDeniedError)
VERSION = tuple(int(part) for part in package.__version__.split("."))


def connect(emulator, secret="emulator-api-key", **options):
    """A client with the key of the emulator's user, who administers the tenant."""
    options = {"api_key": secret, "api_email": "admin@emulator.example", "max_retries": 0, **options}
    return package.Cloudflare(base_url=f"{emulator.url}/client/v4", **options)


def with_token(emulator, token, **options):
    """A client with an API token, and no other credentials."""
    return package.Cloudflare(base_url=f"{emulator.url}/client/v4", api_token=token, max_retries=0, **options)


def operations():
    """Every method of every resource below the roots."""
    client = package.Cloudflare(api_token="unused")
    found = []
    for root in ROOTS:
        _collect(root, getattr(client, root), found)
    return found


def _collect(name, resource, found):
    for attribute, value in vars(type(resource)).items():
        if attribute.startswith("_") or attribute.startswith("with_"):
            continue
        if inspect.isfunction(value):
            endpoint = _endpoint(value)
            if endpoint:
                found.append(Operation(f"{name}.{attribute}", {endpoint}, type(resource), attribute))
        else:
            _collect(f"{name}.{attribute}", getattr(resource, attribute), found)


def _endpoint(function):
    for node in ast.walk(source_tree(inspect.unwrap(function))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in VERBS:
            method = VERBS[node.func.attr]
            for word in node.keywords:
                if word.arg == "method":
                    method = word.value.value.upper()
            return method, BASE + _template(node.args[0])
    return None


def _template(node):
    """A path, from a text, an f-string or a call of `path_template`."""
    if isinstance(node, ast.Call):
        node = node.args[0]
    if isinstance(node, ast.Constant):
        # A few operations serve accounts and zones alike.
        return node.value.replace("{account_or_zone}", "accounts").replace("{accounts_or_zones}", "accounts")
    return "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
