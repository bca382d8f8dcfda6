//! Environment variables, read so that nothing of their content is ever shown.

use std::ffi::OsString;

use account_provisioning_core::{Error, MakeError as _, Result};

/// Where variables are looked up; tests give their own instead of changing the process.
pub(crate) type Lookup<'a> = &'a dyn Fn(&str) -> Option<OsString>;

/// Reads a variable.
///
/// # Errors
/// An error that names the variable when it is empty or not Unicode.
pub(crate) fn read(lookup: Lookup<'_>, name: &'static str) -> Result<Option<String>> {
    let Some(value) = lookup(name) else { return Ok(None) };
    let value = value
        .into_string()
        .map_err(|_| Error::configuration(format!("{name} is not valid Unicode: set it to plain text")))?;
    if value.trim().is_empty() {
        return Err(Error::configuration(format!(
            "{name} is set but empty: give it a value or unset it"
        )));
    }
    Ok(Some(value))
}
