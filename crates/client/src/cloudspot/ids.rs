//! Identifiers that can be put into a path without leading anywhere else.

use account_provisioning_core::id_type;

id_type! {
    /// Identifies a company: a text, or a number as its digits. Numbers convert as they are.
    pub struct CompanyId("company id");
}

macro_rules! from_numbers {
    ($($number:ty),+) => {$(
        impl From<$number> for CompanyId {
            fn from(id: $number) -> Self {
                // Digits, after a sign perhaps, mean themselves in a path.
                Self(id.to_string().into())
            }
        }
    )+};
}
from_numbers!(i32, i64, u32, u64);
