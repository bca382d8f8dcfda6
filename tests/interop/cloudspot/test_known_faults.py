"""Faults of this client, each beside ours on the same emulator."""

import pytest
from client import VERSION

OLD = VERSION < (1, 4)


@pytest.mark.skipif(not OLD, reason="a fault of version 1.0.0")
@pytest.mark.known_fault(
    title="`get_permissions` always fails",
    cause="it calls a method that this version does not have",
    operations=("get_permissions",),
)
def test_get_permissions_calls_a_method_that_does_not_exist(client, emulator, ours, shown):
    client.authenticate("emulator-user", "emulator-password")
    with pytest.raises(AttributeError):
        client.get_permissions()
    assert ours("license-permissions")["companies"] == 1
    shown("`get_permissions` raises `AttributeError`.", "The permissions are fetched.")


@pytest.mark.known_fault(
    title="One new field breaks every call",
    cause="each key of a response is looked up as an attribute that must already exist",
)
def test_new_field_of_the_profile_is_a_crash(client, emulator, ours, shown):
    if OLD:
        emulator.quirk(profile_without_pin=True)
    client.authenticate("emulator-user", "emulator-password")
    emulator.quirk(profile_with_company=True)
    with pytest.raises(AttributeError):
        client.get_user()
    assert ours("license-profile")["email"] == client_email(emulator)
    shown("A field that is new in the profile raises `AttributeError`.", "Fields that are not known are ignored.")


@pytest.mark.skipif(not OLD, reason="a fault of version 1.0.0")
@pytest.mark.known_fault(
    title="A wrong password is a crash",
    cause="the key `error_code` of an error is not known to this version",
)
def test_error_code_of_an_error_is_a_crash(client, emulator, ours, shown):
    with pytest.raises(AttributeError):
        client.authenticate("emulator-user", "wrong")
    assert ours("license-login", "wrong")["bad_credentials"]
    shown("A wrong password raises `AttributeError`.", "The error says that the credentials are wrong.")


@pytest.mark.known_fault(
    title="An outage looks like a wrong password",
    cause="every status but a success becomes `BadCredentials`",
)
def test_server_error_at_login_is_bad_credentials(client, emulator, ours, shown):
    from cloudspotlicense.constants.errors import BadCredentials

    emulator.fault(kind="status", status=500, on="authenticate", body='{"message":"down"}')
    with pytest.raises(BadCredentials):
        client.authenticate("emulator-user", "emulator-password")
    told = ours("license-login", "emulator-password")
    assert told["bad_credentials"] is False and told["status"] == 500
    shown("A 500 at login raises `BadCredentials`.", "The error has the status 500, and is not about credentials.")


def client_email(emulator):
    """The address of the emulator's user."""
    return emulator.state()["cloudspot"]["users"][0]["email"]
