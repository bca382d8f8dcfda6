//! Operations that no method of the ergonomic crate calls, and parameters that none sets.

use crate::coverage::{self, ERGONOMIC};
use crate::facts::Gap;
use crate::guard::violation::Violation;
use crate::surface::{Sources, Surfaces};
use crate::{Failure, Tree};

/// A gap that is intended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "tables list its values")]
pub struct Allowed {
    /// The API, by the name of its directory under `openapi/`.
    pub api: &'static str,
    /// The operationId.
    pub operation: &'static str,
    /// The parameter or field; `None` for the whole operation.
    pub parameter: Option<&'static str>,
    /// Why nothing covers it.
    pub reason: &'static str,
}

/// The gaps that are intended.
pub const ALLOWED: &[Allowed] = &[];

impl Allowed {
    fn allows(&self, gap: &Gap) -> bool {
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
    let client = surfaces.get(ERGONOMIC);
    let gaps = coverage::gaps(sources, client, tree)?;
    // An API without a module in the ergonomic crate is being added. The review lists its gaps.
    let has_module = |gap: &&Gap| client.is_some_and(|surface| surface.has_module(&gap.api));
    let mut found: Vec<Violation> = gaps
        .iter()
        .filter(has_module)
        .filter(|gap| !allowed.iter().any(|one| one.allows(gap)))
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
            let message = "is allowed as a gap without a reason; give a reason";
            found.push(Violation::new(&subject, message));
        }
        if !gaps.iter().any(|gap| one.allows(gap)) {
            let what = one.parameter.unwrap_or("the operation");
            let message = format!(
                "`{what}` is allowed as a gap but is covered; remove it from the list in `xtask/src/guard/gaps.rs`"
            );
            found.push(Violation::new(subject, message));
        }
    }
    Ok(found)
}
