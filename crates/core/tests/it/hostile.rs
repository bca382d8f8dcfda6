//! Errors that are made of what a hostile server sends.

use std::collections::HashMap;
use std::error::Error as _;

use account_provisioning_core::{Error, ErrorKind, MakeError as _, Refusal, VendorMessage};
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use proptest::prelude::*;

/// Text with many characters that forge lines, change the direction of writing, or can't be seen.
fn hostile() -> impl Strategy<Value = String> {
    let nasty = prop::sample::select(vec![
        '\n',
        '\r',
        '\u{1b}',
        '\u{7f}',
        '\u{9b}',
        '\u{200b}',
        '\u{202e}',
        '\u{2066}',
        '\u{2028}',
        '\u{feff}',
        '\u{e0041}',
        '\0',
        '"',
        '\\',
        '\u{fe0f}',
        '\u{ad}',
    ]);
    let text = prop::collection::vec(
        prop_oneof![2 => nasty, 1 => any::<char>(), 1 => prop::char::range('a', 'z')],
        0..400,
    );
    text.prop_map(String::from_iter)
}

/// Every kind of error that contains text of a server.
fn errors(text: &str, status: StatusCode) -> Vec<Error> {
    let json = serde_json::json!({ text: { text: [text] } }).to_string();
    let body = Bytes::from(json);
    let message = VendorMessage::new(Some(1), Some(text.to_owned()));
    let refusal = Refusal::new(Some(text.to_owned()), vec![text.to_owned()])
        .with_category(Some(text.to_owned()))
        .with_details(Some(text.into()))
        .with_messages(vec![message.clone()]);
    vec![
        Error::refused(status, Some(refusal), &body),
        Error::refused(status, Some(Refusal::of_errors(vec![message])), &body),
        Error::refused(status, None, &body),
        Error::foreign(status, &HeaderMap::new(), &body),
        Error::foreign(status, &HeaderMap::new(), &Bytes::from(text.to_owned())),
        Error::foreign_success(status, &Bytes::from(format!("<p>{text}"))),
        Error::undecodable::<HashMap<String, HashMap<String, Vec<bool>>>>(&body),
        Error::undecodable::<HashMap<String, bool>>(&body),
        Error::undecodable::<u8>(&Bytes::from(text.to_owned())),
        Error::invalid_input(format!("no group is called `{text}`")),
        Error::configuration(text),
        Error::new(ErrorKind::Paging, text).with_unknown_outcome(text),
    ]
}

/// Forges a line, or changes how the rest of it is read.
fn deceives(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Can't be seen.
fn hides(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}')
}

proptest! {
    #[test]
    fn no_error_shows_what_forges_lines_or_hides_and_none_is_endless(text in hostile(), status in 200_u16..600) {
        let status = StatusCode::from_u16(status).unwrap_or_default();
        for error in errors(&text, status) {
            let (shown, debug) = (error.to_string(), format!("{error:?}"));
            prop_assert!(!shown.chars().any(|c| deceives(c) || hides(c)), "{}", shown.escape_unicode());
            prop_assert!(!debug.chars().any(|c| deceives(c) || hides(c)), "{}", debug.escape_unicode());
            prop_assert!(debug.chars().count() <= 3 * 2001 * 10 + 1000);
            // 2,000 characters, each of which may be escaped.
            prop_assert!(error.to_string().chars().count() <= 2001 * 10);
            prop_assert!(error.source().is_none());
        }
    }
}
