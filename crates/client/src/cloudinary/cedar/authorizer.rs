//! What may a principal do? Decided from the policies in effect.

use std::collections::HashMap;

use cedar_policy::{
    Context, Decision, Entities, EntityId, EntityTypeName, EntityUid, Policy, PolicySet, PrincipalConstraint, Request,
    Schema,
};
use serde_json::{Map, Value, json};

use super::super::{CedarSchema, EffectivePolicies, EffectivePolicy, Principal, PrincipalType, UserGroupId, UserId};
use super::entity::CedarEntity;
use super::syntax::{one_line, policy};
use crate::{Error, ErrorKind, Result};

impl EffectivePolicies {
    /// Makes an authorizer of these policies, which answers what a principal may do.
    ///
    /// # Errors
    /// A [decode error](Error::is_decode) when a statement is no Cedar, doesn't fit the schema or has a placeholder that
    /// nothing filled, or when the schema can't be read: an answer that leaves a policy out would be none.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::cedar::CedarEntity;
    /// use account_provisioning::cloudinary::{PolicyParameters, Principal, RoleAssignment, Scope};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let user = cloudinary.users().create("Ann", "ann@client.example").await?;
    /// # let env = cloudinary.product_environments().create("Client Portal").await?;
    /// let ann = Principal::user(&user.id)?;
    /// let scope = Scope::product_environment(&env.id)?;
    /// let viewer = RoleAssignment::new("cld::role::folder::viewer", &scope, PolicyParameters::folder("fg3841spr"));
    /// cloudinary.principals().add_roles(&ann, [viewer]).await?;
    ///
    /// let schema = cloudinary.public().cedar_schema().await?;
    /// let effective = cloudinary.policies().effective().scope(&scope).await?.with_schema(&schema)?;
    /// let groups = cloudinary.users().groups(&user.id).await?.into_iter().map(|group| group.id);
    /// let effective = effective.with_groups(&user.id, groups)?;
    /// let folder = CedarEntity::new("Folder", "fg3841spr");
    /// assert!(effective.is_allowed(&ann, "view_folder", &folder)?);
    /// assert!(!effective.is_allowed(&ann, "delete_folder", &folder)?);
    /// assert!(!effective.is_allowed(&ann, "view_folder", CedarEntity::new("Folder", "other"))?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_schema(&self, schema: &CedarSchema) -> Result<Authorizer> {
        let parsed = |effective| parsed(schema, effective);
        let mut roles: HashMap<Holder, Vec<Policy>> = HashMap::new();
        for principal in &self.principals {
            // Asked for one principal, the service tells what holds for it, under whatever holder it does.
            let holder = match &self.principal {
                Some(only) => (only.principal_type(), only.id().to_owned()),
                None => (principal.principal_type.clone(), principal.principal_id.clone()),
            };
            let held = roles.entry(holder).or_default();
            for effective in principal.roles.iter().flat_map(|role| &role.system_policies) {
                held.push(parsed(effective)?);
            }
        }
        let custom = self.custom_policies.iter().map(parsed).collect::<Result<_>>()?;
        Ok(Authorizer {
            schema: schema.clone(),
            principal: self.principal.clone(),
            roles,
            custom,
            groups: HashMap::new(),
            known: Vec::new(),
            context: Map::new(),
        })
    }
}

/// A principal as replies name it.
type Holder = (PrincipalType, String);

/// Answers what principals may do, from the policies in effect; made by
/// [`EffectivePolicies::with_schema`](super::super::EffectivePolicies::with_schema).
///
/// A policy that forbids overrides all that permit, and what nothing permits is not allowed.
///
/// **The answer is as good as what it is told.** The policies are those of one scope: ask about things in it, and ask
/// the authorizers of the account and of the environment both when policies of either may forbid. A policy about a
/// folder reaches an asset only when the [entity](CedarEntity) says that it is in that folder. Which groups a user is in
/// has to be said by [`with_groups`](Self::with_groups); fetch the policies of all principals then, since the vendor
/// doesn't say whether those of one user include its groups'. Nor does it say that disabled custom policies are left
/// out. It answers from a copy: what the service decides at this moment may be otherwise.
#[derive(Clone, Debug)]
pub struct Authorizer {
    schema: CedarSchema,
    /// The only principal that the policies are about; `None` when they are about all.
    principal: Option<Principal>,
    roles: HashMap<Holder, Vec<Policy>>,
    custom: Vec<Policy>,
    groups: HashMap<UserId, Vec<UserGroupId>>,
    known: Vec<CedarEntity>,
    context: Map<String, Value>,
}

