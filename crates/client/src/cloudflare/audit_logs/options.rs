//! The options of listing audit logs. Source: the parameters of `listAuditLogs`.

use serde_json::Value;

use super::super::requests::ListAuditLogs;
use super::super::{
    AuditActionResult, AuditActionType, AuditActorContext, AuditActorType, AuditResourceScope, SortOrder,
};
use super::{AuditMoment, FollowAuditLogs};
use crate::call::Call;
use crate::json::JsonList;
use crate::list::Paged;

/// Options of [`AuditLogs::list`](super::AuditLogs::list).
///
/// A filter that is set again adds its values to those set before.
impl<M> Call<ListAuditLogs, M> {
    /// Sets the end of the period: a day, or a moment. Defaults to now by the client's clock, when the list is started, for
    /// all its pages; set it for a list that is to be [resumed](Call::resume), and where the clock may be slow.
    pub fn before(self, moment: impl Into<AuditMoment>) -> Self {
        self.with(|list| list.before = moment.into().text())
    }

    /// Sets the direction of the order by time (`direction`). Defaults to the vendor's, which is not documented.
    #[doc(alias = "direction")]
    pub fn sort_order(self, order: impl Into<SortOrder>) -> Self {
        self.with(|list| list.direction = Some(order.into()))
    }

    /// Chooses a page, by the cursor that the page before returned. Defaults to the first; a stream reads all pages and
    /// takes no cursor.
    pub fn cursor(self, cursor: impl Into<String>) -> Self {
        self.with(|list| list.cursor = Some(cursor.into()))
    }

    /// Sets how many entries a page contains (`limit`). Defaults to 1000, the vendor's maximum.
    #[doc(alias = "limit")]
    pub fn page_size(self, size: u32) -> Self {
        self.with(|list| list.limit = Some(size.into()))
    }

