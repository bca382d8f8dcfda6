//! A text that needs no allocation while it is short.

use std::fmt;

/// How many bytes need no allocation: more than nearly all ids have.
const SHORT: usize = 96;

/// A text that is written once and read.
#[derive(Clone)]
pub(crate) struct ShortText {
    bytes: [u8; SHORT],
    length: usize,
    /// The whole text, if it is longer.
    long: Option<String>,
}

impl ShortText {
    pub(crate) fn as_str(&self) -> &str {
        // Whole texts are written, so the bytes are always UTF-8.
        let short = || std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default();
        self.long.as_deref().unwrap_or_else(short)
    }
}

impl Default for ShortText {
    fn default() -> Self {
        Self {
            bytes: [0; SHORT],
            length: 0,
            long: None,
        }
    }
}

impl fmt::Write for ShortText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        if let Some(long) = &mut self.long {
            long.push_str(text);
            return Ok(());
        }
        let end = self.length + text.len();
        match self.bytes.get_mut(self.length..end) {
            Some(free) => {
                free.copy_from_slice(text.as_bytes());
                self.length = end;
            }
            None => self.long = Some([self.as_str(), text].concat()),
        }
        Ok(())
    }
}

impl fmt::Debug for ShortText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::{SHORT, ShortText};

    #[test]
    fn text_of_any_length_is_what_was_written() {
        for length in [0, 1, SHORT - 1, SHORT, SHORT + 1, 3 * SHORT] {
            for part in ["a", "é", "🙂"] {
                let mut text = ShortText::default();
                for _ in 0..length {
                    assert!(text.write_str(part).is_ok());
                }
                assert_eq!(text.as_str(), part.repeat(length));
                assert_eq!(text.long.is_some(), part.len() * length > SHORT);
            }
        }
    }
}
