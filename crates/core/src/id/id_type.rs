//! The macro that makes identifier types.

/// Defines identifier types that hold only what can stand in a path.
///
/// Each is a newtype over a shared string, so that cloning one copies no text. It has `new` and `as_str`,
/// converts from strings with `TryFrom` and `FromStr` (error: [`IdError`](crate::id::IdError)) and from a
/// reference to itself with `From`, is shown by `Display` as its text and by `Debug` as `UserId("…")`, and
/// reads and writes as a JSON string, refusing what `new` refuses. Ids inside responses stay plain strings:
/// a server may send what it likes, and only what goes into a path must be checked.
///
/// # Examples
/// ```
/// account_provisioning_core::id_type! {
///     /// The id of a user.
///     pub struct UserId("user id");
/// }
///
/// let id = UserId::new("0aaaaa1bbbbb2ccccc")?;
/// assert_eq!(id.as_str(), "0aaaaa1bbbbb2ccccc");
/// assert_eq!(format!("{id:?}"), r#"UserId("0aaaaa1bbbbb2ccccc")"#);
/// assert!(UserId::new("..").is_err());
///
/// // Whatever a parameter is given, one bound takes it:
/// fn get(id: impl TryInto<UserId>) -> bool { id.try_into().is_ok() }
/// assert!(get("a") && get(String::from("a")) && get(&String::from("a")) && get(&id) && get(id));
/// # Ok::<(), account_provisioning_core::IdError>(())
/// ```
#[macro_export]
macro_rules! id_type {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident($kind:literal);)+) => {$(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name(::std::sync::Arc<str>);

        impl $name {
            #[doc = concat!("Checks and wraps a ", $kind, ".")]
            ///
            /// # Errors
            /// When the value is empty, `.` or `..`, holds a path separator, `?`, `#`, `%` or a control
            /// character, or starts or ends with whitespace.
            $vis fn new(
                id: impl ::std::convert::Into<::std::string::String>,
            ) -> ::std::result::Result<Self, $crate::id::IdError> {
                let id = id.into();
                $crate::id::validate_path_segment($kind, &id)?;
                ::std::result::Result::Ok(Self(id.into()))
            }

            /// The id as the service knows it.
            $vis fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(self.as_str(), f)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }

        impl ::std::convert::AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl ::std::convert::From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl ::std::convert::From<$name> for ::std::string::String {
            fn from(id: $name) -> Self {
                id.as_str().into()
            }
        }

        impl ::std::convert::TryFrom<&str> for $name {
            type Error = $crate::id::IdError;

            fn try_from(id: &str) -> ::std::result::Result<Self, Self::Error> {
                Self::new(id)
            }
        }

        impl ::std::convert::TryFrom<&::std::string::String> for $name {
            type Error = $crate::id::IdError;

            fn try_from(id: &::std::string::String) -> ::std::result::Result<Self, Self::Error> {
                Self::new(id.as_str())
            }
        }

        impl ::std::convert::TryFrom<::std::string::String> for $name {
            type Error = $crate::id::IdError;

            fn try_from(id: ::std::string::String) -> ::std::result::Result<Self, Self::Error> {
                Self::new(id)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::id::IdError;

            fn from_str(id: &str) -> ::std::result::Result<Self, Self::Err> {
                Self::new(id)
            }
        }

        impl $crate::id::__serde::Serialize for $name {
            fn serialize<S: $crate::id::__serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::id::__serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::id::__serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let id = <::std::string::String as $crate::id::__serde::Deserialize>::deserialize(deserializer)?;
                Self::new(id).map_err($crate::id::__serde::de::Error::custom)
            }
        }
    )+};
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use std::{collections::BTreeSet, error::Error};

    use crate::IdError;

    id_type! {
        /// The id of a user.
        struct UserId("user id");
        /// The id of a group.
        struct GroupId("group id");
    }

    /// The bound that parameters have, with an error type that both conversions' errors turn into.
    fn taken<T>(id: T) -> UserId
    where
        T: TryInto<UserId>,
        T::Error: Into<Box<dyn Error>>,
    {
        id.try_into().map_err(Into::into).unwrap()
    }

    #[test]
    fn id_from_any_string_or_itself_is_the_same_id() {
        let (id, text) = (UserId::new("a").unwrap(), String::from("a"));
        assert_eq!(taken("a"), id);
        assert_eq!(taken(&text), id);
        assert_eq!(taken(text), id);
        assert_eq!(taken(&id), id);
        assert_eq!(taken(id.clone()), id);
        assert_eq!("a".parse::<UserId>().unwrap(), id);
        assert_eq!(id.as_ref(), "a");
        assert_eq!(String::from(id), "a");
    }

    #[test]
    fn id_from_a_bad_string_is_refused_by_every_conversion() {
        let refused: [Result<UserId, IdError>; 5] = [
            UserId::new(".."),
            "..".try_into(),
            String::from("..").try_into(),
            (&String::from("..")).try_into(),
            "..".parse(),
        ];
        assert!(refused.iter().all(Result::is_err));
        assert!(
            serde_json::from_str::<UserId>("\"..\"")
                .unwrap_err()
                .to_string()
                .contains("user id")
        );
    }

    #[test]
    fn id_shown_and_serialised_is_its_text() {
        let id = GroupId::new("g 1").unwrap();
        assert_eq!(
            (id.to_string().as_str(), format!("{id:?}").as_str()),
            ("g 1", "GroupId(\"g 1\")")
        );
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"g 1\"");
        assert_eq!(serde_json::from_str::<GroupId>(&json).unwrap(), id);
    }

    #[test]
    fn ids_in_a_set_are_ordered_by_their_text() {
        let ids: BTreeSet<UserId> = ["b", "a", "b"].map(|id| UserId::new(id).unwrap()).into();
        assert_eq!(ids.iter().map(UserId::as_str).collect::<Vec<_>>(), ["a", "b"]);
    }
}
