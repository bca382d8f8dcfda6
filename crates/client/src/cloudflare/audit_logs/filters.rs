//! What is left out of the audit log. Source: the parameters of `listAuditLogs`.

use super::super::{AuditActionResult, AuditActionType, AuditActorContext, AuditActorType, AuditResourceScope};
use super::ListAuditLogs;
use crate::call::Call;

/// Defines the filters, and a setter for each. Each value travels as a parameter of its own.
macro_rules! filters {
    ($($(#[$doc:meta])* $setter:ident: $value:ty;)+) => {
        /// The filters; an empty one is none.
        #[derive(Clone, Debug, Default)]
        pub(super) struct Filters {
            $(pub(super) $setter: Vec<$value>,)+
        }

        impl Call<ListAuditLogs> {
            $(
                $(#[$doc])*
                ///
                /// Called again, it adds to what was given. Defaults to no filter.
                pub fn $setter(self, values: impl IntoIterator<Item = impl Into<$value>>) -> Self {
                    self.with(|list| list.filters.$setter.extend(values.into_iter().map(Into::into)))
                }
            )+
        }
    };
}

filters! {
    /// Leaves out entries of accounts with these names (`account_name.not`).
    not_account_name: String;
    /// Leaves out entries of actions that ended like this (`action_result.not`).
    not_action_result: AuditActionResult;
    /// Leaves out entries of actions of these types (`action_type.not`).
    not_action_type: AuditActionType;
    /// Leaves out entries whose actors came in these ways (`actor_context.not`).
    not_actor_context: AuditActorContext;
    /// Leaves out entries of actors with these e-mail addresses (`actor_email.not`).
    not_actor_email: String;
    /// Leaves out entries of these actors: ids of users or of accounts (`actor_id.not`).
    not_actor_id: String;
    /// Leaves out entries of requests from these addresses (`actor_ip_address.not`).
    not_actor_ip_address: String;
    /// Leaves out entries of actors that came with these tokens, by the tokens' ids (`actor_token_id.not`).
    not_actor_token_id: String;
    /// Leaves out entries of actors that came with tokens of these names (`actor_token_name.not`).
    not_actor_token_name: String;
    /// Leaves out entries of actors of these kinds (`actor_type.not`).
    not_actor_type: AuditActorType;
    /// Leaves out entries with these ids (`audit_log_id.not`).
    not_audit_log_id: String;
    /// Leaves out entries with these ids, under the parameter's older name (`id.not`).
    not_id: String;
    /// Keeps only entries of these categories of products (`product_category`); the one filter that keeps.
    product_category: String;
    /// Leaves out entries of requests with these Ray ids (`raw_cf_ray_id.not`).
    not_raw_cf_ray_id: String;
    /// Leaves out entries of requests with these HTTP methods (`raw_method.not`).
    not_raw_method: String;
    /// Leaves out entries of requests that were answered with these HTTP statuses (`raw_status_code.not`).
    not_raw_status_code: i64;
    /// Leaves out entries of requests to these URIs (`raw_uri.not`).
    not_raw_uri: String;
    /// Leaves out entries about these resources (`resource_id.not`).
    not_resource_id: String;
    /// Leaves out entries about resources of these products (`resource_product.not`).
    not_resource_product: String;
    /// Leaves out entries about resources of these scopes (`resource_scope.not`).
    not_resource_scope: AuditResourceScope;
    /// Leaves out entries about resources of these types (`resource_type.not`).
    not_resource_type: String;
    /// Leaves out entries about the zones with these ids (`zone_id.not`).
    not_zone_id: String;
    /// Leaves out entries about the zones with these names (`zone_name.not`).
    not_zone_name: String;
}
