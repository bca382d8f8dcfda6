//! The vendor's account URL: `account://key:secret@account_id`.

use account_provisioning_core::{Error, MakeError as _, Result, Secret};
use percent_encoding::percent_decode_str;

use super::AccountId;

/// The parts of an account URL.
#[derive(Clone, Debug)]
pub(super) struct AccountUrl {
    pub(super) api_key: String,
    pub(super) api_secret: Secret,
    pub(super) account_id: AccountId,
}

const FORM: &str = "write it as `account://API_KEY:API_SECRET@ACCOUNT_ID`, with special characters percent-encoded";

impl AccountUrl {
    /// Parses an account URL. Errors call it `name` and never show any part of it.
    ///
    /// The parts are percent-decoded. The account id keeps its case, which a URL library would convert to lower case.
    pub(super) fn parse(name: &str, url: &Secret) -> Result<Self> {
        let refuse = |problem: String| Error::configuration(format!("{name}: {problem}; {FORM}"));
        let text = url.expose_secret().trim();
        let rest = text
            .strip_prefix("account://")
            .ok_or_else(|| refuse("it doesn't begin with `account://`".to_owned()))?;
        let (userinfo, account) = rest
            .rsplit_once('@')
            .ok_or_else(|| refuse("it has no `@` before the account id".to_owned()))?;
        let (key, secret) = userinfo
            .split_once(':')
            .ok_or_else(|| refuse("it has no `:` between key and secret".to_owned()))?;
        for (part, value) in [("API key", key), ("API secret", secret)] {
            if value.is_empty() {
                return Err(refuse(format!("the {part} is empty")));
            }
            if let Some(raw) = value.chars().find(|c| matches!(c, '/' | '?' | '#' | '@' | ':' | ' ')) {
                let code = u32::from(raw);
                return Err(refuse(format!(
                    "the {part} contains a raw `{raw}`, which has to be written as `%{code:02X}`"
                )));
            }
        }
        let account = account.strip_suffix('/').unwrap_or(account);
        if account.contains(['?', '#', '/']) {
            return Err(refuse("something follows the account id".to_owned()));
        }
        let decoded = |part: &str, value: &str| {
            decode(value).ok_or_else(|| refuse(format!("the {part} contains a `%` outside a valid percent-encoding")))
        };
        let account_id = AccountId::new(decoded("account id", account)?)
            .map_err(|problem| refuse(format!("the account id {}", problem.problem())))?;
        Ok(Self {
            api_key: decoded("API key", key)?,
            api_secret: Secret::from(decoded("API secret", secret)?),
            account_id,
        })
    }
}

/// Percent-decodes. Returns `None` for a broken encoding, which a lenient decoder would accept and the service refuse.
fn decode(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let whole = bytes
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'%')
        .all(|(at, _)| {
            bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
        });
    if !whole {
        return None;
    }
    percent_decode_str(text)
        .decode_utf8()
        .ok()
        .map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::*;

    fn parse(url: &str) -> Result<AccountUrl> {
        AccountUrl::parse("CLOUDINARY_ACCOUNT_URL", &Secret::from(url))
    }

    #[test]
    fn account_url_is_decoded_and_keeps_the_case_of_the_id() {
        let url = parse("account://k%3Aey:s%2Fe%23c+ret@AbC-dEf").unwrap();
        assert_eq!(url.api_key, "k:ey");
        assert_eq!(url.api_secret.expose_secret(), "s/e#c+ret");
        assert_eq!(url.account_id.as_str(), "AbC-dEf");
    }

    #[test]
    fn account_url_that_is_malformed_is_refused_without_being_shown() {
        for (url, says) in [
            ("cloudinary://key:hunter2@id", "begin with `account://`"),
            ("account://key:hunter2", "no `@`"),
            ("account://keyhunter2@id", "no `:`"),
            ("account://:hunter2@id", "API key is empty"),
            ("account://key:@id", "API secret is empty"),
            ("account://key:hun/ter2@id", "raw `/`, which has to be written as `%2F`"),
            ("account://key:hun#ter2@id", "raw `#`"),
            ("account://key:hun@ter2@id", "raw `@`"),
            ("account://key:hunter2%zz@id", "`%`"),
            ("account://key:hunter2@", "account id"),
            ("account://key:hunter2@..", "account id"),
            ("account://key:hunter2@id?x=y", "follows the account id"),
        ] {
            let problem = parse(url).unwrap_err();
            let shown = format!("{problem} {problem:?}");
            assert!(problem.is_configuration() && shown.contains(says), "{url}: {shown}");
            assert!(shown.contains("CLOUDINARY_ACCOUNT_URL"), "{shown}");
            assert!(!shown.contains("hunter2") && !shown.contains("ter2"), "{shown}");
        }
    }
}
