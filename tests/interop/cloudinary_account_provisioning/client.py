"""The vendor's generated client of Cloudinary's Provisioning API and Permissions API."""

import ast

import cloudinary_account_provisioning as package
from cloudinary_account_provisioning import models

from support.operations import Operation, source_tree

API = "Cloudinary"
REFUSED = (models.ErrorResponse, models.PermissionsErrorResponse)


def connect(emulator, secret="emulator-secret"):
    """A client of the emulator's default account."""
    return package.CldProvisioning(
        server_url=emulator.url,
        account_id="emulator-account",
        security=models.Security(provisioning_api_key="emulator-key", provisioning_api_secret=secret),
    )


def operations():
    """Every public method of every group of operations."""
    found = []
    for group, (module, name) in package.CldProvisioning._sub_sdk_map.items():
        holder = getattr(__import__(module, fromlist=[name]), name)
        for attribute, function in vars(holder).items():
            if callable(function) and not attribute.startswith("_"):
                found.append(Operation(f"{group}.{attribute}", {_endpoint(function)}, holder, attribute))
    return found


def _endpoint(function):
    for node in ast.walk(source_tree(function)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "_build_request":
            constants = {word.arg: word.value.value for word in node.keywords if isinstance(word.value, ast.Constant)}
            return constants["method"], constants["path"]
    raise LookupError(f"{function.__qualname__} builds no request")
