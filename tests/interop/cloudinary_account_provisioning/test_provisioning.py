"""Life cycles of the Provisioning API."""

from datetime import date

import pytest
from cloudinary_account_provisioning import models


def test_product_environment_is_created_changed_found_and_deleted(client, emulator):
    environments = client.product_environments
    template = environments.list().sub_accounts[0]
    made = environments.create(
        request={"name": "Client Portal", "cloud_name": "client_portal", "base_sub_account_id": template.id}
    )
    assert (made.name, made.cloud_name, made.enabled) == ("Client Portal", "client_portal", True)
    assert made.api_access_keys[0].key and made.api_access_keys[0].secret
    sent = emulator.last("createProductEnvironment")
    assert sent["json"] == {
        "name": "Client Portal",
        "cloud_name": "client_portal",
        "base_sub_account_id": template.id,
    }
    assert sent["authenticated"] and sent["applied"] and not sent["undocumented"]

    changed = environments.update(
        sub_account_id=made.id, product_environment_update_request={"name": "Portal", "enabled": False}
    )
    assert (changed.id, changed.name, changed.enabled) == (made.id, "Portal", False)
    assert environments.get(sub_account_id=made.id).name == "Portal"

    found = environments.list(ids=[made.id, template.id])
    assert {environment.id for environment in found.sub_accounts} == {made.id, template.id}
    found = environments.list(enabled=False, prefix="Por")
    assert [environment.id for environment in found.sub_accounts] == [made.id]
    assert environments.list(cloud_names=["client_portal"]).sub_accounts[0].id == made.id
    assert f"ids={made.id}&ids={template.id}" in emulator.requests("getProductEnvironments")[1]["query"]

    with pytest.raises(models.ErrorResponse) as conflict:
        environments.create(request={"name": "Another", "cloud_name": "client_portal"})
    assert conflict.value.status_code == 409
    assert environments.delete(sub_account_id=made.id).message
    with pytest.raises(models.ErrorResponse) as gone:
        environments.get(sub_account_id=made.id)
    assert gone.value.status_code == 404 and gone.value.data.error.message


def test_access_keys_are_generated_paged_changed_and_deleted_by_key_and_by_name(client, emulator):
    environment = client.product_environments.list().sub_accounts[0].id
    keys = client.access_keys
    made = keys.generate(sub_account_id=environment, access_key_request={"name": "production", "enabled": False})
    assert made.name == "production" and made.enabled is False and made.api_secret
    second = keys.generate(sub_account_id=environment, access_key_request={"name": "second"})

    page = keys.list(
        request={"sub_account_id": environment, "page": 1, "page_size": 2, "sort_by": "name", "sort_order": "asc"}
    )
    assert page.total == 3 and len(page.access_keys) == 2
    assert emulator.last("getAccessKeys")["query"] == "page_size=2&page=1&sort_by=name&sort_order=asc"

    changed = keys.update(
        sub_account_id=environment,
        key=made.api_key,
        access_key_update_request={"name": "live", "enabled": True, "dedicated_for": "webhooks"},
    )
    assert (changed.name, changed.enabled) == ("live", True)
    assert keys.delete_by_name(sub_account_id=environment, name="live").message
    assert emulator.last("deleteAccessKeyByName")["query"] == "name=live"
    assert keys.delete(sub_account_id=environment, key=second.api_key).message
    assert keys.list(request={"sub_account_id": environment}).total == 1
    with pytest.raises(models.ErrorResponse) as gone:
        keys.update(sub_account_id=environment, key=made.api_key, access_key_update_request={"name": "x"})
    assert gone.value.status_code == 404


def test_users_are_invited_found_changed_and_deleted(client, emulator):
    environment = client.product_environments.list().sub_accounts[0].id
    users = client.users
    ann = users.create(
        request={
            "name": "Ann Lee",
            "email": "ann@client.example",
            "role": "media_library_user",
            "sub_account_ids": [environment],
        }
    )
    assert ann.role == "media_library_user" and ann.all_sub_accounts is False
    assert emulator.last("createUser")["json"]["sub_account_ids"] == [environment]
    bob = users.create(request={"name": "Bob", "email": "bob@client.example"})

    assert users.get(user_id=ann.id).email == "ann@client.example"
    changed = users.update(user_id=ann.id, user_request={"name": "Ann Ray", "role": "admin", "enabled": False})
    assert (changed.name, changed.role, changed.enabled) == ("Ann Ray", "admin", False)

    first = users.list(request={"page": 1, "page_size": 1, "sort_by": "name", "sort_order": "desc"})
    assert [user.name for user in first.users] == ["Bob"]
    found = users.list(request={"emails": ["ann@client.example"]})
    assert [user.id for user in found.users] == [ann.id]
    never = users.list(
        request={"last_login": False, "from_": date(2026, 1, 1), "to": date(2026, 1, 31), "pending": True}
    )
    assert len(never.users) == 2
    assert "from=2026-01-01&to=2026-01-31" in emulator.last("getUsers")["query"]
    assert [one.id for one in users.list_sub_accounts(user_id=ann.id).sub_accounts] == [environment]

    with pytest.raises(models.ErrorResponse) as twice:
        users.create(request={"name": "Ann", "email": "ann@client.example"})
    assert twice.value.status_code == 409
    assert users.delete(user_id=bob.id).message
    with pytest.raises(models.ErrorResponse) as gone:
        users.get(user_id=bob.id)
    assert gone.value.status_code == 404


def test_user_groups_take_users_in_and_let_them_go(client, emulator):
    ann = client.users.create(request={"name": "Ann", "email": "ann@client.example"})
    groups = client.user_groups
    made = groups.create(request={"name": "Editors"})
    assert made.name == "Editors"
    assert groups.update(group_id=made.id, user_group_request={"name": "Writers"}).name == "Writers"

    groups.add_user(group_id=made.id, user_id=ann.id)
    assert emulator.last("addUserToUserGroup")["applied"]
    assert [user.id for user in groups.list_users(group_id=made.id).users] == [ann.id]
    assert [group.id for group in client.users.get_groups(user_id=ann.id).groups] == [made.id]
    assert groups.get(group_id=made.id, extended_details=True).users[0].id == ann.id
    assert [group.name for group in groups.list(extended_details=True).user_groups] == ["Writers"]

    groups.remove_user(group_id=made.id, user_id=ann.id)
    assert not groups.list_users(group_id=made.id).users
    assert groups.delete(group_id=made.id).message
    with pytest.raises(models.ErrorResponse) as gone:
        groups.get(group_id=made.id)
    assert gone.value.status_code == 404


def test_billing_usage_has_the_metrics_of_a_year(client, emulator):
    [usage] = client.billing_usage.get(year=2025, include_prodenv_breakdown=True)
    assert usage.plan_name and usage.metric_usage
    cycles = usage.metric_usage[0].cycles or usage.metric_usage[0].monthly_cycles
    assert isinstance(cycles[0].from_day, date)
    assert emulator.last("getBillingUsage")["query"] == "year=2025&include_prodenv_breakdown=true"


def test_unexpected_server_errors_are_errors_of_the_client(client, emulator):
    emulator.fault(kind="status", status=503, on="getUsers", nth=1)
    with pytest.raises(models.APIError) as down:
        client.users.list(request={})
    assert down.value.status_code == 503
    emulator.fault(kind="status", status=420, on="getUsers", nth=1, body='{"error":{"message":"Rate limit"}}')
    with pytest.raises(models.ErrorResponse) as limited:
        client.users.list(request={})
    assert limited.value.status_code == 420
