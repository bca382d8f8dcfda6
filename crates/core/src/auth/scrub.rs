//! Removes credentials from text that a server sent.

use bytes::Bytes;

use super::Credentials;
use crate::Secret;

impl Credentials {
    /// The same headers, with further secrets that [`scrub`](Self::scrub) looks for: those in the body of one request.
    pub(crate) fn hiding(&self, secrets: &[Secret]) -> Self {
        if secrets.is_empty() {
            return self.clone();
        }
        let more = secrets.iter().filter(|secret| !secret.expose_secret().is_empty());
        Self {
            secrets: self.secrets.iter().chain(more).cloned().collect(),
            ..self.clone()
        }
    }

    /// Replaces these secrets in a text with `[redacted]`. Returns `None` when the text contains none of them.
    ///
    /// Use it for text from a server, which may repeat what the client sent, as it was given or encoded. The user name of
    /// [`basic`](Self::basic) is not a secret.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning_core::{Secret, auth::Credentials};
    ///
    /// let credentials = Credentials::bearer(Secret::new("t0ken"))?;
    /// assert_eq!(credentials.scrub("bad token: t0ken").as_deref(), Some("bad token: [redacted]"));
    /// assert_eq!(credentials.scrub("bad token"), None);
    /// # Ok::<(), account_provisioning_core::auth::InvalidCredentials>(())
    /// ```
    pub fn scrub(&self, text: &str) -> Option<String> {
        // One pass, so a short secret is not found inside what has already been redacted.
        let mut clean = String::new();
        let mut rest = text;
        while let Some((start, end)) = self.first_secret(rest) {
            clean.push_str(&rest[..start]);
            clean.push_str("[redacted]");
            rest = &rest[end..];
        }
        if rest.len() == text.len() {
            return None;
        }
        clean.push_str(rest);
        Some(clean)
    }

    /// Replaces these secrets in a body. Call it before the body is shortened or masked, because part of a secret would not
    /// be found.
    pub(crate) fn scrub_body(&self, body: &Bytes) -> Bytes {
        let scrubbed = self.scrub(&String::from_utf8_lossy(body));
        scrubbed.map_or_else(|| body.clone(), Bytes::from)
    }

    /// Where the first secret in a text starts and ends. Of two that start at the same place, it takes the longer one.
    fn first_secret(&self, text: &str) -> Option<(usize, usize)> {
        let found = self.secrets.iter().filter_map(|secret| {
            let secret = secret.expose_secret();
            text.find(secret).map(|start| (start, start + secret.len()))
        });
        found.min_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::Credentials;
    use crate::auth::tests::{EMAIL, KEY, applied};

    #[test]
    fn credentials_repeated_by_a_server_are_scrubbed_as_given_and_as_sent() {
        let basic = Credentials::basic("key", "secret".into()).unwrap();
        let scrubbed = basic.scrub("key:secret, secret, Basic a2V5OnNlY3JldA== ü");
        assert_eq!(
            scrubbed.as_deref(),
            Some("key:[redacted], [redacted], Basic [redacted] ü")
        );
        assert_eq!(basic.scrub("key is unknown"), None);
        assert_eq!(Credentials::none().scrub("anything"), None);

        let own = Credentials::headers(vec![(EMAIL, "abc".into()), (KEY, "abcdef".into())]).unwrap();
        assert_eq!(
            own.scrub("abcdef abc abcd").as_deref(),
            Some("[redacted] [redacted] [redacted]d")
        );
        let short = Credentials::bearer("e".into()).unwrap();
        assert_eq!(short.scrub("ee").as_deref(), Some("[redacted][redacted]"));
    }

    #[test]
    fn credentials_that_hide_more_scrub_it_and_send_the_same() {
        let token = Credentials::headers(vec![(KEY, "tok".into())]).unwrap();
        let hiding = token.hiding(&["pass".into(), "".into()]);
        assert_eq!(hiding.scrub("pass tok").as_deref(), Some("[redacted] [redacted]"));
        assert_eq!(applied(&hiding), applied(&token));
        assert_eq!(token.scrub("pass"), None);
    }
}
