"""What this client and its peers do by default, each statement with the place in the published source that shows it.

Every statement is checked against the sources that are installed, or fetched by cargo, before it is written to the page. So
a new version whose source says something else fails, and no statement outlives its version.
"""

import json
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from environment import NO_ANSWER, Unavailable

COLUMNS = ("lists", "retries by default", "errors", "credentials in memory", "time limits by default", "style")
NONE = "none"


@dataclass(frozen=True)
class Has:
    """A file, or the sources of a directory, with a pattern that is found there; or, without `found`, that must not be."""

    path: str
    pattern: str
    found: bool = True

    def problem(self, root):
        """Why the sources don't show it; `None` if they do."""
        path = root / self.path
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.suffix in (".py", ".rs"))
        if not files:
            return f"{self.path} is not there"
        if any(re.search(self.pattern, file.read_text(), re.MULTILINE) for file in files) == self.found:
            return None
        return f"{self.path}: `{self.pattern}` is {'not ' if self.found else ''}found"


def lacks(path, pattern):
    """No file has the pattern."""
    return Has(path, pattern, found=False)


@dataclass(frozen=True)
class Peer:
    """A client, and for each column a statement with what shows it."""

    package: str
    language: str
    # How many operations of these APIs it has; `None` for the clients that the scenarios count.
    operations: object
    statements: tuple


def declared(path, pattern):
    """Counts declarations in the sources."""

    def count(root):
        files = [root / path] if (root / path).is_file() else sorted((root / path).rglob("*"))
        return sum(len(re.findall(pattern, file.read_text(), re.MULTILINE)) for file in files if file.is_file())

    return count


OURS = Peer(
    "account-provisioning",
    "Rust",
    declared("openapi", r"^\s+operationId: "),
    (
        ("streams, prefetched; a page that repeats is an error",
         Has("crates/core/src/paging/guard.rs", "Detects repeated pages and cursors")),
        ("2, with waits; a change only if it can be repeated",
         Has("crates/core/src/retry/policy.rs", r"max_attempts: 3,"),
         Has("crates/core/src/retry/decision.rs", "RetryClass::NotIdempotent")),
        ("one type: kinds, codes, outcome unknown", Has("crates/core/src/error/kind.rs", "pub enum ErrorKind"),
         Has("crates/core/src/error", "outcome_unknown: bool")),
        ("`Secret`: wiped, hidden in `Debug`", Has("crates/core/src/secret.rs", r"secrecy::")),
        ("5 s connect, 30 s attempt, 120 s call",
         Has("crates/core/src/timeouts.rs", r"connect: Duration::from_secs\(5\),\s+attempt: Duration::from_secs\(30\),\s+call: Duration::from_secs\(120\)")),
        ("async; blocking by a feature", Has("crates/client/Cargo.toml", r"^blocking = ")),
    ),
)

