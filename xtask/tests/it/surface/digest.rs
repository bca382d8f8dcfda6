//! The digest of a crate.

use xtask::surface::surfaces;

use super::{BEFORE, CLIENT, SOURCES};

#[test]
fn digest_of_the_ergonomic_crate_names_things_as_users_do() {
    let digest = BEFORE[CLIENT].digest();
    let users = &digest["cloudinary::users"];
    for line in [
        "#[cfg(feature = \"cloudinary\")] pub mod cloudinary::users\n",
        "impl cloudinary::users::Users { pub fn create(&self, name: impl Into<String>, email: impl Into<String>) -> Call<cloudinary::requests::CreateUser> }\n",
        "impl Send for cloudinary::users::Users\n",
        "pub struct cloudinary::users::Users { .. }\n",
    ] {
        assert!(users.contains(line), "no `{line}` in:\n{users}");
    }
    let root = &digest[""];
    for line in [
        "#[cfg(feature = \"cloudinary\")] impl<M> Call<cloudinary::requests::CreateUser, M> { pub fn role(self, role: impl Into<cloudinary::UserRole>) -> Self }\n",
        "#[cfg(feature = \"cloudinary\")] impl Operation for cloudinary::requests::GetUser { type Output = cloudinary::User }\n",
        "[features] { blocking = [\"tokio/rt-multi-thread\"] }\n",
        "pub use account_provisioning_core::Error\n",
        "enum Field { Set(T) }\n",
        "impl<O: 'static + Send, M: Mode<O>> IntoFuture for Call<O, M> { type Output = Result<M::Output> }\n",
    ] {
        assert!(root.contains(line), "no `{line}` in:\n{root}");
    }
    assert!(digest["cloudinary"].contains("pub use account_provisioning_api::cloudinary::types::UserRole\n"));
    assert!(!users.contains("fn account"), "a private method is no surface");
}

#[test]
fn digest_does_not_depend_on_the_order_of_crates() {
    let mut turned = SOURCES.clone();
    turned.reverse();
    assert_eq!(
        surfaces(&turned, None).unwrap()[CLIENT].digest(),
        BEFORE[CLIENT].digest()
    );
}
