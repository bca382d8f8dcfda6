"""Faults of this client, each beside ours on the same emulator."""

import pytest


@pytest.mark.known_fault(
    title="A failure without the usual body is a success",
    cause="only the key `error` in the body makes an error; the status is not looked at",
)
def test_server_error_without_the_usual_body_is_a_success(client, emulator, ours, shown):
    emulator.fault(kind="status", status=500, on="deleteUser", body='{"message":"try again"}')
    assert client.delete_user("someone") == {"message": "try again"}
    assert ours("delete-user", "someone")["status"] == 500
    shown("`delete_user` returns `{'message': 'try again'}` for a 500.", "The call fails, with the status 500.")


@pytest.mark.known_fault(
    title="A bad gateway has no class of error",
    cause="statuses that are not in a table raise the bare `Exception`",
)
def test_bad_gateway_is_a_bare_exception(client, emulator, ours, shown):
    emulator.fault(kind="status", status=502, on="getUser", body='{"error":{"message":"bad gateway"}}')
    with pytest.raises(Exception) as bare:
        client.user("someone")
    assert type(bare.value) is Exception
    told = ours("get-user", "someone")
    assert told["status"] == 502 and told["attempts"] == 3
    shown("A 502 raises the bare `Exception`, after one attempt.", "A read is repeated, and the error has the status.")


@pytest.mark.known_fault(
    title="A list of users is its first page",
    cause="the function has no parameter for the page, and does not say that there are more",
)
def test_list_of_users_is_its_first_page(client, emulator, ours, shown):
    many_users(emulator, 250)
    assert len(client.users()["users"]) < 250
    assert ours("list-users")["users"] == 250
    shown(
        f"`users()` returns {len(client.users()['users'])} of 250 users.",
        "`list()` fetches page after page, until all users are there.",
    )


@pytest.mark.known_fault(
    title="An id can change the path of a request",
    cause="`/` and `.` in ids are not encoded",
)
def test_id_leads_to_another_resource(client, emulator, ours, shown):
    emulator.clear()
    client.user("../sub_accounts/emulator-environment")
    assert emulator.requests()[-1]["operation"] == "getProductEnvironment"
    emulator.clear()
    assert ours("get-user", "../sub_accounts/emulator-environment")["refused"]
    assert not emulator.requests()
    shown(
        "`user('../sub_accounts/ID')` returns a product environment.",
        "Ids with `/`, `.` or `..` are refused before anything is sent.",
    )


def many_users(emulator, count):
    """Puts users into the emulator's state."""
    state = emulator.state()
    [account] = state["cloudinary"]["accounts"]
    account["users"] = [
        {"id": f"user-{number}", "name": f"User {number}", "email": f"user{number}@client.example"}
        for number in range(count)
    ]
    emulator.control("PUT", "/state", state)
