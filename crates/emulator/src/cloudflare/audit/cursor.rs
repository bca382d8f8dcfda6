//! The cursors of the audit log. A cursor is a position in the log, which later entries do not change.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use chrono::DateTime;

use super::entry_iter::{Position, Source};

/// The content of a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The last entry before the page; `None` for the first page.
    pub(super) after: Option<Position>,
    /// The number of the page, counted from 0.
    pub(super) page: u64,
    /// How many empty pages led here, so that an empty page can return a new cursor for the same position.
    pub(super) empty_pages: u64,
    pub(super) newest_first: bool,
}

impl Cursor {
    pub(super) fn encode(self) -> String {
        let position = self.after.map_or(String::new(), |position| {
            let source = match position.source {
                Source::Synthetic => 's',
                Source::Own => 'o',
            };
            format!(
                "{source}{}.{:09}.{}",
                position.time.timestamp(),
                position.time.timestamp_subsec_nanos(),
                position.index
            )
        });
        let direction = if self.newest_first { 'd' } else { 'a' };
        URL_SAFE.encode(format!(
            "audit:{direction}:{}:{}:{position}",
            self.page, self.empty_pages
        ))
    }

    pub(super) fn decode(text: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE.decode(text).ok()?).ok()?;
        let mut parts = text.strip_prefix("audit:")?.splitn(4, ':');
        let newest_first = parts.next()? == "d";
        let (page, empty_pages) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let after = match parts.next()? {
            "" => None,
            position => Some(decode_position(position)?),
        };
        Some(Self {
            after,
            page,
            empty_pages,
            newest_first,
        })
    }
}

fn decode_position(text: &str) -> Option<Position> {
    let (source, rest) = match text.strip_prefix('s') {
        Some(rest) => (Source::Synthetic, rest),
        None => (Source::Own, text.strip_prefix('o')?),
    };
    let mut parts = rest.splitn(3, '.');
    let time = DateTime::from_timestamp(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)?;
    Some(Position {
        time,
        source,
        index: parts.next()?.parse().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursor_written_and_read_is_the_same_and_other_text_is_none() {
        let position = DateTime::from_timestamp(-5, 123_456_789).map(|time| Position {
            time,
            source: Source::Own,
            index: 7,
        });
        for after in [None, position] {
            let cursor = Cursor {
                after,
                page: 2,
                empty_pages: 1,
                newest_first: true,
            };
            assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }
        for text in ["", "x", "YXVkaXQ6", "next-page"] {
            assert_eq!(Cursor::decode(text), None, "{text}");
        }
    }
}
