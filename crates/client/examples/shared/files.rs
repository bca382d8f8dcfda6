//! Files that a crash can't leave half written.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Writes a file as JSON, or leaves it as it was: the text goes to a file beside it, which then takes its place. Only the
/// owner may read it.
pub fn write(path: &Path, value: &impl Serialize) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    // One that a crash left there may be readable by others.
    match fs::remove_file(&beside) {
        Err(problem) if problem.kind() != io::ErrorKind::NotFound => return Err(problem),
        _ => {}
    }
    let mut file = options.open(&beside)?;
    file.write_all(&serde_json::to_vec(value)?)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_directory(path)
}

/// Reads a file as JSON, or returns `None` if there is none.
pub fn read<T: DeserializeOwned>(path: &Path) -> io::Result<Option<T>> {
    match fs::read(path) {
        Ok(text) => Ok(Some(serde_json::from_slice(&text)?)),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(problem) => Err(problem),
    }
}

/// Makes a rename or a removal last.
pub fn sync_directory(path: &Path) -> io::Result<()> {
    match path.parent() {
        #[cfg(unix)]
        Some(directory) => fs::File::open(directory)?.sync_all(),
        _ => Ok(()),
    }
}
