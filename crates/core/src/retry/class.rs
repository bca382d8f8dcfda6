//! What an operation allows to be repeated.

use http::Method;

/// Says how safely an operation can be sent a second time.
///
/// The generated operation tables give one per operation: [`of_method`](Self::of_method), unless the
/// document marks the operation otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RetryClass {
    /// Sent twice it has the effect of once: GET, HEAD, PUT, DELETE, or marked so in the document.
    Idempotent,
    /// Sent twice it may act twice: POST and PATCH.
    NotIdempotent,
    /// Not replayed once a server has seen it, not even after 429: a login that counts towards a lock-out.
    Never,
}

impl RetryClass {
    /// The class that a method has by the HTTP standard (RFC 9110, section 9.2.2); a method it doesn't know
    /// is not idempotent.
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
        if method.is_idempotent() {
            Self::Idempotent
        } else {
            Self::NotIdempotent
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::RetryClass::{self, Idempotent, NotIdempotent};

    #[test]
    fn retry_class_of_each_method_follows_the_standard() {
        for (method, class) in [
            (Method::GET, Idempotent),
            (Method::HEAD, Idempotent),
            (Method::PUT, Idempotent),
            (Method::DELETE, Idempotent),
            (Method::POST, NotIdempotent),
            (Method::PATCH, NotIdempotent),
        ] {
            assert_eq!(RetryClass::of_method(&method), class, "{method}");
        }
    }
}
