"""Life cycles of accounts, members, roles, subscriptions, API tokens and audit logs."""

from datetime import datetime, timedelta, timezone

import cloudflare
import pytest
from client import VERSION, with_token

ACCOUNT = "emulator-account"
NEW = VERSION >= (5,)


def read_group(client):
    """The permission group that reads the settings of an account."""
    groups = client.accounts.tokens.permission_groups.list(account_id=ACCOUNT)
    return next(group for group in groups if group.name == "Account Settings Read")


def policy(group):
    """A policy that allows one group on the account."""
    return {
        "effect": "allow",
        "permission_groups": [{"id": group.id}],
        "resources": {f"com.cloudflare.api.account.{ACCOUNT}": "*"},
    }


def test_account_is_created_changed_found_and_deleted(client, emulator):
    made = client.accounts.create(name="Client", type="standard", unit={"id": "emulator-unit"})
    assert made.name == "Client" and made.id
    assert emulator.last("createAccount")["json"] == {
        "name": "Client",
        "type": "standard",
        "unit": {"id": "emulator-unit"},
    }
    required = {"type": "standard"} if NEW else {}
    changed = client.accounts.update(
        account_id=made.id, id=made.id, name="Customer", settings={"enforce_twofactor": True}, **required
    )
    assert changed.name == "Customer" and changed.settings.enforce_twofactor is True
    assert client.accounts.get(account_id=made.id).name == "Customer"
    assert {account.id for account in client.accounts.list(per_page=5)} == {ACCOUNT, made.id}
    assert [account.id for account in client.accounts.list(name="Customer", direction="desc")] == [made.id]
    client.accounts.delete(account_id=made.id)
    with pytest.raises((cloudflare.NotFoundError, cloudflare.PermissionDeniedError)):
        client.accounts.get(account_id=made.id)


def test_every_account_comes_over_pages(client, emulator):
    for number in range(6):
        client.accounts.create(name=f"Client {number}", type="standard")
    emulator.clear()
    assert len({account.id for account in client.accounts.list(per_page=5)}) == 7
    # Two pages and an empty one, which is how this client finds the end.
    assert len(emulator.requests("listAccounts")) == 3


def test_member_is_added_changed_found_and_removed(client, emulator):
    roles = list(client.accounts.roles.list(account_id=ACCOUNT))
    assert client.accounts.roles.get(roles[0].id, account_id=ACCOUNT).name == roles[0].name
    made = client.accounts.members.create(
        account_id=ACCOUNT, email="ann@client.example", roles=[roles[0].id], status="accepted"
    )
    assert made.roles[0].id == roles[0].id and made.status == "accepted"
    assert emulator.last("addMember")["json"]["roles"] == [roles[0].id]
    changed = client.accounts.members.update(made.id, account_id=ACCOUNT, roles=[{"id": roles[1].id}])
    assert [role.id for role in changed.roles] == [roles[1].id]
    assert client.accounts.members.get(made.id, account_id=ACCOUNT).user.email == "ann@client.example"
    found = client.accounts.members.list(account_id=ACCOUNT, order="user.email", direction="desc", status="accepted")
    assert made.id in [member.id for member in found]
    with pytest.raises((cloudflare.ConflictError, cloudflare.BadRequestError)) as twice:
        client.accounts.members.create(account_id=ACCOUNT, email="ann@client.example", roles=[roles[0].id])
    assert twice.value.errors[0].message
    assert client.accounts.members.delete(made.id, account_id=ACCOUNT).id == made.id
    with pytest.raises(cloudflare.NotFoundError):
        client.accounts.members.get(made.id, account_id=ACCOUNT)


def test_subscription_is_created_changed_and_deleted(client, emulator):
    made = client.accounts.subscriptions.create(
        account_id=ACCOUNT, frequency="monthly", rate_plan={"id": "pro", "currency": "USD"}
    )
    assert made.rate_plan.id == "pro" and made.frequency == "monthly"
    client.accounts.subscriptions.update(
        made.id, account_id=ACCOUNT, frequency="yearly", rate_plan={"id": "business"}
    )
    found = {one.id: one for one in client.accounts.subscriptions.get(account_id=ACCOUNT)}
    assert found[made.id].rate_plan.id == "business" and found[made.id].frequency == "yearly"
    assert client.accounts.subscriptions.delete(made.id, account_id=ACCOUNT).subscription_id == made.id


