//! Names for new components and operations, in our style.

use std::collections::BTreeSet;

use account_provisioning_codegen::names;

/// Names of Rust's prelude. Our types have none of them.
const PRELUDE: [&str; 12] = [
    "Box", "Clone", "Default", "Err", "Iterator", "None", "Ok", "Option", "Result", "Some", "String", "Vec",
];

/// What a component is called if other names are taken, in this order.
const OTHERS: [&str; 4] = ["Other", "Another", "Further", "Additional"];

/// A free name for a component: the vendor's name in Pascal case, without a digit at its end.
pub(super) fn component(vendor: &str, taken: &BTreeSet<String>) -> String {
    free(&pascal(vendor), |name| taken.contains(name))
}

/// The vendor's name of a component in Pascal case.
pub(super) fn pascal(vendor: &str) -> String {
    names::pascal(vendor).trim_matches('_').to_owned()
}

/// The first free name for a component among those made from `name`: with `Value` at its end, but never twice, and then
/// with another word before it.
pub(super) fn free(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let starts_well = name.starts_with(|c: char| c.is_ascii_uppercase());
    let name = if starts_well {
        name.to_owned()
    } else {
        format!("Value{name}")
    };
    let stem = name.trim_end_matches("Value");
    let ends_well = !name.ends_with(|c: char| c.is_ascii_digit());
    let value = format!("{stem}Value");
    let base = if ends_well { &name } else { &value };
    let mut candidates = vec![base.clone(), value.clone()];
    candidates.extend(OTHERS.iter().map(|other| format!("{other}{base}")));
    let is_free = |name: &String| !PRELUDE.contains(&name.as_str()) && !is_taken(name);
    if let Some(found) = candidates.into_iter().find(is_free) {
        return found;
    }
    let mut name = base.clone();
    while !is_free(&name) {
        name = format!("Further{name}");
    }
    name
}

/// A free operationId: the vendor's in camel case, or one made from method and path.
pub(super) fn operation(vendor: Option<&str>, method: &str, path: &str, taken: &BTreeSet<String>) -> String {
    let mut name = vendor.map_or_else(|| names::operation(method, path), names::camel);
    while taken.contains(&name) {
        name.push_str("Again");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn component_with_a_vendors_name_gets_a_free_one_in_our_style() {
        let taken = BTreeSet::from(["Token".to_owned()]);
        assert_eq!(component("iam_account-token", &taken), "IamAccountToken");
        assert_eq!(component("token", &taken), "TokenValue");
        assert_eq!(component("result", &taken), "ResultValue");
        assert_eq!(component("Token2", &taken), "Token2Value");
        assert_eq!(component("2fa", &taken), "Value2fa");
    }

    #[test]
    fn component_never_ends_in_value_twice() {
        let mut taken = BTreeSet::new();
        let mut names = Vec::new();
        for vendor in ["token"; 7].into_iter().chain(["token_value"; 2]) {
            let name = component(vendor, &taken);
            assert!(!name.ends_with("ValueValue"), "{name}");
            assert!(taken.insert(name.clone()), "{name} is taken");
            names.push(name);
        }
        assert_eq!(names[..4], ["Token", "TokenValue", "OtherToken", "AnotherToken"]);
        assert_eq!(names[7], "OtherTokenValue");
    }

    #[test]
    fn operation_without_an_id_is_named_by_method_and_path() {
        let taken = BTreeSet::from(["getUser".to_owned()]);
        assert_eq!(
            operation(Some("account-tokens-list"), "get", "/", &taken),
            "accountTokensList"
        );
        assert_eq!(operation(None, "get", "/users/{id}/keys", &taken), "getUsersIdKeys");
        assert_eq!(operation(Some("getUser"), "get", "/", &taken), "getUserAgain");
    }
}
