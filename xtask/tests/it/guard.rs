//! What continuous integration refuses: this workspace has none of it, and each sort is found where it is put.

use std::fs;
use std::process::Command;

use xtask::guard::{ALLOWED, Allowed, Violation, check, check_texts};
use xtask::{Tree, Workspace, files};

use crate::edit::{copy_crates, edit};

/// A copy of this workspace, with everything that is made from its sources.
struct Copy {
    directory: tempfile::TempDir,
}

fn copy() -> Copy {
    let directory = tempfile::tempdir().unwrap();
    let tree = Tree::working(Workspace::here().root());
    for path in [tree.list("openapi").unwrap(), tree.list("xtask/tests").unwrap()].concat() {
        if let Some(text) = tree.read(&path).unwrap().filter(|_| !path.ends_with(".rs")) {
            files::put(directory.path(), &path, &text).unwrap();
        }
    }
    copy_crates(directory.path());
    Copy { directory }
}

impl Copy {
    fn edit(self, file: &str, from: &str, to: &str) -> Self {
        edit(self.directory.path(), file, from, to);
        self
    }

    fn put(self, file: &str, text: &str) -> Self {
        files::put(self.directory.path(), file, text).unwrap();
        self
    }

    /// Writes what is generated anew, so that only what is looked for is wrong.
    fn generated(self) -> Self {
        let workspace = Workspace::at(self.directory.path());
        files::write(workspace.root(), &workspace.outputs().unwrap()).unwrap();
        self
    }

    fn violations(&self, allowed: &[Allowed]) -> Vec<Violation> {
        check(&Workspace::at(self.directory.path()), allowed).unwrap()
    }

    /// What is said before anything is parsed.
    fn early(&self) -> Vec<String> {
        let mut found = Vec::new();
        let workspace = Workspace::at(self.directory.path());
        check_texts(&workspace, |violation| found.push(violation.to_string())).unwrap();
        found
    }

    /// The code that is generated for an API.
    fn code(&self, api: &str) -> String {
        Workspace::at(self.directory.path()).load(api).unwrap().code
    }

    fn only(&self, subject: &str, message: &str) {
        let found = self.violations(ALLOWED);
        let [one] = found.as_slice() else {
            panic!("expected one violation, not {found:#?}");
        };
        assert_eq!(one.subject, subject);
        assert!(one.message.contains(message), "{one}");
    }
}

#[test]
fn guard_of_this_workspace_finds_nothing() {
    assert_eq!(check(&Workspace::here(), ALLOWED).unwrap(), []);
}

#[test]
fn guard_finds_pending_and_unreferenced_snapshots() {
    copy()
        .put("tests/tests/snapshots/users.snap.new", "---\n---\nnew\n")
        .only("tests/tests/snapshots/users.snap.new", "is a pending snapshot");
    copy()
        .put("crates/client/src/.lib.rs.pending-snap", "{}")
        .only("crates/client/src/.lib.rs.pending-snap", "is a pending snapshot");
    copy()
        .put("xtask/tests/snapshots/old.snap", "---\n---\nold\n")
        .only("xtask/tests/snapshots/old.snap", "no test asserts");
    copy()
        .put("xtask/tests/surface/account-provisioning__old.snap", "---\n---\nold\n")
        .only("xtask/tests/surface/account-provisioning__old.snap", "no test asserts");
}

#[test]
fn guard_finds_stale_documents_and_surfaces() {
    copy()
        .edit(
            "xtask/tests/surface/account-provisioning__cloudinary__users.snap",
            "pub fn list(&self)",
            "pub fn list(self)",
        )
        .only(
            "xtask/tests/surface/account-provisioning__cloudinary__users.snap",
            "stale",
        );
    copy()
        .edit("openapi/cloudinary/overlay.yaml", "title: ", "title: A new ")
        .only("xtask/tests/snapshots/cloudinary__deviations.snap", "stale");
}

#[test]
fn guard_finds_names_that_the_generator_made_up() {
    copy()
        .edit(
            "crates/client/src/cloudinary/region.rs",
            "    AsiaPacific,",
            "    AsiaPacific,\n    /// New.\n    Variant1,",
        )
        .generated()
        .only(
            "account_provisioning::cloudinary::Region::Variant1",
            "`Variant1` is a name that the generator made up",
        );
}

