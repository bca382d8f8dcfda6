//! Breaks of every kind, each found where it is and nowhere else.

use super::change;

const USERS: &str = "src/cloudinary/users/mod.rs";
const LIST: &str = "src/cloudinary/users/list.rs";
const REGION: &str = "src/cloudinary/region.rs";

#[test]
fn parameter_of_another_type_breaks() {
    change()
        .client(LIST, "pub fn page(self, page: u32)", "pub fn page(self, page: u16)")
        .breaks(
            "Call<cloudinary::requests::GetUsers, M>::page",
            "parameter type changed: `page`",
            (
                Some("pub fn page(self, page: u32) -> Self"),
                Some("pub fn page(self, page: u16) -> Self"),
            ),
        );
}

#[test]
fn return_of_another_type_breaks() {
    change()
        .client(
            USERS,
            "pub fn list(&self) -> Pager<GetUsers>",
            "pub fn list(&self) -> Pager<GetGroupsForUser>",
        )
        .breaks(
            "cloudinary::users::Users::list",
            "return type changed",
            (
                Some("pub fn list(&self) -> Pager<cloudinary::requests::GetUsers>"),
                Some("pub fn list(&self) -> Pager<cloudinary::requests::GetGroupsForUser>"),
            ),
        );
}

#[test]
fn removed_method_breaks() {
    let method = "    pub fn prefix(self, prefix: impl Into<String>) -> Self {
        self.with(|list| list.prefix = Some(prefix.into()))
    }
";
    change().client(LIST, method, "").breaks(
        "Call<cloudinary::requests::GetUsers, M>::prefix",
        "removed",
        (Some("pub fn prefix(self, prefix: impl Into<String>) -> Self"), None),
    );
}

#[test]
fn new_required_argument_breaks() {
    change()
        .client(
            USERS,
            "pub fn delete(&self, id: impl IntoId<UserId>)",
            "pub fn delete(&self, id: impl IntoId<UserId>, force: bool)",
        )
        .breaks(
            "cloudinary::users::Users::delete",
            "parameter added: `force`",
            (
                Some("pub fn delete(&self, id: impl IntoId<cloudinary::UserId>) -> Call<cloudinary::requests::DeleteUser>"),
                Some("pub fn delete(&self, id: impl IntoId<cloudinary::UserId>, force: bool) -> Call<cloudinary::requests::DeleteUser>"),
            ),
        );
}

#[test]
fn removed_variant_breaks() {
    change()
        .client(
            REGION,
            "    /// Asia and the Pacific: `api-ap.cloudinary.com`.\n    AsiaPacific,\n",
            "",
        )
        .breaks(
            "cloudinary::Region::AsiaPacific",
            "removed",
            (Some("AsiaPacific"), None),
        );
}

#[test]
fn lost_implementation_breaks() {
    change()
        .client(
            USERS,
            "#[derive(Clone, Debug)]\npub struct Users",
            "#[derive(Debug)]\npub struct Users",
        )
        .breaks(
            "impl Clone for cloudinary::users::Users",
            "removed",
            (Some("impl Clone for cloudinary::users::Users"), None),
        );
}

#[test]
fn dependency_of_the_public_surface_that_moves_to_an_incompatible_version_breaks() {
    change()
        .manifest(|manifest| manifest["dependencies"]["reqwest"]["version"] = "0.14".into())
        .breaks(
            "dependency reqwest",
            "moved to an incompatible version",
            (Some("reqwest = \"0.13\""), Some("reqwest = \"0.14\"")),
        );
}

#[test]
fn removed_feature_breaks() {
    change()
        .manifest(|manifest| {
            manifest["features"].as_table_mut().unwrap().remove("blocking").unwrap();
        })
        .breaks(
            "feature blocking",
            "removed",
            (Some("blocking = [\"tokio/rt-multi-thread\"]"), None),
        );
}

#[test]
fn field_made_private_breaks() {
    change()
        .client(
            "src/cloudinary/access_keys.rs",
            "pub api_secret: ReceivedSecret",
            "api_secret: ReceivedSecret",
        )
        .breaks(
            "cloudinary::GeneratedAccessKey::api_secret",
            "removed",
            (Some("pub api_secret: ReceivedSecret"), None),
        );
}

