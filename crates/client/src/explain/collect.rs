//! Collects the settings of a connection where they are made.

use std::borrow::Cow;
use std::env;

use account_provisioning_core::{BaseUrl, RetryPolicy, Timeouts};

use super::{Explanation, Origin, Setting, Unused};

/// The variables for proxies that the HTTP client reads, if the base URL is `https`.
const PROXIES: [[&str; 2]; 2] = [["HTTPS_PROXY", "https_proxy"], ["ALL_PROXY", "all_proxy"]];
/// Those that name the hosts which need none.
const EXCEPTIONS: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// The method that replaces the whole HTTP stack.
const SENDER: &str = "send_http";

/// The settings of a connection so far; at first, all have their defaults.
#[derive(Debug)]
pub(crate) struct Collected {
    settings: Vec<Setting>,
    unused: Vec<Unused>,
}

impl Default for Collected {
    fn default() -> Self {
        let mut collected = Self {
            settings: Vec::new(),
            unused: Vec::new(),
        };
        collected.timeouts(&Timeouts::default(), Origin::Default);
        collected.retry(&RetryPolicy::default(), Origin::Default);
        for (name, value) in [
            ("application", "none"),
            ("user_agent", ""),
            ("header", "none"),
            ("allow_plain_http", "this machine alone"),
            ("http", "`reqwest::Client::builder`"),
            ("proxies", ""),
            ("tls", ""),
            ("http_versions", ""),
            ("sender", "the client's own HTTP stack"),
            ("hook", "none"),
            ("limiter", "none"),
            ("on_drift", "none"),
            ("clock", "the system's"),
            ("sleep", "tokio's timer"),
            ("jitter", "a random generator"),
        ] {
            collected.put(name, value, Origin::Default);
        }
        collected
    }
}

impl Collected {
    /// Sets a setting; an earlier value of it is replaced.
    pub(crate) fn put(&mut self, name: &'static str, value: impl Into<Cow<'static, str>>, origin: Origin) {
        let setting = Setting::new(name, value, origin);
        match self.settings.iter_mut().find(|known| known.name == name) {
            Some(known) => *known = setting,
            None => self.settings.push(setting),
        }
    }

    /// Sets a setting in code by the method of its name.
    pub(crate) fn code(&mut self, name: &'static str, value: impl Into<Cow<'static, str>>) {
        self.put(name, value, Origin::Code(name));
    }

    /// Adds one more to a list that the method of this name sets.
    pub(crate) fn add(&mut self, name: &'static str, item: &str) {
        let known = self.settings.iter().find(|known| known.name == name);
        let value = match known {
            Some(known) if known.origin != Origin::Default => format!("{}, {item}", known.value),
            _ => item.to_owned(),
        };
        self.code(name, value);
    }

    pub(crate) fn timeouts(&mut self, limits: &Timeouts, origin: Origin) {
        for (name, limit) in [
            ("connect_timeout", limits.connect()),
            ("attempt_timeout", limits.attempt()),
            ("call_timeout", limits.call()),
        ] {
            self.put(name, format!("{limit:?}"), origin);
        }
    }

    pub(crate) fn retry(&mut self, policy: &RetryPolicy, origin: Origin) {
        let statuses = (400..=599).filter(|status| policy.retries_status(*status));
        let statuses: Vec<_> = statuses.map(|status| status.to_string()).collect();
        let budget = policy
            .budget()
            .map_or("no limit".to_owned(), |budget| budget.to_string());
        for (name, value) in [
            ("max_attempts", policy.max_attempts().to_string()),
            ("initial_backoff", format!("{:?}", policy.initial_backoff())),
            ("max_backoff", format!("{:?}", policy.max_backoff())),
            ("multiplier", policy.multiplier().to_string()),
            ("rate_limited_replays", policy.rate_limited_replays().to_string()),
            ("retried_statuses", statuses.join(", ")),
            ("retry_budget", budget),
        ] {
            self.put(name, value, origin);
        }
    }

    /// Adds a method that has no effect, and why.
    pub(crate) fn unused(&mut self, method: &'static str, reason: impl Into<String>) {
        self.unused.push(Unused::new(method, reason));
    }

