//! Ids, keys and secrets that are the same for equal seeds.

use fastrand::Rng;

const HEX: &[u8] = b"0123456789abcdef";
const LOWER: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const SECRET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

/// One generator per purpose, so that an additional request or fault does not change the ids of what is created.
#[derive(Clone, Debug)]
pub(crate) struct Random {
    seed: u64,
    ids: Rng,
    secrets: Rng,
    requests: Rng,
    records: Rng,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self {
            seed,
            ids: stream(seed, "ids"),
            secrets: stream(seed, "secrets"),
            requests: stream(seed, "requests"),
            records: stream(seed, "records"),
        }
    }

    pub(crate) fn seed(&self) -> u64 {
        self.seed
    }

    /// Returns an id of 32 hexadecimal digits.
    pub(crate) fn id(&mut self) -> String {
        text(&mut self.ids, HEX, 32)
    }

    /// Returns a random name of lower-case letters and digits.
    pub(crate) fn name(&mut self, length: usize) -> String {
        text(&mut self.ids, LOWER, length)
    }

    /// Returns digits, of which the first is not 0.
    pub(crate) fn digits(&mut self, length: usize) -> String {
        let mut digits = text(&mut self.ids, b"123456789", 1);
        digits.push_str(&text(&mut self.ids, b"0123456789", length.saturating_sub(1)));
        digits
    }

    /// Returns a secret of 27 letters, digits, `_` and `-`.
    pub(crate) fn secret(&mut self) -> String {
        self.secret_of(27)
    }

    /// Returns a secret of letters, digits, `_` and `-`.
    pub(crate) fn secret_of(&mut self, length: usize) -> String {
        text(&mut self.secrets, SECRET, length)
    }

    pub(crate) fn request_id(&mut self) -> String {
        text(&mut self.requests, HEX, 32)
    }

    /// Returns a request id of 16 hexadecimal digits.
    pub(crate) fn ray_id(&mut self) -> String {
        text(&mut self.requests, HEX, 16)
    }

    /// Returns an id of 32 hexadecimal digits for an entry of an audit log.
    pub(crate) fn record_id(&mut self) -> String {
        text(&mut self.records, HEX, 32)
    }
}

/// Returns the generator for one purpose. Equal seeds and labels give equal sequences.
pub(crate) fn stream(seed: u64, label: &str) -> Rng {
    // FNV-1a, since the sequence must not change between releases, as the standard library's hasher may.
    let hash = seed
        .to_le_bytes()
        .iter()
        .chain(label.as_bytes())
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
        });
    Rng::with_seed(hash)
}

/// Returns the id of 32 hexadecimal digits for a label, the same in every emulator.
pub(crate) fn fixed_id(label: &str) -> String {
    text(&mut stream(0, label), HEX, 32)
}

fn text(random: &mut Rng, letters: &[u8], length: usize) -> String {
    (0..length)
        .map(|_| char::from(letters[random.usize(..letters.len())]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_with_equal_seeds_repeats_and_with_others_does_not() {
        let (mut a, mut b, mut c) = (Random::new(7), Random::new(7), Random::new(8));
        assert_eq!(a.id(), b.id());
        assert_ne!(a.id(), c.id());
        assert_eq!(a.digits(15).len(), 15);
    }

    #[test]
    fn random_request_ids_leave_the_ids_alone() {
        let (mut a, mut b) = (Random::new(7), Random::new(7));
        a.request_id();
        assert_eq!(a.id(), b.id());
    }
}
