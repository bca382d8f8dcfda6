//! The filters and the order of the list of users.

use std::cmp::Ordering;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::state::User;
use crate::email::same_email;
use crate::input::Input;
use crate::quirk::{Quirk, Quirks};
use crate::refusal::Refusal;

/// The filters of one request.
#[derive(Default)]
pub(super) struct Filter<'a> {
    ids: Option<Vec<&'a str>>,
    emails: Option<Vec<&'a str>>,
    pending: Option<bool>,
    prefix: Option<String>,
    sub_account_id: Option<&'a str>,
    last_login: Option<LastLogin>,
}

/// Filters by the last login: within a period, or not.
struct LastLogin {
    from: Option<DateTime<Utc>>,
    to: Option<DateTime<Utc>>,
    /// Whether the filter keeps those within the period, or the others.
    within: bool,
}

impl<'a> Filter<'a> {
    pub(super) fn read(input: &'a Input, quirks: &Quirks) -> Result<Self, Refusal> {
        let named = Self {
            ids: input.query_list("ids"),
            emails: input.query_list("emails"),
            ..Self::default()
        };
        if named.names_users() && quirks.has(Quirk::IdsOverrideFilters) {
            return Ok(named);
        }
        Ok(Self {
            pending: pending(input, quirks)?,
            prefix: input.query("prefix").map(str::to_lowercase),
            sub_account_id: input.query("sub_account_id"),
            last_login: LastLogin::read(input),
            ..named
        })
    }

    /// Returns whether the request filters by ids or email addresses.
    pub(super) fn names_users(&self) -> bool {
        self.ids.is_some() || self.emails.is_some()
    }

    pub(super) fn sub_account_id(&self) -> Option<&'a str> {
        self.sub_account_id
    }

    pub(super) fn matches(&self, user: &User) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(&user.id.as_str()))
            && self
                .emails
                .as_ref()
                .is_none_or(|emails| emails.iter().any(|email| same_email(email, &user.email)))
            && self.pending.is_none_or(|pending| user.pending == pending)
            && self
                .prefix
                .as_ref()
                .is_none_or(|prefix| user.name.to_lowercase().starts_with(prefix))
            && self.sub_account_id.is_none_or(|id| user.has_access_to(id))
            && self.last_login.as_ref().is_none_or(|range| range.matches(user))
    }
}

/// As documented, `pending=false` means all users; the older client's `status` distinguishes both.
fn pending(input: &Input, quirks: &Quirks) -> Result<Option<bool>, Refusal> {
    match input.extra("status") {
        Some("pending") => return Ok(Some(true)),
        Some("active") => return Ok(Some(false)),
        Some(_) => {
            return Err(Refusal::invalid("the query parameter status must be active or pending"));
        }
        None => {}
    }
    Ok(input
        .query_bool("pending")
        .filter(|pending| *pending || quirks.has(Quirk::PendingFalseMeansActive)))
}

impl LastLogin {
    fn read(input: &Input) -> Option<Self> {
        let (from, to) = (moment(input, "from"), moment(input, "to"));
        let wanted = input.query_bool("last_login");
        if wanted.is_none() && from.is_none() && to.is_none() {
            return None;
        }
        let excluded = input.query("union_type") == Some("exclude");
        Some(Self {
            from,
            to,
            within: wanted.unwrap_or(true) != excluded,
        })
    }

    fn matches(&self, user: &User) -> bool {
        let within = user
            .last_login
            .is_some_and(|time| self.from.is_none_or(|from| time >= from) && self.to.is_none_or(|to| time < to));
        within == self.within
    }
}

/// Returns the start of a date, or the exact time if the request had one.
fn moment(input: &Input, name: &str) -> Option<DateTime<Utc>> {
    match input.extra(name) {
        Some(time) => time.parse().ok(),
        None => Some(
            input
                .query(name)?
                .parse::<NaiveDate>()
                .ok()?
                .and_time(NaiveTime::MIN)
                .and_utc(),
        ),
    }
}

pub(super) fn status(user: &User) -> &'static str {
    if user.pending { "pending" } else { "active" }
}

pub(super) fn compare(a: &User, b: &User, by: Option<&str>) -> Ordering {
    match by {
        Some("name") => a.name.to_lowercase().cmp(&b.name.to_lowercase()),
        Some("role") => a.role.cmp(&b.role),
        Some("status") => status(a).cmp(status(b)),
        Some("activity") => a.last_login.cmp(&b.last_login),
        _ => a.created_at.cmp(&b.created_at),
    }
}
