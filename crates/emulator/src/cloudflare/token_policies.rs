//! The policies and the condition of a token, in requests and responses.

use serde_json::{Value, json};

use super::error::invalid_at;
use super::member_access::{groups_to_json, references};
use super::state::{Cloudflare, TokenCondition, TokenPolicy};
use super::{auth, context};
use crate::input::Input;
use crate::random::Random;
use crate::refusal::Refusal;

/// The prefix of every resource name.
const RESOURCE: &str = "com.cloudflare.";

pub(super) fn read(input: &Input, state: &Cloudflare, random: &mut Random) -> Result<Vec<TokenPolicy>, Refusal> {
    let list = input.field("policies").and_then(Value::as_array);
    let list = list.map(Vec::as_slice).unwrap_or_default();
    if list.is_empty() {
        return Err(invalid_at("/policies", "policies must not be empty"));
    }
    let policies = list.iter().enumerate().map(|(place, policy)| {
        let groups = references(policy, place, "permission_groups", |id| {
            state.permission_groups.contains(id)
        })?;
        let mut read = TokenPolicy::allow(random.id(), groups);
        read.effect = context::read(&policy["effect"])?;
        read.resources = policy["resources"].as_object().cloned().unwrap_or_default();
        if read.resources.is_empty() {
            return Err(invalid_at(
                &format!("/policies/{place}/resources"),
                "resources must not be empty",
            ));
        }
        if let Some(name) = read.resources.keys().find(|name| !name.starts_with(RESOURCE)) {
            return Err(invalid_at(
                &format!(
                    "/policies/{place}/resources/{}",
                    name.replace('~', "~0").replace('/', "~1")
                ),
                format!("the name of a resource begins with {RESOURCE}"),
            ));
        }
        Ok(read)
    });
    policies.collect()
}

pub(super) fn condition(input: &Input) -> Result<Option<TokenCondition>, Refusal> {
    let Some(value) = input.field("condition") else {
        return Ok(None);
    };
    let condition: TokenCondition = context::read(value)?;
    if let Some((list, place)) = bad_network(&condition) {
        return Err(invalid_at(
            &format!("/condition/request_ip/{list}/{place}"),
            "is no IPv4 or IPv6 network in CIDR notation",
        ));
    }
    Ok(Some(condition))
}

/// Returns the list and the index of the first text that is not a network.
pub(super) fn bad_network(condition: &TokenCondition) -> Option<(&'static str, usize)> {
    let ip = condition.request_ip.as_ref()?;
    [("in", &ip.within), ("not_in", &ip.not_in)]
        .into_iter()
        .find_map(|(name, list)| {
            let place = list.iter().position(|text| auth::network(text).is_none())?;
            Some((name, place))
        })
}

pub(super) fn to_json(state: &Cloudflare, policies: &[TokenPolicy], reversed: bool) -> Value {
    let show = |policy: &TokenPolicy| {
        let groups = &policy.permission_groups;
        let groups = match reversed {
            true => groups_to_json(state, groups.iter().rev()),
            false => groups_to_json(state, groups.iter()),
        };
        json!({
            "id": policy.id,
            "effect": policy.effect,
            "permission_groups": groups,
            "resources": policy.resources,
        })
    };
    match reversed {
        true => policies.iter().rev().map(show).collect(),
        false => policies.iter().map(show).collect(),
    }
}
