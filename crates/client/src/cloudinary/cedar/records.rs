//! The entities of a question, as Cedar reads them.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use account_provisioning_core::Result;
use cedar_policy::{Entities, EntityTypeName, EntityUid, Schema};
use serde_json::{Map, Value, json};

use super::super::CedarSchema;
use super::entity::CedarEntity;
use super::names::{entity_type, entity_uid, is_content};
use super::problem::{undecided, with_cause};
use super::schema::ANCESTOR_IDS;

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

    /// Gives each entity the ids of the folders and collections above it, where the schema has them and the caller didn't
    /// say them. Returns the entities of which not all of them are known, with those that are.
    ///
    /// # Errors
    /// When an entity is in something that isn't among the ids that the caller said.
    pub(super) fn fill_ancestors(&mut self, schema: &CedarSchema) -> Result<BTreeMap<EntityUid, BTreeSet<String>>> {
        let compiled = schema.compiled()?;
        let found: Vec<_> = self.0.iter().map(|record| self.ancestors(record, compiled)).collect();
        let mut incomplete = BTreeMap::new();
        for (record, (ids, complete)) in self.0.iter_mut().zip(found) {
            if !schema.has_ancestor_ids(record.uid.type_name()) {
                continue;
            }
            if record.attributes.contains_key(ANCESTOR_IDS) {
                let said: BTreeSet<&str> = record.said_ancestors().into_iter().flatten().collect();
                if let Some(id) = ids.iter().find(|id| !said.contains(id.as_str())) {
                    return Err(undecided(format!(
                        "{} is in `{}`, which is not among its `{ANCESTOR_IDS}`",
                        record.uid,
                        id.escape_debug()
                    )));
                }
                continue;
            }
            record
                .attributes
                .insert(ANCESTOR_IDS.to_owned(), ids.iter().map(String::as_str).collect());
            if !complete {
                incomplete.insert(record.uid.clone(), ids);
            }
        }
        Ok(incomplete)
    }

    /// The ids of the folders and collections above an entity, and whether these are all.
    fn ancestors(&self, start: &Record, schema: &Schema) -> (BTreeSet<String>, bool) {
        let (mut ids, mut complete) = (BTreeSet::new(), true);
        let (mut seen, mut next) = (HashSet::new(), vec![start]);
        while let Some(record) = next.pop() {
            if let Some(said) = record.said_ancestors().filter(|_| record.uid != start.uid) {
                ids.extend(said.map(str::to_owned));
                continue;
            }
            let mut holders = schema.ancestors(record.uid.type_name()).into_iter().flatten();
            complete &= !record.parents.is_empty() || !holders.any(is_content);
            for parent in record.parents.iter().filter(|parent| seen.insert(*parent)) {
                if is_content(parent.type_name()) {
                    ids.insert(parent.id().unescaped().to_owned());
                }
                next.extend(self.0.iter().find(|known| known.uid == *parent));
            }
        }
        (ids, complete)
    }

    /// Checks all entities against the schema.
    pub(super) fn into_entities(self, schema: &Schema) -> Result<Entities> {
        let json = self.0.into_iter().map(Record::into_json).collect();
        Entities::from_json_value(json, Some(schema))
            .map_err(|error| undecided(format!("an entity doesn't fit the schema: {}", with_cause(&error))))
    }
}

impl Record {
    /// The ids of the folders and collections above it that the caller said.
    fn said_ancestors(&self) -> Option<impl Iterator<Item = &str>> {
        let said = self.attributes.get(ANCESTOR_IDS)?.as_array()?;
        Some(said.iter().filter_map(Value::as_str))
    }

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
