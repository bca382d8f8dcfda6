//! Environment variables, read so that nothing of their content is ever shown.

use std::ffi::OsString;
use std::fmt;

use account_provisioning_core::auth::InvalidCredentials;
use account_provisioning_core::{Error, MakeError as _, Result};

use crate::explain::{Origin, Setting, Unused};

/// A variable that a client reads.
#[derive(Clone, Copy)]
pub(crate) struct Variable {
    pub(crate) name: &'static str,
    /// The settings that it configures, or that take its place, by their names in an explanation.
    settings: &'static [&'static str],
    /// The names that it is easily confused with: those of other programs, and plausible ones.
    confused: &'static [&'static str],
}

impl Variable {
    pub(crate) const fn new(
        name: &'static str,
        settings: &'static [&'static str],
        confused: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            settings,
            confused,
        }
    }
}

/// A setting, where it comes from, and what errors call it: the method or the variable.
#[derive(Clone)]
pub(crate) struct Named<T> {
    pub(crate) name: &'static str,
    pub(crate) origin: Origin,
    pub(crate) value: T,
}

impl<T> Named<T> {
    pub(crate) const fn new(name: &'static str, origin: Origin, value: T) -> Self {
        Self { name, origin, value }
    }

    pub(crate) fn map<U>(self, convert: impl FnOnce(T) -> U) -> Named<U> {
        Named::new(self.name, self.origin, convert(self.value))
    }

    /// What an explanation says of it, without the value.
    pub(crate) fn explain_secret(&self, setting: &'static str) -> Setting {
        Setting::secret(setting, self.origin)
    }
}

/// What the environment contains of a client's variables. A variable that is empty counts as unset. A problem with a
/// variable only matters when its value is needed.
#[derive(Default)]
pub(crate) struct Vars {
    /// The method of the builder that read them; `None` if none did.
    method: Option<&'static str>,
    values: Vec<(Variable, OsString)>,
    /// Names that are set and not read, each with the variable that it may be meant for.
    confused: Vec<(&'static str, &'static str)>,
}

impl Vars {
    /// Reads the variables of the process, for the builder's method `env`.
    pub(crate) fn of_process(variables: &[Variable]) -> Self {
        Self::read("env", |name| std::env::var_os(name), variables)
    }

    /// Reads the variables with `lookup`, for a method of the builder.
    pub(crate) fn read(
        method: &'static str,
        lookup: impl Fn(&str) -> Option<OsString>,
        variables: &[Variable],
    ) -> Self {
        let set = |name: &str| lookup(name).filter(|value| !is_blank(value));
        let mut vars = Self {
            method: Some(method),
            ..Self::default()
        };
        for variable in variables {
            match set(variable.name) {
                Some(value) => vars.values.push((*variable, value)),
                None => {
                    let confused = variable.confused.iter().filter(|confused| set(confused).is_some());
                    vars.confused
                        .extend(confused.map(|confused| (*confused, variable.name)));
                }
            }
        }
        vars
    }

    /// Whether the environment was read, as an explanation says it.
    pub(crate) fn explain(&self) -> Setting {
        match self.method {
            Some(method) => Setting::new("env", "read", Origin::Code(method)),
            None => Setting::new("env", "not read", Origin::Default),
        }
    }

