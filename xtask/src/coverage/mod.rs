//! Coverage: what is generated and no method of the ergonomic crate reaches.
//!
//! It is read from syntax, without types. An operation is reached when the ergonomic crate calls its generated method. A
//! parameter is reached when one of those calls passes anything but `None`, or a field that something sets; a field of a
//! request when something sets it, or when its type is passed on for users to build. Where several ways lead to a
//! parameter, each that passes on a field of its operation has to have something that sets that field.

mod generated;
mod locals;
#[cfg(test)]
mod tests;
mod uses;

use std::collections::BTreeSet;

use account_provisioning_codegen::table;
use serde_json::Value;

use crate::facts::Gap;
use crate::surface::{Sources, Surface};
use crate::{Failure, Tree};
use generated::Generated;
use uses::Uses;

/// The ergonomic crate, and the generated one.
pub(crate) const ERGONOMIC: &str = "account-provisioning";
const GENERATED: &str = "account-provisioning-api";

/// Lists what is not reached, in the order of operations. A tree without an ergonomic crate has no gaps.
///
/// # Errors
/// Sources or documents that cannot be read.
pub(crate) fn gaps(sources: &[Sources], surface: Option<&Surface>, tree: &Tree) -> Result<Vec<Gap>, Failure> {
    let (Some(client), Some(low), Some(surface)) = (of(sources, ERGONOMIC), of(sources, GENERATED), surface) else {
        return Ok(Vec::new());
    };
    let mut gaps = Vec::new();
    for api in Api::all(low, tree)? {
        gaps.extend(api.gaps(client, surface)?);
    }
    gaps.sort();
    gaps.dedup();
    Ok(gaps)
}

fn of<'a>(sources: &'a [Sources], package: &str) -> Option<&'a Sources> {
    sources.iter().find(|sources| sources.package == package)
}

/// What is generated for one API.
struct Api {
    name: String,
    operations: Vec<table::Operation>,
    generated: Generated,
}

impl Api {
    fn all(low: &Sources, tree: &Tree) -> Result<Vec<Self>, Failure> {
        let mut all = Vec::new();
        for (file, code) in &low.generated {
            let name = file.trim_end_matches(".rs").to_owned();
            let Some(document) = tree.read(&format!("crates/spec/data/{name}.build.json"))? else {
                continue;
            };
            let document: Value =
                serde_json::from_str(&document).map_err(|error| Failure::new(format!("{name}.build.json: {error}")))?;
            all.push(Self {
                name,
                operations: table::operations(&document),
                generated: Generated::read(code)?,
            });
        }
        Ok(all)
    }

    fn gaps(&self, client: &Sources, surface: &Surface) -> Result<Vec<Gap>, Failure> {
        let (api, generated) = (&self.name, &self.generated);
        let mut gaps = Vec::new();
        let uses = Uses::read(client, api)?;
        let passed_on = |name: &str| surface.passes_on(&format!("account_provisioning_api::{api}::types::{name}"));
        for operation in &self.operations {
            let gap = |parameter: Option<String>| Gap {
                api: api.clone(),
                operation: operation.operation_id.clone(),
                parameter,
            };
            let Some(parameters) = generated.methods.get(&operation.id) else {
                continue;
            };
            let calls = uses.calls(&operation.id, parameters.len());
            if calls.is_empty() {
                gaps.push(gap(None));
                continue;
            }
            for (place, (name, ty)) in parameters.iter().enumerate() {
                if !calls.iter().any(|call| uses.sets(call, place))
                    || calls.iter().any(|call| uses.passes_unset(call, place))
                {
                    gaps.push(gap(Some(plain(name))));
                    continue;
                }
                for field in unset(ty, name, generated, &uses, &passed_on) {
                    gaps.push(gap(Some(field)));
                }
            }
        }
        Ok(gaps)
    }
}

/// The fields of a request, and of what it holds, that nothing sets: `role`, `policies.effect`.
fn unset(
    ty: &BTreeSet<String>,
    place: &str,
    generated: &Generated,
    uses: &Uses,
    passed_on: &dyn Fn(&str) -> bool,
) -> Vec<String> {
    let mut unset = Vec::new();
    let mut seen = BTreeSet::new();
    let mut left: Vec<(String, String)> = ty.iter().map(|name| (name.clone(), plain(place))).collect();
    while let Some((name, place)) = left.pop() {
        let Some(fields) = generated.structs.get(&name) else {
            continue;
        };
        // Whoever can name a type that is open to building can set all of its fields.
        if !seen.insert(name.clone()) || passed_on(&name) {
            continue;
        }
        for (field, types) in fields {
            let path = if place == "body" {
                plain(field)
            } else {
                format!("{place}.{}", plain(field))
            };
            if uses.sets_field(&name, field) {
                left.extend(types.iter().map(|name| (name.clone(), path.clone())));
            } else {
                unset.push(path);
            }
        }
    }
    unset
}

/// A name without what keeps it from being a keyword.
fn plain(name: &str) -> String {
    name.trim_start_matches("r#").trim_end_matches('_').to_owned()
}
