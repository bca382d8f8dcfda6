//! A failed request as a curl command, without what belongs to the user.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderName, HeaderValue};
use serde::de::IgnoredAny;

use crate::error::excerpt;
use crate::{BaseUrl, Credentials, OperationInfo, de};

/// The headers whose values are shown, unless they are marked as sensitive.
const SHOWN: [HeaderName; 3] = [ACCEPT, CONTENT_TYPE, USER_AGENT];
/// How many characters a name may have, and still be shown.
const NAME: usize = 64;
/// How many digits a number in a query may have, and still be shown: enough for pages, too few for a telephone number.
const DIGITS: usize = 5;

/// The command that sends `request`, for a shell. Credentials and what belongs to the user are variables without a value:
/// the shell refuses to run the command until they are set.
///
/// `credentials` are removed from everything that is shown.
pub(super) fn command(
    request: &reqwest::Request,
    operation: &OperationInfo,
    base_url: &BaseUrl,
    credentials: &Credentials,
) -> String {
    let clean = |text: &str| credentials.scrub(text).unwrap_or_else(|| text.to_owned());
    let is_name = |text: &str| is_name(text) && credentials.scrub(text).is_none();
    let method = request.method().as_str();
    let mut command = String::from("curl");
    let body = request.body();
    match method {
        "GET" if body.is_none() => {}
        "HEAD" => command.push_str(" --head"),
        method => {
            let _ = write!(command, " --request {}", Word::of(&clean(method)));
        }
    }
    let mut url = Word::of(&clean(base_url.as_str()));
    for (index, segment) in operation.path.split('/').enumerate().skip(1) {
        url.literal("/");
        path_segment(&mut url, segment, index, &is_name);
    }
    let _ = write!(command, " {url}");
    for (index, (name, value)) in request.url().query_pairs().enumerate() {
        let mut pair = Word::default();
        if is_name(&name) {
            pair.literal(&name);
            pair.literal("=");
        } else {
            pair.variable("QUERY_NAME", &index.to_string(), "");
            pair.literal("=");
        }
        if is_harmless(&value) && credentials.scrub(&value).is_none() {
            pair.literal(&value);
        } else {
            let known = if is_name(&name) {
                name.into_owned()
            } else {
                index.to_string()
            };
            pair.variable("QUERY", &known, "");
        }
        let _ = write!(command, " \\\n  --url-query {pair}");
    }
    for (name, value) in request.headers() {
        command.push_str(" \\\n  ");
        header(&mut command, name, value, &clean);
    }
    if let Some(body) = body {
        let form = request.headers().get(CONTENT_TYPE).is_some_and(is_form);
        let bytes = body.as_bytes().unwrap_or_default();
        let mut word = Word::default();
        word.variable("BODY", "", &described(bytes, form, &is_name));
        let _ = write!(command, " \\\n  --data-raw {word}");
    }
    command
}

/// Writes one segment of a path template: its words, and variables for its placeholders. A text that is no word may be an id.
fn path_segment(url: &mut Word, segment: &str, index: usize, is_name: &impl Fn(&str) -> bool) {
    let index = index.to_string();
    let literal = |url: &mut Word, text: &str| match is_name(text) {
        true => url.literal(text),
        false if text.is_empty() => {}
        false => url.variable("PATH", &index, ""),
    };
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        literal(url, before);
        url.variable("PATH", if is_name(name) { name } else { &index }, "");
        rest = after;
    }
    literal(url, rest);
}

/// Writes one header: its name, and its value if it is known to be harmless.
fn header(command: &mut String, name: &HeaderName, value: &HeaderValue, clean: &impl Fn(&str) -> String) {
    let mut word = Word::of(&format!("{name}: "));
    let text = value.to_str().unwrap_or_default();
    if SHOWN.contains(name) && !value.is_sensitive() {
        word.literal(&clean(text));
    } else if *name == AUTHORIZATION && text.starts_with("Basic ") {
        let mut user = Word::default();
        user.variable("API_KEY", "", "");
        user.literal(":");
        user.variable("API_SECRET", "", "");
        let _ = write!(command, "--user {user}");
        return;
    } else if *name == AUTHORIZATION && text.starts_with("Bearer ") {
        word.literal("Bearer ");
        word.variable("API_TOKEN", "", "");
    } else {
        word.variable("HEADER", name.as_str(), "");
    }
    let _ = write!(command, "--header {word}");
}

fn is_form(content_type: &HeaderValue) -> bool {
    content_type
        .as_bytes()
        .starts_with(b"application/x-www-form-urlencoded")
}

