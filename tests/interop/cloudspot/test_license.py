"""Life cycles of Cloudspot License."""

import pytest
from client import VERSION, connect
from cloudspotlicense.constants.errors import BadCredentials, NoValidToken

OLD = VERSION < (1, 4)


@pytest.fixture(autouse=True)
def forms_of_the_version(emulator):
    """What version 1.0.0 can read: it knows neither the pin nor the code of an error."""
    if OLD:
        emulator.quirk(profile_without_pin=True, errors_without_error_code=True)


def test_user_logs_in_and_reads_profile_and_permissions(client, emulator):
    client.authenticate("emulator-user", "emulator-password")
    assert client.token
    sent = emulator.last("authenticate")
    assert sent["json"] == {"username": "emulator-user", "password": "emulator-password"}
    assert dict(sent["headers"])["x-license-module"] == "emulator-app"
    company = client.permissions.items()[0]
    assert company.company_id == 1 and "use_app" in company.permissions

    client.get_user()
    assert client.user.email and client.user.first_name
    assert OLD or client.user.pin == "0420"
    assert emulator.last("getProfile")["authenticated"]


def test_methods_below_return_parsed_answers(client, emulator):
    answer = client.auth.authenticate("emulator-user", "emulator-password")
    assert answer.token and not answer.has_error
    assert client.auth.authenticate("emulator-user", "wrong").has_error
    client.set_token_header(answer.token)
    assert client.auth.get_user().email
    client.set_token_header("gone")
    refused = client.auth.get_user()
    assert refused.has_error and refused.error.message


def test_wrong_credentials_raise_the_errors_of_the_client(client, emulator):
    with pytest.raises(BadCredentials):
        client.authenticate("emulator-user", "wrong")
    with pytest.raises(NoValidToken):
        client.get_user()
    assert not emulator.requests("getProfile")
    with pytest.raises(NoValidToken):
        client.get_user("gone")
    assert emulator.last("getProfile")["status"] == 401


@pytest.mark.skipif(OLD, reason="version 1.0.0 has no such methods")
def test_permissions_are_fetched_for_all_companies_and_for_one(client, emulator):
    client.authenticate("emulator-user", "emulator-password")
    token = client.token
    again = connect(emulator)
    again.get_permissions(token)
    assert again.permissions.items()[0].permissions == client.permissions.items()[0].permissions
    assert again.get_company_permissions(1) == client.permissions.items()[0].permissions
    assert client.auth.get_company_permissions(1).permissions
    assert client.auth.get_permissions().permissions
    with pytest.raises(Exception) as unknown:
        again.get_company_permissions(99)
    assert emulator.last("getCompanyPermissions")["status"] == 404 and str(unknown.value)
    with pytest.raises(NoValidToken):
        connect(emulator).get_permissions("gone")


@pytest.mark.skipif(OLD, reason="version 1.0.0 has no such method")
def test_impersonation_is_validated_once(client, emulator):
    state = emulator.state()
    state["cloudspot"]["impersonations"].append(
        {
            "token": "act-as-user",
            "username": "emulator-user",
            "module": "emulator-app",
            "company": "1",
            "expires_at": "2099-01-01T00:00:00Z",
            "used": False,
        }
    )
    emulator.control("PUT", "/state", state)
    answer = client.auth.validate_impersonation("act-as-user")
    assert not answer.has_error and answer.auth_token and answer.company
    client.get_user(answer.auth_token)
    assert client.user.email
    assert client.auth.validate_impersonation("act-as-user").has_error
