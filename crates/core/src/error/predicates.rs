//! Questions to ask an error.

use super::{Error, ErrorKind};

impl Error {
    /// Whether the requested resource doesn't exist (404). False for a "not found" page that [something
    /// else](Self::is_foreign) sent, such as a proxy or the server of a wrong base URL.
    ///
    /// A deletion that was retried after its response was lost also ends like this, if the first attempt deleted the
    /// resource. Its [outcome is unknown](Self::is_outcome_unknown) then.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.says(&[404])
    }

    /// Whether the change conflicts with the current state, for example because the name is taken (409).
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.says(&[409])
    }

    /// Whether an update with `if_unchanged_since` found another value than the one that the caller had read.
    ///
    /// Nothing was changed: the update only read the current value. This is not a [conflict](Self::is_conflict), which is
    /// the service's own answer (409). Fetch the value again and decide whether the update is still wanted.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.0.kind == ErrorKind::Changed
    }

    /// Whether several things match where one was looked for, for example by a name that is not unique.
    /// [`candidates`](Self::candidates) has their ids.
    #[must_use]
    pub fn is_ambiguous(&self) -> bool {
        self.0.kind == ErrorKind::Ambiguous
    }

    /// Whether too many requests were sent (420, 429). The service or something in front of it may have said so.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.has_status(&[420, 429])
    }

    /// Whether the response doesn't have a form that the service uses, so something else probably answered: a sign-in page, a
    /// proxy, a firewall, or the server of a wrong base URL.
    ///
    /// This is so for a response with status 2xx that isn't the documented result, and for one with any other status that
    /// isn't an error of the service. Then [`is_not_found`](Self::is_not_found), [`is_conflict`](Self::is_conflict) and
    /// [`is_auth`](Self::is_auth) are false, because the service said nothing. Whether the service got the request is not
    /// known: the [outcome](Self::is_outcome_unknown) of a change is unknown. A 5xx or 429 may be foreign as well, and is
    /// retried like one of the service.
    #[must_use]
    pub fn is_foreign(&self) -> bool {
        self.0.foreign
    }

    /// Whether the credentials were refused (401) or don't allow the operation (403).
    #[must_use]
    pub fn is_auth(&self) -> bool {
        self.says(&[401, 403])
    }

    /// Whether the credentials are valid but don't allow the operation (403).
    #[must_use]
    pub fn is_permission_denied(&self) -> bool {
        self.says(&[403])
    }

    /// Whether an attempt or the whole call ran out of time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout || self.0.out_of_time
    }

    /// Whether no attempt reached the service: no connection could be made, or an HTTP/2 server refused the request before it
    /// read it. Nothing was changed.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.kind == ErrorKind::Connect
    }

    /// Whether the service failed (408, 5xx).
    #[must_use]
    pub fn is_server(&self) -> bool {
        self.0
            .status
            .is_some_and(|status| ErrorKind::of_status(status) == ErrorKind::Server)
    }

    /// Whether the response was successful but could not be read.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        self.0.kind == ErrorKind::Decode
            || self.0.kind == ErrorKind::Foreign && self.0.status.is_some_and(|status| status.is_success())
    }

    /// Whether a setting or an environment variable is missing or malformed.
    #[must_use]
    pub fn is_configuration(&self) -> bool {
        self.0.kind == ErrorKind::Configuration
    }

    /// Whether an argument was refused before anything was sent.
    #[must_use]
    pub fn is_invalid_input(&self) -> bool {
        self.0.kind == ErrorKind::InvalidInput
    }

    /// Whether the change may have been made although the call failed.
    ///
    /// The request was sent, but no response of the service says what happened. To find out, look for the resource (most calls
    /// that create something have a method `reconcile` for that), and only create it again when it isn't there. Updates and
    /// deletions can simply be repeated. Their outcome is only unknown after no attempt got a clear response, or when a retried
    /// deletion is [not found](Self::is_not_found), because the attempt before may have deleted the resource.
    #[must_use]
    pub fn is_outcome_unknown(&self) -> bool {
        self.0.outcome_unknown
    }

    /// Whether the service itself answered with one of these statuses, and its answer was received and read.
    fn says(&self, statuses: &[u16]) -> bool {
        let is_read = self.0.status.map(ErrorKind::of_status) == Some(self.0.kind);
        is_read && !self.0.foreign && self.has_status(statuses)
    }

    fn has_status(&self, statuses: &[u16]) -> bool {
        self.0.status.is_some_and(|status| statuses.contains(&status.as_u16()))
    }
}
