//! Changes that break nobody, and changes that nobody outside can see.

use account_provisioning_wire_diff::Level;

use super::change;

const USERS: &str = "src/cloudinary/users/mod.rs";
const LIST: &str = "src/cloudinary/users/list.rs";
const REGION: &str = "src/cloudinary/region.rs";

#[test]
fn newer_compiler_and_compatible_dependency_are_compatible() {
    change()
        .manifest(|manifest| manifest["package"]["rust-version"] = "1.95".into())
        .keeps(
            "rust-version",
            "version changed",
            (Some("rust-version = \"1.89\""), Some("rust-version = \"1.95\"")),
        );
    change()
        .manifest(|manifest| manifest["dependencies"]["reqwest"]["version"] = "0.13.9".into())
        .keeps(
            "dependency reqwest",
            "version changed",
            (Some("reqwest = \"0.13\""), Some("reqwest = \"0.13.9\"")),
        );
    // No public item names it.
    change()
        .manifest(|manifest| manifest["dependencies"]["percent-encoding"]["version"] = "3".into())
        .finds_nothing();
}

#[test]
fn new_method_is_compatible() {
    change()
        .client(
            LIST,
            "impl<M> Call<GetUsers, M> {",
            "impl<M> Call<GetUsers, M> {\n    /// New.\n    pub fn new_one(self) -> Self { self }\n",
        )
        .keeps(
            "Call<cloudinary::requests::GetUsers, M>::new_one",
            "added",
            (None, Some("pub fn new_one(self) -> Self")),
        );
}

#[test]
fn new_type_is_one_fact_whatever_it_has() {
    change()
        .client(
            REGION,
            "impl Region {",
            "/// New.\n#[derive(Clone, Debug)]\npub struct Zone { /// N.\n pub name: String }\nimpl Zone { /// N.\n pub fn new() -> Self { todo() } }\n\nimpl Region {",
        )
        .client("src/cloudinary/mod.rs", "pub use self::region::Region;", "pub use self::region::{Region, Zone};")
        .keeps("cloudinary::Zone", "added", (None, Some("pub struct cloudinary::Zone")));
}

#[test]
fn variant_added_to_an_open_enum_is_compatible() {
    change()
        .client(
            REGION,
            "    AsiaPacific,\n",
            "    AsiaPacific,\n    /// New.\n    Moon,\n",
        )
        .keeps("cloudinary::Region::Moon", "added", (None, Some("Moon")));
}

#[test]
fn loosened_bound_is_compatible() {
    let facts = change()
        .client(
            "src/id_list.rs",
            "impl<T, I: Clone + IntoId<T>> IntoIdList<T> for &[I]",
            "impl<T, I: IntoId<T>> IntoIdList<T> for &[I]",
        )
        .facts();
    assert_eq!(
        facts
            .iter()
            .map(|fact| (fact.level, fact.change.as_str()))
            .collect::<Vec<_>>(),
        [(Level::Compatible, "bound loosened")]
    );
}

#[test]
fn parameter_that_takes_more_types_is_compatible() {
    change()
        .client(
            LIST,
            "pub fn page(self, page: u32)",
            "pub fn page(self, page: impl Into<u32>)",
        )
        .keeps(
            "Call<cloudinary::requests::GetUsers, M>::page",
            "parameter takes more types: `page`",
            (
                Some("pub fn page(self, page: u32) -> Self"),
                Some("pub fn page(self, page: impl Into<u32>) -> Self"),
            ),
        );
}

#[test]
fn renamed_parameter_is_a_matter_of_documentation() {
    change()
        .client(LIST, "pub fn page(self, page: u32)", "pub fn page(self, number: u32)")
        .is(
            Level::Docs,
            "Call<cloudinary::requests::GetUsers, M>::page",
            "parameter renamed: `page to number`",
            (
                Some("pub fn page(self, page: u32) -> Self"),
                Some("pub fn page(self, number: u32) -> Self"),
            ),
        );
}

