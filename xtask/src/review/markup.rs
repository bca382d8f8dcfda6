//! Texts of others in Markdown. Nothing in them becomes markup: not even a tag of HTML in a code span, if the span ends
//! early.

use std::iter;

/// A text on one line with its markup escaped. What is in single backticks stays a code span.
pub(super) fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some((before, span, after)) = next_span(rest) {
        out.push_str(&plain(before));
        out.push_str(&code(span));
        rest = after;
    }
    out + &plain(rest)
}

/// A code span. With an angle bracket or a backtick in it, it is written as HTML, where both can be escaped.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    if text.contains(['<', '`']) {
        return format!("<code>{}</code>", plain(&text.replace('&', "&amp;")));
    }
    format!("`{}`", text.replace('|', "\\|"))
}

/// A text inside an element of HTML, where Markdown means nothing.
pub(super) fn html(text: &str) -> String {
    let text = one_line(text).replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

/// A block of code that no line of it ends.
pub(super) fn block(language: &str, text: &str, indent: &str) -> String {
    let runs = text.split(|c| c != '`').map(str::len);
    let fence = "`".repeat(runs.max().unwrap_or_default().max(2) + 1);
    let first = format!("{fence}{language}");
    let lines = iter::once(first.as_str()).chain(text.lines()).chain([fence.as_str()]);
    lines.map(|line| format!("{indent}{line}\n")).collect()
}

/// The text before a code span, the span, and the text after it. A span has one backtick at each end.
fn next_span(text: &str) -> Option<(&str, &str, &str)> {
    let is_backtick = |at: usize| text.as_bytes().get(at) == Some(&b'`');
    let is_single = |at: &usize| !is_backtick(at + 1) && !at.checked_sub(1).is_some_and(is_backtick);
    let mut single = text.match_indices('`').map(|(at, _)| at).filter(is_single);
    let (start, end) = (single.next()?, single.next()?);
    Some((&text[..start], &text[start + 1..end], &text[end + 1..]))
}

/// A text without code spans.
fn plain(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '<' => {
                out.push_str("&lt;");
                continue;
            }
            '*' | '_' | '[' | ']' | '|' | '`' | '\\' => out.push('\\'),
            _ => {}
        }
        out.push(c);
    }
    out
}

fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{block, code, escape, html};

    #[test]
    fn markup_is_escaped_also_if_backticks_are_not_balanced() {
        let text = "value `x`</details><img src=x>`y` added, a | b_c";
        assert_eq!(
            escape(text),
            "value `x`&lt;/details><img src=x>`y` added, a \\| b\\_c".replace("<img", "&lt;img")
        );
        assert_eq!(escape("one ` <b>\nline"), "one \\` &lt;b> line");
        assert_eq!(escape("`a|b` ``<i>`` \\`"), "`a\\|b` \\`\\`&lt;i>\\`\\` \\\\\\`");
    }

    #[test]
    fn code_span_keeps_angle_brackets_and_backticks() {
        assert_eq!(code("get_user"), "`get_user`");
        assert_eq!(code("Option<A_B>"), "<code>Option&lt;A\\_B></code>");
        assert_eq!(escape("is `</details>`"), "is <code>&lt;/details></code>");
        assert_eq!(code("a`b"), "<code>a\\`b</code>");
    }

    #[test]
    fn html_has_no_backslashes() {
        assert_eq!(html("a_b</summary>\n&"), "a_b&lt;/summary&gt; &amp;");
    }

    #[test]
    fn fence_is_longer_than_every_run_of_backticks() {
        assert_eq!(
            block("yaml", "a\n````\nb\n", "  "),
            "  `````yaml\n  a\n  ````\n  b\n  `````\n"
        );
    }
}