impl Authorizer {
    /// Says which groups a user is in: all of them, or the empty list for none. Defaults to not knowing, and then a
    /// question about a user is an error.
    ///
    /// # Errors
    /// An input error for an id that can't be one.
    pub fn with_groups(
        mut self,
        user: impl TryInto<UserId, Error: Into<Error>>,
        groups: impl IntoIterator<Item = impl TryInto<UserGroupId, Error: Into<Error>>>,
    ) -> Result<Self> {
        let groups = groups
            .into_iter()
            .map(|group| group.try_into().map_err(Into::into))
            .collect::<Result<_>>()?;
        self.groups.insert(user.try_into().map_err(Into::into)?, groups);
        Ok(self)
    }

    /// Says what is known of a thing, such as the folder that a folder is in, for all questions. Defaults to knowing
    /// what each question says.
    #[must_use]
    pub fn with_entity(mut self, entity: impl Into<CedarEntity>) -> Self {
        self.known.push(entity.into());
        self
    }

    /// Sets the circumstances of the questions, in Cedar's JSON form, such as an address. Defaults to none.
    #[must_use]
    pub fn with_context(mut self, context: Map<String, Value>) -> Self {
        self.context = context;
        self
    }

    /// Decides whether a principal may do something with something.
    ///
    /// An action is named by its id (`view_folder`), or in full (`Cloudinary::Action::"view_folder"`).
    ///
    /// # Errors
    /// An input error that names the action, type or attribute that the schema doesn't know or that is missing; when the
    /// policies are those of another principal; and when a policy can't be decided, so that no answer would be right.
    pub fn is_allowed(
        &self,
        principal: impl TryInto<Principal, Error: Into<Error>>,
        action: &str,
        resource: impl TryInto<CedarEntity, Error: Into<Error>>,
    ) -> Result<bool> {
        let principal = principal.try_into().map_err(Into::into)?;
        let resource = resource.try_into().map_err(Into::into)?;
        let schema = self.schema.compiled()?;
        if let Some(only) = self.principal.as_ref().filter(|only| **only != principal) {
            return Err(refused(format!(
                "these policies are those of {only}; fetch those of {principal}, or of all principals"
            )));
        }
        let policies = self.applicable(schema, &principal)?;
        let uid = entity_uid(principal_type(schema, &principal.principal_type())?, principal.id());
        let action = action_uid(schema, action)?;
        let target = entity_uid(&entity_type(schema, &resource.type_name)?, &resource.id);
        let entities = self.entities(schema, &principal, &uid, &resource)?;
        let context = Context::from_json_value(Value::Object(self.context.clone()), Some((schema, &action)))
            .map_err(|error| refused(format!("the context doesn't fit the action: {error}")))?;
        let request =
            Request::new(uid, action, target, context, Some(schema)).map_err(|error| refused(error.to_string()))?;
        decide(&request, &policies, &entities)
    }