#[test]
fn tightened_bound_breaks() {
    change()
        .client(
            LIST,
            "pub fn prefix(self, prefix: impl Into<String>)",
            "pub fn prefix(self, prefix: impl Into<String> + Clone)",
        )
        .breaks(
            "Call<cloudinary::requests::GetUsers, M>::prefix",
            "bound tightened",
            (
                Some("pub fn prefix(self, prefix: impl Into<String>) -> Self"),
                Some("pub fn prefix(self, prefix: impl Clone + Into<String>) -> Self"),
            ),
        );
    change()
        .client(
            "src/call.rs",
            "impl<O: Send + 'static, M: Mode<O>> IntoFuture for Call<O, M>",
            "impl<O: Send + Sync + 'static, M: Mode<O>> IntoFuture for Call<O, M>",
        )
        .breaks(
            "impl IntoFuture for Call<O, M>",
            "bound tightened",
            (
                Some("impl<O: 'static + Send, M: Mode<O>> IntoFuture for Call<O, M>"),
                Some("impl<O: 'static + Send + Sync, M: Mode<O>> IntoFuture for Call<O, M>"),
            ),
        );
}

#[test]
fn output_of_another_type_breaks() {
    change()
        .client(
            USERS,
            "impl Operation for GetUser {\n    type Output = User;",
            "impl Operation for GetUser {\n    type Output = Option<User>;",
        )
        .breaks(
            "<cloudinary::requests::GetUser as Operation>::Output",
            "changed",
            (
                Some("type Output = cloudinary::User"),
                Some("type Output = Option<cloudinary::User>"),
            ),
        );
}

#[test]
fn implementation_that_the_runtime_no_longer_has_breaks() {
    change()
        .core(
            "src/id/mod.rs",
            "impl<T: Id> IntoId<T> for &String {
    fn into_id(self) -> Result<T, IdError> {
        T::checked(self.as_str().into())
    }
}
",
            "",
        )
        .breaks(
            "impl IntoId<T> for &String",
            "removed",
            (Some("impl<T: Id> IntoId<T> for &String"), None),
        );
}

#[test]
fn name_that_means_another_type_breaks() {
    let facts = change()
        .client(
            LIST,
            "use chrono::NaiveDate;",
            "use chrono::NaiveDateTime as NaiveDate;",
        )
        .facts();
    assert!(
        facts
            .iter()
            .all(|fact| fact.change.starts_with("parameter type changed: `")),
        "{facts:#?}"
    );
    let items: Vec<&str> = facts.iter().map(|fact| fact.item.as_str()).collect();
    assert_eq!(
        items,
        [
            "Call<cloudinary::requests::GetUsers, M>::last_login_from",
            "Call<cloudinary::requests::GetUsers, M>::last_login_to"
        ]
    );
}

#[test]
fn type_that_is_closed_or_moved_behind_a_feature_breaks() {
    change()
        .client(
            "src/field.rs",
            "pub enum Field<T> {",
            "#[non_exhaustive]\npub enum Field<T> {",
        )
        .breaks(
            "Field",
            "can no longer be built or matched in full",
            (Some("pub enum Field<T>"), Some("#[non_exhaustive] pub enum Field<T>")),
        );
    let facts = change()
        .client(
            "src/cloudinary/mod.rs",
            "pub mod users;",
            "#[cfg(feature = \"cedar\")]\npub mod users;",
        )
        .facts();
    let module = facts.iter().find(|fact| fact.item == "cloudinary::users").unwrap();
    assert_eq!(module.change, "needs another feature");
}

#[test]
fn variant_added_to_an_enum_that_is_matched_in_full_breaks() {
    change()
        .client(
            "src/field.rs",
            "pub enum Field<T> {",
            "pub enum Field<T> {\n    /// New.\n    Other,",
        )
        .breaks(
            "Field::Other",
            "added to a type that is not `#[non_exhaustive]`",
            (None, Some("Other")),
        );
}

#[test]
fn lost_auto_trait_breaks_by_its_pin() {
    change()
        .client(
            "tests/auto_traits/cloudinary.rs",
            "assert_impl_all!(cloudinary::Client: Send, Sync, Unpin);",
            "assert_impl_all!(cloudinary::Client: Send, Unpin);",
        )
        .breaks(
            "impl Sync for cloudinary::Client",
            "removed",
            (Some("impl Sync for cloudinary::Client"), None),
        );
}
