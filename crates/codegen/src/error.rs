//! What is wrong with a document, and where.

use std::fmt;

/// One thing that is wrong with a document: where, what, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Problem {
    /// The name of the file; empty until the caller sets it.
    pub file: String,
    /// The line in that file, counted from 1, if the source has lines.
    pub line: Option<u64>,
    /// The JSON pointer (RFC 6901) of the place; empty means the whole document.
    pub pointer: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub remedy: String,
}

impl Problem {
    /// Describes a problem at `pointer`. The caller adds the file.
    pub fn new(pointer: impl Into<String>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            file: String::new(),
            line: None,
            pointer: pointer.into(),
            message: message.into(),
            remedy: remedy.into(),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.file.is_empty() {
            f.write_str(&self.file)?;
            if let Some(line) = self.line {
                write!(f, ":{line}")?;
            }
            f.write_str(": ")?;
        }
        write!(f, "#{}: {}; {}", self.pointer, self.message, self.remedy)
    }
}

/// Everything that is wrong with a document, so that one run reports all problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    problems: Vec<Problem>,
}

impl Error {
    /// The problems, in the order of their pointers.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Sets the file of every problem that has none yet.
    #[must_use]
    pub fn in_file(self, file: &str) -> Self {
        self.locate(|_| (file.to_owned(), None))
    }

    /// Adds file and line to every problem that has no file yet; `find` returns them for a pointer.
    #[must_use]
    pub fn locate(mut self, find: impl Fn(&str) -> (String, Option<u64>)) -> Self {
        for problem in self.problems.iter_mut().filter(|problem| problem.file.is_empty()) {
            (problem.file, problem.line) = find(&problem.pointer);
        }
        self
    }

    /// Turns collected problems into an error, if there are any.
    ///
    /// # Errors
    /// The collected problems.
    pub fn from_problems(mut problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() {
            return Ok(());
        }
        problems.sort();
        problems.dedup();
        Err(Self { problems })
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            problem.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
