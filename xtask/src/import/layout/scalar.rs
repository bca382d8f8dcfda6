//! Scalars in the style of our documents.

use std::iter;

use serde_json::Value;

/// An entry of a map whose value is a scalar, an empty map or an empty list. A string of several lines becomes a block.
pub(super) fn entry(key: &str, value: &Value) -> Vec<String> {
    if let Value::String(text) = value
        && text.contains('\n')
        && text.lines().all(|line| line == line.trim_end() && printable(line))
        && !text.starts_with([' ', '\n'])
        && !text.ends_with('\n')
    {
        let lines = text.lines().map(|line| {
            if line.is_empty() {
                String::new()
            } else {
                format!("  {line}")
            }
        });
        return iter::once(format!("{key}: |-")).chain(lines).collect();
    }
    vec![format!("{key}: {}", inline(value))]
}

/// A scalar, an empty map or an empty list on one line.
pub(super) fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => plain_or_quoted(text),
        other => other.to_string(),
    }
}

/// A string without quotes if YAML reads it as the same string, and with quotes otherwise.
pub(super) fn plain_or_quoted(text: &str) -> String {
    if !printable(text) {
        return escaped(text);
    }
    if is_plain(text) {
        text.to_owned()
    } else {
        format!("'{}'", text.replace('\'', "''"))
    }
}

fn printable(text: &str) -> bool {
    text.chars()
        .all(|c| !c.is_control() && c != '\u{feff}' && c != '\u{2028}' && c != '\u{2029}')
}

/// A string in double quotes. YAML has the escapes of JSON, and needs them for more characters.
fn escaped(text: &str) -> String {
    let json = Value::String(text.to_owned()).to_string();
    let letters = json.chars().map(|c| match c {
        c if printable(c.encode_utf8(&mut [0; 4])) => c.to_string(),
        c => format!("\\u{:04x}", u32::from(c)),
    });
    letters.collect()
}

fn is_plain(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '/' | '$' | '^' | '(' | '<'));
    // Other YAML parsers read these words as a boolean or as null.
    let word =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_ascii_lowercase().as_str());
    begins
        && !word
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with([':', ' '])
        && !matches!(text, ".inf" | ".nan")
        && text.parse::<f64>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use account_provisioning_codegen::document::Document;
    use serde_json::json;

    #[test]
    fn entry_with_any_text_reads_as_that_text() {
        let texts = [
            "",
            " ",
            "a",
            "true",
            "No",
            "null",
            "~",
            "1",
            "1e3",
            "0x1f",
            "nan",
            "inf",
            "a: b",
            "a:",
            "a #b",
            "#a",
            "it's",
            "'",
            "\"",
            "- a",
            "-",
            "{a}",
            "[a]",
            "*a",
            "&a",
            "!a",
            "%a",
            "@a",
            "`a",
            "|",
            ">",
            "?",
            "? a",
            "a\nb",
            "a\n\nb",
            "a\n",
            "\na",
            " a\nb",
            "a \nb",
            "\ttab",
            "a\tb",
            "\u{7f}",
            "é",
            "^[a-z]{2}$",
            "2026-01-01",
            "\u{feff}",
            "a\u{2028}b",
            "=",
            "<<",
            "---",
            "a, b",
            "a\\b",
        ];
        for text in texts {
            let lines = entry("key", &json!(text));
            let read = Document::parse("test.yaml", &format!("{}\n", lines.join("\n")));
            assert_eq!(
                read.map(|read| read.value().clone()),
                Ok(json!({ "key": text })),
                "{lines:?}"
            );
            let read = Document::parse("test.yaml", &format!("{}: 1\n", plain_or_quoted(text)));
            if !text.is_empty() && text != "<<" {
                assert_eq!(
                    read.map(|read| read.value().clone()),
                    Ok(json!({ text: 1 })),
                    "{text:?}"
                );
            }
        }
    }
}
