//! Each API stands behind a feature of its own.

use std::ffi::OsString;
use std::fs;

#[test]
fn build_generates_the_enabled_apis_and_no_other() {
    let expected: Vec<OsString> = [
        ("cloudflare.rs", cfg!(feature = "cloudflare")),
        ("cloudinary.rs", cfg!(feature = "cloudinary")),
        ("cloudspot.rs", cfg!(feature = "cloudspot")),
    ]
    .into_iter()
    .filter(|(_, enabled)| *enabled)
    .map(|(file, _)| file.into())
    .collect();
    // Where the build script of this very build wrote: the directory is one for each set of features.
    let mut made: Vec<OsString> = fs::read_dir(env!("OUT_DIR"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    made.sort();
    assert_eq!(made, expected);
}
