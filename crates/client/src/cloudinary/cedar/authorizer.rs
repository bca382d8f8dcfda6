//! Deciding what a principal may do, from the policies in effect.

use std::collections::{HashMap, HashSet};

use account_provisioning_core::{Error, ErrorKind, IdError, IntoId, MakeError as _, Result};
use cedar_policy::{
    Context, Decision, Effect, Entities, EntityUid, Policy, PolicyId, PolicySet, PrincipalConstraint, Request, Schema,
};
use serde_json::{Map, Value};

use super::super::{CedarSchema, EffectivePolicies, EffectivePolicy, Principal, PrincipalType, UserGroupId, UserId};
use super::asks::Asks;
use super::entity::CedarEntity;
use super::facts::{self, Facts, Unknown};
use super::names::{action_uid, entity_type, entity_uid, principal_type};
use super::problem::{one_line, undecided, with_cause};
use super::records::Records;
use super::syntax::policies;

impl EffectivePolicies {
    /// Makes an authorizer of these policies, which decides what a principal may do.
    ///
    /// # Errors
    /// A [decode error](crate::Error::is_decode) when a statement is not Cedar, doesn't fit the schema or contains a
    /// placeholder that has no value, or when the schema can't be read. A policy that was left out could make the answer
    /// wrong.
    ///
    /// # Examples
    /// May this key read that asset in that folder?
    ///
    /// ```
    /// # use account_provisioning::cloudinary;
    /// use account_provisioning::cloudinary::cedar::CedarEntity;
    /// use account_provisioning::cloudinary::{PolicyParameters, RoleAssignment};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// # let env = cloudinary.product_environments().create("Client Portal").await?;
    /// # let key = cloudinary.access_keys(&env.id).generate().await?.key.api_key;
    /// let viewer = RoleAssignment::new("cld::role::folder::viewer", &env.id, PolicyParameters::folder("fg3841spr"));
    /// cloudinary.principals().add_roles(&key, [viewer]).await?;
    ///
    /// let schema = cloudinary.public().cedar_schema().await?;
    /// let effective = cloudinary.policies().effective().scope(&env.id).await?.with_schema(&schema)?;
    ///
    /// let campaigns = CedarEntity::folder("fg3841spr").top_level();
    /// let spring = CedarEntity::folder("8d2f11c0").within(&campaigns);
    /// let banner = CedarEntity::asset("a-1").within(&spring);
    /// assert!(effective.is_allowed(&key, "read", &banner)?);
    /// assert!(!effective.is_allowed(&key, "delete", &banner)?);
    /// let elsewhere = CedarEntity::asset("a-2").within(CedarEntity::folder("77ab1923").top_level());
    /// assert!(!effective.is_allowed(&key, "read", &elsewhere)?);
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_schema(&self, schema: &CedarSchema) -> Result<Authorizer> {
        let mut roles: HashMap<Holder, Vec<Rule>> = HashMap::new();
        for principal in &self.principals {
            // When one principal was asked for, all policies apply to it, whichever principal the service names.
            let holder = match &self.principal {
                Some(only) => (only.principal_type(), only.id().to_owned()),
                None => (principal.principal_type.clone(), principal.principal_id.clone()),
            };
            let held = roles.entry(holder).or_default();
            for effective in principal.roles.iter().flat_map(|role| &role.system_policies) {
                for policy in parsed(schema, effective)? {
                    held.push(Rule::new(reaching_members(schema, policy)?)?);
                }
            }
        }
        let mut custom = Vec::new();
        for effective in &self.custom_policies {
            for policy in parsed(schema, effective)? {
                custom.push(Rule::new(policy)?);
            }
        }
        Ok(Authorizer {
            schema: schema.clone(),
            principal: self.principal.clone(),
            roles,
            custom,
            groups: HashMap::new(),
            known: Vec::new(),
            context: None,
            problem: None,
        })
    }
}

/// A policy in effect, and what it asks about.
#[derive(Clone, Debug)]
struct Rule {
    policy: Policy,
    asks: Asks,
}

