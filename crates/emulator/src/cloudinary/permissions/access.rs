//! Decides what principals may do, from everything that the state contains.

use std::str::FromStr as _;

use cedar_policy::{Authorizer, Context, Decision, Entities, EntityUid, PolicyId, PolicySet, Request};
use serde_json::{Value, json};

use super::super::state::{Account, PrincipalType, ProductEnvironment};
use super::catalog::ANCESTOR_IDS;
use super::parameters::ParameterFilter;
use super::principal::Principal;
use super::scope::Scope;
use super::{assignments, cedar};

/// Why [`Account::is_allowed`] can't decide: something in the question doesn't exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct AccessError(String);

impl AccessError {
    fn new(reason: impl ToString) -> Self {
        Self(reason.to_string())
    }
}

impl Account {
    /// Decides whether a principal may perform an action on a resource: the simulation of what the service allows, to
    /// compare other answers with.
    ///
    /// The policies are those in effect in the product environment, or in the account when `product_environment` is
    /// `None`. Group members, folders and assets are those of the state. An action is named by its id, such as `read`, and a
    /// resource as statements write it, such as `Cloudinary::Asset::"a-1"`. A request has no context. No operation of the
    /// API asks this.
    ///
    /// # Errors
    /// Returns an [`AccessError`] when the principal, the action, the resource or the environment doesn't exist. Collections,
    /// features, reports, upload presets and upload mappings are not part of the state, and can have any id.
    pub fn is_allowed(
        &self,
        principal_type: PrincipalType,
        principal_id: &str,
        action: &str,
        resource: &str,
        product_environment: Option<&str>,
    ) -> Result<bool, AccessError> {
        let refused = |refusal: crate::refusal::Refusal| AccessError::new(refusal.message);
        let principal = Principal::find(self, principal_type, principal_id).map_err(refused)?;
        let environment = product_environment
            .map(|id| self.environment(id))
            .transpose()
            .map_err(refused)?;
        let schema = cedar::validator().map_err(AccessError::new)?.schema();
        let resource = EntityUid::from_str(resource).map_err(AccessError::new)?;
        let entities = Value::Array(self.entities(environment, &resource)?);
        let entities = Entities::from_json_value(entities, Some(schema)).map_err(AccessError::new)?;
        let uid =
            |kind: &str, id: &str| EntityUid::from_json(json!({ "type": kind, "id": id })).map_err(AccessError::new);
        let request = Request::new(
            uid(principal.cedar_type(), &principal.id)?,
            uid("Cloudinary::Action", action)?,
            resource,
            Context::empty(),
            Some(schema),
        );
        let policies = self.policies_of(&principal, environment)?;
        let response = Authorizer::new().is_authorized(&request.map_err(AccessError::new)?, &policies, &entities);
        Ok(response.decision() == Decision::Allow)
    }

    /// Returns the policies of the principal's roles and the custom policies, each with an id of its own.
    fn policies_of(
        &self,
        principal: &Principal,
        environment: Option<&ProductEnvironment>,
    ) -> Result<PolicySet, AccessError> {
        let scope = environment.map_or(Scope::Account, |environment| Scope::Environment(&environment.id));
        let held = assignments::effective(self, principal, scope, &ParameterFilter::default());
        let of_roles = held.iter().flat_map(|(role, assignment)| {
            let parameters = &assignment.policy_parameters;
            role.policies
                .iter()
                .map(move |policy| policy.statement(parameters, Some(principal)))
        });
        let custom = self
            .custom_policies
            .iter()
            .filter(|policy| policy.enabled && scope.includes(policy.scope_type, policy.scope_id.as_deref()))
            .map(|policy| policy.policy_statement.clone());
        let mut all = PolicySet::new();
        for statement in of_roles.chain(custom) {
            let policies = cedar::parse(&statement).map_err(|_| AccessError::new("a policy statement is not Cedar"))?;
            for policy in policies.policies() {
                let id = PolicyId::new(all.num_of_policies().to_string());
                all.add(policy.new_id(id)).map_err(AccessError::new)?;
            }
        }
        Ok(all)
    }

    /// Returns everything that a question in the environment can be about, in Cedar's JSON form.
    fn entities(
        &self,
        environment: Option<&ProductEnvironment>,
        resource: &EntityUid,
    ) -> Result<Vec<Value>, AccessError> {
        let account = uid("Account", &self.account_id);
        let mut entities = vec![entity(&account, &[], &[])];
        entities.extend(
            self.user_groups
                .iter()
                .map(|group| entity(&uid("Group", &group.id), &[], &[])),
        );
        for user in self.users.iter() {
            let groups = self
                .user_groups
                .iter()
                .filter(|group| group.user_ids.contains(&user.id));
            let groups: Vec<Value> = groups.map(|group| uid("Group", &group.id)).collect();
            entities.push(entity(&uid("User", &user.id), &[], &groups));
        }
        let environments = self.product_environments.iter();
        entities.extend(environments.map(|one| {
            let parents = [account.clone()];
            entity(&uid("ProductEnvironment", &one.id), &[], &parents)
        }));
        entities.extend(environment.into_iter().flat_map(ProductEnvironment::content));
        let name = (resource.type_name().to_string(), resource.id().unescaped());
        let wanted = json!({ "type": name.0, "id": name.1 });
        if !entities.iter().any(|known| known["uid"] == wanted) {
            let free = ["Collection", "Feature", "Report", "UploadMapping", "UploadPreset"];
            if !free.contains(&name.0.trim_start_matches("Cloudinary::")) {
                return Err(AccessError::new(format!("{resource} doesn't exist here")));
            }
            let parents: Vec<Value> = match (environment, name.0.as_str()) {
                (Some(environment), kind) if kind != "Cloudinary::Feature" => {
                    vec![uid("ProductEnvironment", &environment.id)]
                }
                _ => Vec::new(),
            };
            entities.push(entity(&wanted, &[], &parents));
        }
        Ok(entities)
    }
}

impl ProductEnvironment {
    /// Returns the folders, the collections and the assets, with what they are in.
    fn content(&self) -> Vec<Value> {
        let within = |folder: Option<&str>| match folder {
            Some(id) => uid("Folder", id),
            None => uid("ProductEnvironment", &self.id),
        };
        let folders = self.folders.iter().map(|folder| {
            let parent = folder.parent_id.as_deref();
            let above: Vec<&str> = self.folders_above(parent).collect();
            entity(&uid("Folder", &folder.id), &above, &[within(parent)])
        });
        let collections: indexmap::IndexSet<&String> =
            self.assets.iter().flat_map(|asset| &asset.collection_ids).collect();
        let collections = collections
            .into_iter()
            .map(|id| entity(&uid("Collection", id), &[], &[within(None)]));
        let assets = self.assets.iter().map(|asset| {
            let folder = asset.folder_id.as_deref();
            let collections = asset.collection_ids.iter();
            let above: Vec<&str> = self
                .folders_above(folder)
                .chain(collections.clone().map(String::as_str))
                .collect();
            let parents: Vec<Value> = [within(folder)]
                .into_iter()
                .chain(collections.map(|id| uid("Collection", id)))
                .collect();
            entity(&uid("Asset", &asset.id), &above, &parents)
        });
        folders.chain(collections).chain(assets).collect()
    }
}

fn uid(kind: &str, id: &str) -> Value {
    json!({ "type": format!("Cloudinary::{kind}"), "id": id })
}

fn entity(uid: &Value, ancestor_ids: &[&str], parents: &[Value]) -> Value {
    json!({ "uid": uid, "attrs": { (ANCESTOR_IDS): ancestor_ids }, "parents": parents })
}
