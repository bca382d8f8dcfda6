"""Life cycles of the Provisioning API with the older client."""

from datetime import date

import pytest
from cloudinary import exceptions


def test_sub_account_is_created_changed_found_and_deleted(client, emulator):
    template = client.sub_accounts()["sub_accounts"][0]
    made = client.create_sub_account(
        "Client Portal",
        cloud_name="client_portal",
        custom_attributes={"tier": "gold"},
        enabled=True,
        base_account=template["id"],
    )
    assert made["name"] == "Client Portal" and made["cloud_name"] == "client_portal" and made["enabled"] is True
    sent = emulator.last("createProductEnvironment")
    assert sent["json"]["custom_attributes"] == {"tier": "gold"}
    assert sent["json"]["base_sub_account_id"] == template["id"] and sent["authenticated"]

    changed = client.update_sub_account(made["id"], name="Portal", enabled=False)
    assert changed["name"] == "Portal" and changed["enabled"] is False
    assert client.sub_account(made["id"])["id"] == made["id"]
    found = client.sub_accounts(ids=[made["id"], template["id"]])
    assert {one["id"] for one in found["sub_accounts"]} == {made["id"], template["id"]}
    assert "bracket_arrays" in emulator.last("getProductEnvironments")["coerced"]
    found = client.sub_accounts(enabled=False, prefix="Por")
    assert [one["id"] for one in found["sub_accounts"]] == [made["id"]]

    with pytest.raises(exceptions.AlreadyExists):
        client.create_sub_account("Another", cloud_name="client_portal")
    assert client.delete_sub_account(made["id"])["message"]
    with pytest.raises(exceptions.NotFound):
        client.sub_account(made["id"])


def test_access_keys_are_generated_paged_changed_and_deleted_by_key_and_by_name(client, emulator):
    environment = client.sub_accounts()["sub_accounts"][0]["id"]
    made = client.generate_access_key(environment, name="production", enabled=False)
    assert made["name"] == "production" and made["enabled"] is False and made["api_secret"]
    second = client.generate_access_key(environment, name="second")
    page = client.access_keys(environment, page_size=2, page=1, sort_by="name", sort_order="asc")
    assert page["total"] == 3 and len(page["access_keys"]) == 2
    changed = client.update_access_key(
        environment, made["api_key"], name="live", enabled=True, dedicated_for="webhooks"
    )
    assert changed["name"] == "live" and changed["enabled"] is True
    assert client.delete_access_key(environment, api_key=second["api_key"])["message"]
    assert client.delete_access_key(environment, name="live")["message"]
    assert "name_in_body" in emulator.last("deleteAccessKeyByName")["coerced"]
    assert client.access_keys(environment)["total"] == 1
    with pytest.raises(exceptions.NotFound):
        client.update_access_key(environment, made["api_key"], name="x")


def test_users_are_invited_found_changed_and_deleted(client, emulator):
    environment = client.sub_accounts()["sub_accounts"][0]["id"]
    ann = client.create_user("Ann Lee", "ann@client.example", "media_library_user", sub_account_ids=[environment])
    assert ann["role"] == "media_library_user"
    assert emulator.last("createUser")["json"]["sub_account_ids"] == [environment]
    bob = client.create_user("Bob", "bob@client.example", "billing")
    assert client.user(ann["id"])["email"] == "ann@client.example"
    assert client.update_user(ann["id"], name="Ann Ray", role="admin")["name"] == "Ann Ray"

    found = client.users(user_ids=[ann["id"], bob["id"]])
    assert {user["id"] for user in found["users"]} == {ann["id"], bob["id"]}
    assert "comma_arrays" in emulator.last("getUsers")["coerced"]
    pending = client.users(status="pending", prefix="ann")
    assert [user["id"] for user in pending["users"]] == [ann["id"]]
    assert "status_filter" in emulator.last("getUsers")["coerced"]
    never = client.users(
        sub_account_id=environment, last_login=False, from_date=date(2026, 1, 1), to_date=date(2026, 1, 31)
    )
    assert ann["id"] in {user["id"] for user in never["users"]}

    with pytest.raises(exceptions.AlreadyExists):
        client.create_user("Ann", "ann@client.example", "admin")
    assert client.delete_user(bob["id"])["message"]
    with pytest.raises(exceptions.NotFound):
        client.user(bob["id"])


def test_user_groups_take_users_in_and_let_them_go(client, emulator):
    ann = client.create_user("Ann", "ann@client.example", "admin")
    made = client.create_user_group("Editors")
    assert client.update_user_group(made["id"], "Writers")["name"] == "Writers"
    client.add_user_to_group(made["id"], ann["id"])
    assert emulator.last("addUserToUserGroup")["applied"]
    assert [user["id"] for user in client.user_group_users(made["id"])["users"]] == [ann["id"]]
    assert [group["id"] for group in client.user_in_user_groups(ann["id"])["groups"]] == [made["id"]]
    assert client.user_group(made["id"])["name"] == "Writers"
    assert [group["id"] for group in client.user_groups()["user_groups"]] == [made["id"]]
    client.remove_user_from_group(made["id"], ann["id"])
    assert client.user_group_users(made["id"])["users"] == []
    assert client.delete_user_group(made["id"])
    with pytest.raises(exceptions.NotFound):
        client.user_group(made["id"])


def test_responses_have_the_rate_limit_and_the_request_id(client):
    users = client.users()
    assert users.request_id
