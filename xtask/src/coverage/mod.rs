//! Coverage: what is generated and no method of the ergonomic crate reaches.
//!
//! It is read from syntax, without types. An operation is reached when the ergonomic crate makes its request. An optional
//! field of the request, or of a body in it, is reached when something sets it: a setter on the request's call, what fills
//! in the request, or a struct expression; a body also when its type is passed on for users to build.

mod generated;
#[cfg(test)]
mod tests;
mod uses;

use std::collections::BTreeSet;

use account_provisioning_codegen::{names, table};
use serde_json::Value;

use crate::facts::Gap;
use crate::surface::{Sources, Surface};
use crate::{Failure, Tree};
use generated::{Field, Generated};

pub(crate) use uses::Uses;

/// The ergonomic crate, and the generated one.
pub(crate) const ERGONOMIC: &str = "account-provisioning";
pub(crate) const GENERATED: &str = "account-provisioning-api";

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
        let mut gaps = Vec::new();
        let uses = Uses::read(client, &self.name)?;
        for operation in &self.operations {
            let request = names::pascal(&operation.operation_id);
            let gap = |parameter: Option<String>| Gap {
                api: self.name.clone(),
                operation: operation.operation_id.clone(),
                parameter,
            };
            let Some(fields) = self.generated.requests.get(&request) else {
                continue;
            };
            if !uses.makes(&request) {
                gaps.push(gap(None));
                continue;
            }
            gaps.extend(uses.unset(&request).into_iter().map(|field| gap(Some(plain(&field)))));
            for field in fields {
                if field.optional && !uses.sets(&request, &request, &field.name) {
                    gaps.push(gap(Some(plain(&field.name))));
                    continue;
                }
                let unset = self.unset(&request, field, &uses, surface);
                gaps.extend(unset.into_iter().map(|path| gap(Some(path))));
            }
        }
        Ok(gaps)
    }

    /// The fields of a body, and of what it contains, that nothing sets: `role`, `policies.effect`.
    fn unset(&self, request: &str, field: &Field, uses: &Uses, surface: &Surface) -> Vec<String> {
        let mut unset = Vec::new();
        let mut seen = BTreeSet::new();
        let place = |field: &Field| match plain(&field.name) {
            body if body == "body" => String::new(),
            name => format!("{name}."),
        };
        let mut left: Vec<(String, String)> = field.types.iter().map(|name| (name.clone(), place(field))).collect();
        while let Some((name, place)) = left.pop() {
            let Some(fields) = self.generated.types.get(&name) else {
                continue;
            };
            // Whoever can name a type that is open to building can set all of its fields.
            let path = format!("account_provisioning_api::{}::types::{name}", self.name);
            if !seen.insert(name.clone()) || surface.passes_on(&path) {
                continue;
            }
            for field in fields {
                let path = format!("{place}{}", plain(&field.name));
                if !field.optional || uses.sets(request, &name, &field.name) {
                    left.extend(field.types.iter().map(|name| (name.clone(), format!("{path}."))));
                } else {
                    unset.push(path);
                }
            }
        }
        unset
    }
}

/// A name without what keeps it from being a keyword.
fn plain(name: &str) -> String {
    name.trim_start_matches("r#").trim_end_matches('_').to_owned()
}
