//! The entities that policies are about.

use std::str::FromStr as _;

use account_provisioning_core::{Error, MakeError as _, Result};
use cedar_policy::EntityUid;
use serde_json::{Map, Value};

use super::problem::one_line;

/// Something that policies are about, such as a folder or an asset: its type and id, what it is in, and its attributes.
///
/// A type is named by its full name (`Cloudinary::Folder`) or, if only one type ends so, by the last part of it.
///
/// # Examples
/// ```
/// use account_provisioning::cloudinary::cedar::CedarEntity;
///
/// let folder = CedarEntity::new("Folder", "fg3841spr").within(CedarEntity::new("Folder", "root"));
/// let asset = CedarEntity::new("Asset", "a-1").within(folder).attribute("resource_type", "image");
/// # let _ = asset;
/// let same = CedarEntity::try_from(r#"Cloudinary::Folder::"fg3841spr""#)?;
/// assert_eq!(same, CedarEntity::new("Cloudinary::Folder", "fg3841spr"));
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CedarEntity {
    pub(super) type_name: String,
    pub(super) id: String,
    pub(super) attributes: Map<String, Value>,
    pub(super) parents: Vec<Self>,
}

impl CedarEntity {
    /// An entity of this type with this id.
    pub fn new(type_name: impl Into<String>, id: impl Into<String>) -> Self {
        Self {
            type_name: type_name.into(),
            id: id.into(),
            attributes: Map::new(),
            parents: Vec::new(),
        }
    }

    /// Says that it is in another entity, and so in everything that the other one is in. Defaults to being in nothing.
    #[must_use]
    pub fn within(mut self, parent: impl Into<Self>) -> Self {
        self.parents.push(parent.into());
        self
    }

    /// Sets an attribute, in Cedar's JSON form. Defaults to none; attributes that the schema requires have to be set.
    #[must_use]
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<Value>) -> Self {
        self.attributes.insert(name.into(), value.into());
        self
    }
}

impl From<&CedarEntity> for CedarEntity {
    fn from(entity: &CedarEntity) -> Self {
        entity.clone()
    }
}

impl TryFrom<&str> for CedarEntity {
    type Error = Error;

    /// Reads an entity as statements write it: `Cloudinary::Folder::"fg3841spr"`.
    fn try_from(text: &str) -> Result<Self> {
        let uid = EntityUid::from_str(text).map_err(|error| {
            let problem = one_line(&error.to_string());
            Error::invalid_input(format!(
                "cedar entity: {problem}; write it as in `Cloudinary::Folder::\"id\"`"
            ))
        })?;
        Ok(Self::new(uid.type_name().to_string(), uid.id().unescaped()))
    }
}
