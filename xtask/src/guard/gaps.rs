//! Operations without an ergonomic method, and parameters that none can set.

use super::Violation;
use crate::coverage::{self, ERGONOMIC};
use crate::rust_facts::Gap;
use crate::surface::{Sources, Surfaces};
use crate::{Failure, Tree};

/// A gap that is meant to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "a row of a table that is written out")]
pub struct Allowed {
    /// The API, by the name of its directory under `openapi/`.
    pub api: &'static str,
    /// The operation, by its operationId.
    pub operation: &'static str,
    /// The parameter or field; `None` for the whole operation.
    pub parameter: Option<&'static str>,
    /// Why nothing reaches it.
    pub reason: &'static str,
}

/// The gaps that are meant to be there.
pub const ALLOWED: &[Allowed] = &[];

impl Allowed {
    fn is(&self, gap: &Gap) -> bool {
        (self.api, self.operation, self.parameter)
            == (gap.api.as_str(), gap.operation.as_str(), gap.parameter.as_deref())
    }
}

pub(super) fn check(
    sources: &[Sources],
    surfaces: &Surfaces,
    tree: &Tree,
    allowed: &[Allowed],
) -> Result<Vec<Violation>, Failure> {
    let gaps = coverage::gaps(sources, surfaces.get(ERGONOMIC), tree)?;
    // An API that the ergonomic crate has no module for is being added: the review lists what it lacks.
    let has_module = |gap: &&Gap| {
        surfaces
            .get(ERGONOMIC)
            .is_some_and(|surface| surface.has_module(&gap.api))
    };
    let mut found: Vec<Violation> = gaps
        .iter()
        .filter(has_module)
        .filter(|gap| !allowed.iter().any(|one| one.is(gap)))
        .map(|gap| {
            let message = match &gap.parameter {
                None => "no method of the ergonomic crate calls it; add one under `crates/client/src`".to_owned(),
                Some(name) => format!("no method of the ergonomic crate can set `{name}`; add a setter"),
            };
            Violation::new(format!("{} {}", gap.api, gap.operation), message)
        })
        .collect();
    for one in allowed {
        let subject = format!("{} {}", one.api, one.operation);
        if one.reason.trim().is_empty() {
            found.push(Violation::new(
                &subject,
                "is allowed as a gap without a reason; give it one",
            ));
        }
        if !gaps.iter().any(|gap| one.is(gap)) {
            let what = one.parameter.unwrap_or("the operation");
            let message =
                format!("`{what}` is allowed as a gap and is none; take it off the list in `xtask/src/guard/gaps.rs`");
            found.push(Violation::new(subject, message));
        }
    }
    Ok(found)
}
