//! The cursors of the audit log: a place in it, which later entries do not move.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE;
use chrono::DateTime;

use super::walk::{Place, Source};

/// What a cursor holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The last entry before the page; none when the page is the first.
    pub(super) after: Option<Place>,
    /// The number of the page, counted from 0.
    pub(super) page: u64,
    /// How many empty pages led here, so that a place can be left under a new cursor.
    pub(super) hops: u64,
    pub(super) newest_first: bool,
}

impl Cursor {
    pub(super) fn encode(self) -> String {
        let place = self.after.map_or(String::new(), |place| {
            let source = match place.source {
                Source::Synthetic => 's',
                Source::Own => 'o',
            };
            format!(
                "{source}{}.{:09}.{}",
                place.time.timestamp(),
                place.time.timestamp_subsec_nanos(),
                place.index
            )
        });
        let direction = if self.newest_first { 'd' } else { 'a' };
        URL_SAFE.encode(format!("audit:{direction}:{}:{}:{place}", self.page, self.hops))
    }

    pub(super) fn decode(text: &str) -> Option<Self> {
        let text = String::from_utf8(URL_SAFE.decode(text).ok()?).ok()?;
        let mut parts = text.strip_prefix("audit:")?.splitn(4, ':');
        let newest_first = parts.next()? == "d";
        let (page, hops) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let after = match parts.next()? {
            "" => None,
            place => Some(decode_place(place)?),
        };
        Some(Self {
            after,
            page,
            hops,
            newest_first,
        })
    }
}

fn decode_place(text: &str) -> Option<Place> {
    let (source, rest) = match text.strip_prefix('s') {
        Some(rest) => (Source::Synthetic, rest),
        None => (Source::Own, text.strip_prefix('o')?),
    };
    let mut parts = rest.splitn(3, '.');
    let time = DateTime::from_timestamp(parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)?;
    Some(Place {
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
        let place = DateTime::from_timestamp(-5, 123_456_789).map(|time| Place {
            time,
            source: Source::Own,
            index: 7,
        });
        for after in [None, place] {
            let cursor = Cursor {
                after,
                page: 2,
                hops: 1,
                newest_first: true,
            };
            assert_eq!(Cursor::decode(&cursor.encode()), Some(cursor));
        }
        for text in ["", "x", "YXVkaXQ6", "next-page"] {
            assert_eq!(Cursor::decode(text), None, "{text}");
        }
    }
}
