//! Whether an operation can be repeated safely.

use http::Method;

/// Whether an operation can be repeated safely.
///
/// The generated table has one for each operation: that of its [method](Self::of_method), unless the document marks the
/// operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryClass {
    /// It changes nothing: GET, HEAD, or marked in the document, for example a POST that only searches.
    Safe,
    /// Sending it twice has the same effect as sending it once: PUT, DELETE, or marked in the document.
    Idempotent,
    /// Sending it twice may apply the change twice: POST and PATCH.
    NotIdempotent,
    /// Never repeated after a server may have received it, not even after 429: a login that counts towards a lock-out.
    Never,
}

impl RetryClass {
    /// The class of a method according to the HTTP standard (RFC 9110, sections 9.2.1 and 9.2.2). A method that the standard doesn't
    /// define is not idempotent.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning_core::RetryClass;
    /// use http::Method;
    ///
    /// assert_eq!(RetryClass::of_method(&Method::DELETE), RetryClass::Idempotent);
    /// assert_eq!(RetryClass::of_method(&Method::POST), RetryClass::NotIdempotent);
    /// ```
    pub fn of_method(method: &Method) -> Self {
        if method.is_safe() {
            Self::Safe
        } else if method.is_idempotent() {
            Self::Idempotent
        } else {
            Self::NotIdempotent
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::RetryClass::{self, Idempotent, NotIdempotent, Safe};

    #[test]
    fn retry_class_of_each_method_follows_the_standard() {
        for (method, class) in [
            (Method::GET, Safe),
            (Method::HEAD, Safe),
            (Method::PUT, Idempotent),
            (Method::DELETE, Idempotent),
            (Method::POST, NotIdempotent),
            (Method::PATCH, NotIdempotent),
        ] {
            assert_eq!(RetryClass::of_method(&method), class, "{method}");
        }
    }
}