/// What a body is: its form, and the names of its fields.
fn described(body: &[u8], form: bool, is_name: &impl Fn(&str) -> bool) -> String {
    let (kind, names): (_, Vec<String>) = if form {
        let pairs = url::form_urlencoded::parse(body);
        ("form", pairs.map(|(name, _)| name.into_owned()).collect())
    } else if let Ok(fields) = de::from_body::<BTreeMap<String, IgnoredAny>>(body) {
        ("JSON object", fields.into_keys().collect())
    } else if de::from_body::<IgnoredAny>(body).is_ok() {
        return "JSON".to_owned();
    } else {
        return "body".to_owned();
    };
    let shown: Vec<&str> = names.iter().map(String::as_str).filter(|name| is_name(name)).collect();
    let others = names.len() - shown.len();
    match (shown.is_empty(), others) {
        (true, 0) => format!("{kind} without fields"),
        (true, others) => format!("{kind} with {others} fields"),
        (false, 0) => format!("{kind} with {}", shown.join(", ")),
        (false, others) => format!("{kind} with {} and {others} others", shown.join(", ")),
    }
}

/// Whether a text is the name of something of the API, as opposed to an id, an e-mail address or a token.
fn is_name(text: &str) -> bool {
    let of_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'[' | b']');
    !text.is_empty() && text.len() <= NAME && text.bytes().all(of_name) && excerpt::one_line(text, NAME) == text
}

/// Whether the value of a query parameter can't belong to the user: a page number, a switch.
fn is_harmless(value: &str) -> bool {
    let is_number = (1..=DIGITS).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit());
    is_number || matches!(value, "true" | "false")
}

/// One word of a shell's command, quoted as a POSIX shell reads it.
#[derive(Default)]
struct Word(String);

impl Word {
    fn of(text: &str) -> Self {
        let mut word = Self::default();
        word.literal(text);
        word
    }

    /// Adds text that the shell takes as it is.
    fn literal(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '"' | '\\' | '$' | '`' => self.0.extend(['\\', c]),
                // Interactive shells read it as a reference to an earlier command, even between double quotes.
                '!' => self.0.push_str("\"'!'\""),
                c if c.is_control() => {}
                c => self.0.push(c),
            }
        }
    }

    /// Adds a variable that has to be set; `what` says what to set it to. The kind comes first, so that no name means one
    /// of the shell's own variables.
    fn variable(&mut self, kind: &str, name: &str, what: &str) {
        let name = name.to_ascii_uppercase();
        let name = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| !part.is_empty());
        let name: Vec<&str> = std::iter::once(kind).chain(name).collect();
        let _ = write!(self.0, "${{{}:?{what}}}", name.join("_"));
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\"{}\"", self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use std::process::Command;

    use super::{Word, is_harmless, is_name};

    #[test]
    fn word_reaches_the_program_as_it_is() {
        for text in [
            "a b", "it's", "\"", "$HOME", "`id`", "$(id)", "a\\b", "!x!", "*", "~", "ü", "",
        ] {
            let script = format!("printf %s {}", Word::of(text));
            let output = Command::new("sh").args(["-c", &script]).output().unwrap();
            assert_eq!(String::from_utf8(output.stdout).unwrap(), text, "{script}");
        }
        let mut word = Word::of("user=");
        word.variable("QUERY", "user-id", "the id");
        let script = format!("printf %s {word}");
        let set = Command::new("sh")
            .args(["-c", &script])
            .env("QUERY_USER_ID", "$a \"b'")
            .output();
        assert_eq!(set.unwrap().stdout, b"user=$a \"b'");
        let unset = Command::new("sh").args(["-c", &script]).output().unwrap();
        assert!(!unset.status.success() && unset.stdout.is_empty());
        assert!(
            String::from_utf8(unset.stderr)
                .unwrap()
                .contains("QUERY_USER_ID: the id")
        );
    }

    #[test]
    fn names_and_values_of_the_user_are_not_shown() {
        for name in [
            "accounts",
            "v1_1",
            "sub_accounts",
            "custom-roles",
            "a.b",
            "direction",
            "ids[]",
        ] {
            assert!(is_name(name), "{name}");
        }
        for id in [
            "",
            "ann@client.example",
            "Ann Smith",
            "023e105f4ecef8ad9ca31a8372d0c353",
            "a/b",
            "$HOME",
            "a}b",
        ] {
            assert!(!is_name(id), "{id}");
        }
        for value in ["1", "100", "true", "false"] {
            assert!(is_harmless(value), "{value}");
        }
        for value in ["", "ann", "123456", "+1", "-1", "TRUE"] {
            assert!(!is_harmless(value), "{value}");
        }
    }
}
