//! What continuous integration refuses: this workspace has none of it, and each sort is found where it is put.

use std::fs;
use std::process::Command;

use xtask::guard::{ALLOWED, Allowed, Violation, check};
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
        .edit(file, "[`role`][o], [`product_environments`][o], [`enabled`][o]\n    ///\n    /// [o]: Call#impl-Call%3CCreateUser", "[`role`][o], [`product_environments`][o]\n    ///\n    /// [o]: Call#impl-Call%3CCreateUser")
        .only("cloudinary::Users::create", "lists no option [`enabled`][o]");
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

#[test]
fn guard_names_everything_that_an_operation_lacks() {
    let files = [
        "README.md",
        "openapi/README.md",
        "crates/emulator/tests/it/cloudinary/operations.rs",
        "tests/tests/it/cloudinary/wire/mod.rs",
        "tests/tests/it/cloudinary/ids.rs",
    ];
    let copy = files.into_iter().fold(copy(), |copy, file| copy.put(file, &here(file)));
    assert_eq!(copy.violations(ALLOWED), []);
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