    /// The policies that a principal is subject to: those of its own roles and of its groups', and the custom ones, whose
    /// statements say for themselves whom they are about.
    fn applicable(&self, schema: &Schema, principal: &Principal) -> Result<PolicySet> {
        let groups = self.groups_of(principal);
        if groups.is_none() && matches!(principal, Principal::User(_)) {
            return Err(refused(format!(
                "it isn't known which groups {principal} is in: say so by `with_groups`, with an empty list for none"
            )));
        }
        let through = groups.into_iter().flatten().map(Principal::from);
        let of_roles = through
            .chain([principal.clone()])
            .filter_map(|holder| self.roles.get(&(holder.principal_type(), holder.id().to_owned())))
            .flatten();
        let mut set = PolicySet::new();
        for (index, policy) in of_roles.chain(&self.custom).enumerate() {
            refuse_unknown_holders(schema, principal, policy)?;
            // A policy may come in several roles, and a set takes each id once.
            let unique = policy.new_id(cedar_policy::PolicyId::new(format!("{}#{index}", policy.id())));
            set.add(unique).map_err(|error| refused(error.to_string()))?;
        }
        Ok(set)
    }

    fn groups_of(&self, principal: &Principal) -> Option<&Vec<UserGroupId>> {
        match principal {
            Principal::User(user) => self.groups.get(user),
            _ => None,
        }
    }

    /// Everything that is known of the question's parts, checked against the schema.
    fn entities(
        &self,
        schema: &Schema,
        principal: &Principal,
        uid: &EntityUid,
        resource: &CedarEntity,
    ) -> Result<Entities> {
        let mut own = CedarEntity::new(uid.type_name().to_string(), principal.id());
        for group in self.groups_of(principal).into_iter().flatten() {
            let kind = principal_type(schema, &PrincipalType::Group)?;
            own = own.within(CedarEntity::new(kind.to_string(), group.as_str()));
        }
        let mut records = Records::default();
        for entity in [&own, resource].into_iter().chain(&self.known) {
            records.add(schema, entity)?;
        }
        Entities::from_json_value(records.into_json(), Some(schema))
            .map_err(|error| refused(format!("an entity doesn't fit the schema: {}", with_cause(&error))))
    }
}

/// What is known of each entity: said in several places, it is joined.
#[derive(Default)]
struct Records(Vec<(EntityUid, Map<String, Value>, Vec<EntityUid>)>);

impl Records {
    fn add(&mut self, schema: &Schema, entity: &CedarEntity) -> Result<EntityUid> {
        let uid = entity_uid(&entity_type(schema, &entity.type_name)?, &entity.id);
        let mut parents = Vec::with_capacity(entity.parents.len());
        for parent in &entity.parents {
            parents.push(self.add(schema, parent)?);
        }
        let place = match self.0.iter().position(|(known, ..)| *known == uid) {
            Some(place) => place,
            None => {
                self.0.push((uid.clone(), Map::new(), Vec::new()));
                self.0.len() - 1
            }
        };
        if let Some((_, attributes, ancestors)) = self.0.get_mut(place) {
            for (name, value) in &entity.attributes {
                if attributes
                    .insert(name.clone(), value.clone())
                    .is_some_and(|before| before != *value)
                {
                    return Err(refused(format!(
                        "attribute `{}` of {uid} has two values",
                        name.escape_debug()
                    )));
                }
            }
            parents.retain(|parent| !ancestors.contains(parent));
            ancestors.extend(parents);
        }
        Ok(uid)
    }

    fn into_json(self) -> Value {
        let json = |uid: &EntityUid| json!({ "type": uid.type_name().to_string(), "id": uid.id().unescaped() });
        self.0
            .into_iter()
            .map(|(uid, attributes, parents)| {
                let parents: Vec<Value> = parents.iter().map(json).collect();
                json!({ "uid": json(&uid), "attrs": attributes, "parents": parents })
            })
            .collect()
    }
}

fn decide(request: &Request, policies: &PolicySet, entities: &Entities) -> Result<bool> {
    let response = cedar_policy::Authorizer::new().is_authorized(request, policies, entities);
    let denied_by_one = response.decision() == Decision::Deny && response.diagnostics().reason().next().is_some();
    match response.diagnostics().errors().next() {
        // Cedar passes over a policy that it can't evaluate, which may be the one that forbids. One that does forbid is
        // beyond doubt.
        Some(error) if !denied_by_one => Err(refused(format!(
            "a policy can't be decided with what is known: {}",
            with_cause(error)
        ))),
        _ => Ok(response.decision() == Decision::Allow),
    }
}

