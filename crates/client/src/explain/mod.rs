//! What a client is configured with, and where each setting comes from.

mod collect;
mod origin;

use std::borrow::Cow;
use std::fmt;

pub(crate) use self::collect::Collected;
pub use self::origin::Origin;
use crate::vars::Vars;

/// What the value of a secret is shown as.
const SECRET: &str = "[set]";

/// What a client is configured with: each setting, its value and its [`Origin`]; made by `explain` of each client.
///
/// `Display` writes a line for each of them, for people and support tickets. Programs read [`settings`](Self::settings).
/// Values of credentials and of headers are never shown: a secret is `[set]`, whatever its length. Account ids, application
/// ids and the base URL are shown.
///
/// # Examples
/// ```
/// # #[cfg(feature = "cloudflare")] {
/// use account_provisioning::cloudflare;
/// use account_provisioning::explain::Origin;
///
/// let client = cloudflare::Client::builder().api_token("t0ken").build()?;
/// let explanation = client.explain();
/// println!("{explanation}");
/// assert!(explanation.to_string().contains("api_token: [set] (`api_token`)"));
/// assert!(!explanation.to_string().contains("t0ken"));
/// for setting in explanation.settings().iter().filter(|setting| setting.origin() != Origin::Default) {
///     println!("{} is {}", setting.name(), setting.value());
/// }
/// # }
/// # Ok::<(), account_provisioning::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    service: &'static str,
    settings: Vec<Setting>,
    unused: Vec<Unused>,
    conflicts: Vec<String>,
}

impl Explanation {
    /// The service: `Cloudflare`, `Cloudinary` or `Cloudspot`.
    #[must_use]
    pub fn service(&self) -> &'static str {
        self.service
    }

    /// The settings, those with a default included.
    #[must_use]
    pub fn settings(&self) -> &[Setting] {
        &self.settings
    }

    /// The setting with this [name](Setting::name); `None` if this client has none.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.name == name)
    }

    /// What is set and has no effect: variables, and methods of the builder.
    ///
    /// Variables are only known if the builder [read](crate::ClientBuilder) them, as `from_env` does.
    #[must_use]
    pub fn unused(&self) -> &[Unused] {
        &self.unused
    }

    /// Variables that contradict each other, which only a setting in code hides: without it, `build` would return this error.
    #[must_use]
    pub fn conflicts(&self) -> &[String] {
        &self.conflicts
    }

    /// Adds which of the variables that were read are not used, and why.
    pub(crate) fn add_unused_variables(&mut self, env: &Vars) {
        let unused = env.unused(&self.settings);
        self.unused.extend(unused);
    }

    /// Adds what the environment alone would be refused for.
    pub(crate) fn add_conflict(&mut self, problem: &account_provisioning_core::Error) {
        self.conflicts.push(problem.to_string());
    }

    /// Says better why a variable is not used.
    #[cfg(feature = "cloudflare")]
    pub(crate) fn set_reason(&mut self, variable: &str, reason: String) {
        if let Some(unused) = self.unused.iter_mut().find(|unused| unused.name == variable) {
            unused.reason = reason;
        }
    }
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.service)?;
        for setting in &self.settings {
            write!(f, "\n  {setting}")?;
        }
        if !self.unused.is_empty() {
            f.write_str("\nset, but not used")?;
        }
        for unused in &self.unused {
            write!(f, "\n  {unused}")?;
        }
        if !self.conflicts.is_empty() {
            f.write_str("\nconflicts in the environment, hidden by settings in code")?;
        }
        for conflict in &self.conflicts {
            write!(f, "\n  {conflict}")?;
        }
        Ok(())
    }
}

/// One setting of a client.
///
/// `Display` is one line: `base_url: https://api-eu.cloudinary.com (CLOUDINARY_REGION)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    name: &'static str,
    value: Cow<'static, str>,
    origin: Origin,
}

impl Setting {
    pub(crate) fn new(name: &'static str, value: impl Into<Cow<'static, str>>, origin: Origin) -> Self {
        Self {
            name,
            value: value.into(),
            origin,
        }
    }

    /// A setting whose value is never shown.
    pub(crate) fn secret(name: &'static str, origin: Origin) -> Self {
        Self::new(name, SECRET, origin)
    }

    /// The name, in snake case: that of the builder's method, or of what one method sets, such as `call_timeout`.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The value, for people: `5s`, `https://api.cloudinary.com`; `[set]` for a secret.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// Where the value comes from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        self.origin
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} ({})", self.name, self.value, self.origin)
    }
}

/// Something that is set and has no effect.
///
/// `Display` is one line: ``CLOUDFLARE_API_TOKEN: `api_token` takes precedence``.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unused {
    name: &'static str,
    reason: String,
}

impl Unused {
    pub(crate) fn new(name: &'static str, reason: impl Into<String>) -> Self {
        Self {
            name,
            reason: reason.into(),
        }
    }

    /// The name of the variable, or of the builder's method.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// Why it has no effect.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }
}

impl fmt::Display for Unused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.reason)
    }
}
