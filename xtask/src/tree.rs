//! The files of the workspace as they lie on disk, or as they were at a revision of git.
//!
//! Revisions are read with the `git` command, which whoever has a clone has too.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Failure;

/// Directories that hold nothing of the workspace's own.
const SKIPPED: [&str; 2] = ["target", ".git"];

/// A set of files to read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    root: PathBuf,
    commit: Option<String>,
    label: String,
}

impl Tree {
    /// The files on disk, committed or not.
    #[must_use]
    pub fn working(root: impl Into<PathBuf>) -> Self {
        Self {
            root: root.into(),
            commit: None,
            label: "the working tree".to_owned(),
        }
    }

    /// The files of a revision: a branch, a tag, a commit, or an expression such as `HEAD~2`.
    ///
    /// # Errors
    /// `root` is in no repository, or the revision is not in it. The exit code is 2.
    pub fn at(root: impl Into<PathBuf>, revision: &str) -> Result<Self, Failure> {
        let root = root.into();
        let expression = format!("{revision}^{{commit}}");
        let commit = git(
            &root,
            &["rev-parse", "--verify", "--quiet", "--end-of-options", &expression],
        )
        .map_err(|failure| failure.with_code(2))?
        .map(|text| text.trim().to_owned())
        .ok_or_else(|| {
            Failure::new(format!(
                "`{revision}` names no commit of this repository; fetch it, or name another"
            ))
            .with_code(2)
        })?;
        let short = commit.get(..9).unwrap_or(&commit);
        let label = if commit.starts_with(revision) {
            short.to_owned()
        } else {
            format!("{revision} ({short})")
        };
        Ok(Self {
            root,
            commit: Some(commit),
            label,
        })
    }

    /// The last tag that the revision checked out descends from, or `HEAD` where there is none.
    ///
    /// # Errors
    /// `git` cannot be run.
    pub fn default_base(root: &Path) -> Result<String, Failure> {
        let tag = git(root, &["describe", "--tags", "--abbrev=0"])?;
        Ok(tag.map_or_else(|| "HEAD".to_owned(), |tag| tag.trim().to_owned()))
    }

    /// How reports call it.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Reads a file; `None` when it is not there. Paths run from the root, with `/` between their parts.
    ///
    /// # Errors
    /// The file is there and cannot be read as text.
    pub fn read(&self, path: &str) -> Result<Option<String>, Failure> {
        let Some(commit) = &self.commit else {
            let path = self.root.join(path);
            return match fs::read_to_string(&path) {
                Ok(text) => Ok(Some(text)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(Failure::file(&path, &error)),
            };
        };
        // `./` makes the path relative to the directory that git runs in, should the root lie inside a larger repository.
        git(&self.root, &["show", &format!("{commit}:./{path}")])
    }

    /// Lists the files below a directory, sorted, as paths from the root. One that is not there holds none.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn list(&self, prefix: &str) -> Result<Vec<String>, Failure> {
        let prefix = prefix.trim_end_matches('/');
        let mut paths = match &self.commit {
            None => {
                let mut paths = Vec::new();
                walk(&self.root, prefix, &mut paths)?;
                paths
            }
            Some(commit) => {
                let mut arguments = vec!["ls-tree", "-r", "-z", "--name-only", commit];
                if !prefix.is_empty() {
                    arguments.push("--");
                    arguments.push(prefix);
                }
                let names = git(&self.root, &arguments)?.unwrap_or_default();
                names
                    .split('\0')
                    .filter(|name| !name.is_empty())
                    .map(str::to_owned)
                    .collect()
            }
        };
        paths.sort();
        Ok(paths)
    }
}

fn walk(root: &Path, prefix: &str, paths: &mut Vec<String>) -> Result<(), Failure> {
    let directory = root.join(prefix);
    let entries = match fs::read_dir(&directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(Failure::file(&directory, &error)),
    };
    for entry in entries.filter_map(Result::ok) {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = if prefix.is_empty() {
            name.clone()
        } else {
            format!("{prefix}/{name}")
        };
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !SKIPPED.contains(&name.as_str()) => walk(root, &path, paths)?,
            Ok(kind) if kind.is_file() => paths.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// Runs git and returns what it prints; `None` when it says that there is no such thing.
fn git(root: &Path, arguments: &[&str]) -> Result<Option<String>, Failure> {
    let mut command = Command::new("git");
    // A hook of git is started with these set, and they win over the directory.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let output = command
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .map_err(|error| Failure::new(format!("git could not be run: {error}; install it")).with_code(2))?;
    if !output.status.success() {
        return Ok(None);
    }
    String::from_utf8(output.stdout)
        .map(Some)
        .map_err(|_| Failure::new(format!("`git {}` gave no text; name a text file", arguments.join(" "))).with_code(2))
}
