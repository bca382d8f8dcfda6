//! Characters that nobody sees and that come along with copied text, such as a byte order mark.

/// Whether a character is not shown, or only changes how its neighbours are shown: a byte order mark, a zero-width or a
/// bidirectional control character.
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Whether a text starts or ends with whitespace or with an invisible character.
pub(crate) fn has_invisible_ends(text: &str) -> bool {
    text.trim_matches(|c: char| c.is_whitespace() || is_invisible(c)) != text
}
