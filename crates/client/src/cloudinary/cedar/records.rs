//! The entities of a question, as Cedar reads them.

use std::collections::HashSet;

use account_provisioning_core::Result;
use cedar_policy::{Entities, EntityTypeName, EntityUid, Schema};
use serde_json::{Map, Value, json};

use super::entity::CedarEntity;
use super::names::{entity_type, entity_uid};
use super::problem::{undecided, with_cause};

/// What is known of each entity. Facts about the same entity from several places are joined.
#[derive(Default)]
pub(super) struct Records(Vec<Record>);

struct Record {
    uid: EntityUid,
    attributes: Map<String, Value>,
    parents: Vec<EntityUid>,
}

impl Records {
    /// Adds what an entity says about itself and about the entities that it is in.
    pub(super) fn add(&mut self, schema: &Schema, entity: &CedarEntity) -> Result<EntityUid> {
        let uid = entity_uid(&entity_type(schema, &entity.type_name)?, &entity.id);
        let mut parents = Vec::with_capacity(entity.parents.len());
        for parent in &entity.parents {
            parents.push(self.add(schema, parent)?);
        }
        match self.0.iter_mut().find(|known| known.uid == uid) {
            Some(known) => known.join(entity, parents)?,
            None => self.0.push(Record {
                uid: uid.clone(),
                attributes: entity.attributes.clone(),
                parents,
            }),
        }
        Ok(uid)
    }

    /// The entities so far.
    pub(super) fn uids(&self) -> impl Iterator<Item = &EntityUid> {
        self.0.iter().map(|record| &record.uid)
    }

    /// The types of the entities that an entity is in, directly or through others.
    pub(super) fn types_around(&self, uid: &EntityUid) -> HashSet<EntityTypeName> {
        let (mut found, mut next) = (HashSet::new(), vec![uid]);
        let mut seen = HashSet::new();
        while let Some(uid) = next.pop() {
            let parents = self
                .0
                .iter()
                .filter(|record| record.uid == *uid)
                .flat_map(|record| &record.parents);
            for parent in parents.filter(|parent| seen.insert(*parent)) {
                found.insert(parent.type_name().clone());
                next.push(parent);
            }
        }
        found
    }

    /// Checks all entities against the schema.
    pub(super) fn into_entities(self, schema: &Schema) -> Result<Entities> {
        let json = self.0.into_iter().map(Record::into_json).collect();
        Entities::from_json_value(json, Some(schema))
            .map_err(|error| undecided(format!("an entity doesn't fit the schema: {}", with_cause(&error))))
    }
}

impl Record {
    fn join(&mut self, entity: &CedarEntity, parents: Vec<EntityUid>) -> Result<()> {
        for (name, value) in &entity.attributes {
            let before = self.attributes.insert(name.clone(), value.clone());
            if before.is_some_and(|before| before != *value) {
                return Err(undecided(format!(
                    "attribute `{}` of {} has two values",
                    name.escape_debug(),
                    self.uid
                )));
            }
        }
        for parent in parents {
            if !self.parents.contains(&parent) {
                self.parents.push(parent);
            }
        }
        Ok(())
    }

    fn into_json(self) -> Value {
        let json = |uid: &EntityUid| json!({ "type": uid.type_name().to_string(), "id": uid.id().unescaped() });
        let parents: Vec<Value> = self.parents.iter().map(json).collect();
        json!({ "uid": json(&self.uid), "attrs": self.attributes, "parents": parents })
    }
}