#[test]
fn guard_finds_an_operation_that_no_method_calls() {
    copy()
        .edit(
            "crates/client/src/cloudinary/users/mod.rs",
            "DeleteUser::new(self.account(), id)",
            "GetUser::new(self.account(), id)",
        )
        .only("cloudinary deleteUser", "no method of the ergonomic crate calls it");
}

#[test]
fn guard_finds_parameters_that_nothing_sets() {
    // In the query, set to nothing and no longer set; in the body.
    copy()
        .edit(
            "crates/client/src/cloudinary/users/list.rs",
            "list.pending = Some(pending)",
            "list.pending = None",
        )
        .only("cloudinary getUsers", "can set `pending`");
    copy()
        .edit(
            "crates/client/src/cloudinary/users/list.rs",
            "list.prefix = Some(prefix.into())",
            "drop(prefix.into())",
        )
        .only("cloudinary getUsers", "can set `prefix`");
    copy()
        .edit(
            "crates/client/src/cloudinary/users/write.rs",
            "create.body.role = Some(role.into())",
            "create.body.role = None",
        )
        .only("cloudinary createUser", "can set `role`");
}

#[test]
fn guard_finds_an_option_that_the_method_does_not_list() {
    let file = "crates/client/src/cloudinary/users/mod.rs";
    copy()
        .edit(file, "[`role`][o], ", "")
        .only("cloudinary::Users::create", "lists no option [`role`][o]");
    copy()
        .edit(
            file,
            "/// [o]: Call#impl-Call%3CCreateUser,+M%3E",
            "/// [o]: Call#impl-Call%3CUpdateUser,+M%3E",
        )
        .only("cloudinary::Users::create", "has no target");
    copy()
        .edit(
            "crates/client/src/cloudinary/users/write.rs",
            "    /// Says whether the user can sign in. Defaults to the vendor's default, true.\n    pub fn enabled(self",
            "    /// Says whether the user can sign in. Defaults to the vendor's default, true.\n    pub fn activated(self",
        )
        .generated()
        .only("cloudinary::Users::create", "lists no option [`activated`][o]");
}

#[test]
fn guard_takes_an_allowed_gap_with_a_reason_and_refuses_a_stale_one() {
    let copy = copy().edit(
        "crates/client/src/cloudinary/users/mod.rs",
        "DeleteUser::new(self.account(), id)",
        "GetUser::new(self.account(), id)",
    );
    let gap = |operation, reason| Allowed {
        api: "cloudinary",
        operation,
        parameter: None,
        reason,
    };
    assert_eq!(copy.violations(&[gap("deleteUser", "the vendor withdraws it")]), []);
    let found = copy.violations(&[gap("deleteUser", " "), gap("getUser", "none")]);
    let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 2, "{lines:#?}");
    assert!(
        lines[0].starts_with("cloudinary deleteUser: is allowed as a gap without a reason"),
        "{lines:#?}"
    );
    assert!(
        lines[1].starts_with("cloudinary getUser: `the operation` is allowed as a gap but is covered"),
        "{lines:#?}"
    );
}

#[test]
fn guard_finds_a_public_type_that_no_test_pins() {
    let name = "crates/client/tests/auto_traits/cloudinary.rs";
    copy()
        .edit(
            name,
            "assert_impl_all!(cloudinary::Region: RefUnwindSafe, Send, Sync, Unpin, UnwindSafe);",
            "",
        )
        .generated()
        .only(
            "account_provisioning::cloudinary::Region",
            "no test pins its auto traits",
        );
    copy()
        .edit(
            name,
            "assert_impl_all!(cloudinary::Client: Send, Sync, Unpin);",
            "assert_impl_all!(cloudinary::Client: Send, Unpin);",
        )
        .generated()
        .only("account_provisioning::cloudinary::Client", "don't mention Sync");
}

#[test]
fn sources_that_are_missing_are_an_error_that_names_them() {
    let copy = copy();
    fs::remove_file(copy.directory.path().join("crates/client/src/field.rs")).unwrap();
    let error = check(&Workspace::at(copy.directory.path()), ALLOWED).unwrap_err();
    assert!(error.to_string().contains("src/field/mod.rs is missing"), "{error}");
}

/// A file of this workspace.
fn here(path: &str) -> String {
    fs::read_to_string(Workspace::here().root().join(path)).unwrap()
}

