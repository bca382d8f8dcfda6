"""Cloudinary's older client, whose module `cloudinary.provisioning` has the Provisioning API."""

import inspect

import cloudinary
from cloudinary import exceptions, provisioning
from cloudinary.provisioning import account

from support.operations import Operation

API = "Cloudinary"
REFUSED = (exceptions.AuthorizationRequired,)


class Account:
    """The functions of the module, with the credentials of one account."""

    def __init__(self, **options):
        self._options = options

    def __getattr__(self, name):
        function = getattr(account, name)
        return lambda *arguments, **keywords: function(*arguments, **keywords, **self._options)


def connect(emulator, secret="emulator-secret"):
    """A client of the emulator's default account. The credentials are arguments of each call."""
    cloudinary.config(upload_prefix=emulator.url)
    return Account(
        account_id="emulator-account", provisioning_api_key="emulator-key", provisioning_api_secret=secret
    )


def operations():
    """Every function of the module, with what it would send with few and with all arguments."""
    found = []
    for name in dir(provisioning):
        function = getattr(provisioning, name)
        if inspect.isfunction(function) and function.__module__ == account.__name__:
            found.append(Operation(name, _endpoints(function), account, name))
    return found


def _endpoints(function):
    """What a call sends, seen by calling the function without a network."""
    sent = set()

    def account_call(method, uri, params=None, **_):
        sent.add((method.upper(), "/".join(["/v1_1/provisioning/accounts/{account_id}", *uri])))

    def public_call(method, uri, params=None, **_):
        sent.add((method.upper(), "/".join(["/v1_1/provisioning", *uri])))

    parameters = [p for p in inspect.signature(function).parameters.values() if p.kind is p.POSITIONAL_OR_KEYWORD]
    required = {p.name: "{%s}" % p.name for p in parameters if p.default is p.empty}
    optional = {p.name: "{%s}" % p.name for p in parameters if p.default is not p.empty}
    real = account._call_account_api, account._call_public_account_api
    account._call_account_api, account._call_public_account_api = account_call, public_call
    try:
        function(**required)
        function(**required, **optional)
    finally:
        account._call_account_api, account._call_public_account_api = real
    return sent