    /// The variables that none of these settings comes from, each with what takes its place. Names that were set by mistake
    /// are among them.
    pub(crate) fn unused(&self, settings: &[Setting]) -> Vec<Unused> {
        let is_used = |variable: &Variable| {
            settings
                .iter()
                .any(|setting| setting.origin().is_variable(variable.name))
        };
        let unused = self.values.iter().filter(|(variable, _)| !is_used(variable));
        let unused = unused.map(|(variable, _)| {
            let winners = settings
                .iter()
                .filter(|setting| variable.settings.contains(&setting.name()));
            let mut names: Vec<String> = Vec::new();
            for name in winners.filter_map(|setting| setting.origin().source()) {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let verb = if names.len() == 1 { "takes" } else { "take" };
            Unused::new(variable.name, format!("{} {verb} precedence", names.join(" and ")))
        });
        let mut unused: Vec<_> = unused.collect();
        for (confused, meant) in &self.confused {
            if unused.iter().all(|known| known.name() != *confused) {
                unused.push(Unused::new(confused, format!("it is not read: did you mean {meant}?")));
            }
        }
        unused
    }

    pub(crate) fn is_set(&self, variable: Variable) -> bool {
        self.raw(variable).is_some()
    }

    /// Returns the value of a variable.
    ///
    /// # Errors
    /// An error that names the variable when it is not Unicode.
    pub(crate) fn get(&self, variable: Variable) -> Result<Option<Named<String>>> {
        let Some(value) = self.raw(variable) else {
            return Ok(None);
        };
        let value = value.to_str().ok_or_else(|| {
            Error::configuration(format!("{} is not valid Unicode: set it to plain text", variable.name))
        })?;
        let origin = Origin::Variable(variable.name);
        Ok(Some(Named::new(variable.name, origin, value.to_owned())))
    }

    /// An error about variables that are needed and not set, with a remark on names that are set and may be meant for them.
    pub(crate) fn missing(&self, message: String, needed: &[Variable]) -> Error {
        let hints = self.confused.iter();
        let hints = hints.filter(|(_, meant)| needed.iter().any(|variable| variable.name == *meant));
        // Each variable once, and few of them: the message has to stay readable.
        let mut told: Vec<&str> = Vec::new();
        let mut text = message;
        for (confused, meant) in hints {
            if told.len() < 3 && !told.contains(confused) {
                told.push(confused);
                text.push_str(&format!(
                    "; {confused} is set, which is not read: did you mean {meant}?"
                ));
            }
        }
        Error::configuration(text)
    }

    fn raw(&self, variable: Variable) -> Option<&OsString> {
        let found = self.values.iter().find(|(known, _)| known.name == variable.name);
        found.map(|(_, value)| value)
    }
}

impl fmt::Debug for Vars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.values.iter().map(|(variable, _)| variable.name);
        f.debug_set().entries(names).finish()
    }
}

fn is_blank(value: &OsString) -> bool {
    value.to_str().is_some_and(|text| text.trim().is_empty())
}

/// An error about half of a pair of variables.
pub(crate) fn half(env: &Vars, there: Variable, absent: Variable) -> Error {
    let (there, name) = (there.name, absent.name);
    env.missing(
        format!("{there} is set, but {name} is not: set both, or neither"),
        &[absent],
    )
}

/// An error about a credential that can't be sent, by the name of its setting.
pub(crate) fn unusable(name: &str, problem: &InvalidCredentials) -> Error {
    Error::configuration(format!("{name} {}", problem.problem()))
}

#[cfg(all(test, feature = "cloudflare", feature = "cloudinary", feature = "cloudspot"))]
mod tests {
    use super::Variable;
    use crate::{cloudflare, cloudinary, cloudspot};

    /// The variables in the first column of the table in this crate's documentation.
    fn documented() -> Vec<&'static str> {
        let (_, table) = include_str!("lib.rs")
            .split_once("//! | variable |")
            .unwrap_or_default();
        let rows = table.lines().skip(2).map_while(|row| row.strip_prefix("//! | `"));
        let names = rows.filter_map(|row| row.split_once('`'));
        names.map(|(name, _)| name).collect()
    }

    #[test]
    fn variables_that_are_read_are_those_that_the_documentation_lists() {
        let read: [&[Variable]; 3] = [
            &cloudflare::variables::VARIABLES,
            &cloudinary::variables::VARIABLES,
            &cloudspot::variables::VARIABLES,
        ];
        let read = read.concat();
        let names: Vec<&str> = read.iter().map(|read| read.name).collect();
        assert_eq!(documented(), names);
        for variable in &read {
            for confused in variable.confused {
                assert!(read.iter().all(|read| read.name != *confused), "{confused} is read");
            }
        }
    }
}
