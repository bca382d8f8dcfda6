//! What the canned server answers: fixed bytes, in the form in which the services send them.

use bytes::Bytes;
use serde_json::{Value, json};

use crate::Result;

/// The account of Cloudinary.
pub const ACCOUNT: &str = "16f8d1a5-4c57-4b32-8b7e-5d6c2f0a9e31";
/// How many users a list has: one full page.
pub const USERS: usize = 100;
/// How many members a page of Cloudflare has.
pub const MEMBERS_PER_PAGE: usize = 50;
/// The digits in the templates that become the number of the item.
const NUMBER: &str = "0000000";

/// The account of Cloudflare whose list has so many members.
#[must_use]
pub fn account_with_members(total: usize) -> String {
    format!("{total:032}")
}

/// The replies, as templates.
#[derive(Debug)]
pub struct Replies {
    user: String,
    member: String,
    users: Bytes,
}

impl Replies {
    /// Reads the templates.
    ///
    /// # Errors
    /// A template is not JSON.
    pub fn new() -> Result<Self> {
        let compact = |text: &str| serde_json::from_str::<Value>(text).map(|value| value.to_string());
        let user = compact(include_str!("../replies/user.json"))?;
        let users: Vec<String> = (0..USERS).map(|number| numbered(&user, number)).collect();
        Ok(Self {
            users: format!(r#"{{"users":[{}]}}"#, users.join(",")).into(),
            member: compact(include_str!("../replies/member.json"))?,
            user,
        })
    }

    /// One user.
    #[must_use]
    pub fn user(&self, number: usize) -> Bytes {
        numbered(&self.user, number).into()
    }

    /// A page of users: all of them on the first, and none on the others.
    #[must_use]
    pub fn users(&self, page: usize) -> Bytes {
        if page == 1 {
            self.users.clone()
        } else {
            Bytes::from_static(br#"{"users":[]}"#)
        }
    }

    /// A page of members, out of so many.
    #[must_use]
    pub fn members(&self, total: usize, page: usize, per_page: usize) -> Bytes {
        let first = page.saturating_sub(1) * per_page;
        let numbers = first.min(total)..(first + per_page).min(total);
        let members: Vec<String> = numbers.map(|number| numbered(&self.member, number)).collect();
        let info = json!({
            "page": page,
            "per_page": per_page,
            "count": members.len(),
            "total_count": total,
            "total_pages": total.div_ceil(per_page.max(1)),
        });
        format!(
            r#"{{"result":[{}],"success":true,"errors":[],"messages":[],"result_info":{info}}}"#,
            members.join(",")
        )
        .into()
    }
}

fn numbered(template: &str, number: usize) -> String {
    template.replace(NUMBER, &format!("{number:07}"))
}
