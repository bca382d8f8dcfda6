//! The region that stores an account's data.

/// The region whose host receives an account's requests. Source: the document's `servers`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Region {
    /// The default: `api.cloudinary.com`.
    #[default]
    Global,
    /// The European Union: `api-eu.cloudinary.com`.
    Europe,
    /// Asia and the Pacific: `api-ap.cloudinary.com`.
    AsiaPacific,
}

impl Region {
    pub(super) const ALL: [Self; 3] = [Self::Global, Self::Europe, Self::AsiaPacific];

    /// The first label of the region's host, as the vendor writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Global => "api",
            Self::Europe => "api-eu",
            Self::AsiaPacific => "api-ap",
        }
    }

    pub(super) fn base_url(self) -> String {
        format!("https://{}.cloudinary.com", self.as_str())
    }
}
