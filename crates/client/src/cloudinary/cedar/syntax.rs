//! Parsing statements.

use std::fmt;
use std::str::FromStr as _;

use account_provisioning_core::{Error, MakeError as _};
use cedar_policy::{ParseErrors, PolicySet};
use miette::Diagnostic as _;

use super::super::PolicyStatement;
use super::problem::one_line;

impl PolicyStatement {
    /// Makes a statement of a text that is one policy in Cedar, or several one after the other. Templates are refused.
    ///
    /// [`CedarSchema::validate`](super::super::CedarSchema::validate) checks whether the entities and actions in it exist.
    ///
    /// # Errors
    /// The first syntax error, with its line and column.
    ///
    /// # Examples
    /// ```
    /// use account_provisioning::cloudinary::PolicyStatement;
    ///
    /// let error = PolicyStatement::parse("permit (\n  principal,\n  action resource\n);").unwrap_err();
    /// assert_eq!((error.line(), error.column()), (3, 10));
    /// ```
    pub fn parse(text: impl Into<String>) -> Result<Self, SyntaxError> {
        let text = text.into();
        match policies(&text) {
            Ok(_) => Ok(Self::new(text)),
            Err(error) => Err(error),
        }
    }
}

/// Reads the policies of a statement, of which there is at least one. Each has an id of its own.
pub(super) fn policies(text: &str) -> Result<PolicySet, SyntaxError> {
    let policies = PolicySet::from_str(text).map_err(|errors| SyntaxError::new(text, &errors))?;
    if let Some(template) = policies.templates().next() {
        let start = text.find(&template.to_cedar()).unwrap_or_default();
        let message = "a statement can't contain a template: nothing fills `?principal` and `?resource`";
        return Err(SyntaxError::at(text, start, message.to_owned()));
    }
    if policies.is_empty() {
        return Err(SyntaxError::at(text, text.len(), "it contains no policy".to_owned()));
    }
    Ok(policies)
}

/// What is wrong with the text of a policy statement, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    line: usize,
    column: usize,
    message: String,
}

impl SyntaxError {
    fn new(text: &str, errors: &ParseErrors) -> Self {
        // The text and the labels of `errors` are those of its first error.
        let label = errors.labels().and_then(|mut labels| labels.next());
        let offset = label.as_ref().map_or(0, |label| label.offset());
        let mut message = one_line(&errors.to_string());
        if let Some(more) = label.as_ref().and_then(|label| label.label()) {
            message = format!("{message}: {}", one_line(more));
        }
        Self::at(text, offset, message)
    }

    fn at(text: &str, offset: usize, message: String) -> Self {
        let (line, column) = place(text, offset);
        Self { line, column, message }
    }

    /// The line, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in characters, from 1.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }

    /// What is wrong, in Cedar's words.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { line, column, message } = self;
        write!(f, "policy statement: line {line}, column {column}: {message}")
    }
}

impl std::error::Error for SyntaxError {}

impl From<SyntaxError> for Error {
    fn from(error: SyntaxError) -> Self {
        Self::invalid_input(error.to_string())
    }
}

/// The line and column of a byte; past the end, those of the end.
fn place(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let column = before.get(start..).unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::*;

    #[test]
    fn syntax_errors_name_the_place_where_the_text_goes_wrong() {
        for (text, place) in [
            ("permit (principal, action, resource)", (1, 37)),
            (
                "permit (\n  principal,\n  action,\n  resource\n) when {\n  \"é\" == \n};",
                (7, 1),
            ),
            ("allow (principal, action, resource);", (1, 1)),
            (
                "permit (principal, action, resource);\nforbid (principal, action);",
                (2, 26),
            ),
            (
                "permit (principal, action, resource);\n  permit (principal == ?principal, action, resource);",
                (2, 3),
            ),
            ("// nothing\n", (2, 1)),
            ("", (1, 1)),
        ] {
            let error = PolicyStatement::parse(text).unwrap_err();
            assert_eq!((error.line(), error.column()), place, "{text}: {error}");
            assert!(!error.to_string().contains('\n') && !error.message().is_empty());
        }
    }

    #[test]
    fn a_statement_takes_several_policies_each_with_an_id_of_its_own() {
        let text = "@id(\"x\") permit (principal, action, resource);\n@id(\"x\") forbid (principal, action, resource);";
        let parsed = policies(text).unwrap();
        assert_eq!(parsed.num_of_policies(), 2);
        assert_eq!(PolicyStatement::parse(text).unwrap().as_str(), text);
    }

    #[test]
    fn a_column_counts_characters_and_a_place_past_the_end_is_the_end() {
        assert_eq!(place("é\né.", 5), (2, 2));
        assert_eq!(place("ab", 99), (1, 3));
    }
}
