//! Comparing and writing generated files.

use std::fs;
use std::path::Path;

use similar::TextDiff;

use crate::Failure;

/// A generated file: where it belongs, and what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Output {
    /// The path from the workspace's root, with `/` between its parts.
    pub path: String,
    /// The content; `None` for a file that should no longer be there.
    pub content: Option<String>,
}

/// Fails with a diff of every file that is not as it should be.
///
/// # Errors
/// The diffs, and what to do about them.
pub fn check(root: &Path, outputs: &[Output]) -> Result<(), Failure> {
    let mut stale = String::new();
    for output in outputs {
        let found = read(root, &output.path)?;
        if !same(found.as_deref(), output.content.as_deref()) {
            let found = found.unwrap_or_default();
            let made = output.content.as_deref().unwrap_or_default();
            let diff = TextDiff::from_lines(found.as_str(), made);
            let (old, new) = (
                format!("{} (checked in)", output.path),
                format!("{} (generated)", output.path),
            );
            stale.push_str(&diff.unified_diff().context_radius(2).header(&old, &new).to_string());
            stale.push('\n');
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{stale}generated files are stale; run `cargo xtask generate` and review what it changes"
    )))
}

/// Writes every file that is not as it should be, and tells which.
///
/// # Errors
/// A file that cannot be written.
pub fn write(root: &Path, outputs: &[Output]) -> Result<String, Failure> {
    let mut report = String::new();
    for output in outputs {
        let found = read(root, &output.path)?;
        if same(found.as_deref(), output.content.as_deref()) {
            continue;
        }
        match &output.content {
            Some(content) => {
                put(root, &output.path, content)?;
                let word = if found.is_some() { "changed" } else { "added" };
                report.push_str(&format!("{word} {}\n", output.path));
            }
            None => {
                let path = root.join(&output.path);
                fs::remove_file(&path).map_err(|error| Failure::file(&path, &error))?;
                report.push_str(&format!("removed {}\n", output.path));
            }
        }
    }
    if report.is_empty() {
        report.push_str("nothing changed\n");
    }
    Ok(report)
}

/// Writes one file, with the directories above it.
///
/// # Errors
/// A directory or file that cannot be written.
pub fn put(root: &Path, path: &str, content: &str) -> Result<(), Failure> {
    let path = root.join(path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| Failure::file(parent, &error))?;
    }
    fs::write(&path, content).map_err(|error| Failure::file(&path, &error))
}

/// Lists the files in a directory that is generated as a whole; a directory that is not there holds none.
pub(crate) fn list(root: &Path, directory: &str) -> Result<Vec<String>, Failure> {
    let path = root.join(directory);
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::file(&path, &error)),
    };
    let names = entries
        .filter_map(Result::ok)
        .filter_map(|entry| entry.file_name().into_string().ok());
    let mut paths: Vec<String> = names.map(|name| format!("{directory}/{name}")).collect();
    paths.sort();
    Ok(paths)
}

fn read(root: &Path, path: &str) -> Result<Option<String>, Failure> {
    let path = root.join(path);
    match fs::read_to_string(&path) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(&path, &error)),
    }
}

/// A checkout may have rewritten line ends; that alone makes no file stale.
fn same(found: Option<&str>, made: Option<&str>) -> bool {
    match (found, made) {
        (Some(found), Some(made)) => found == made || found.replace("\r\n", "\n") == made,
        (found, made) => found.is_none() && made.is_none(),
    }
}
