//! The entities that policies are about.

use std::str::FromStr as _;

use account_provisioning_core::{Error, MakeError as _, Result};
use cedar_policy::EntityUid;
use serde_json::{Map, Value};

use super::problem::one_line;
use super::schema::ANCESTOR_IDS;

/// Something that policies are about, such as a folder or an asset: its type and id, what it is in, and its attributes.
///
/// A type is named by its full name (`Cloudinary::Folder`) or, if only one type ends so, by the last part of it.
///
/// Policies on content ask for the attribute `ancestor_ids` of a folder or asset. The [authorizer](super::Authorizer) fills
/// it in from what the entity is in, so say the whole way up: each folder [within](Self::within) the next one, and the
/// outermost one at the [top](Self::top_level). Where you know only the ids, say [them](Self::ancestor_ids) instead.
///
/// # Examples
/// ```
/// use account_provisioning::cloudinary::cedar::CedarEntity;
///
/// let campaigns = CedarEntity::folder("fg3841spr").top_level();
/// let spring = CedarEntity::folder("8d2f11c0").within(&campaigns);
/// let banner = CedarEntity::asset("a-1").within(&spring);
/// # let _ = banner;
/// let report = CedarEntity::new("Report", "r-1").within(CedarEntity::new("ProductEnvironment", "env-1"));
/// # let _ = report;
/// let feature = CedarEntity::try_from(r#"Cloudinary::Feature::"cld::global::users::view""#)?;
/// assert_eq!(feature, CedarEntity::new("Cloudinary::Feature", "cld::global::users::view"));
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

    /// A folder with this external id.
    pub fn folder(id: impl Into<String>) -> Self {
        Self::new("Folder", id)
    }

    /// An asset with this id.
    pub fn asset(id: impl Into<String>) -> Self {
        Self::new("Asset", id)
    }

    /// Says that it is in another entity, and so in everything that the other one is in. Say all that it is in. Defaults to
    /// being in nothing; which folders and collections it is in then counts as unknown.
    #[must_use]
    pub fn within(mut self, parent: impl Into<Self>) -> Self {
        self.parents.push(parent.into());
        self
    }

    /// Says which folders and collections it is in, directly or not: all of them, by their ids. Defaults to those that are
    /// known from what it is [within](Self::within).
    #[must_use]
    pub fn ancestor_ids(self, ids: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.attribute(ANCESTOR_IDS, ids.into_iter().map(Into::into).collect::<Vec<String>>())
    }

    /// Says that it is in no folder and in no collection.
    #[must_use]
    pub fn top_level(self) -> Self {
        self.ancestor_ids([""; 0])
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
