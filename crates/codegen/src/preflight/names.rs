//! Names that would become the same name in Rust.

use std::collections::BTreeMap;

use super::Preflight;
use crate::{canonical, names, pointer};

impl Preflight<'_> {
    pub(super) fn names(&mut self) {
        let Some(components) = self.document["components"]["schemas"].as_object() else {
            return;
        };
        let mut types: BTreeMap<String, &String> = BTreeMap::new();
        for name in canonical::sorted_keys(components) {
            if let Some(other) = types.insert(names::pascal(name), name) {
                self.refuse(
                    pointer::join_all("", &["components", "schemas", name]),
                    format!(
                        "components `{other}` and `{name}` become the same type `{}`",
                        names::pascal(name)
                    ),
                    "rename one of them",
                );
            }
        }
    }
}
