//! The headers that name the application and the session.

use http::HeaderName;

/// Names the application in every request.
pub(super) const MODULE: HeaderName = HeaderName::from_static("x-license-module");
/// Carries the token of a session.
pub(super) const TOKEN: HeaderName = HeaderName::from_static("x-license-token");
