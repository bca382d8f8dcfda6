"""Lets Schemathesis draw cases from each document and send them to the emulator. `cargo xtask interop --schemathesis`
calls it."""

import argparse
import json
import subprocess
import sys
import urllib.request
from pathlib import Path

from environment import Unavailable, venv
from support.emulator import Emulator

UNAVAILABLE = 3
DOCUMENTS = Path(__file__).parents[2] / "crates" / "spec" / "data"
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# The random cases alone, in CI: the systematic ones are ten times as many.
QUICK = ["--phases", "fuzzing", "--max-examples", "5"]


def main():
    """Runs Schemathesis for every API."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--emulator", required=True, help="the emulator's binary")
    parser.add_argument("--target", required=True, type=Path, help="where Schemathesis is installed")
    parser.add_argument("--cases", type=int, default=20, help="random cases for each operation")
    parser.add_argument("--quick", action="store_true", help="five random cases for each operation, and no others")
    arguments = parser.parse_args()
    arguments.target = arguments.target.resolve()
    try:
        python = venv(arguments.target / "schemathesis", ["schemathesis==4.32.5"])
    except Unavailable as missing:
        print(f"skipped: Schemathesis cannot be installed: {missing}")
        return UNAVAILABLE
    good = [run(python, api, arguments) for api in APIS]
    print(f"{good.count(True)} passed, {good.count(False)} failed")
    return 0 if all(good) else 1


def run(python, api, arguments):
    """Runs Schemathesis for one API against an emulator of its own, and prints how it went."""
    emulator = Emulator(arguments.emulator)
    try:
        base, options, known = APIS[api](emulator)
        configuration = arguments.target / f"schemathesis-{api}.toml"
        # Cases with ids that nothing has would all end at the first check.
        lines = [f'"path.{name}" = "{value}"' for name, value in known.items()]
        configuration.write_text("\n".join(["[parameters]", *lines]))
        phases = QUICK if arguments.quick else ["--phases", "coverage,fuzzing", "--max-examples", str(arguments.cases)]
        command = [str(python.parent / "schemathesis"), "--config-file", str(configuration), "run"]
        command += [str(document(api, arguments.target)), "--url", emulator.url + base, "--checks", CHECKS]
        command += [*phases, "--seed", "1", "--generation-database", "none", "--no-color", *options]
        # Schemathesis keeps a cache where it runs.
        done = subprocess.run(command, capture_output=True, text=True, cwd=arguments.target)
        lines = (done.stdout + done.stderr).splitlines()
        log = arguments.target / f"schemathesis-{api}.log"
        log.write_text("\n".join(lines))
        wanted = ("Selected: ", " generated, ")
        facts = [line.strip() for line in lines if any(word in line for word in wanted) and "⚠" not in line]
        print(f"{api}: {'; '.join(facts)}")
        if done.returncode != 0:
            print("\n".join(lines))
        return done.returncode == 0
    finally:
        emulator.stop()


def document(api, target):
    """The document, with a 400 in the service's own form for the operations that have none.

    The vendor does not say what they answer to a request that is malformed. The emulator answers 400.
    """
    wire = json.loads((DOCUMENTS / f"{api}.wire.json").read_text())
    silent = []
    for path, item in wire["paths"].items():
        for operation in item.values():
            if isinstance(operation, dict) and "400" not in operation["responses"]:
                form = "PermissionsBadRequest" if "/permissions/" in path else "BadRequest"
                operation["responses"]["400"] = {"$ref": f"#/components/responses/{form}"}
                silent.append(operation["operationId"])
    if silent:
        print(f"{api}: a 400 is added to {len(silent)} operations that document none: {', '.join(sorted(silent))}")
    copy = target / f"schemathesis-{api}.json"
    copy.write_text(json.dumps(wire))
    return copy


def cloudinary(emulator):
    """The base path, the credentials, and the ids of something of each kind."""
    state = emulator.state()
    [account] = state["cloudinary"]["accounts"]
    account["users"] = [{"id": "ann", "name": "Ann", "email": "ann@client.example"}]
    account["user_groups"] = [{"id": "editors", "name": "Editors", "user_ids": ["ann"]}]
    account["custom_roles"] = [
        {"id": "helpers", "name": "Helpers", "permission_type": "global", "scope_type": "account", "system_policy_ids": []}
    ]
    account["custom_policies"] = [
        {
            "id": "nothing",
            "name": "Nothing",
            "policy_statement": "forbid (principal, action, resource);",
            "scope_type": "account",
        }
    ]
    emulator.control("PUT", "/state", state)
    known = {
        "account_id": account["account_id"],
        "sub_account_id": account["product_environments"][0]["id"],
        "user_id": "ann",
        "group_id": "editors",
        "role_id": "helpers",
        "policy_id": "nothing",
    }
    return "", ["--auth", "emulator-key:emulator-secret"], known


def cloudflare(emulator):
    """The base path, the key of the user who administers the tenant, and the ids of something of each kind."""
    headers = {"X-Auth-Email": "admin@emulator.example", "X-Auth-Key": "emulator-api-key"}

    def call(method, path, body=None):
        return json.loads(send(f"{emulator.url}/client/v4{path}", headers, body, method))["result"]

    account = "emulator-account"
    everything = {"key": f"com.cloudflare.api.account.{account}", "objects": [{"key": "*"}]}
    groups = {"name": "Everything", "scope": everything}
    known = {
        "account_id": account,
        "member_id": call("GET", f"/accounts/{account}/members")[0]["id"],
        "membership_id": call("GET", "/memberships")[0]["id"],
        "permission_group_id": call("GET", f"/accounts/{account}/iam/permission_groups")[0]["id"],
        "resource_group_id": call("POST", f"/accounts/{account}/iam/resource_groups", groups)["id"],
        "role_id": call("GET", f"/accounts/{account}/roles")[0]["id"],
        "sso_connector_id": call("POST", f"/accounts/{account}/sso_connectors", {"email_domain": "a.example"})["id"],
        "subscription_identifier": call("GET", f"/accounts/{account}/subscriptions")[0]["id"],
        "token_id": call("GET", f"/accounts/{account}/tokens")[0]["id"],
        "user_group_id": call("POST", f"/accounts/{account}/iam/user_groups", {"name": "All", "policies": []})["id"],
    }
    return "/client/v4", as_options(headers), known


def cloudspot(emulator):
    """The base path, the application and the token of a user who logged in, and the id of a company."""
    module = {"X-LICENSE-MODULE": "emulator-app"}
    login = {"username": "emulator-user", "password": "emulator-password"}
    token = json.loads(send(f"{emulator.url}/api/v1/auth/authenticate/", module, login, "POST"))["token"]
    return "/api/v1", as_options({**module, "X-LICENSE-TOKEN": token}), {"company_id": "1"}


def as_options(headers):
    """Headers as options of Schemathesis."""
    return [part for name, value in headers.items() for part in ("--header", f"{name}: {value}")]


def send(url, headers, body, method):
    """Sends a request and returns the body of the response."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {**headers, "content-type": "application/json"}, method=method)
    with urllib.request.urlopen(request) as response:
        return response.read()


APIS = {"cloudinary": cloudinary, "cloudflare": cloudflare, "cloudspot": cloudspot}


if __name__ == "__main__":
    sys.exit(main())