SPEAKEASY = "cloudinary_account_provisioning"
PEERS = (
    Peer(
        "cloudinary-account-provisioning",
        "Python",
        None,
        (
            ("one page a call", lacks(SPEAKEASY, r"def next\(|next_cursor.*yield")),
            (NONE, Has(f"{SPEAKEASY}/sdkconfiguration.py", r"retry_config: .*default_factory=lambda: UNSET"),
             Has(f"{SPEAKEASY}/users.py", r"retry_config = None")),
            ("a class for each form of body", Has(f"{SPEAKEASY}/models/errorresponse.py", r"class ErrorResponse\(CloudinaryError\)"),
             Has(f"{SPEAKEASY}/models/permissionserrorresponse.py", r"class PermissionsErrorResponse\(CloudinaryError\)")),
            ("plain text", Has(f"{SPEAKEASY}/models/security.py", r"provisioning_api_secret: Annotated\[\s+Optional\[str\]"),
             lacks(SPEAKEASY, "SecretStr")),
            ("5 s for each step (httpx)", Has(f"{SPEAKEASY}/basesdk.py", "httpx.USE_CLIENT_DEFAULT"),
             Has("httpx/_config.py", r"DEFAULT_TIMEOUT_CONFIG = Timeout\(timeout=5\.0\)")),
            ("blocking, async", Has(f"{SPEAKEASY}/users.py", "async def ")),
        ),
    ),
    Peer(
        "cloudinary",
        "Python",
        None,
        (
            ("one page a call, or the first alone", lacks("cloudinary/provisioning", "yield|def __iter__")),
            ("3, of broken connections (urllib3)", Has("urllib3/util/retry.py", r"^Retry\.DEFAULT = Retry\(3\)"),
             lacks("cloudinary/api_client", "status_forcelist")),
            ("a class for each of 9 statuses", Has("cloudinary/api_client/execute_request.py", r"EXCEPTION_CODES = \{(\s+\d+: \w+,?){9}\s+\}")),
            ("plain text", Has("cloudinary/provisioning/account_config.py", r'"provisioning_api_secret": parsed_url\.password')),
            (NONE, Has("cloudinary/api_client/execute_request.py", r"if timeout is not None:\s+kw\[\"timeout\"\] = timeout")),
            ("blocking", lacks("cloudinary/provisioning", "async def ")),
        ),
    ),
    Peer(
        "cloudflare",
        "Python",
        None,
        (
            ("iterators", Has("cloudflare/pagination.py", r"class SyncV4PagePagination\(BaseSyncPage")),
            ("2, with waits, whatever the method", Has("cloudflare/_constants.py", r"^DEFAULT_MAX_RETRIES = 2$"),
             lacks("cloudflare/_base_client.py", r"def _should_retry\(self, response: httpx\.Response, ")),
            ("a class for each kind", Has("cloudflare/_exceptions.py", r"class RateLimitError\(APIStatusError\)")),
            ("plain text", Has("cloudflare/_client.py", r"self\.api_token = api_token$"), lacks("cloudflare/_client.py", "SecretStr")),
            ("5 s connect, 60 s for each other step", Has("cloudflare/_constants.py", r"httpx\.Timeout\(timeout=60, connect=5\.0\)")),
            ("blocking, async", Has("cloudflare/_client.py", r"class AsyncCloudflare\(")),
        ),
    ),
    Peer(
        "cloudspot-license-api",
        "Python",
        None,
        (
            ("—",),
            (NONE, lacks("cloudspotlicense", "retr(y|ies)")),
            ("2 classes", Has("cloudspotlicense/constants/errors.py", r"class BadCredentials(.|\n)*class NoValidToken")),
            ("plain text", Has("cloudspotlicense/api.py", r"self\.token = token")),
            (NONE, lacks("cloudspotlicense", "timeout")),
            ("blocking", lacks("cloudspotlicense", "async def ")),
        ),
    ),
    Peer(
        "cloudflare",
        "Rust",
        declared("src/endpoints/account", r"^impl.* EndpointSpec for "),
        (
            ("one page a call", lacks("src/framework", "Stream|Iterator")),
            (NONE, lacks("src/framework", "(?i)retr(y|ies)")),
            ("two variants: refused, or not read", Has("src/framework/response/api_fail.rs", r"pub enum ApiFailure \{\s+Error\(.*\),\s+Invalid\(.*\),\s+\}")),
            ("plain text, shown in `Debug`", Has("src/framework/auth.rs", r"#\[derive\(Clone, Debug\)\]\s+pub enum Credentials \{\s+UserAuthKey \{ email: String")),
            ("30 s a request", Has("src/framework/client/mod.rs", r"http_timeout: Duration::from_secs\(30\)")),
            ("async; blocking by a feature", Has("Cargo.toml", r"^blocking = ")),
        ),
    ),
    Peer(
        "octocrab",
        "Rust",
        None,
        (
            ("streams", Has("src/page.rs", r"pub fn into_stream\(")),
            ("3, at once, whatever the method", Has("src/lib.rs", r"retry_config: RetryConfig::Simple\(3\)"),
             Has("src/service/middleware/retry.rs", r"Some\(future::ready\(\(\)\)\.boxed\(\)\)"),
             lacks("src/service/middleware/retry.rs", r"(if|match|matches!\() ?.*\.method\(\)")),
            ("one enum by cause", Has("src/error.rs", r"pub enum Error \{\s+GitHub \{")),
            ("tokens in `SecretString`, passwords in plain text", Has("src/auth.rs", r"PersonalToken\(SecretString\)"), Has("src/auth.rs", "password: String")),
            (NONE, Has("src/lib.rs", r"connect_timeout: None,(.|\n)*read_timeout: None,")),
            ("async", lacks("Cargo.toml", r"^blocking = ")),
        ),
    ),
    Peer(
        "kube-client",
        "Rust",
        None,
        (
            ("one page a call, with a token", Has("src/api/core_methods.rs", r"pub async fn list\(&self, lp: &ListParams\)")),
            ("15, with waits, after 429, 503 and 504, whatever the method", Has("src/config/mod.rs", "default_retry: true"),
             Has("src/client/retry.rs", r"pub fn server_retry\(\) -> Self \{\s+Self::new\(.*, 15, true\)"),
             Has("src/client/retry.rs", r"_req: &mut Request<Body>"),
             Has("src/client/retry.rs", r"TOO_MANY_REQUESTS \| StatusCode::SERVICE_UNAVAILABLE \| StatusCode::GATEWAY_TIMEOUT$")),
            ("one enum by cause", Has("src/error.rs", r"pub enum Error \{")),
            ("`SecretString`", Has("src/config/file_config.rs", r"pub token: Option<SecretString>")),
            ("30 s connect, none to read", Has("src/config/mod.rs", r"DEFAULT_CONNECT_TIMEOUT: Duration = Duration::from_secs\(30\)"),
             Has("src/config/mod.rs", r"read_timeout: None")),
            ("async", lacks("Cargo.toml", r"^blocking = ")),
        ),
    ),
)