/// A copy with the texts and tests in which operations are counted and named.
fn with_texts() -> Copy {
    let tree = Tree::working(Workspace::here().root());
    let mut files: Vec<String> = [".ci/run", "CHANGELOG.md", "README.md", "openapi/README.md"]
        .map(str::to_owned)
        .into();
    files.extend(["client", "emulator"].map(|krate| format!("crates/{krate}/README.md")));
    for directory in [
        "docs",
        "tests/interop",
        "tests/prism",
        "tests/tests/it",
        "crates/client/tests",
        "crates/api/tests/it",
        "crates/emulator/tests/it",
    ] {
        files.extend(tree.list(directory).unwrap());
    }
    files.iter().fold(copy(), |copy, file| copy.put(file, &here(file)))
}

/// A copy in which a document has a second operation, that nothing else knows.
fn with_twin(api: &str, path: &str, method: &str) -> Copy {
    let document = format!("openapi/{api}/openapi.yaml");
    let text = here(&document);
    let (_, rest) = text.split_once(&format!("\n  {path}:\n")).unwrap();
    let item = format!("\n{}", rest.split("\n  /").next().unwrap());
    let (_, own) = item.split_once(&format!("\n    {method}:\n")).unwrap();
    let mut lines: Vec<String> = vec![
        format!("  {}/twin:", path.trim_end_matches('/')),
        format!("    {method}:"),
    ];
    for line in own
        .lines()
        .take_while(|line| line.is_empty() || line.starts_with("      "))
    {
        lines.push(match line.split_once("operationId: ") {
            Some((before, name)) => format!("{before}operationId: {name}Twin"),
            None => line.to_owned(),
        });
    }
    if let Some((_, shared)) = item.split_once("\n    parameters:\n") {
        lines.push("    parameters:".to_owned());
        lines.extend(
            shared
                .lines()
                .take_while(|line| line.starts_with("    -") || line.starts_with("     "))
                .map(str::to_owned),
        );
    }
    let twin = format!("\n{}\n  {path}:\n", lines.join("\n"));
    with_texts().edit(&document, &format!("\n  {path}:\n"), &twin)
}

#[test]
fn guard_names_the_tables_and_pages_of_each_api_that_a_new_operation_lacks() {
    for (api, path, method, id, wanted) in [
        (
            "cloudinary",
            "/v2/accounts/{account_id}/permissions/roles",
            "get",
            "getRolesTwin",
            &[
                "crates/emulator/tests/it/cloudinary/permissions/operations.rs: the emulator's table of calls",
                "docs/migrating/cloudinary-account-provisioning.md: no example calls its method",
            ][..],
        ),
        (
            "cloudinary",
            "/v1_1/provisioning/accounts/{account_id}/users",
            "get",
            "getUsersTwin",
            &[
                "docs/migrating/cloudinary-account-provisioning.md: no example calls its method",
                "docs/migrating/cloudinary-provisioning.md: no example calls its method",
            ],
        ),
        (
            "cloudflare",
            "/accounts/{account_id}/tokens",
            "get",
            "listTokensTwin",
            &[
                "crates/emulator/tests/it/cloudflare/operations.rs: the emulator's table of calls",
                "crates/emulator/src/cloudflare/requirements.rs: the emulator does not know which permission",
                "docs/migrating/cloudflare.md: no example calls its method",
            ],
        ),
        (
            "cloudspot",
            "/auth/users/profile/",
            "get",
            "getProfileTwin",
            &[
                "crates/client/src/cloudspot/failure.rs: its errors have no kind",
                "crates/api/tests/it/cloudspot.rs: no test asserts how it is retried",
                "tests/tests/it/cloudspot/mod.rs: the tests' list of calls",
                "docs/migrating/cloudspot-license-api.md: no example calls its method",
            ],
        ),
    ] {
        let copy = with_twin(api, path, method);
        let found = copy.early();
        for wanted in wanted {
            let wanted = format!("{api} {id}: {wanted}");
            assert!(
                found.iter().any(|one| one.starts_with(&wanted)),
                "no {wanted}: {found:#?}"
            );
        }
        if api == "cloudflare" {
            let wanted = "openapi/README.md: the parts that the table lists for `cloudflare` have 69 operations";
            assert!(found.iter().any(|one| one.starts_with(wanted)), "{found:#?}");
        }
        assert!(
            !found.iter().any(|one| !one.contains(id) && !one.contains("README.md")),
            "{found:#?}"
        );
    }
}