#[test]
fn new_feature_and_new_implementation_are_compatible() {
    change()
        .manifest(|manifest| {
            let features = manifest["features"].as_table_mut().unwrap();
            features.insert("extra".to_owned(), toml::Value::Array(Vec::new()));
        })
        .keeps("feature extra", "added", (None, Some("extra = []")));
    change()
        .client(
            USERS,
            "#[derive(Clone, Debug)]\npub struct Users",
            "#[derive(Clone, Debug, PartialEq)]\npub struct Users",
        )
        .keeps(
            "impl PartialEq for cloudinary::users::Users",
            "added",
            (None, Some("impl PartialEq for cloudinary::users::Users")),
        );
}

#[test]
fn method_with_a_default_in_a_sealed_trait_is_compatible() {
    change()
        .client(
            "src/call.rs",
            "    /// What awaiting the call returns.\n    type Output: Send + 'static;",
            "    /// What awaiting the call returns.\n    type Output: Send + 'static;\n    /// New.\n    fn named(&self) -> u8;",
        )
        .keeps("Mode::named", "added", (None, Some("fn named(&self) -> u8")));
}

#[test]
fn what_nobody_outside_can_see_is_no_fact() {
    // A private function, a crate's own function, a private field and the inside of a method.
    change()
        .client(
            USERS,
            "fn account(&self) -> AccountId {",
            "fn other(&self) -> u8 { 0 }\n    fn account(&self) -> AccountId {",
        )
        .client(
            REGION,
            "pub(super) fn base_url(self) -> String",
            "pub(crate) fn base_url(self) -> String",
        )
        .client("src/header.rs", "pub(crate) fn header(", "pub(super) fn header(")
        .finds_nothing();
}

#[test]
fn order_of_items_and_spelling_of_paths_are_no_facts() {
    change()
        .client(
            REGION,
            "    /// The default: `api.cloudinary.com`.\n    #[default]\n    Global,\n",
            "",
        )
        .client(
            REGION,
            "    AsiaPacific,\n",
            "    AsiaPacific,\n    /// Elsewhere.\n    #[default]\n    Global,\n",
        )
        .client(
            LIST,
            "pub fn last_login_from(self, day: NaiveDate)",
            "pub fn last_login_from(self, day: ::chrono::NaiveDate)",
        )
        .client(
            LIST,
            "pub fn prefix(self, prefix: impl Into<String>)",
            "pub fn prefix(mut self, prefix: impl std::convert::Into<std::string::String>,)",
        )
        .finds_nothing();
}

#[test]
fn item_that_moves_between_private_modules_is_no_fact() {
    change()
        .client(
            "src/cloudinary/mod.rs",
            "mod region;",
            "mod region { mod inner; pub use inner::*; }",
        )
        .moved("src/cloudinary/region.rs", "src/cloudinary/region/inner.rs")
        .finds_nothing();
}

#[test]
fn shorter_path_to_a_type_is_one_fact() {
    change()
        .client(
            "src/cloudinary/mod.rs",
            "pub use self::region::Region;",
            "pub use self::region::Region;\npub use self::users::Users;",
        )
        .keeps(
            "cloudinary::Users",
            "added",
            (None, Some("pub use cloudinary::users::Users")),
        );
}

#[test]
fn call_of_a_macro_where_items_are_expected_is_a_fact_of_its_own() {
    change()
        .client(REGION, "impl Region {", "unknown_macro!(Region);\n\nimpl Region {")
        .keeps("cloudinary::region", "added", (None, Some("unknown_macro!(Region)")));
}

#[test]
fn attributes_that_make_the_compiler_warn_are_compatible_and_named() {
    for (attribute, words) in [
        ("#[deprecated]", "deprecated"),
        ("#[deprecated(note = \"gone\")]", "deprecated"),
        ("#[must_use]", "the compiler warns if the result is not used"),
    ] {
        change()
            .client(
                LIST,
                "    pub fn page(self, page: u32)",
                &format!("    {attribute}\n    pub fn page(self, page: u32)"),
            )
            .keeps(
                "Call<cloudinary::requests::GetUsers, M>::page",
                words,
                (
                    Some("pub fn page(self, page: u32) -> Self"),
                    Some("pub fn page(self, page: u32) -> Self"),
                ),
            );
    }
    change()
        .client(
            "src/cloudinary/region.rs",
            "    AsiaPacific,",
            "    #[deprecated]\n    AsiaPacific,",
        )
        .keeps(
            "cloudinary::Region::AsiaPacific",
            "deprecated",
            (Some("AsiaPacific"), Some("AsiaPacific")),
        );
}
