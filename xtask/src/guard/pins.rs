//! Public types of which no test pins the auto traits, so that a change of a private field may take one away unseen.

use std::collections::BTreeSet;

use super::Violation;
use crate::surface::auto_traits::{self, TRAITS};
use crate::surface::{Sources, Surface};

pub(super) fn check(sources: &Sources, surface: &Surface) -> Vec<Violation> {
    // The generated crate and the tools pin none by hand: see `generate`.
    if !PINNED.contains(&sources.package.as_str()) {
        return Vec::new();
    }
    let pins = auto_traits::pins(sources);
    let named: BTreeSet<&str> = pins.keys().flat_map(|ty| auto_traits::paths(ty)).collect();
    let unpinned = |ty: &&String| !named.contains(ty.as_str()) && !named.contains(surface.readable(ty).as_str());
    let missing = surface.types.iter().filter(unpinned).map(|ty| {
        let ty = &surface.readable(ty);
        let message = format!(
            "no test pins its auto traits; add `assert_impl_all!({ty}: {});` to `auto_traits.rs` under the crate's `tests/`, and \
             move those that the compiler denies to an `assert_not_impl_any!`",
            TRAITS.join(", ")
        );
        Violation::new(path_of(sources, ty), message)
    });
    let open = pins.iter().filter_map(|(ty, pinned)| {
        let open = pinned.open();
        let message = format!(
            "its pins say nothing of {}; assert whether it has them",
            open.join(", ")
        );
        (!open.is_empty()).then(|| Violation::new(path_of(sources, ty), message))
    });
    missing.chain(open).collect()
}

/// The crates whose types are pinned by tests of their own.
const PINNED: [&str; 3] = [
    "account-provisioning",
    "account-provisioning-core",
    "account-provisioning-emulator",
];

fn path_of(sources: &Sources, ty: &str) -> String {
    format!("{}::{ty}", sources.ident())
}
