//! Every reply that the documents allow can be read: with fields that nobody knows yet, values that an enumeration lacks,
//! and nulls or nothing where a field is optional.

use account_provisioning_api as api;
use account_provisioning_core::Request;
use account_provisioning_spec as spec;
use proptest::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::document::operation_ids;
use crate::draw::Drawer;

/// An operation, and how its reply is read.
struct Reply {
    operation: &'static str,
    read: fn(Value) -> Result<(), serde_json::Error>,
}

fn of<R: Request<Reply: DeserializeOwned>>() -> Reply {
    Reply {
        operation: R::OPERATION.operation_id,
        read: |reply| serde_json::from_value::<R::Reply>(reply).map(drop),
    }
}

/// Every operation of Cloudflare whose success has a body.
fn cloudflare() -> Vec<Reply> {
    use account_provisioning_api::cloudflare::requests;
    vec![
        of::<requests::ListAccounts>(),
        of::<requests::CreateAccount>(),
        of::<requests::GetAccount>(),
        of::<requests::UpdateAccount>(),
        of::<requests::DeleteAccount>(),
        of::<requests::ListAuditLogs>(),
        of::<requests::ListMembers>(),
        of::<requests::AddMember>(),
        of::<requests::GetMember>(),
        of::<requests::UpdateMember>(),
        of::<requests::RemoveMember>(),
        of::<requests::ListRoles>(),
        of::<requests::GetRole>(),
        of::<requests::ListSubscriptions>(),
        of::<requests::CreateSubscription>(),
        of::<requests::UpdateSubscription>(),
        of::<requests::DeleteSubscription>(),
        of::<requests::ListTokens>(),
        of::<requests::CreateToken>(),
        of::<requests::ListPermissionGroups>(),
        of::<requests::VerifyToken>(),
        of::<requests::GetToken>(),
        of::<requests::UpdateToken>(),
        of::<requests::DeleteToken>(),
        of::<requests::RollToken>(),
        of::<requests::ListMemberPermissionGroups>(),
        of::<requests::GetMemberPermissionGroup>(),
        of::<requests::ListResourceGroups>(),
        of::<requests::CreateResourceGroup>(),
        of::<requests::GetResourceGroup>(),
        of::<requests::UpdateResourceGroup>(),
        of::<requests::DeleteResourceGroup>(),
        of::<requests::ListUserGroups>(),
        of::<requests::CreateUserGroup>(),
        of::<requests::GetUserGroup>(),
        of::<requests::UpdateUserGroup>(),
        of::<requests::DeleteUserGroup>(),
        of::<requests::ListUserGroupMembers>(),
        of::<requests::AddUserGroupMembers>(),
        of::<requests::ReplaceUserGroupMembers>(),
        of::<requests::GetUserGroupMember>(),
        of::<requests::RemoveUserGroupMember>(),
        of::<requests::ListAuditProductCategories>(),
        of::<requests::ListAuditHistory>(),
        of::<requests::ListSsoConnectors>(),
        of::<requests::CreateSsoConnector>(),
        of::<requests::GetSsoConnector>(),
        of::<requests::UpdateSsoConnector>(),
        of::<requests::DeleteSsoConnector>(),
        of::<requests::BeginSsoVerification>(),
        of::<requests::CancelSubscriptionDowngrades>(),
        of::<requests::GetSubscription>(),
        of::<requests::ListMemberships>(),
        of::<requests::GetMembership>(),
        of::<requests::AnswerMembership>(),
        of::<requests::DeleteMembership>(),
        of::<requests::GetUser>(),
        of::<requests::UpdateUser>(),
        of::<requests::ListInvites>(),
        of::<requests::GetInvite>(),
        of::<requests::AnswerInvite>(),
        of::<requests::ListUserTokens>(),
        of::<requests::CreateUserToken>(),
        of::<requests::ListUserTokenPermissionGroups>(),
        of::<requests::VerifyUserToken>(),
        of::<requests::GetUserToken>(),
        of::<requests::UpdateUserToken>(),
        of::<requests::DeleteUserToken>(),
        of::<requests::RollUserToken>(),
    ]
}

