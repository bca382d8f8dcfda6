//! `cargo xtask review`, in a repository of the test's own with the real document.

mod behaviour;
mod command;
mod example;
mod exceptions;
mod formats;
mod gate;
mod markup;
mod widening;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use xtask::review::Review;
use xtask::{Tree, Workspace, files};

use crate::edit::{copy_crates, edit};
use crate::tree::Repository;

const DOCUMENT: &str = "openapi/cloudinary/openapi.yaml";
const OVERLAY: &str = "openapi/cloudinary/overlay.yaml";

/// A field of `AccessKey`.
const CREATED_AT: &str = "        created_at:
          description: Moment at which the access key came into being.
          type: string
          format: date-time
";

/// A repository that holds the sources of one API, committed and tagged as released.
struct Reviewed(Repository);

impl Reviewed {
    fn new() -> Self {
        let repository = Repository::new();
        for file in [DOCUMENT, OVERLAY] {
            let text = fs::read_to_string(Workspace::here().root().join(file)).unwrap();
            repository.put(file, &text);
        }
        repository.put(
            "Cargo.toml",
            "[workspace]\n\n[workspace.package]\nversion = \"0.4.2\"\n",
        );
        repository.commit();
        repository.git(&["tag", "v0.4.2"]);
        Self(repository)
    }

    /// A repository that also holds the crates, so that a review says what a change means to Rust code.
    fn with_crates() -> Self {
        let repository = Repository::new();
        let here = Tree::working(Workspace::here().root());
        for file in [DOCUMENT, OVERLAY] {
            repository.put(file, &here.read(file).unwrap().unwrap());
        }
        copy_crates(repository.root());
        let data = here.list("crates/spec/data").unwrap();
        for other in data.iter().filter(|path| !path.contains("/cloudinary.")) {
            fs::remove_file(repository.root().join(other)).unwrap();
        }
        let manifest = here.read("Cargo.toml").unwrap().unwrap();
        repository.put(
            "Cargo.toml",
            &manifest.replace("version = \"0.1.0\"", "version = \"0.4.2\""),
        );
        repository.commit();
        Self(repository)
    }

    /// Writes what is generated from the documents.
    fn generate(&self) {
        for output in Workspace::at(self.root()).outputs().unwrap() {
            if let Some(content) = output.content.filter(|_| output.path.starts_with("crates/")) {
                files::put(self.root(), &output.path, &content).unwrap();
            }
        }
    }

    fn root(&self) -> &Path {
        self.0.root()
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        edit(self.root(), file, from, to);
    }

    /// A break of a component, a break of one operation, a compatible change, and one that only readers see.
    fn change(&self) {
        self.edit(DOCUMENT, CREATED_AT, "        owner:\n          type: string\n");
        self.edit(DOCUMENT, "          type: boolean\n", "          type: string\n");
        self.edit(
            DOCUMENT,
            "description: Name of the access key.",
            "description: Name of the key.",
        );
    }

    /// Compares the files on disk with the last commit.
    fn review(&self) -> Review {
        let before = Tree::at(self.root(), "HEAD").unwrap();
        Review::of(&before, &Tree::working(self.root())).unwrap()
    }

    /// Runs the program.
    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("review")
            .arg("--root")
            .arg(self.root())
            .args(arguments)
            .output()
            .unwrap()
    }
}
