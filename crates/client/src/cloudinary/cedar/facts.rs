//! What is known for a question, so that nothing unknown is taken for false.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use account_provisioning_core::Result;
use cedar_policy::{Context, Entities, EntityTypeName, EntityUid, EvalResult, Schema};

use super::asks::{AskedAncestor, Asks};

/// What is known for a question, beside the facts themselves.
pub(super) struct Facts {
    pub(super) principal: EntityUid,
    pub(super) resource: EntityUid,
    /// The types of entities that the principal may be in, and nobody said whether it is.
    pub(super) holders: HashSet<EntityTypeName>,
    /// The entities that the caller described.
    pub(super) described: HashSet<EntityUid>,
    /// The entities in attributes and in the context.
    pub(super) mentioned: HashSet<EntityUid>,
    /// The entities of which it is unknown what else they are in, with the folders and collections that are known.
    pub(super) incomplete: BTreeMap<EntityUid, BTreeSet<String>>,
    /// Whether the caller said what the context is.
    pub(super) context: bool,
}

/// Something that a policy asks about and nobody said.
pub(super) enum Unknown {
    /// Whether the principal is in something.
    Membership(String),
    /// Anything else.
    Fact(String),
}

impl Unknown {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Membership(text) | Self::Fact(text) => text,
        }
    }
}

impl Facts {
    /// The first thing that a policy asks about and nobody said.
    pub(super) fn unknown(&self, asks: &Asks) -> Option<Unknown> {
        let holder = asks
            .literals
            .iter()
            .find(|literal| self.holders.contains(literal.type_name()) && **literal != self.principal);
        if let Some(holder) = holder {
            return Some(Unknown::Membership(format!(
                "is about principals in a {}, and it is unknown whether {} is in it",
                holder.type_name(),
                self.principal
            )));
        }
        if asks.in_unnamed && !self.holders.is_empty() {
            return Some(Unknown::Membership(format!(
                "asks whether the principal is in something, and it is unknown what {} is in",
                self.principal
            )));
        }
        let mut others = asks.literals.iter().chain(&self.mentioned);
        if asks.of_others
            && let Some(other) = others.find(|other| !self.described.contains(other))
        {
            return Some(Unknown::Fact(format!(
                "asks about another entity, and {other} was not described: describe it with `with_entity`"
            )));
        }
        if asks.principal_has && !self.described.contains(&self.principal) {
            return Some(Unknown::Fact(format!(
                "asks for an attribute of {}, which was not described: describe it with `with_entity`",
                self.principal
            )));
        }
        if let Some(uid) = asks.ancestors.iter().find_map(|asked| self.incomplete(asked)) {
            return Some(Unknown::Fact(format!(
                "asks which folders {uid} is in, and not all of them are known: describe the parent of the outermost \
                 one, or say with `top_level` that it has none"
            )));
        }
        if asks.context && !self.context {
            let fact = "asks for the context, which was not given: pass it to `with_context`, as an empty map for none";
            return Some(Unknown::Fact(fact.to_owned()));
        }
        let tags = || Unknown::Fact("asks for tags, which can't be given".to_owned());
        asks.tags.then(tags)
    }

    /// The first entity of which too little is known for a question about the folders above it.
    fn incomplete(&self, asked: &AskedAncestor) -> Option<&EntityUid> {
        let mut about = self
            .incomplete
            .iter()
            .filter(|(uid, _)| !asked.of_resource || **uid == self.resource);
        // An id that is known to be above is so whatever else is.
        let unanswered = |ids: &BTreeSet<String>| asked.id.as_ref().is_none_or(|id| !ids.contains(id));
        about.find(|(_, ids)| unanswered(ids)).map(|(uid, _)| uid)
    }
}

/// The types of entities that one of this type may be in, by the schema.
pub(super) fn holders(schema: &Schema, kind: &EntityTypeName) -> HashSet<EntityTypeName> {
    schema.ancestors(kind).into_iter().flatten().cloned().collect()
}

/// The entities in attributes and in the context.
pub(super) fn mentioned<'a>(
    entities: &Entities,
    context: &Context,
    names: impl Iterator<Item = &'a String>,
) -> Result<HashSet<EntityUid>> {
    let mut found = HashSet::new();
    for entity in entities.iter() {
        for (_, value) in entity.attrs() {
            let value = value.map_err(|error| super::problem::undecided(error.to_string()))?;
            collect(&value, &mut found);
        }
    }
    for value in names.filter_map(|name| context.get(name)) {
        collect(&value, &mut found);
    }
    Ok(found)
}

fn collect(value: &EvalResult, found: &mut HashSet<EntityUid>) {
    match value {
        EvalResult::EntityUid(uid) => {
            found.insert(uid.clone());
        }
        EvalResult::Set(set) => set.iter().for_each(|value| collect(value, found)),
        EvalResult::Record(record) => record.iter().for_each(|(_, value)| collect(value, found)),
        _ => {}
    }
}