def test_token_is_created_used_changed_rolled_and_deleted(client, emulator):
    group = read_group(client)
    assert group.id in {one.id for one in client.accounts.tokens.permission_groups.get(account_id=ACCOUNT)}
    end = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=7)
    made = client.accounts.tokens.create(
        account_id=ACCOUNT,
        name="reporting",
        policies=[policy(group)],
        condition={"request_ip": {"in": ["127.0.0.0/8"]}},
        expires_on=end,
    )
    assert made.value and made.status == "active" and made.expires_on == end
    assert emulator.last("createToken")["json"]["condition"] == {"request_ip": {"in": ["127.0.0.0/8"]}}

    verified = with_token(emulator, made.value).accounts.tokens.verify(account_id=ACCOUNT)
    assert verified.id == made.id and verified.status == "active"
    with_token(emulator, made.value).accounts.get(account_id=ACCOUNT)

    changed = client.accounts.tokens.update(
        made.id, account_id=ACCOUNT, name="audits", policies=[policy(group)], status="disabled"
    )
    assert (changed.name, changed.status) == ("audits", "disabled")
    assert client.accounts.tokens.get(made.id, account_id=ACCOUNT).policies[0].permission_groups[0].id == group.id
    listed = client.accounts.tokens.list(account_id=ACCOUNT, direction="desc", per_page=5)
    assert made.id in [token.id for token in listed]

    body = {} if NEW else {"body": {}}
    rolled = client.accounts.tokens.value.update(made.id, account_id=ACCOUNT, **body)
    assert rolled != made.value
    with pytest.raises(cloudflare.AuthenticationError):
        with_token(emulator, made.value).accounts.tokens.verify(account_id=ACCOUNT)
    assert client.accounts.tokens.delete(made.id, account_id=ACCOUNT).id == made.id
    with pytest.raises(cloudflare.NotFoundError):
        client.accounts.tokens.get(made.id, account_id=ACCOUNT)


def test_audit_log_has_every_change_over_pages(client, emulator):
    roles = list(client.accounts.roles.list(account_id=ACCOUNT))
    for number in range(5):
        client.accounts.members.create(
            account_id=ACCOUNT, email=f"m{number}@client.example", roles=[roles[0].id]
        )
    today = datetime.now(timezone.utc)
    emulator.clear()
    entries = list(
        client.accounts.logs.audit.list(
            account_id=ACCOUNT,
            since=(today - timedelta(days=1)).date(),
            before=(today + timedelta(days=1)).date(),
            action_type={"not": ["delete"]},
            limit=2,
            direction="asc",
        )
    )
    assert len({entry.id for entry in entries}) == 5
    assert all(entry.action.type == "create" and entry.actor.email for entry in entries)
    assert "action_type.not=delete" in emulator.requests("listAuditLogs")[0]["query"]
    assert len(emulator.requests("listAuditLogs")) >= 3


def test_errors_have_the_class_of_their_status(client, emulator):
    body = '{"success":false,"errors":[{"code":1,"message":"m"}],"messages":[],"result":null}'
    for status, error in {
        400: cloudflare.BadRequestError,
        409: cloudflare.ConflictError,
        429: cloudflare.RateLimitError,
        503: cloudflare.InternalServerError,
    }.items():
        emulator.control("DELETE", "/faults")
        emulator.fault(kind="status", status=status, on="listRoles", body=body)
        with pytest.raises(error) as raised:
            client.accounts.roles.list(account_id=ACCOUNT)
        assert raised.value.status_code == status and raised.value.errors[0].message == "m"


def test_foreign_account_is_refused(emulator):
    token = with_token(emulator, "emulator-account-token")
    with pytest.raises(cloudflare.PermissionDeniedError):
        token.accounts.get(account_id="another")
    with pytest.raises(cloudflare.APIStatusError):
        token.accounts.create(name="Client", type="standard")