/// Every operation of Cloudinary whose success has a body.
fn cloudinary() -> Vec<Reply> {
    use account_provisioning_api::cloudinary::requests;
    vec![
        of::<requests::GetBillingUsage>(),
        of::<requests::GetProductEnvironments>(),
        of::<requests::CreateProductEnvironment>(),
        of::<requests::GetProductEnvironment>(),
        of::<requests::UpdateProductEnvironment>(),
        of::<requests::DeleteProductEnvironment>(),
        of::<requests::GetAccessKeys>(),
        of::<requests::GenerateAccessKey>(),
        of::<requests::DeleteAccessKeyByName>(),
        of::<requests::UpdateAccessKey>(),
        of::<requests::DeleteAccessKey>(),
        of::<requests::GetUserGroups>(),
        of::<requests::CreateUserGroup>(),
        of::<requests::GetUserGroup>(),
        of::<requests::UpdateUserGroup>(),
        of::<requests::DeleteUserGroup>(),
        of::<requests::GetUsersInUserGroup>(),
        of::<requests::AddUserToUserGroup>(),
        of::<requests::RemoveUserFromUserGroup>(),
        of::<requests::GetUsers>(),
        of::<requests::CreateUser>(),
        of::<requests::GetUser>(),
        of::<requests::UpdateUser>(),
        of::<requests::DeleteUser>(),
        of::<requests::GetGroupsForUser>(),
        of::<requests::GetSubAccountsForUser>(),
        of::<requests::GetSystemRolesAndPoliciesCatalog>(),
        of::<requests::GetCedarSchema>(),
        of::<requests::ValidateCedarPolicy>(),
        of::<requests::GetCustomPolicies>(),
        of::<requests::CreateCustomPolicy>(),
        of::<requests::GetCustomPolicy>(),
        of::<requests::UpdateCustomPolicy>(),
        of::<requests::GetEffectivePolicies>(),
        of::<requests::GetSystemPolicies>(),
        of::<requests::GetPrincipalRoles>(),
        of::<requests::Inspect>(),
        of::<requests::InspectMultiple>(),
        of::<requests::GetRoles>(),
        of::<requests::CreateRole>(),
        of::<requests::GetRole>(),
        of::<requests::UpdateRole>(),
        of::<requests::GetRolePrincipals>(),
    ]
}

/// Every operation of Cloudspot whose success has a body.
fn cloudspot() -> Vec<Reply> {
    use account_provisioning_api::cloudspot::requests;
    vec![
        of::<requests::Authenticate>(),
        of::<requests::GetCompanyPermissions>(),
        of::<requests::GetPermissions>(),
        of::<requests::ValidateImpersonation>(),
        of::<requests::GetProfile>(),
    ]
}

/// The operations of an API with a document, and its tables.
fn every() -> [(&'static str, Vec<Reply>, usize); 3] {
    [
        (spec::cloudflare::BUILD, cloudflare(), api::cloudflare::OPERATIONS.len()),
        (spec::cloudinary::BUILD, cloudinary(), api::cloudinary::OPERATIONS.len()),
        (spec::cloudspot::BUILD, cloudspot(), api::cloudspot::OPERATIONS.len()),
    ]
}

#[test]
fn every_operation_whose_success_has_a_body_is_here() {
    for (document, replies, count) in every() {
        let parsed: Value = serde_json::from_str(document).unwrap();
        let drawer = Drawer::new(&parsed);
        let mut here: Vec<&str> = replies.iter().map(|reply| reply.operation).collect();
        here.sort_unstable();
        let ids = operation_ids(document);
        assert_eq!(ids.len(), count);
        let documented: Vec<&str> = ids
            .iter()
            .map(String::as_str)
            .filter(|id| drawer.reply(id).is_some())
            .collect();
        assert_eq!(here, documented);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_reply_that_a_document_allows_is_read(seed in any::<u64>()) {
        for (document, replies, _) in every() {
            let parsed: Value = serde_json::from_str(document).expect("the document is JSON");
            let mut drawer = Drawer::new(&parsed).with_seed(seed);
            for reply in replies {
                let drawn = drawer.draw(reply.operation);
                let read = (reply.read)(drawn.clone());
                prop_assert!(read.is_ok(), "{}: {:?} in {drawn:#}", reply.operation, read);
            }
        }
    }
}
