//! Reading, comparing and writing files.

use std::fmt::Write as _;
use std::fs::{self, DirEntry};
use std::io::ErrorKind;
use std::path::Path;

use similar::TextDiff;

use crate::Failure;

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Output {
    /// The path from the root of the workspace, with `/` as separator.
    pub path: String,
    /// The content; `None` for a file that should not exist any more.
    pub content: Option<String>,
}

/// Fails with a diff of every generated file that is not up to date.
///
/// # Errors
/// The diffs, and the command to run.
pub fn check(root: &Path, outputs: &[Output]) -> Result<(), Failure> {
    let mut diffs = String::new();
    for (output, found) in stale(root, outputs)? {
        let found = found.unwrap_or_default();
        let content = output.content.as_deref().unwrap_or_default();
        let (old, new) = (
            format!("{} (checked in)", output.path),
            format!("{} (generated)", output.path),
        );
        let diff = TextDiff::from_lines(found.as_str(), content);
        let _ = writeln!(diffs, "{}", diff.unified_diff().context_radius(2).header(&old, &new));
    }
    if diffs.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{diffs}generated files are stale; run `cargo xtask generate` and review what it changes"
    )))
}

/// Writes every generated file that is not up to date, and returns a list of them.
///
/// # Errors
/// A file cannot be written.
pub fn write(root: &Path, outputs: &[Output]) -> Result<String, Failure> {
    let mut report = String::new();
    for (output, found) in stale(root, outputs)? {
        let verb = match (&output.content, found) {
            (Some(content), found) => {
                put(root, &output.path, content)?;
                if found.is_some() { "changed" } else { "added" }
            }
            (None, _) => {
                let path = root.join(&output.path);
                fs::remove_file(&path).map_err(|error| Failure::file(&path, &error))?;
                "removed"
            }
        };
        let _ = writeln!(report, "{verb} {}", output.path);
    }
    if report.is_empty() {
        report.push_str("nothing changed\n");
    }
    Ok(report)
}

/// Writes one file, and creates the directories above it.
///
/// # Errors
/// A directory or the file cannot be written.
pub fn put(root: &Path, path: &str, content: &str) -> Result<(), Failure> {
    let path = root.join(path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| Failure::file(parent, &error))?;
    }
    fs::write(&path, content).map_err(|error| Failure::file(&path, &error))
}

/// The generated files that are not up to date, each with its present content. Different line ends don't count, because
/// a checkout may rewrite them.
pub(crate) fn stale<'a>(root: &Path, outputs: &'a [Output]) -> Result<Vec<(&'a Output, Option<String>)>, Failure> {
    let mut stale = Vec::new();
    for output in outputs {
        let found = read(&root.join(&output.path))?;
        let is_current = match (&found, &output.content) {
            (Some(found), Some(content)) => found == content || found.replace("\r\n", "\n") == *content,
            (found, content) => found.is_none() && content.is_none(),
        };
        if !is_current {
            stale.push((output, found));
        }
    }
    Ok(stale)
}

/// Lists the files in a directory. A directory that does not exist has none.
pub(crate) fn list(root: &Path, directory: &str) -> Result<Vec<String>, Failure> {
    let entries = entries(&root.join(directory))?.into_iter();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut paths: Vec<String> = names.map(|name| format!("{directory}/{name}")).collect();
    paths.sort();
    Ok(paths)
}

/// The entries of a directory. A directory that does not exist has none.
pub(crate) fn entries(directory: &Path) -> Result<Vec<DirEntry>, Failure> {
    match fs::read_dir(directory) {
        Ok(entries) => Ok(entries.filter_map(Result::ok).collect()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Failure::file(directory, &error)),
    }
}

/// Reads a text file; `None` if it does not exist.
pub(crate) fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(path, &error)),
    }
}

/// Reads a text file that has to exist.
pub(crate) fn read_existing(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|error| Failure::file(path, &error))
}
