//! Finding entity types and actions in the schema by their names.

use account_provisioning_core::Result;
use cedar_policy::{EntityId, EntityTypeName, EntityUid, Schema};

use super::super::PrincipalType;
use super::problem::undecided;

/// The entity type of a type of principal. The schema chooses its name.
pub(super) fn principal_type<'a>(schema: &'a Schema, kind: &PrincipalType) -> Result<&'a EntityTypeName> {
    let names: &[&str] = match kind {
        PrincipalType::User => &["user"],
        PrincipalType::Group => &["group", "usergroup"],
        PrincipalType::ApiKey => &["apikey"],
        PrincipalType::ProvisioningKey => &["provisioningkey"],
        _ => &[],
    };
    let mut fitting = schema.entity_types().filter(|name| {
        let plain: String = name.basename().chars().filter(char::is_ascii_alphanumeric).collect();
        names.contains(&plain.to_ascii_lowercase().as_str())
    });
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only),
        _ => Err(undecided(format!(
            "the schema has no entity type for `{kind}`, or several"
        ))),
    }
}

/// The entity type with this name, which is a full name or the last part of one.
pub(super) fn entity_type(schema: &Schema, name: &str) -> Result<EntityTypeName> {
    let mut fitting = schema
        .entity_types()
        .filter(|known| known.basename() == name || known.to_string() == name);
    let shown: String = name.escape_debug().take(60).collect();
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => Err(undecided(format!("entity type `{shown}` is unknown to the schema"))),
        (Some(_), Some(_)) => Err(undecided(format!(
            "entity type `{shown}` is in several namespaces of the schema; use its full name"
        ))),
    }
}

/// The action with this id or full name.
pub(super) fn action_uid(schema: &Schema, name: &str) -> Result<EntityUid> {
    let mut fitting = schema
        .actions()
        .filter(|known| known.id().unescaped() == name || known.to_string() == name);
    let shown: String = name.escape_debug().take(80).collect();
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => Err(undecided(format!("action `{shown}` is unknown to the schema"))),
        (Some(_), Some(_)) => Err(undecided(format!(
            "action `{shown}` is in several namespaces of the schema; use its full name"
        ))),
    }
}

/// Whether entities of this type are content that other content is in.
pub(super) fn is_content(kind: &EntityTypeName) -> bool {
    ["Folder", "Collection"].contains(&kind.basename())
}

pub(super) fn entity_uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}
