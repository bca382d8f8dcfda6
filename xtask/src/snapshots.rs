//! The snapshots: for each API its operations and types by tag, the deviations from the vendor's document and some
//! samples of generated code; for each hand-written crate its public API by module.
//!
//! Only xtask writes them, in insta's format. Tests assert them with `INSTA_UPDATE=no`.

use std::collections::BTreeMap;

use account_provisioning_codegen::generate::excerpts;

use crate::files::Output;
use crate::surface::{self, Surfaces};
use crate::{Api, Failure, Tree};

/// The directory of the snapshots that are made from the documents.
pub const DIRECTORY: &str = "xtask/tests/snapshots";
/// The directory of the snapshots that are made from the sources of the crates.
pub const SURFACE: &str = "xtask/tests/surface";

/// The crates with snapshots of their public API. For the generated crate there is the digest of the documents.
const CRATES: [&str; 3] = [
    "account-provisioning",
    "account-provisioning-core",
    "account-provisioning-emulator",
];

/// The generated methods and types whose code is in snapshots, so that reviewers see every change of them.
const SAMPLES: &[(&str, &[&str])] = &[
    (
        "cloudflare",
        &[
            "CreatedToken",
            "CursorInfo",
            "PolicyResourceGroup",
            "RoleReference",
            "TokenPolicyRequest",
            "create_account",
            "list_audit_logs",
            "roll_token",
        ],
    ),
    (
        "cloudinary",
        &[
            "AccessKey",
            "CreateUserRequest",
            "SortOrder",
            "UpdateUserRequest",
            "UserList",
            "UserRole",
            "add_user_to_user_group",
            "create_user",
            "delete_access_key_by_name",
            "get_users",
        ],
    ),
    ("cloudspot", &["Authentication", "authenticate"]),
];

/// One snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snapshot {
    /// The directory.
    pub directory: &'static str,
    /// The name of the file without `.snap`.
    pub name: String,
    /// The text that the test compares.
    pub content: String,
}

impl Snapshot {
    /// The file as insta reads it.
    pub(crate) fn output(&self) -> Output {
        Output {
            path: format!("{}/{}.snap", self.directory, self.name),
            content: Some(format!(
                "---\nsource: xtask/tests/it/snapshots.rs\nexpression: snapshot.content\n---\n{}",
                self.content
            )),
        }
    }
}

/// Makes the snapshots of the crates' public APIs, one for each public module.
#[must_use]
pub fn of_surfaces(surfaces: &Surfaces) -> Vec<Snapshot> {
    let mut snapshots = Vec::new();
    for surface in CRATES.iter().filter_map(|package| surfaces.get(*package)) {
        for (module, content) in surface.digest() {
            let name = match module.as_str() {
                "" => surface.package.clone(),
                module => format!("{}__{}", surface.package, module.replace("::", "__")),
            };
            snapshots.push(Snapshot {
                directory: SURFACE,
                name,
                content,
            });
        }
    }
    snapshots
}

/// Reads the crates that have snapshots. A workspace without crates has none.
///
/// # Errors
/// A file cannot be read.
pub fn surfaces(tree: &Tree) -> Result<Surfaces, Failure> {
    let mut sources = surface::sources(tree, Some(BTreeMap::new()))?;
    sources.retain(|sources| CRATES.contains(&sources.package.as_str()));
    surface::surfaces(&sources, None)
}

/// Makes the snapshots of one API.
///
/// # Errors
/// The generated code does not have one of the samples.
pub fn of(api: &Api) -> Result<Vec<Snapshot>, Failure> {
    let mut snapshots = vec![Snapshot {
        directory: DIRECTORY,
        name: format!("{}__deviations", api.name),
        content: api.deviations.clone(),
    }];
    for (tag, content) in api.digest() {
        let tag = tag.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        snapshots.push(Snapshot {
            directory: DIRECTORY,
            name: format!("{}__surface__{tag}", api.name),
            content,
        });
    }
    let samples = SAMPLES
        .iter()
        .find(|(name, _)| *name == api.name)
        .map_or(&[][..], |(_, samples)| samples);
    for (name, content) in samples.iter().zip(excerpts(&api.code, samples)) {
        let content = content.ok_or_else(|| {
            Failure::new(format!(
                "xtask/src/snapshots.rs: the generated code of `{}` has no `{name}`; name another sample",
                api.name
            ))
        })?;
        snapshots.push(Snapshot {
            directory: DIRECTORY,
            name: format!("{}__code__{name}", api.name),
            content,
        });
    }
    Ok(snapshots)
}