    /// Sets what sends requests. Of `send_http` and `layer`, the one that was called last does.
    pub(crate) fn sender(&mut self, method: &'static str, value: &'static str) {
        let before = self.origin("sender");
        self.unused.retain(|unused| unused.name != method);
        if let Origin::Code(before) = before
            && before != method
        {
            self.unused(before, format!("`{method}`, which was called later, replaces it"));
        }
        self.put("sender", value, Origin::Code(method));
    }

    /// Ends the collection. `own` are the settings of the service. Without a `user_agent`, a header has it.
    pub(crate) fn finish(
        mut self,
        service: &'static str,
        mut own: Vec<Setting>,
        base_url: &BaseUrl,
        user_agent: Option<&str>,
    ) -> Explanation {
        let application = self.origin("application");
        match user_agent {
            Some(user_agent) => self.put("user_agent", user_agent.to_owned(), application),
            None => {
                self.put("user_agent", "[set]", Origin::Code("header"));
                if let Origin::Code(application) = application {
                    self.unused(application, "the user agent that `header` sets replaces it");
                }
            }
        }
        self.http_stack(base_url.as_str().starts_with("https:"));
        own.append(&mut self.settings);
        Explanation {
            service,
            settings: own,
            unused: self.unused,
            conflicts: Vec::new(),
        }
    }

    /// What the HTTP stack of the client does, as far as this crate decides it.
    fn http_stack(&mut self, is_https: bool) {
        let given = self.origin("http") != Origin::Default;
        if self.origin("sender") == Origin::Code(SENDER) {
            for name in ["proxies", "tls", "http_versions"] {
                self.put(name, "not used", Origin::Code(SENDER));
            }
            if given {
                self.unused("http", format!("`{SENDER}` sends the requests in its place"));
            }
            return;
        }
        let or_given = |value: &str| match given {
            true => format!("{value}, unless `http` says otherwise"),
            false => value.to_owned(),
        };
        // As reqwest reads them: the first of two spellings counts even if it is empty, and an empty one means no proxy.
        let first_set = |names: [&'static str; 2]| {
            let set = names.into_iter().find_map(|name| Some((name, env::var_os(name)?)));
            set.filter(|(_, value)| !value.is_empty()).map(|(name, _)| name)
        };
        let mut set: Vec<_> = PROXIES.into_iter().filter_map(first_set).collect();
        // A program that a web server starts by CGI takes none, since a request could set it.
        if env::var_os("REQUEST_METHOD").is_some() {
            set.clear();
        }
        match set.first().copied() {
            Some(first) if is_https => {
                set.extend(first_set(EXCEPTIONS));
                let value = format!("those of the environment: {}", set.join(", "));
                self.put("proxies", or_given(&value), Origin::Variable(first));
            }
            _ => self.put("proxies", or_given("none"), Origin::Default),
        }
        match tls() {
            _ if !is_https => self.put("tls", "none, since the base URL is plain http", Origin::Default),
            (value, origin) => self.put("tls", or_given(value), origin),
        }
        match cfg!(feature = "http2") {
            true => self.put("http_versions", or_given("HTTP/2, HTTP/1.1"), Origin::Feature("http2")),
            false => self.put("http_versions", or_given("HTTP/1.1"), Origin::Default),
        }
    }

    fn origin(&self, name: &str) -> Origin {
        let known = self.settings.iter().find(|known| known.name == name);
        known.map_or(Origin::Default, |known| known.origin)
    }
}

/// The TLS library of this build.
fn tls() -> (&'static str, Origin) {
    if cfg!(feature = "native-tls") {
        ("that of the operating system", Origin::Feature("native-tls"))
    } else if cfg!(feature = "rustls") {
        ("rustls", Origin::Feature("rustls"))
    } else if cfg!(feature = "rustls-no-provider") {
        let value = "rustls, with the provider that the program installed";
        (value, Origin::Feature("rustls-no-provider"))
    } else {
        ("none", Origin::Default)
    }
}
