"""Life cycles of the Permissions API."""

import pytest
from cloudinary_account_provisioning import models


STATEMENT = "forbid (principal, action, resource);"


def system_policy(client):
    """A policy of the service that a custom role can have."""
    return client.system_policies.list(permission_type="global", scope_type="prodenv").data[0]


def test_public_catalog_schema_and_validation(client, emulator):
    catalog = client.public.get_catalog().catalog
    assert catalog
    assert client.public.get_schema().schema_
    assert client.public.validate_policy(request={"policy": "permit (principal, action, resource);"}).valid
    wrong = client.public.validate_policy(request={"policy": "permit (principal"})
    assert not wrong.valid and wrong.errors
    assert emulator.last("validateCedarPolicy")["json"] == {"policy": "permit (principal"}


def test_system_policies_are_listed_by_type_and_scope(client, emulator):
    found = client.system_policies.list(permission_type="global", scope_type="account").data
    assert found and all(policy.scope_type == "account" for policy in found)
    assert emulator.last("getSystemPolicies")["query"] == "permission_type=global&scope_type=account"


def test_custom_policy_is_created_changed_found_and_deleted(client, emulator):
    environment = client.product_environments.list().sub_accounts[0].id
    policies = client.custom_policies
    made = policies.create(
        request={"name": "No deletions", "policy_statement": STATEMENT, "scope_type": "prodenv", "scope_id": "all"}
    ).data
    assert made.enabled and made.policy_statement == STATEMENT
    assert emulator.last("createCustomPolicy")["json"]["scope_id"] == "all"
    assert policies.get(policy_id=made.id).data.name == "No deletions"
    changed = policies.update(
        policy_id=made.id,
        update_custom_policy={
            "name": "Nothing",
            "policy_statement": "forbid (principal, action, resource) when { true };",
            "scope_type": "prodenv",
            "scope_id": "all",
            "description": "For the holidays",
            "enabled": False,
        },
    ).data
    assert (changed.name, changed.description, changed.enabled) == ("Nothing", "For the holidays", False)
    listed = policies.list(scope_type="prodenv", scope_id=environment, enabled=False).data
    assert [policy.id for policy in listed] == [made.id]
    policies.delete(policy_id=made.id)
    with pytest.raises(models.PermissionsErrorResponse) as gone:
        policies.get(policy_id=made.id)
    assert gone.value.status_code == 404 and gone.value.data.error.code


def test_custom_role_is_created_assigned_inspected_and_deleted(client, emulator):
    environment = client.product_environments.list().sub_accounts[0].id
    ann = client.users.create(request={"name": "Ann", "email": "ann@client.example"})
    policy = system_policy(client)
    roles = client.roles
    made = roles.create(
        request={
            "id": "helpers",
            "name": "Helpers",
            "permission_type": "global",
            "scope_type": "prodenv",
            "system_policy_ids": [policy.id],
        }
    ).data
    assert made.id == "helpers" and made.policies[0].id == policy.id
    changed = roles.update(
        role_id="helpers", role={"name": "Assistants", "description": "d", "system_policy_ids": [policy.id]}
    ).data
    assert changed.name == "Assistants"
    assert roles.get(request={"role_id": "helpers"}).data.description == "d"
    custom = roles.list(permission_type="global", scope_type="prodenv", management_type="custom").data
    assert [role.id for role in custom] == ["helpers"]

    principal = {"type": "user", "id": ann.id}
    client.principals.update_roles(
        request={"operation": "add", "principal": principal, "roles": [{"id": "helpers", "scope_id": environment}]}
    )
    assert emulator.last("updatePrincipalRoles")["json"]["roles"] == [{"id": "helpers", "scope_id": environment}]
    held = client.principals.list_roles(
        request={"principal_type": "user", "principal_id": ann.id, "permission_type": "global"}
    ).data
    assert [(role.id, role.scope_id) for role in held] == [("helpers", environment)]
    holders = roles.list_principals(request={"role_id": "helpers", "scope_type": "prodenv", "verbose": True}).data
    assert [(holder.type, holder.id) for holder in holders] == [("user", ann.id)]

    inspected = client.principals.inspect(
        request={
            "scope_type": "prodenv",
            "scope_id": environment,
            "principal_type": "user",
            "principal_id": ann.id,
        }
    ).data
    assert inspected.principals[0].roles[0].id == "helpers"
    several = client.principals.inspect_multiple(
        request={"scope_type": "prodenv", "scope_id": environment, "principals": [principal]}
    ).data
    assert several.principals[0].id == ann.id
    effective = client.effective_policies.list(
        scope_type="prodenv", scope_id=environment, principal_type="user", principal_id=ann.id
    ).data
    assert effective.principals[0].roles[0].system_policies[0].policy_statement

    with pytest.raises(models.CloudinaryError):
        roles.delete(role_id="helpers")
    roles.update_principals(
        role_id="helpers",
        update_role_principals_request={
            "operation": "remove",
            "principals": [{"principal_type": "user", "principal_id": ann.id, "scope_id": environment}],
        },
    )
    assert not roles.list_principals(request={"role_id": "helpers"}).data
    roles.delete(role_id="helpers", force=True)
    with pytest.raises(models.PermissionsErrorResponse) as gone:
        roles.get(request={"role_id": "helpers"})
    assert gone.value.status_code == 404
