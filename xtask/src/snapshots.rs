//! The snapshots: the surface by tag, the deviations from the faithful document, a handful of whole generated methods
//! and types, and the public surface of the crates that are written by hand, by module.
//!
//! xtask alone writes them, in insta's format; tests assert them with `INSTA_UPDATE=no`.

use std::collections::BTreeMap;

use account_provisioning_codegen::generate::excerpts;

use crate::surface::{self, Surfaces};
use crate::{Api, Failure, Tree};

/// Where the snapshots lie that are made from the documents.
pub const DIRECTORY: &str = "xtask/tests/snapshots";
/// Where the snapshots lie that are made from the sources of the crates.
pub const SURFACE: &str = "xtask/tests/surface";

/// The crates whose surface stands in snapshots. That of the generated crate is told by its documents' digest.
const CRATES: [&str; 3] = [
    "account-provisioning",
    "account-provisioning-core",
    "account-provisioning-emulator",
];

/// For each API, the generated methods and types of which a reader should see every change.
const SAMPLES: &[(&str, &[&str])] = &[
    (
        "cloudflare",
        &[
            "CreatedToken",
            "CursorInfo",
            "PolicyResourceGroup",
            "RoleRequest",
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

/// One snapshot: its name, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snapshot {
    /// The directory that it lies in.
    pub directory: &'static str,
    /// The name, which is that of its file without `.snap`.
    pub name: String,
    /// What the test compares.
    pub content: String,
}

impl Snapshot {
    /// The file as insta reads it.
    #[must_use]
    pub fn file(&self) -> String {
        format!(
            "---\nsource: xtask/tests/it/snapshots.rs\nexpression: snapshot.content\n---\n{}",
            self.content
        )
    }

    /// The path of the file from the workspace's root.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{}/{}.snap", self.directory, self.name)
    }
}

/// Makes the snapshots of the crates' public surfaces, one for each public module.
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

/// Reads the crates whose surface stands in snapshots; none of them, where the workspace holds only documents.
///
/// # Errors
/// A file that cannot be read.
pub fn surfaces(tree: &Tree) -> Result<Surfaces, Failure> {
    let mut sources = surface::sources(tree, Some(BTreeMap::new()))?;
    sources.retain(|sources| CRATES.contains(&sources.package.as_str()));
    surface::surfaces(&sources, None)
}

/// Makes the snapshots of one API.
///
/// # Errors
/// A sample that the generated code no longer has.
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
