//! The workspace: its documents, and what is made from them.

use std::collections::BTreeMap;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{Error, Options, canonical, digest, generate, normalise, overlay};
use serde_json::Value;

use crate::files::{self, Output};
use crate::snapshots;
use crate::{Failure, Tree, descriptions, deviations};

/// Where the documents lie that builds read.
pub(crate) const DATA: &str = "crates/spec/data";

/// A workspace on disk.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
}

/// Everything that is made from one API's document and overlay.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Api {
    /// The name of its directory under `openapi/`.
    pub name: String,
    /// The faithful document.
    pub wire: Value,
    /// The deviations from it, each with its reason.
    pub deviations: String,
    /// The overlaid and normalised document.
    pub build: Value,
    /// The generated code, formatted.
    pub code: String,
}

impl Workspace {
    /// The workspace that this program was built from.
    #[must_use]
    pub fn here() -> Self {
        Self::at(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."))
    }

    /// A workspace at `root`.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Where it stands.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The names of the APIs: the directories under `openapi/` that hold a document.
    ///
    /// # Errors
    /// `openapi/` cannot be read.
    pub fn apis(&self) -> Result<Vec<String>, Failure> {
        let directory = self.root.join("openapi");
        let entries = fs::read_dir(&directory).map_err(|error| Failure::file(&directory, &error))?;
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .filter(|entry| entry.path().join("openapi.yaml").is_file())
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect();
        names.sort();
        Ok(names)
    }

    /// The API named `only`, or all of them.
    ///
    /// # Errors
    /// There is no such API.
    pub fn selected(&self, only: Option<&str>) -> Result<Vec<String>, Failure> {
        let names = self.apis()?;
        match only {
            None => Ok(names),
            Some(only) if names.iter().any(|name| name == only) => Ok(vec![only.to_owned()]),
            Some(only) => Err(Failure::new(format!(
                "openapi/{only}/openapi.yaml does not exist; use one of: {}",
                names.join(", ")
            ))),
        }
    }

    /// Reads one API's sources and makes everything from them.
    ///
    /// # Errors
    /// What is wrong with the sources: file, line, JSON pointer and remedy.
    pub fn load(&self, name: &str) -> Result<Api, Failure> {
        let document = self.read(&format!("openapi/{name}/openapi.yaml"))?;
        let overlay = self.read(&format!("openapi/{name}/overlay.yaml"))?;
        let wire = document.value().clone();
        let deviations = deviations::list(overlay.value());
        let overlaid = overlay::apply(document, overlay)?;
        let locate = |error: Error| Failure::from(overlaid.locate(error));
        let build = normalise(overlaid.value()).map_err(locate)?;
        let code = generate(&canonical::write(&build), Options::default()).map_err(locate)?;
        Ok(Api {
            name: name.to_owned(),
            wire,
            deviations,
            build,
            code,
        })
    }

    /// Every file that is made from the sources, in the order of their paths.
    ///
    /// # Errors
    /// As for [`load`](Self::load).
    pub fn outputs(&self) -> Result<Vec<Output>, Failure> {
        // The crates' sources and the documents have nothing to do with each other, and either takes its time.
        let (made, surfaces) = thread::scope(|scope| {
            let surfaces = scope.spawn(|| snapshots::surfaces(&Tree::working(&self.root)));
            let made = self.documents();
            (made, surfaces.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        let mut outputs = made?;
        let surfaces = snapshots::of_surfaces(&surfaces?);
        // A workspace that holds only documents has no surface, and keeps what it has.
        let surface = (!surfaces.is_empty()).then_some(snapshots::SURFACE);
        outputs.extend(surfaces.iter().map(|snapshot| Output {
            path: snapshot.path(),
            content: Some(snapshot.file()),
        }));
        for directory in [DATA, snapshots::DIRECTORY].into_iter().chain(surface) {
            for path in files::list(&self.root, directory)? {
                if !outputs.iter().any(|output| output.path == path) {
                    outputs.push(Output { path, content: None });
                }
            }
        }
        outputs.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(outputs)
    }

    /// Fails when a document still has an empty text, as an import leaves them.
    ///
    /// # Errors
    /// Every such place, and documents that cannot be read.
    pub fn described(&self) -> Result<(), Failure> {
        let names = self.apis()?;
        names
            .iter()
            .try_for_each(|name| descriptions::check(&self.read(&format!("openapi/{name}/openapi.yaml"))?))
    }

    /// What is made from the documents.
    fn documents(&self) -> Result<Vec<Output>, Failure> {
        let mut outputs = Vec::new();
        for name in self.apis()? {
            let api = self.load(&name)?;
            for snapshot in snapshots::of(&api)? {
                outputs.push(Output {
                    path: snapshot.path(),
                    content: Some(snapshot.file()),
                });
            }
            for (kind, document) in [("build", &api.build), ("wire", &api.wire)] {
                outputs.push(Output {
                    path: format!("{DATA}/{name}.{kind}.json"),
                    content: Some(canonical::write(document)),
                });
            }
        }
        Ok(outputs)
    }

    fn read(&self, name: &str) -> Result<Document, Failure> {
        let path = self.root.join(name);
        let yaml = fs::read_to_string(&path).map_err(|error| Failure::file(&path, &error))?;
        Ok(Document::parse(name, &yaml)?)
    }
}

impl Api {
    /// The surface by tag, a line a fact.
    #[must_use]
    pub fn digest(&self) -> BTreeMap<String, String> {
        digest::digest(&self.build)
    }
}
