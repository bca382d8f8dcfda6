//! Calls, streams, clients and errors can be stored, returned and spawned: checked by the compiler.
#![cfg(feature = "cloudinary")]

use account_provisioning::cloudinary::{
    self, access_keys, billing_usage, policies, principals, product_environments, public, roles, user_groups, users,
};
use account_provisioning::{Call, Error, Items, Pages, Response, Secret};

const fn sendable<T: Send + 'static>() {}
const fn shareable<T: Send + Sync + Clone + 'static>() {}

const _: () = {
    shareable::<cloudinary::Client>();
    shareable::<product_environments::ProductEnvironments>();
    shareable::<access_keys::AccessKeys>();
    shareable::<users::Users>();
    shareable::<user_groups::UserGroups>();
    shareable::<roles::Roles>();
    shareable::<principals::Principals>();
    shareable::<policies::Policies>();
    shareable::<policies::CustomPolicies>();
    shareable::<policies::EffectivePolicies>();
    shareable::<public::Public>();
    shareable::<cloudinary::CedarSchema>();
    shareable::<cloudinary::PrincipalAssignment>();
    shareable::<cloudinary::RoleAssignment>();
    shareable::<Secret>();
    sendable::<Call<product_environments::ListProductEnvironments>>();
    sendable::<Call<product_environments::UpdateProductEnvironment>>();
    sendable::<Call<access_keys::GenerateAccessKey>>();
    sendable::<Call<users::CreateUser>>();
    sendable::<Call<user_groups::AddUserToGroup>>();
    sendable::<Call<billing_usage::GetBillingUsage>>();
    sendable::<Call<roles::UpdateRole>>();
    sendable::<Call<principals::InspectManyPrincipals>>();
    sendable::<Call<policies::UpdateCustomPolicy>>();
    sendable::<Call<public::ValidatePolicy>>();
    sendable::<Items<cloudinary::InspectedPrincipal>>();
    sendable::<Items<cloudinary::User>>();
    sendable::<Pages<cloudinary::AccessKey>>();
    sendable::<Response<cloudinary::User>>();
    sendable::<Error>();
};

#[cfg(feature = "cloudspot")]
const _: () = {
    use account_provisioning::cloudspot;
    shareable::<cloudspot::Client>();
    shareable::<cloudspot::Session>();
    shareable::<cloudspot::Session<cloudspot::NotRead>>();
    shareable::<cloudspot::Permissions>();
    shareable::<cloudspot::CompanyId>();
    sendable::<Call<cloudspot::Authenticate>>();
    sendable::<Call<cloudspot::ReadSession>>();
    sendable::<Response<cloudspot::UserProfile>>();
};

const fn error_is_sync<T: Sync>() {}
const _: () = error_is_sync::<Error>();

#[test]
fn call_bound_to_a_variable_outlives_the_client_that_made_it() -> Result<(), Error> {
    let call = {
        let client = cloudinary::Client::builder()
            .account_id("a")
            .api_key("k")
            .api_secret("s")
            .build()?;
        client.users().list().prefix("ann")
    };
    assert!(format!("{call:?}").contains("ListUsers"));
    Ok(())
}
