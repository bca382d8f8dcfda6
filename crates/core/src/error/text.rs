//! Makes text of a server harmless, at the one place where an error is shown.

use std::fmt::{self, Write as _};

/// How long the message of an error can be, in characters. Messages of this SDK are shorter; what a server adds is
/// shortened when the message is made.
const LIMIT: usize = 2000;

/// Writes text so that it stays on its line and looks like what it is: control characters, and invisible ones such as those
/// that change the direction of writing, become escapes.
pub(super) fn write_harmless(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    for (index, c) in text.chars().enumerate() {
        if index == LIMIT {
            return f.write_char('…');
        }
        if is_visible(c) {
            f.write_char(c)?;
        } else {
            write!(f, "{}", c.escape_unicode())?;
        }
    }
    Ok(())
}

/// A text in `Debug`.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl fmt::Debug for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        write_harmless(f, self.0)?;
        f.write_char('"')
    }
}

/// Whether a character is shown as itself. A mark that combines with the letter before it is.
fn is_visible(c: char) -> bool {
    match c {
        ' '..='~' => true,
        // The variation selectors and tags, which change nothing that is seen.
        '\u{fe00}'..='\u{fe0f}'
        | '\u{e0000}'..='\u{e0fff}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{3164}'
        | '\u{ffa0}' => false,
        // In the middle of a text, `str` escapes what can't be printed and nothing else of these.
        c => {
            let mut buffer = ['a', c].iter().collect::<String>();
            buffer.push('a');
            buffer.escape_debug().count() == 3
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_visible;

    #[test]
    fn letters_of_all_scripts_are_visible_and_marks_with_them() {
        for c in "Zoë Ångström e\u{301} 日本 العربية हिन्दी 🙂 – … “x” \"'\\ €".chars()
        {
            assert!(is_visible(c), "{}", c.escape_unicode());
        }
    }

    #[test]
    fn what_forges_lines_or_hides_is_not_visible() {
        let hidden = [
            '\n',
            '\r',
            '\t',
            '\0',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{9b}',
            '\u{a0}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{180e}',
            '\u{200b}',
            '\u{200d}',
            '\u{200e}',
            '\u{200f}',
            '\u{2028}',
            '\u{2029}',
            '\u{202a}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{3000}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{fff9}',
            '\u{e0041}',
            '\u{e000}',
            '\u{10ffff}',
        ];
        for c in hidden {
            assert!(!is_visible(c), "{}", c.escape_unicode());
        }
    }
}