impl Rule {
    fn new(policy: Policy) -> Result<Self> {
        let asks = Asks::of(&policy)?;
        Ok(Self { policy, asks })
    }
}

/// A principal as responses name it.
type Holder = (PrincipalType, String);

/// Decides what principals may do, from the policies in effect; made by
/// [`EffectivePolicies::with_schema`](super::super::EffectivePolicies::with_schema).
///
/// A policy that forbids something overrides all policies that permit it. Anything that no policy permits is not allowed.
///
/// **The answer is only as good as the facts that the authorizer has.**
/// - The policies are those of one scope. Ask about things in that scope, and ask the authorizers of both the account and
///   the environment when policies of either may forbid something.
/// - A policy about a folder applies to an asset only when the [entity](CedarEntity) says that the asset is in that
///   folder.
/// - An answer that would be "allowed" only because something is unknown is an error: which groups or other entities the
///   principal is in, what attributes it has, what the context is, which folders are above a folder or an asset, or anything
///   about an entity that was not described. Apart from its folders, the resource is known: it is in nothing and has
///   nothing but what the question says.
/// - [`with_groups`](Self::with_groups) has to say which groups a user is in. Fetch the policies of all principals then,
///   since the vendor doesn't say whether those of one user include those of the user's groups.
/// - The vendor doesn't say whether disabled custom policies are left out.
/// - The authorizer works on a copy: the service may decide differently by now.
#[derive(Clone, Debug)]
pub struct Authorizer {
    schema: CedarSchema,
    /// The only principal that the policies are about; `None` when they are about all.
    principal: Option<Principal>,
    roles: HashMap<Holder, Vec<Rule>>,
    custom: Vec<Rule>,
    groups: HashMap<UserId, Vec<UserGroupId>>,
    known: Vec<CedarEntity>,
    context: Option<Map<String, Value>>,
    /// What is wrong with the first wrong id.
    problem: Option<IdError>,
}

impl Authorizer {
    /// Says which groups a user is in: all of them, or the empty list for none. Without it, a question about a user is an
    /// error.
    ///
    /// An id that can't be one is reported by [`is_allowed`](Self::is_allowed).
    #[must_use]
    pub fn with_groups(
        mut self,
        user: impl IntoId<UserId>,
        groups: impl IntoIterator<Item = impl IntoId<UserGroupId>>,
    ) -> Self {
        let groups: std::result::Result<_, IdError> = groups.into_iter().map(IntoId::into_id).collect();
        match user.into_id().and_then(|user| Ok((user, groups?))) {
            Ok((user, groups)) => {
                self.groups.insert(user, groups);
            }
            Err(problem) => {
                self.problem.get_or_insert(problem);
            }
        }
        self
    }

    /// Adds facts about an entity, such as the folder that a folder is in, for all questions. Defaults to the facts that
    /// each question contains. A described entity has no attributes but those that are said. What a principal is in counts
    /// as unknown for each type of entity of which nothing is said.
    #[must_use]
    pub fn with_entity(mut self, entity: impl Into<CedarEntity>) -> Self {
        self.known.push(entity.into());
        self
    }

    /// Adds facts about several entities, such as all folders, as [`with_entity`](Self::with_entity) does for one.
    #[must_use]
    pub fn with_entities(mut self, entities: impl IntoIterator<Item = impl Into<CedarEntity>>) -> Self {
        self.known.extend(entities.into_iter().map(Into::into));
        self
    }

    /// Sets the context of the questions, in Cedar's JSON form, such as an address; an empty map says that there is none.
    /// Defaults to an unknown one.
    #[must_use]
    pub fn with_context(mut self, context: Map<String, Value>) -> Self {
        self.context = Some(context);
        self
    }