# The versions of the crates that the statements are written for.
CRATES = {"cloudflare": "0.14.0", "kube-client": "5.0.0", "octocrab": "0.54.9"}


def crates(directory):
    """The version and the sources of each crate, which cargo fetches from its registry."""
    if shutil.which("cargo") is None:
        raise Unavailable("there is no cargo on this machine")
    (directory / "src").mkdir(parents=True, exist_ok=True)
    (directory / "src" / "lib.rs").touch()
    lines = ["[package]", 'name = "peers"', 'version = "0.0.0"', 'edition = "2024"', "[workspace]", "[dependencies]"]
    lines += [f'{name} = {{ version = "={version}", default-features = false }}' for name, version in CRATES.items()]
    (directory / "Cargo.toml").write_text("\n".join(lines) + "\n")
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CARGO_PKG")}
    command = ["cargo", "metadata", "--format-version", "1", "--manifest-path", str(directory / "Cargo.toml")]
    done = subprocess.run(command, capture_output=True, text=True, env=clean)
    if done.returncode != 0:
        if any(word in done.stderr for word in (*NO_ANSWER, "failed to download", "failed to get")):
            raise Unavailable(f"cargo metadata: {done.stderr.strip().splitlines()[-1]}")
        raise RuntimeError(done.stderr)
    packages = json.loads(done.stdout)["packages"]
    return {one["name"]: (one["version"], Path(one["manifest_path"]).parent) for one in packages if one["name"] in CRATES}


def rows(workspace, python_clients, crate_sources):
    """One row for each client, and what the sources don't show.

    `python_clients` has for each package its version, its sources, and how many operations the scenarios call.
    """
    made, problems = [], []
    for peer in (OURS, *PEERS):
        if peer is OURS:
            version, root, operations = "this version", workspace, None
        elif peer.language == "Python":
            version, root, operations = python_clients[peer.package]
        else:
            (version, root), operations = crate_sources[peer.package], "—"
        if peer.operations is not None:
            operations = peer.operations(root)
        name = f"{peer.package} {version}" if peer is not OURS else f"**{peer.package}**"
        for (said, *shown), column in zip(peer.statements, COLUMNS, strict=True):
            problems += [f"{name}, {column}, \"{said}\": {why}" for why in (one.problem(root) for one in shown) if why]
        made.append((name, peer.language, operations, *(said for said, *_ in peer.statements)))
    return made, problems


def table(made):
    """The table, in Markdown."""
    lines = ["| client | language | operations | " + " | ".join(COLUMNS) + " |", "|" + "---|" * (3 + len(COLUMNS))]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in made])