#[test]
fn guard_names_an_operation_whose_example_is_gone() {
    let page = "docs/migrating/cloudflare.md";
    let gone = here(page).replace(".cancel_downgrades(", ".cancel_something(");
    let lacks = "docs/migrating/cloudflare.md: no example calls its method; add one, and a row to the tables";
    let only = format!("cloudflare cancelSubscriptionDowngrades: {lacks}");
    assert_eq!(with_texts().put(page, &gone).early(), [only]);
    // The same method of another resource is another method.
    let gone = here(page).replace(".resource_groups()", ".other_groups()");
    let ids = ["create", "delete", "get", "list", "update"];
    let found = with_texts().put(page, &gone).early();
    assert_eq!(found.len(), ids.len(), "{found:#?}");
    for id in ids {
        assert!(
            found
                .iter()
                .any(|one| one.starts_with(&format!("cloudflare {id}ResourceGroup"))),
            "no {id}: {found:#?}"
        );
    }
}

#[test]
fn guard_names_what_a_search_for_another_clients_name_does_not_find() {
    for (file, alias, items) in [
        (
            "cloudinary/product_environments/mod.rs",
            "create_sub_account",
            &["cloudinary::ProductEnvironments::create"][..],
        ),
        (
            "cloudflare/user/invites.rs",
            "user.invites.edit",
            &["cloudflare::Invites::accept", "cloudflare::Invites::reject"],
        ),
        (
            "cloudflare/subscriptions.rs",
            "accounts.subscriptions",
            &["cloudflare::Subscriptions::create", "cloudflare::Subscriptions::delete"],
        ),
        ("cloudspot/session.rs", "get_user", &["cloudspot::Session::profile"]),
        (
            "cloudflare/accounts/list.rs",
            "per_page",
            &["cloudflare::Call::page_size"],
        ),
    ] {
        let file = format!("crates/client/src/{file}");
        let without = here(&file).replace(&format!("#[doc(alias = \"{alias}\")]\n"), "");
        let found = with_texts().put(&file, &without).early();
        let found: Vec<&str> = found
            .iter()
            .filter_map(|one| one.split_once(&format!(": a search for `{alias}")))
            .map(|(item, _)| item)
            .collect();
        assert_eq!(found, items, "without {alias}");
    }
}

#[test]
fn guard_finds_pages_that_promise_nothing_and_rows_about_operations_that_are_gone() {
    let page = "docs/migrating/cloudflare.md";
    let silent = here(page).replace(
        "<!-- The examples send every operation",
        "<!-- The examples send some operations",
    );
    let found = with_texts().put(page, &silent).early();
    assert!(
        found.len() == 1 && found[0].contains("doesn't say which operations its examples send"),
        "{found:#?}"
    );
    // An API that is being added.
    let copy = with_texts().put("openapi/other/openapi.yaml", &here("openapi/cloudspot/openapi.yaml"));
    let found = copy.put("crates/client/src/other/mod.rs", "").early();
    for wanted in [
        "openapi/README.md: the table has no row for `other/`",
        "tests/tests/it/other/: no test sends requests of this API",
        "other getProfile: crates/emulator/src/other/: the emulator has no handler for it",
    ] {
        assert!(
            found.iter().any(|one| one.starts_with(wanted)),
            "no {wanted}: {found:#?}"
        );
    }
    let table = here("openapi/README.md").replace("| `cloudspot/` |", "| `other/` |");
    let found = with_texts().put("openapi/README.md", &table).early();
    assert_eq!(
        found,
        ["openapi/README.md: the table has no row for `cloudspot/`; add one"]
    );
    let campaign = "docs/reliability.md";
    let row = here(campaign).replace("| `getUser` |", "| `getSomebody` |");
    let found = with_texts().put(campaign, &row).early();
    assert!(
        found.len() == 1 && found[0].starts_with("docs/reliability.md: no document has `getSomebody`"),
        "{found:#?}"
    );
}