    /// Decides whether a principal may perform an action on a resource.
    ///
    /// An action is named by its id (`read`), or by its full name (`Cloudinary::Action::"read"`).
    ///
    /// # Errors
    /// An input error that names the action, type or attribute that is missing or that the schema doesn't know; when the
    /// policies are those of another principal; and when a policy can't be decided, so that any answer could be wrong.
    pub fn is_allowed(
        &self,
        principal: impl TryInto<Principal, Error: Into<Error>>,
        action: &str,
        resource: impl TryInto<CedarEntity, Error: Into<Error>>,
    ) -> Result<bool> {
        if let Some(problem) = &self.problem {
            return Err(problem.clone().into());
        }
        let principal = principal.try_into().map_err(Into::into)?;
        let resource = resource.try_into().map_err(Into::into)?;
        let schema = self.schema.compiled()?;
        if let Some(only) = self.principal.as_ref().filter(|only| **only != principal) {
            return Err(undecided(format!(
                "these policies are those of {only}; fetch those of {principal}, or of all principals"
            )));
        }
        let rules = self.applicable(&principal)?;
        let uid = entity_uid(principal_type(schema, &principal.principal_type())?, principal.id());
        let action = action_uid(schema, action)?;
        let target = entity_uid(&entity_type(schema, &resource.type_name)?, &resource.id);
        let said = self.context.clone().unwrap_or_default();
        let context = Context::from_json_value(Value::Object(said.clone()), Some((schema, &action)))
            .map_err(|error| undecided(format!("the context doesn't fit the action: {error}")))?;
        let (entities, mut facts) = self.entities(schema, &principal, &uid, (&target, &resource))?;
        facts.mentioned = facts::mentioned(&entities, &context, said.keys())?;
        let request =
            Request::new(uid, action, target, context, Some(schema)).map_err(|error| undecided(error.to_string()))?;
        decide(&request, &rules, &entities, &facts)
    }

    /// The policies that may apply to a principal: those of its roles, those of its groups' roles, and the custom ones,
    /// whose statements name the principals that they are about.
    fn applicable(&self, principal: &Principal) -> Result<Vec<&Rule>> {
        let groups = self.groups_of(principal);
        if groups.is_none() && matches!(principal, Principal::User(_)) {
            return Err(undecided(format!(
                "the groups of {principal} are unknown: pass them to `with_groups`, as an empty list for none"
            )));
        }
        let through = groups.into_iter().flatten().map(Principal::from);
        let of_roles = through
            .chain([principal.clone()])
            .filter_map(|holder| self.roles.get(&(holder.principal_type(), holder.id().to_owned())))
            .flatten();
        Ok(of_roles.chain(&self.custom).collect())
    }

    fn groups_of(&self, principal: &Principal) -> Option<&Vec<UserGroupId>> {
        match principal {
            Principal::User(user) => self.groups.get(user),
            _ => None,
        }
    }

    /// All facts about the parts of a question, checked against the schema, and what is known beside them.
    fn entities(
        &self,
        schema: &Schema,
        principal: &Principal,
        uid: &EntityUid,
        (target, resource): (&EntityUid, &CedarEntity),
    ) -> Result<(Entities, Facts)> {
        let mut records = Records::default();
        for entity in [resource].into_iter().chain(&self.known) {
            records.add(schema, entity)?;
        }
        let described = records.uids().cloned().collect();
        let mut holders = facts::holders(schema, uid.type_name());
        for known in records.types_around(uid) {
            holders.remove(&known);
        }
        let mut own = CedarEntity::new(uid.type_name().to_string(), principal.id());
        if let Some(groups) = self.groups_of(principal) {
            if let Ok(kind) = principal_type(schema, &PrincipalType::Group) {
                holders.remove(kind);
            }
            for group in groups {
                let kind = principal_type(schema, &PrincipalType::Group)?;
                own = own.within(CedarEntity::new(kind.to_string(), group.as_str()));
            }
        }
        records.add(schema, &own)?;
        let incomplete = records.fill_ancestors(&self.schema)?;
        let facts = Facts {
            principal: uid.clone(),
            resource: target.clone(),
            incomplete,
            holders,
            described,
            mentioned: HashSet::new(),
            context: self.context.is_some(),
        };
        Ok((records.into_entities(schema)?, facts))
    }
}

