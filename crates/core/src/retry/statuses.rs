//! The statuses that a policy retries.

use super::Failure;

/// A set of the statuses from 400 to 599.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Statuses([u64; 4]);

/// Statuses with which the next attempt may succeed. 420 is Cloudinary's usage cap; 520 to 524 and 530 are Cloudflare's, for
/// an origin that does not answer as it should.
const DEFAULT: &[u16] = &[408, 420, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 530];

impl Statuses {
    pub(super) const fn default() -> Self {
        Self::of(DEFAULT)
    }

    /// The set of these statuses. Others than 400 to 599 are left out.
    pub(super) const fn of(statuses: &[u16]) -> Self {
        let mut set = [0; 4];
        let mut index = 0;
        while index < statuses.len() {
            if let 400..=599 = statuses[index] {
                let bit = statuses[index] - 400;
                set[(bit / 64) as usize] |= 1 << (bit % 64);
            }
            index += 1;
        }
        Self(set)
    }

    pub(super) const fn contains(self, status: u16) -> bool {
        match status {
            400..=599 => self.0[((status - 400) / 64) as usize] & (1 << ((status - 400) % 64)) != 0,
            _ => false,
        }
    }

    /// The failure that a status means; `None` for success (2xx).
    pub(super) const fn classify(self, status: u16) -> Option<Failure> {
        Some(match (status, self.contains(status)) {
            (200..=299, _) => return None,
            (408 | 500..=599, true) => Failure::RetryableStatus,
            (_, true) => Failure::RateLimited,
            // RFC 9110, sections 15.6.2 and 15.6.6: the server can't process such a request at all.
            (501 | 505, _) => Failure::Rejected,
            (408 | 500..=599, _) => Failure::ServerFault,
            _ => Failure::Rejected,
        })
    }
}

impl std::fmt::Debug for Statuses {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set()
            .entries((400..=599).filter(|status| self.contains(*status)))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Failure::*;
    use super::Statuses;

    #[test]
    fn statuses_by_default_put_every_status_into_its_row() {
        for status in 0..=u16::MAX {
            let expected = match status {
                200..=299 => None,
                420 | 429 => Some(RateLimited),
                408 | 500 | 502 | 503 | 504 | 520..=524 | 530 => Some(RetryableStatus),
                501 | 505 => Some(Rejected),
                500..=599 => Some(ServerFault),
                _ => Some(Rejected),
            };
            assert_eq!(Statuses::default().classify(status), expected, "{status}");
        }
    }

    #[test]
    fn statuses_of_a_policy_replace_the_default_ones() {
        let statuses = Statuses::of(&[425, 501, 599, 200, 600, 0]);
        assert_eq!(format!("{statuses:?}"), "{425, 501, 599}");
        for (status, failure) in [
            (425, RateLimited),
            (501, RetryableStatus),
            (599, RetryableStatus),
            (429, Rejected),
            (408, ServerFault),
            (503, ServerFault),
            (505, Rejected),
            (600, Rejected),
        ] {
            assert_eq!(statuses.classify(status), Some(failure), "{status}");
        }
        assert_eq!(statuses.classify(200), None);
    }
}
