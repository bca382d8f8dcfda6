//! Removes credentials from text that a server sent.

use std::sync::Arc;

use bytes::Bytes;

use super::{Credentials, echo};
use crate::Secret;

/// Secrets shorter than this are only removed where they stand alone: removing each letter `e` would hide nothing and destroy
/// the text.
const SHORT: usize = 4;

impl Credentials {
    /// The same headers, with further secrets that [`scrub`](Self::scrub) looks for: those in the body of one request.
    pub(crate) fn hiding(&self, secrets: &[Secret]) -> Self {
        if secrets.is_empty() {
            return self.clone();
        }
        Self {
            hidden: Arc::new(Hidden::new([&self.hidden.secrets, secrets].concat())),
            ..self.clone()
        }
    }

    /// Replaces these secrets in a text with `[redacted]`. Returns `None` when the text contains none of them.
    ///
    /// Use it for text from a server, which may repeat what the client sent: as it was given, in capitals or small letters,
    /// and with characters encoded as in a URL, in HTML or in JSON. A secret of less than four characters is only replaced
    /// where it is a word of its own. The user name of [`basic`](Self::basic) is not a secret.
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
        let hidden = &*self.hidden;
        if hidden.secrets.is_empty() || text.len() < hidden.shortest {
            return None;
        }
        let mut clean = String::new();
        let mut kept = 0;
        let mut from = 0;
        // Only few bytes can begin a secret, so the rest is skipped quickly.
        while let Some(next) = text.as_bytes()[from..]
            .iter()
            .position(|byte| hidden.starts[usize::from(*byte)])
        {
            let start = from + next;
            from = start + 1;
            if let Some(end) = hidden.secret_at(text, start) {
                clean.push_str(&text[kept..start]);
                clean.push_str("[redacted]");
                (kept, from) = (end, end);
            }
        }
        if kept == 0 {
            return None;
        }
        clean.push_str(&text[kept..]);
        Some(clean)
    }

    /// Replaces these secrets in a body. Call it before the body is shortened or masked, because part of a secret would not
    /// be found.
    pub(crate) fn scrub_body(&self, body: &Bytes) -> Bytes {
        let scrubbed = self.scrub(&String::from_utf8_lossy(body));
        scrubbed.map_or_else(|| body.clone(), Bytes::from)
    }
}

/// Secrets to look for, and what makes looking for them fast.
pub(super) struct Hidden {
    /// None is empty.
    secrets: Vec<Secret>,
    /// The bytes with which a secret can begin, encoded or not.
    starts: [bool; 256],
    /// How many characters the shortest secret has: each takes at least one byte of a text.
    shortest: usize,
}

impl Hidden {
    pub(super) fn new(mut secrets: Vec<Secret>) -> Self {
        secrets.retain(|secret| !secret.expose_secret().is_empty());
        let mut starts = [false; 256];
        for byte in [b'%', b'&', b'\\', b'+'] {
            starts[usize::from(byte)] = true;
        }
        for first in secrets
            .iter()
            .filter_map(|secret| secret.expose_secret().chars().next())
        {
            for form in [
                first.to_lowercase().to_string(),
                first.to_uppercase().to_string(),
                first.to_string(),
            ] {
                if let Some(byte) = form.bytes().next() {
                    starts[usize::from(byte)] = true;
                }
            }
        }
        let lengths = secrets.iter().map(|secret| secret.expose_secret().chars().count());
        Self {
            shortest: lengths.min().unwrap_or_default(),
            secrets,
            starts,
        }
    }

    /// Where the longest secret that starts at a place of a text ends.
    fn secret_at(&self, text: &str, start: usize) -> Option<usize> {
        let rest = text.get(start..)?;
        let found = self.secrets.iter().filter_map(|secret| {
            let secret = secret.expose_secret();
            let end = start + echo::length(rest, secret)?;
            let before = text[..start].chars().next_back();
            let after = text[end..].chars().next();
            let is_word = || ![before, after].into_iter().flatten().any(char::is_alphanumeric);
            (secret.chars().count() >= SHORT || is_word()).then_some(end)
        });
        found.max()
    }
}

impl Default for Hidden {
    fn default() -> Self {
        Self::new(Vec::new())
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
        assert_eq!(basic.scrub("a2V5OnNlY3JldA").as_deref(), Some("[redacted]"));
        let odd = Credentials::basic("k", "\u{3ff}>?".into()).unwrap();
        assert_eq!(odd.scrub("azrPvz4_").as_deref(), Some("[redacted]"));
        assert_eq!(Credentials::none().scrub("anything"), None);

        let own = Credentials::headers(vec![(EMAIL, "abcd".into()), (KEY, "abcdef".into())]).unwrap();
        assert_eq!(
            own.scrub("abcdef abcd abcde").as_deref(),
            Some("[redacted] [redacted] [redacted]e")
        );
    }

    #[test]
    fn credentials_repeated_in_another_form_are_scrubbed() {
        let token = Credentials::none().hiding(&["p\"s/s é&🙂%x".into()]);
        for echo in [
            "p\"s/s é&🙂%x",
            "P\"S/S É&🙂%X",
            "p%22s%2Fs%20%C3%A9%26%F0%9F%99%82%25x",
            "p%22s%2fs+%c3%a9%26%f0%9f%99%82%25x",
            "p&quot;s/s é&amp;🙂%x",
            "p&#34;s&#x2F;s &#xe9;&#38;&#128578;&#37;x",
            r#"p\"s\/s é&🙂%x"#,
            r#"p\u0022s/s \u00e9\u0026\ud83d\ude42%x"#,
        ] {
            let text = format!("<{echo}>");
            assert_eq!(token.scrub(&text).as_deref(), Some("<[redacted]>"), "{echo}");
        }
        for other in ["p%22s", "p&quot", "p\\", "%", "&#x110000;", "%C3", r"\ud83d", "p&#;"] {
            assert_eq!(token.scrub(other), None, "{other}");
        }
    }

    /// A backslash may stand for itself or begin an escape: `\\\\` is two of them, or one.
    #[test]
    fn secret_that_can_be_read_in_many_ways_is_scrubbed_in_one_go() {
        for (secret, echo) in [
            ("\\".repeat(60), "\\".repeat(120)),
            ("\\".repeat(60), "\\".repeat(60)),
            ("%25".repeat(40), "%25".repeat(40)),
            ("a".repeat(1 << 20), "a".repeat(1 << 20)),
            ("\\u005c".repeat(20), "\\u005c".repeat(20)),
        ] {
            let hiding = Credentials::none().hiding(&[secret.as_str().into()]);
            assert_eq!(hiding.scrub(&format!("<{echo}>")).as_deref(), Some("<[redacted]>"));
        }
        let hiding = Credentials::none().hiding(&["\\".repeat(60).as_str().into()]);
        assert_eq!(hiding.scrub(&format!("{}x", "\\".repeat(59)).repeat(20)), None);
    }

    #[test]
    fn credentials_that_are_very_short_are_scrubbed_only_where_they_stand_alone() {
        let short = Credentials::bearer("e".into()).unwrap();
        assert_eq!(short.scrub("the token is refused"), None);
        assert_eq!(short.scrub("bad token: e.").as_deref(), Some("bad token: [redacted]."));
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