/// Decides a question. An answer that could be another one if more were known is an error, unless it is no.
fn decide(request: &Request, rules: &[&Rule], entities: &Entities, facts: &Facts) -> Result<bool> {
    let mut policies = PolicySet::new();
    for (index, rule) in rules.iter().enumerate() {
        // Several roles may contain the same policy, and a set takes each id once.
        let unique = rule
            .policy
            .new_id(PolicyId::new(format!("{}#{index}", rule.policy.id())));
        policies.add(unique).map_err(|error| undecided(error.to_string()))?;
    }
    let unknown: Vec<_> = rules.iter().map(|rule| facts.unknown(&rule.asks)).collect();
    let response = cedar_policy::Authorizer::new().is_authorized(request, &policies, entities);
    let reasons: HashSet<String> = response.diagnostics().reason().map(PolicyId::to_string).collect();
    let is_reason = |index: usize| reasons.contains(&format!("{}#{index}", rules[index].policy.id()));
    let certain = (0..rules.len()).any(|index| is_reason(index) && unknown[index].is_none());
    let allowed = response.decision() == Decision::Allow;
    if !allowed && certain {
        // Another policy can't lift what one forbids.
        return Ok(false);
    }
    // Cedar skips a policy that it can't evaluate, and that policy may be one that forbids.
    if let Some(error) = response.diagnostics().errors().next() {
        return Err(undecided(format!(
            "a policy can't be decided with the known facts: {}",
            with_cause(error)
        )));
    }
    let doubt = rules
        .iter()
        .zip(&unknown)
        .enumerate()
        .find_map(|(index, (rule, unknown))| {
            let unknown = unknown.as_ref()?;
            let matters = match (allowed, unknown) {
                (true, _) => rule.policy.effect() == Effect::Forbid || is_reason(index) && !certain,
                (false, Unknown::Membership(_)) => true,
                // What isn't said is absent, unless that would allow something.
                (false, Unknown::Fact(_)) => false,
            };
            matters.then(|| undecided(format!("policy `{}` {}", rule.policy.id(), unknown.text())))
        });
    doubt.map_or(Ok(allowed), Err)
}

/// Reads the policies of a statement in effect. Refuses policies that Cedar would silently skip: those with a name that the schema doesn't
/// know, or with a placeholder instead of an id.
fn parsed(schema: &CedarSchema, effective: &EffectivePolicy) -> Result<Vec<Policy>> {
    let id: String = effective.id.as_str().escape_debug().take(60).collect();
    let unusable = |problem: String| {
        Error::new(
            ErrorKind::Decode,
            format!("the effective policy `{id}` can't be used: {}", one_line(&problem)),
        )
    };
    let policies = policies(&effective.policy_statement).map_err(|error| unusable(error.to_string()))?;
    for policy in policies.policies() {
        if let Some(placeholder) = Asks::of(policy)?.placeholder {
            return Err(unusable(format!(
                "it contains the placeholder `{placeholder}` instead of an id"
            )));
        }
    }
    let verdict = schema.validate(effective.policy_statement.as_str())?;
    if let Some(error) = verdict.errors.first() {
        return Err(unusable(format!("it doesn't fit the schema: {}", error.cedar_message)));
    }
    let id = PolicyId::new(effective.id.as_str());
    Ok(policies.policies().map(|policy| policy.new_id(id.clone())).collect())
}

/// Makes a policy of a group's role apply to the members of the group, also when the service names the group with `==`.
fn reaching_members(schema: &CedarSchema, policy: Policy) -> Result<Policy> {
    let unreadable = |error: &dyn std::error::Error| undecided(format!("policy `{}`: {error}", policy.id()));
    let PrincipalConstraint::Eq(holder) = policy.principal_constraint() else {
        return Ok(policy);
    };
    if principal_type(schema.compiled()?, &PrincipalType::Group).ok() != Some(holder.type_name()) {
        return Ok(policy);
    }
    let mut json = policy.to_json().map_err(|error| unreadable(&error))?;
    json["principal"]["op"] = "in".into();
    Policy::from_json(Some(policy.id().clone()), json).map_err(|error| unreadable(&error))
}
