//! The files of the workspace, on disk or at a revision of git.
//!
//! Revisions are read with the `git` command.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Failure, files};

/// Directories without files of the workspace.
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
    /// `root` is not in a repository, or the revision does not exist. The exit code is 2.
    pub fn at(root: impl Into<PathBuf>, revision: &str) -> Result<Self, Failure> {
        let root = root.into();
        let expression = format!("{revision}^{{commit}}");
        let arguments = ["rev-parse", "--verify", "--quiet", "--end-of-options", &expression];
        let Some(commit) = git(&root, &arguments)? else {
            return Err(Failure::refused(format!(
                "`{revision}` names no commit of this repository; fetch it, or name another revision"
            )));
        };
        let commit = commit.trim().to_owned();
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

    /// The commit; `None` for the files on disk.
    #[must_use]
    pub fn commit(&self) -> Option<&str> {
        self.commit.as_deref()
    }

    /// The name in reports.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.label
    }

    /// Reads a file; `None` if it does not exist. Paths start at the root and have `/` as separator.
    ///
    /// # Errors
    /// The file exists but cannot be read as text.
    pub fn read(&self, path: &str) -> Result<Option<String>, Failure> {
        match &self.commit {
            None => files::read(&self.root.join(path)),
            // `./` makes the path relative to the root, which may be inside a larger repository.
            Some(commit) => git(&self.root, &["show", &format!("{commit}:./{path}")]),
        }
    }

    /// Lists the files below a directory, sorted, as paths from the root. A directory that does not exist has none.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn list(&self, prefix: &str) -> Result<Vec<String>, Failure> {
        let prefix = prefix.trim_end_matches('/');
        let mut paths = Vec::new();
        match &self.commit {
            None => walk(&self.root, prefix, &mut paths)?,
            Some(commit) => {
                let mut arguments = vec!["ls-tree", "-r", "-z", "--name-only", commit];
                if !prefix.is_empty() {
                    arguments.extend(["--", prefix]);
                }
                let names = git(&self.root, &arguments)?.unwrap_or_default();
                paths.extend(names.split_terminator('\0').map(str::to_owned));
            }
        }
        paths.sort();
        Ok(paths)
    }

    /// The names of the APIs: the directories under `openapi/` that contain a document.
    pub(crate) fn apis(&self) -> Result<BTreeSet<String>, Failure> {
        let paths = self.list("openapi")?;
        let names = paths
            .iter()
            .filter_map(|path| path.strip_prefix("openapi/")?.strip_suffix("/openapi.yaml"))
            .filter(|name| !name.contains('/'));
        Ok(names.map(str::to_owned).collect())
    }
}

fn walk(root: &Path, prefix: &str, paths: &mut Vec<String>) -> Result<(), Failure> {
    for entry in files::entries(&root.join(prefix))? {
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = format!("{prefix}/{name}").trim_start_matches('/').to_owned();
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && !SKIPPED.contains(&name.as_str()) => walk(root, &path, paths)?,
            Ok(kind) if kind.is_file() => paths.push(path),
            _ => {}
        }
    }
    Ok(())
}

/// Runs git and returns its output; `None` if git fails.
pub(crate) fn git(root: &Path, arguments: &[&str]) -> Result<Option<String>, Failure> {
    let mut command = Command::new("git");
    // Git sets these variables for hooks, and they take precedence over the directory.
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let output = command
        .arg("-C")
        .arg(root)
        .args(arguments)
        .output()
        .map_err(|error| Failure::refused(format!("cannot run git: {error}; install it")))?;
    if !output.status.success() {
        return Ok(None);
    }
    String::from_utf8(output.stdout).map(Some).map_err(|_| {
        let command = arguments.join(" ");
        Failure::refused(format!("the output of `git {command}` is not text; name a text file"))
    })
}