    /// Leaves out entries of accounts with these names (`account_name.not`). Defaults to no filter.
    pub fn not_account_name(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.account_name_not, values))
    }

    /// Leaves out entries of actions with these results (`action_result.not`). Defaults to no filter.
    pub fn not_action_result(self, values: impl IntoIterator<Item = impl Into<AuditActionResult>>) -> Self {
        self.with(|list| add(&mut list.action_result_not, values))
    }

    /// Leaves out entries of actions of these types (`action_type.not`). Defaults to no filter.
    pub fn not_action_type(self, values: impl IntoIterator<Item = impl Into<AuditActionType>>) -> Self {
        self.with(|list| add(&mut list.action_type_not, values))
    }

    /// Leaves out entries of actors that used these ways of access (`actor_context.not`). Defaults to no filter.
    pub fn not_actor_context(self, values: impl IntoIterator<Item = impl Into<AuditActorContext>>) -> Self {
        self.with(|list| add(&mut list.actor_context_not, values))
    }

    /// Leaves out entries of actors with these e-mail addresses (`actor_email.not`). Defaults to no filter.
    pub fn not_actor_email(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.actor_email_not, values))
    }

    /// Leaves out entries of these actors, by the ids of users or accounts (`actor_id.not`). Defaults to no filter.
    pub fn not_actor_id(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.actor_id_not, values))
    }

    /// Leaves out entries of requests from these IP addresses (`actor_ip_address.not`). Defaults to no filter.
    pub fn not_actor_ip_address(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.actor_ip_address_not, values))
    }

    /// Leaves out entries of actors that used these tokens, by the tokens' ids (`actor_token_id.not`). Defaults to no
    /// filter.
    pub fn not_actor_token_id(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.actor_token_id_not, values))
    }

    /// Leaves out entries of actors that used tokens with these names (`actor_token_name.not`). Defaults to no filter.
    pub fn not_actor_token_name(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.actor_token_name_not, values))
    }

    /// Leaves out entries of actors of these types (`actor_type.not`). Defaults to no filter.
    pub fn not_actor_type(self, values: impl IntoIterator<Item = impl Into<AuditActorType>>) -> Self {
        self.with(|list| add(&mut list.actor_type_not, values))
    }

    /// Leaves out entries with these ids (`audit_log_id.not`). Defaults to no filter.
    pub fn not_audit_log_id(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.audit_log_id_not, values))
    }

    /// Leaves out entries with these ids, by the parameter's older name (`id.not`). Defaults to no filter.
    pub fn not_id(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.id_not, values))
    }

    /// Lists only entries of these categories of products (`product_category`). It is the only filter that selects
    /// entries. Defaults to no filter.
    pub fn product_category(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.product_category, values))
    }

    /// Leaves out entries of requests with these Ray ids (`raw_cf_ray_id.not`). Defaults to no filter.
    pub fn not_raw_cf_ray_id(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.raw_cf_ray_id_not, values))
    }

    /// Leaves out entries of requests with these HTTP methods (`raw_method.not`). Defaults to no filter.
    pub fn not_raw_method(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.raw_method_not, values))
    }

    /// Leaves out entries of requests that were answered with these HTTP statuses (`raw_status_code.not`). Defaults to
    /// no filter.
    pub fn not_raw_status_code(self, values: impl IntoIterator<Item = impl Into<i64>>) -> Self {
        self.with(|list| add(&mut list.raw_status_code_not, values))
    }

    /// Leaves out entries of requests to these URIs (`raw_uri.not`). Defaults to no filter.
    pub fn not_raw_uri(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.raw_uri_not, values))
    }

    /// Leaves out entries about these resources (`resource_id.not`). Defaults to no filter.
    pub fn not_resource_id(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.resource_id_not, values))
    }

    /// Leaves out entries about resources of these products (`resource_product.not`). Defaults to no filter.
    pub fn not_resource_product(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.resource_product_not, values))
    }

    /// Leaves out entries about resources of these scopes (`resource_scope.not`). Defaults to no filter.
    pub fn not_resource_scope(self, values: impl IntoIterator<Item = impl Into<AuditResourceScope>>) -> Self {
        self.with(|list| add(&mut list.resource_scope_not, values))
    }

    /// Leaves out entries about resources of these types (`resource_type.not`). Defaults to no filter.
    pub fn not_resource_type(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.resource_type_not, values))
    }

    /// Leaves out entries about the zones with these ids (`zone_id.not`). Defaults to no filter.
    pub fn not_zone_id(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.zone_id_not, values))
    }

    /// Leaves out entries about the zones with these names (`zone_name.not`). Defaults to no filter.
    pub fn not_zone_name(self, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.with(|list| add(&mut list.zone_name_not, values))
    }

    /// Keeps reading as new entries come in: a stream that doesn't end. It starts at the beginning of the list's period, or
    /// at a [checkpoint](FollowAuditLogs::resume). The filters and the page size apply.
    ///
    /// A problem with an argument is the stream's first item. [`before`](Self::before), [`sort_order`](Self::sort_order)
    /// and [`cursor`](Self::cursor) are refused, since following sets them.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare::{self, AuditCheckpoint};
    /// # use futures_util::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let account = cloudflare.account(emulator.cloudflare().account_id());
    /// # let stored: Option<AuditCheckpoint> = None;
    /// let an_hour_ago = chrono::Utc::now() - chrono::TimeDelta::hours(1);
    /// let mut entries = account.audit_logs().list(an_hour_ago).follow().until_now();
    /// if let Some(checkpoint) = stored {
    ///     entries = entries.resume(checkpoint);
    /// }
    /// while let Some(entry) = entries.try_next().await? {
    ///     println!("{}", entry.id);
    /// }
    /// let to_store = entries.checkpoint(); // serde
    /// # Ok(())
    /// # }
    /// ```
    pub fn follow(self) -> FollowAuditLogs {
        FollowAuditLogs::new(self.carried_out_as())
    }
}

/// Options of [`AuditLogs::list`](super::AuditLogs::list) as JSON.
impl Call<JsonList<ListAuditLogs>, Paged> {
    /// Keeps reading as new entries come in, as [`follow`](Call::follow) of the list of models does. Entries are JSON, with the
    /// fields that this version doesn't know: for programs that hand the log on.
    ///
    /// # Examples
    /// ```
    /// # use account_provisioning::cloudflare;
    /// # use futures_util::TryStreamExt;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudflare = cloudflare::Client::builder().api_token(emulator.cloudflare().api_token()).base_url(emulator.cloudflare().base_url()).build()?;
    /// # let account = cloudflare.account(emulator.cloudflare().account_id());
    /// let an_hour_ago = chrono::Utc::now() - chrono::TimeDelta::hours(1);
    /// let mut entries = account.audit_logs().list(an_hour_ago).json().follow().until_now();
    /// while let Some(entry) = entries.try_next().await? {
    ///     println!("{entry}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn follow(self) -> FollowAuditLogs<Value> {
        FollowAuditLogs::new(self)
    }
}

/// Adds values to a filter. No values leave it as it is: an empty filter is none.
fn add<T>(filter: &mut Option<Vec<T>>, values: impl IntoIterator<Item = impl Into<T>>) {
    let mut values = values.into_iter().map(Into::into).peekable();
    if values.peek().is_some() {
        filter.get_or_insert_default().extend(values);
    }
}
