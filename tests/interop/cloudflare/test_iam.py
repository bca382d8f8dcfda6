"""Life cycles of permission groups, resource groups, user groups, SSO connectors, and what else belongs to access."""

from datetime import datetime, timedelta, timezone
from types import SimpleNamespace

import cloudflare
import pytest
from client import VERSION, connect
from test_accounts import ACCOUNT

NEW = VERSION >= (5,)
new_only = pytest.mark.skipif(not NEW, reason="version 4.3.1 has no such methods")


def unwrapped(answer):
    """What a call returned. Version 4.3.1 does not take the result out of some responses."""
    return answer if NEW else SimpleNamespace(**answer.result)


def access(client):
    """A permission group and a resource group, and a policy that allows the one on the other."""
    permission = next(iter(client.iam.permission_groups.list(account_id=ACCOUNT)))
    resource = resource_group(client)
    return permission, resource, policy(permission, resource)


def resource_group(client, name="Whole account"):
    """A resource group of ours, of the whole account."""
    scope = {"key": f"com.cloudflare.api.account.{ACCOUNT}", "objects": [{"key": "*"}]}
    return unwrapped(client.iam.resource_groups.create(account_id=ACCOUNT, name=name, scope=scope))


def policy(permission, resource):
    """A policy that allows a permission group on a resource group."""
    return {
        "access": "allow",
        "permission_groups": [{"id": permission.id}],
        "resource_groups": [{"id": resource.id}],
    }


def member_ids(ids):
    """The argument by which members are named: another one in each version."""
    members = [{"id": one} for one in ids]
    return {"members": members} if NEW else {"body": members}


def test_permission_group_is_found_and_read(client, emulator):
    groups = list(client.iam.permission_groups.list(account_id=ACCOUNT, page=1, per_page=5))
    one = unwrapped(client.iam.permission_groups.get(groups[0].id, account_id=ACCOUNT))
    assert one.id == groups[0].id and one.name == groups[0].name
    assert [group.id for group in client.iam.permission_groups.list(account_id=ACCOUNT, name=one.name)] == [one.id]
    assert [group.id for group in client.iam.permission_groups.list(account_id=ACCOUNT, id=one.id)] == [one.id]
    with pytest.raises(cloudflare.NotFoundError):
        client.iam.permission_groups.get("nothing", account_id=ACCOUNT)


def test_resource_group_is_created_changed_found_and_deleted(client, emulator):
    made = resource_group(client)
    assert emulator.last("createResourceGroup")["json"]["scope"]["objects"] == [{"key": "*"}]
    groups = client.iam.resource_groups
    groups.update(made.id, account_id=ACCOUNT, name="Everything of ours")
    assert unwrapped(groups.get(made.id, account_id=ACCOUNT)).name == "Everything of ours"
    assert [one.id for one in groups.list(account_id=ACCOUNT, name="Everything of ours")] == [made.id]
    assert len(list(groups.list(account_id=ACCOUNT))) == 2
    groups.delete(made.id, account_id=ACCOUNT)
    with pytest.raises(cloudflare.NotFoundError):
        groups.get(made.id, account_id=ACCOUNT)


def test_member_has_policies_and_user_groups_give_more(client, emulator):
    permission, resource, allowed = access(client)
    members = client.accounts.members
    ann = members.create(account_id=ACCOUNT, email="ann@client.example", policies=[allowed], status="accepted")
    bob = members.create(account_id=ACCOUNT, email="bob@client.example", policies=[allowed], status="accepted")
    read = members.get(ann.id, account_id=ACCOUNT)
    assert read.policies[0].permission_groups[0].id == permission.id
    assert members.update(ann.id, account_id=ACCOUNT, policies=[allowed]).policies

    groups = client.iam.user_groups
    made = groups.create(account_id=ACCOUNT, name="Readers", policies=[allowed])
    assert made.name == "Readers" and made.policies[0].resource_groups[0].id == resource.id
    with pytest.raises((cloudflare.ConflictError, cloudflare.BadRequestError)):
        client.iam.resource_groups.delete(resource.id, account_id=ACCOUNT)
    assert groups.update(made.id, account_id=ACCOUNT, name="Writers").name == "Writers"
    assert groups.get(made.id, account_id=ACCOUNT).name == "Writers"
    listed = groups.list(account_id=ACCOUNT, fuzzy_name="rit", direction="asc", per_page=5)
    assert [group.id for group in listed] == [made.id]

    inside = groups.members
    inside.create(made.id, account_id=ACCOUNT, **member_ids([ann.id]))
    assert emulator.last("addUserGroupMembers")["json"] == [{"id": ann.id}]
    assert [one.id for one in inside.list(made.id, account_id=ACCOUNT)] == [ann.id]
    inside.update(made.id, account_id=ACCOUNT, **member_ids([ann.id, bob.id]))
    assert {one.id for one in inside.list(made.id, account_id=ACCOUNT)} == {ann.id, bob.id}
    if NEW:
        assert inside.get(bob.id, account_id=ACCOUNT, user_group_id=made.id).email == "bob@client.example"
    inside.delete(bob.id, account_id=ACCOUNT, user_group_id=made.id)
    assert [one.id for one in inside.list(made.id, account_id=ACCOUNT)] == [ann.id]
    groups.delete(made.id, account_id=ACCOUNT)
    with pytest.raises(cloudflare.NotFoundError):
        groups.get(made.id, account_id=ACCOUNT)