/// Refuses to decide by a policy about principals in something that nobody said the principal is or isn't in. Of groups
/// it is known; the schema may know other things that hold principals.
fn refuse_unknown_holders(schema: &Schema, principal: &Principal, policy: &Policy) -> Result<()> {
    let (PrincipalConstraint::In(holder) | PrincipalConstraint::IsIn(_, holder)) = policy.principal_constraint() else {
        return Ok(());
    };
    let kind = principal_type(schema, &principal.principal_type())?;
    let known = |kind| principal_type(schema, &kind).is_ok_and(|known| known == holder.type_name());
    let grouped = matches!(principal, Principal::User(_)) && known(PrincipalType::Group);
    let could_hold = holder.type_name() != kind
        && schema
            .ancestors(kind)
            .is_some_and(|mut ancestors| ancestors.any(|ancestor| ancestor == holder.type_name()));
    if could_hold && !grouped {
        return Err(refused(format!(
            "policy `{}` is about principals in a {}, and it isn't known whether {principal} is in it",
            policy.id(),
            holder.type_name()
        )));
    }
    Ok(())
}

/// Reads a policy in effect, and refuses one that Cedar would pass over in silence: one that names what the schema doesn't
/// know, or a placeholder instead of an id.
fn parsed(schema: &CedarSchema, effective: &EffectivePolicy) -> Result<Policy> {
    let id: String = effective.id.escape_debug().take(60).collect();
    let unusable = |problem: String| {
        Error::new(
            ErrorKind::Decode,
            format!("the effective policy `{id}` can't be used: {}", one_line(&problem)),
        )
    };
    let policy = policy(&effective.policy_statement).map_err(|error| unusable(error.to_string()))?;
    if policy
        .entity_literals()
        .iter()
        .any(|literal| literal.id().unescaped().contains("{{"))
    {
        return Err(unusable("it holds a placeholder where an id belongs".to_owned()));
    }
    let verdict = schema.validate(effective.policy_statement.as_str())?;
    if let Some(error) = verdict.errors.first() {
        return Err(unusable(format!("it doesn't fit the schema: {}", error.cedar_message)));
    }
    Ok(policy.new_id(cedar_policy::PolicyId::new(&effective.id)))
}

/// The entity type of a sort of principal, whose name the schema chooses.
fn principal_type<'a>(schema: &'a Schema, kind: &PrincipalType) -> Result<&'a EntityTypeName> {
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
        _ => Err(refused(format!(
            "the schema has no entity type, or several, that stand for `{kind}`"
        ))),
    }
}

/// The entity type of a name, in full or by its last part.
fn entity_type(schema: &Schema, name: &str) -> Result<EntityTypeName> {
    let mut fitting = schema
        .entity_types()
        .filter(|known| known.basename() == name || known.to_string() == name);
    let shown: String = name.escape_debug().take(60).collect();
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => Err(refused(format!("entity type `{shown}` is unknown to the schema"))),
        (Some(_), Some(_)) => Err(refused(format!(
            "entity type `{shown}` stands in several namespaces of the schema; name it in full"
        ))),
    }
}

/// The action of an id, or of a full name.
fn action_uid(schema: &Schema, name: &str) -> Result<EntityUid> {
    let mut fitting = schema
        .actions()
        .filter(|known| known.id().unescaped() == name || known.to_string() == name);
    let shown: String = name.escape_debug().take(80).collect();
    match (fitting.next(), fitting.next()) {
        (Some(only), None) => Ok(only.clone()),
        (None, _) => Err(refused(format!("action `{shown}` is unknown to the schema"))),
        (Some(_), Some(_)) => Err(refused(format!(
            "action `{shown}` stands in several namespaces of the schema; name it in full"
        ))),
    }
}

fn entity_uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

/// An error's text with that of its cause, which says what is wrong.
fn with_cause(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

fn refused(problem: String) -> Error {
    Error::invalid_input(format!("authorization: {}", one_line(&problem)))
}
