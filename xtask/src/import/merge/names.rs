//! Names for new components and operations, in our style.

use std::collections::BTreeSet;

use account_provisioning_codegen::names;

/// Names of Rust's prelude. Our types have none of them.
const PRELUDE: [&str; 12] = [
    "Box", "Clone", "Default", "Err", "Iterator", "None", "Ok", "Option", "Result", "Some", "String", "Vec",
];

/// A free name for a component: the vendor's name in Pascal case, without a digit at its end.
pub(super) fn component(vendor: &str, taken: &BTreeSet<String>) -> String {
    let mut name = names::pascal(vendor).trim_start_matches('_').to_owned();
    while name.is_empty()
        || !name.starts_with(|c: char| c.is_ascii_uppercase())
        || name.ends_with(|c: char| c.is_ascii_digit() || c == '_')
        || PRELUDE.contains(&name.as_str())
        || taken.contains(&name)
    {
        name = if name.starts_with(|c: char| c.is_ascii_uppercase()) {
            format!("{}Value", name.trim_end_matches('_'))
        } else {
            format!("Value{name}")
        };
    }
    name
}

/// A free operationId: the vendor's in camel case, or one made from method and path.
pub(super) fn operation(vendor: Option<&str>, method: &str, path: &str, taken: &BTreeSet<String>) -> String {
    let made = format!("{method}_{}", path.replace(['/', '{', '}'], "_"));
    let vendor = vendor.unwrap_or(&made);
    let mut name = names::pascal(vendor);
    if let Some(first) = name.get(..1) {
        name = format!("{}{}", first.to_lowercase(), &name[1..]);
    }
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