@new_only
def test_sso_connector_is_enabled_once_its_domain_is_verified(client, emulator):
    connectors = client.iam.sso
    made = connectors.create(account_id=ACCOUNT, email_domain="client.example", begin_verification=False)
    assert made.email_domain == "client.example" and made.verification.status == "awaiting"
    with pytest.raises((cloudflare.ConflictError, cloudflare.BadRequestError)):
        connectors.update(made.id, account_id=ACCOUNT, enabled=True)
    connectors.begin_verification(made.id, account_id=ACCOUNT)
    assert connectors.get(made.id, account_id=ACCOUNT).verification.status == "pending"
    emulator.control("POST", "/clock/advance", {"seconds": 120})
    assert connectors.get(made.id, account_id=ACCOUNT).verification.status == "verified"
    assert connectors.update(made.id, account_id=ACCOUNT, enabled=True).enabled is True
    assert [one.id for one in connectors.list(account_id=ACCOUNT)] == [made.id]
    connectors.delete(made.id, account_id=ACCOUNT)
    with pytest.raises(cloudflare.NotFoundError):
        connectors.get(made.id, account_id=ACCOUNT)


@new_only
def test_subscription_is_read_and_keeps_its_plan_if_the_downgrade_is_cancelled(client, emulator):
    emulator.quirk(downgrades_are_delayed=True)
    subscriptions = client.accounts.subscriptions
    made = subscriptions.create(account_id=ACCOUNT, frequency="monthly", rate_plan={"id": "business"})
    subscriptions.update(made.id, account_id=ACCOUNT, rate_plan={"id": "pro"})
    assert subscriptions.get_by_identifier(made.id, account_id=ACCOUNT).rate_plan.id == "business"
    subscriptions.cancel_downgrade(account_id=ACCOUNT, subscription_ids=[made.id])
    assert emulator.last("cancelSubscriptionDowngrades")["json"] == {"subscription_ids": [made.id]}
    # A period has 31 days at most.
    emulator.control("POST", "/clock/advance", {"seconds": 32 * 86400})
    assert subscriptions.get_by_identifier(made.id, account_id=ACCOUNT).rate_plan.id == "business"


@new_only
def test_audit_log_has_the_history_of_an_entry_and_the_product_categories(client, emulator):
    resource_group(client)
    today = datetime.now(timezone.utc)
    days = {"since": (today - timedelta(days=1)).date(), "before": (today + timedelta(days=1)).date()}
    entry = next(iter(client.accounts.logs.audit.list(account_id=ACCOUNT, **days)))
    client.accounts.logs.audit.history(entry.id, account_id=ACCOUNT, action_time=entry.action.time, limit=5, **days)
    assert emulator.last("listAuditHistory")["status"] == 200
    assert list(client.accounts.logs.audit.product_categories(account_id=ACCOUNT))


def test_user_is_read_and_changed(client, emulator):
    assert client.user.get()
    client.user.edit(first_name="Ada", last_name="Lovelace", country="GB", telephone="+1 555 0100", zipcode="1")
    assert emulator.last("updateUser")["json"]["first_name"] == "Ada"
    [user] = emulator.state()["cloudflare"]["users"]
    assert (user["first_name"], user["country"]) == ("Ada", "GB")


def test_invitation_becomes_a_membership(client, emulator):
    add_user(emulator, "ann@client.example", "ann-key")
    role = next(iter(client.accounts.roles.list(account_id=ACCOUNT)))
    client.accounts.members.create(account_id=ACCOUNT, email="ann@client.example", roles=[role.id])
    ann = connect(emulator, "ann-key", api_email="ann@client.example")

    [invite] = list(ann.user.invites.list())
    assert ann.user.invites.get(invite.id)
    ann.user.invites.edit(invite.id, status="accepted")
    [membership] = list(ann.memberships.list(status="accepted", order="id", direction="desc", per_page=5))
    assert membership.account.id == ACCOUNT and membership.roles == [role.name]
    assert ann.memberships.get(membership.id).status == "accepted"
    ann.memberships.update(membership.id, status="accepted")
    assert emulator.last("answerMembership")["json"] == {"status": "accepted"}
    ann.memberships.delete(membership.id)
    assert not list(ann.memberships.list())
    with pytest.raises(cloudflare.NotFoundError):
        ann.memberships.get(membership.id)


def test_token_of_the_user_is_created_verified_changed_rolled_and_deleted(client, emulator):
    tokens = client.user.tokens
    groups = list(tokens.permission_groups.list())
    group = next(one for one in groups if one.name == "Account Settings Read")
    allowed = {
        "effect": "allow",
        "permission_groups": [{"id": group.id}],
        "resources": {f"com.cloudflare.api.account.{ACCOUNT}": "*"},
    }
    made = tokens.create(name="mine", policies=[allowed])
    assert made.value and made.status == "active"
    own = connect(emulator, api_key=None, api_email=None, api_token=made.value)
    assert own.user.tokens.verify().id == made.id
    assert own.accounts.get(account_id=ACCOUNT).id == ACCOUNT
    assert tokens.update(made.id, name="still mine", policies=[allowed], status="active").name == "still mine"
    assert tokens.get(made.id).name == "still mine"
    assert made.id in [token.id for token in tokens.list(direction="desc", per_page=5)]
    rolled = tokens.value.update(made.id, **({} if NEW else {"body": {}}))
    assert rolled != made.value
    with pytest.raises(cloudflare.AuthenticationError):
        own.user.tokens.verify()
    assert tokens.delete(made.id).id == made.id
    with pytest.raises(cloudflare.NotFoundError):
        tokens.get(made.id)


def add_user(emulator, email, api_key):
    """Puts a user into the emulator's state."""
    state = emulator.state()
    state["cloudflare"]["users"].append({"email": email, "id": email.split("@")[0], "api_key": api_key})
    emulator.control("PUT", "/state", state)
