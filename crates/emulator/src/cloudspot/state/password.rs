//! Hashed passwords.

use std::fmt;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{CustomizedPasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// The prefix of hashes in the PHC string format.
const HASH: &str = "$argon2";
/// The same salt for all passwords, so that equal states are equal. Do not use real passwords here.
const SALT: &[u8] = b"emulator's salt";

/// A password, stored as an Argon2id hash. `Debug` shows `Password(…)`.
///
/// In JSON it is the hash in the PHC string format. A state file may also contain the password itself, which is hashed
/// when the file is read: a string that begins with `$argon2` is a hash, any other string is a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Hashes `password` with the least work that the algorithm allows, because tests log in often.
    pub fn new(password: &str) -> Self {
        let least = Params::new(Params::MIN_M_COST, Params::MIN_T_COST, Params::MIN_P_COST, None);
        let hash = Argon2::default().hash_password_customized(
            password.as_bytes(),
            SALT,
            Some(Algorithm::Argon2id.as_str()),
            Some(Version::V0x13.into()),
            least.unwrap_or_default(),
        );
        // Hashing fails only for passwords of 4 GiB. The empty hash matches no password.
        Self(hash.map(|hash| hash.to_string()).unwrap_or_default())
    }

    /// Returns whether this is the password.
    pub fn is(&self, password: &str) -> bool {
        PasswordHash::new(&self.0)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    }

    /// Returns the hash.
    pub fn hash(&self) -> &str {
        &self.0
    }
}

impl Serialize for Password {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Password {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Serde's own error message for a number would contain it.
        let Value::String(text) = Value::deserialize(deserializer)? else {
            return Err(D::Error::custom("a password must be a string"));
        };
        if !text.starts_with(HASH) {
            return Ok(Self::new(&text));
        }
        match PasswordHash::new(&text) {
            Ok(_) => Ok(Self(text)),
            Err(_) => Err(D::Error::custom(
                "a password that begins with `$argon2` must be a hash in the PHC string format",
            )),
        }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    #[test]
    fn password_is_kept_as_a_hash_and_fits_itself_alone() {
        let password = Password::new("canary");
        assert!(password.is("canary") && !password.is("Canary") && !password.is(""));
        assert!(password.hash().starts_with("$argon2id$v=19$") && !password.hash().contains("canary"));
        assert_eq!(format!("{password:?}"), "Password(…)");
        assert!(Password::new("").is("") && !Password(String::new()).is(""));
    }

    #[test]
    fn password_in_json_is_read_as_itself_or_as_its_hash_and_written_as_the_hash() {
        let read = |json: &str| serde_json::from_str::<Password>(json);
        let password = read("\"canary\"").unwrap();
        let written = serde_json::to_string(&password).unwrap();
        assert!(!written.contains("canary"), "{written}");
        assert_eq!(read(&written).unwrap(), password);
        for wrong in ["4711", "\"$argon2id$canary\""] {
            let error = read(wrong).unwrap_err().to_string();
            assert!(!error.contains("4711") && !error.contains("canary"), "{error}");
        }
    }
}