#[test]
fn guard_names_every_list_that_a_new_api_lacks_and_pages_that_the_contents_lack() {
    let copy = with_texts().put("openapi/other/openapi.yaml", &here("openapi/cloudspot/openapi.yaml"));
    let found = copy.put("crates/client/src/other/mod.rs", "").early();
    let lacking: Vec<&str> = found
        .iter()
        .filter_map(|one| one.split_once(": lacks `other`: ").map(|(file, _)| file))
        .collect();
    for (file, count) in [
        (".ci/run", 1),
        ("CHANGELOG.md", 1),
        ("README.md", 2),
        ("crates/api/Cargo.toml", 2),
        ("crates/api/build.rs", 1),
        ("crates/api/src/lib.rs", 2),
        ("crates/api/tests/it/decoding.rs", 1),
        ("crates/api/tests/it/features.rs", 1),
        ("crates/client/Cargo.toml", 2),
        ("crates/client/README.md", 1),
        ("crates/client/src/lib.rs", 2),
        ("crates/client/src/vars.rs", 1),
        ("crates/client/tests/auto_traits/main.rs", 1),
        ("crates/emulator/README.md", 2),
        ("crates/emulator/src/builder.rs", 1),
        ("crates/emulator/src/emulator.rs", 1),
        ("crates/emulator/src/lib.rs", 2),
        ("crates/emulator/src/state.rs", 2),
        ("crates/emulator/tests/it/control.rs", 1),
        ("crates/emulator/tests/it/main.rs", 1),
        ("crates/spec/src/lib.rs", 1),
        ("tests/interop/fuzz.py", 1),
        ("tests/prism/build.rs", 1),
        ("tests/prism/src/main.rs", 1),
        ("tests/prism/src/tables.rs", 1),
        ("tests/tests/it/house.rs", 1),
        ("tests/tests/it/main.rs", 1),
    ] {
        let named = lacking.iter().filter(|lacking| **lacking == file).count();
        assert_eq!(named, count, "{file}: {found:#?}");
    }
    let ci = here(".ci/run").replace("\"cloudinary\" \"cloudspot\" \"", "\"cloudinary\" \"");
    assert_eq!(
        with_texts().put(".ci/run", &ci).early(),
        [".ci/run: lacks `cloudspot`: add the feature to the loop over the generated crate"]
    );
    let contents = here("docs/SUMMARY.md").replace("(migrating/cloudflare.md)", "(cloudflare.md)");
    assert_eq!(
        with_texts().put("docs/SUMMARY.md", &contents).early(),
        ["docs/SUMMARY.md: does not link to migrating/cloudflare.md; add a line"]
    );
}

#[test]
fn guard_names_everything_that_an_operation_lacks() {
    let copy = with_texts();
    assert_eq!(copy.early(), Vec::<String>::new());
    // A second operation that gets a user, of which nothing else knows.
    let operation = here("openapi/cloudinary/openapi.yaml");
    let path = "  /v1_1/provisioning/accounts/{account_id}/users/{user_id}:\n";
    let (_, rest) = operation.split_once(path).unwrap();
    let end = rest.find("\n  /").unwrap() + 1;
    let twin = rest[..end]
        .lines()
        .map(|line| match line.split_once("operationId: ") {
            Some((before, name)) => format!("{before}operationId: {name}Twin\n"),
            None => format!("{line}\n"),
        })
        .collect::<String>();
    let count = twin.matches("operationId: ").count();
    let twin = format!("{}{twin}{path}", path.replace("/users/", "/twins/"));
    let copy = copy.edit("openapi/cloudinary/openapi.yaml", path, &twin).generated();
    let found: Vec<String> = copy.violations(ALLOWED).iter().map(ToString::to_string).collect();
    for wanted in [
        "cloudinary getUserTwin: no method of the ergonomic crate calls it",
        "cloudinary getUserTwin: crates/client/src/cloudinary/: no documentation names its operationId",
        "cloudinary getUserTwin: crates/emulator/src/cloudinary/: the emulator has no handler",
        "cloudinary getUserTwin: crates/emulator/tests/it/cloudinary/operations.rs: the emulator's table of calls",
        "cloudinary getUserTwin: tests/tests/it/cloudinary/wire/mod.rs: no test asserts the request",
        "cloudinary getUserTwin: tests/tests/it/cloudinary/ids.rs: no test tries odd ids",
        &format!(
            "README.md: the table counts 47 operations of `cloudinary`, and the document has {}",
            47 + count
        ),
        &format!(
            "openapi/README.md: the table counts 47 operations of `cloudinary`, and the document has {}",
            47 + count
        ),
    ] {
        assert!(
            found.iter().any(|one| one.starts_with(wanted)),
            "no {wanted}: {found:#?}"
        );
    }
    // The program says what needs no parser first, and everything once.
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["guard", "--root"])
        .arg(copy.directory.path())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    let mut lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines.pop(),
        Some(format!("{} violations", found.len()).as_str()),
        "{said}"
    );
    assert!(lines[0].contains(": no documentation names its operationId"), "{said}");
    lines.sort_unstable();
    let mut found = found;
    found.sort();
    assert_eq!(lines, found);
}

