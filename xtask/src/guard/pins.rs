//! Public types whose auto traits no test asserts, so that a change of a private field may remove one unnoticed.

use std::collections::BTreeSet;

use crate::guard::violation::Violation;
use crate::surface::auto_traits::{self, TRAITS};
use crate::surface::{Sources, Surface};

/// The crates whose tests assert the auto traits of their types.
const PINNED: [&str; 3] = [
    "account-provisioning",
    "account-provisioning-core",
    "account-provisioning-emulator",
];

pub(super) fn check(sources: &Sources, surface: &Surface) -> Vec<Violation> {
    if !PINNED.contains(&sources.package.as_str()) {
        return Vec::new();
    }
    let pins = auto_traits::pins(sources);
    let named: BTreeSet<&str> = pins.keys().flat_map(|ty| auto_traits::paths(ty)).collect();
    let unpinned = |ty: &&String| !named.contains(ty.as_str()) && !named.contains(surface.readable(ty).as_str());
    let missing = surface.types.iter().filter(unpinned).map(|ty| {
        let ty = &surface.readable(ty);
        let message = format!(
            "no test pins its auto traits; add `assert_impl_all!({ty}: {});` to `auto_traits` under the crate's `tests/`, \
             and move the traits that it lacks to an `assert_not_impl_any!`",
            TRAITS.join(", ")
        );
        Violation::new(path_of(sources, ty), message)
    });
    let open = pins.iter().filter_map(|(ty, pinned)| {
        let open = pinned.open();
        let message = format!(
            "its tests don't mention {}; assert whether it has them",
            open.join(", ")
        );
        (!open.is_empty()).then(|| Violation::new(path_of(sources, ty), message))
    });
    missing.chain(open).collect()
}

fn path_of(sources: &Sources, ty: &str) -> String {
    format!("{}::{ty}", sources.ident())
}
