//! The snapshots: the surface by tag, the deviations from the faithful document, and a handful of whole generated methods and types.
//!
//! xtask alone writes them, in insta's format; tests assert them with `INSTA_UPDATE=no`.

use account_provisioning_codegen::generate::excerpts;

use crate::{Api, Failure};

/// Where the snapshots lie.
pub const DIRECTORY: &str = "xtask/tests/snapshots";

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
];

/// One snapshot: its name, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Snapshot {
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
        format!("{DIRECTORY}/{}.snap", self.name)
    }
}

/// Makes the snapshots of one API.
///
/// # Errors
/// A sample that the generated code no longer has.
pub fn of(api: &Api) -> Result<Vec<Snapshot>, Failure> {
    let mut snapshots = vec![Snapshot {
        name: format!("{}__deviations", api.name),
        content: api.deviations.clone(),
    }];
    for (tag, content) in api.digest() {
        let tag = tag.to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        snapshots.push(Snapshot {
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
            name: format!("{}__code__{name}", api.name),
            content,
        });
    }
    Ok(snapshots)
}