#[test]
fn guard_names_methods_of_what_the_vendor_deprecated() {
    let method = "    pub fn delete(&self, id: impl IntoId<UserId>)";
    let copy = copy()
        .edit(
            "openapi/cloudinary/openapi.yaml",
            "      operationId: deleteUser\n",
            "      operationId: deleteUser\n      deprecated: true\n",
        )
        .edit(
            "openapi/cloudinary/openapi.yaml",
            "      - name: pending\n        in: query\n",
            "      - name: pending\n        in: query\n        deprecated: true\n",
        )
        .generated();
    let found: Vec<String> = copy.violations(ALLOWED).iter().map(ToString::to_string).collect();
    for (subject, what) in [
        ("cloudinary::Users::delete", "`deleteUser`"),
        ("cloudinary::Call<GetUsers,M>::pending", "`pending` of `getUsers`"),
    ] {
        let wanted = format!("{subject}: the vendor deprecated {what}; mark it with `#[deprecated]`");
        assert!(
            found.iter().any(|one| one.starts_with(&wanted)),
            "no {wanted}: {found:#?}"
        );
    }
    let file = "crates/client/src/cloudinary/users/mod.rs";
    let copy = copy
        .edit(file, method, &format!("    #[deprecated]\n{method}"))
        .generated();
    let found = copy.violations(ALLOWED);
    assert!(
        !found.iter().any(|one| one.subject == "cloudinary::Users::delete"),
        "{found:#?}"
    );
    let generated = copy.code("cloudinary");
    let (before, _) = generated.split_once("pub struct DeleteUser {").unwrap();
    let (_, rest) = generated.split_once("pub struct GetUsers {").unwrap();
    let (option, _) = rest.split_once("pub pending:").unwrap();
    for text in [before, option] {
        let docs: Vec<&str> = text.lines().rev().take(20).collect();
        assert!(
            docs.iter().any(|line| line.contains("**Deprecated** by the vendor")),
            "{docs:#?}"
        );
    }
}

#[test]
fn guard_names_deprecations_that_lie_deeper() {
    let overlay = "openapi/cloudflare/overlay.yaml";
    let actions = |targets: &[&str]| -> String {
        let action =
            |target: &&str| format!("- target: {target}\n  description: Old.\n  update:\n    deprecated: true\n");
        targets.iter().map(action).collect()
    };
    let marked = |targets: &[&str]| -> Vec<String> {
        let copy = copy().put(overlay, &format!("{}{}", here(overlay), actions(targets)));
        let found = copy.violations(ALLOWED).into_iter();
        let found = found.filter(|one| one.message.starts_with("the vendor deprecated"));
        found.map(|one| one.subject).collect()
    };
    // A field of an object in the body, in the type that users build; a method and an option of two operations each.
    let token = |path: &str| format!("$.paths['{path}'].get");
    let option = |path: &str| format!("$.paths['{path}'].get.parameters[?(@.name == 'include_expired')]");
    let (field, method) = (
        "$.components.schemas.RatePlan.properties.currency",
        "/tokens/{token_id}",
    );
    let own = [
        token(&format!("/accounts/{{account_id}}{method}")),
        option("/accounts/{account_id}/tokens"),
    ];
    let of_user = [token(&format!("/user{method}")), option("/user/tokens")];
    let plan = "cloudflare::RatePlanChoice::currency";
    assert_eq!(
        marked(&[field, &own[0], &own[1]]),
        [plan],
        "what the user's tokens have is not deprecated"
    );
    assert_eq!(
        marked(&[&own[0], &own[1], &of_user[0], &of_user[1]]),
        [
            "cloudflare::Call<L,M>::include_expired",
            "cloudflare::Tokens<O>::get",
            "cloudflare::Tokens<O>::get_opt",
        ]
    );
}
