"""The vendor's client of Cloudspot License."""

import inspect
from importlib import metadata

from cloudspotlicense.api import CloudspotLicense_API
from cloudspotlicense.constants.errors import BadCredentials, NoValidToken
from cloudspotlicense.endpoints.auth import AuthMethods

from support.operations import Operation

API = "Cloudspot License"
BASE = "/api/v1"
REFUSED = (BadCredentials, NoValidToken)
VERSION = tuple(int(part) for part in metadata.version("cloudspot-license-api").split("."))
# What the class has beside the calls of the API.
PLUMBING = {"set_token_header", "check_header_tokens", "do_request", "request", "get", "post", "put"}


def connect(emulator, application="emulator-app", token=None):
    """A client of the emulator's application."""
    api = CloudspotLicense_API(application, token)
    api.base_url = f"{emulator.url}/api/v1"
    return api


def operations():
    """The methods that a program calls, and the methods below them that nothing above offers."""
    found = []
    for prefix, holder in (("", CloudspotLicense_API), ("auth.", AuthMethods)):
        for attribute, function in vars(holder).items():
            if inspect.isfunction(function) and not attribute.startswith("_") and attribute not in PLUMBING:
                found.append(Operation(prefix + attribute, _endpoints(prefix, attribute), holder, attribute))
    return found


class _Seen(Exception):
    """Ends a call at its request."""


def _endpoints(prefix, attribute):
    """What a call sends, seen by calling it without a network."""
    api = CloudspotLicense_API("app", "token")
    sent = set()

    def do_request(method, url, data=None, headers=None):
        sent.add((method, f"{BASE}/{url}/"))
        raise _Seen

    api.do_request = do_request
    function = getattr(api.auth if prefix else api, attribute)
    required = [p for p in inspect.signature(function).parameters.values() if p.default is p.empty]
    try:
        function(*("{%s}" % p.name for p in required))
    except (_Seen, AttributeError):
        pass
    return sent
