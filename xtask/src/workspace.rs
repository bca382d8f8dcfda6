//! A workspace: its documents, and what is generated from them.

use std::collections::BTreeMap;
use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{Error, Options, Problem, canonical, generate, normalise, overlay, preflight};

use crate::files::{self, Output};
use crate::{Api, Failure, Tree, descriptions, deviations, snapshots};

/// The directory of the documents that builds read.
pub(crate) const DATA: &str = "crates/spec/data";

/// What is made from the sources of a workspace.
pub(crate) struct Made {
    /// The generated files, sorted by path.
    pub(crate) outputs: Vec<Output>,
    /// The code that the build of the generated crate writes, by the names of its files.
    pub(crate) code: BTreeMap<String, String>,
}

/// A workspace on disk.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
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

    /// The root directory.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The names of the APIs: the directories under `openapi/` that contain a document.
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

    /// The API named `only`, or all APIs.
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

    /// Reads the sources of one API and generates everything from them.
    ///
    /// # Errors
    /// The sources are wrong. The text names the file, the line, the JSON pointer and the remedy.
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

    /// What the documents say and the generated code leaves out, each with its file and line. It refuses nothing.
    ///
    /// # Errors
    /// A document or an overlay cannot be read, or they do not fit.
    pub fn remarks(&self) -> Result<Vec<Problem>, Failure> {
        let mut found = Vec::new();
        for name in self.apis()? {
            let document = self.read(&format!("openapi/{name}/openapi.yaml"))?;
            let overlaid = overlay::apply(document, self.read(&format!("openapi/{name}/overlay.yaml"))?)?;
            if let Err(remarks) = Error::from_problems(preflight::remarks(overlaid.value())) {
                found.extend_from_slice(overlaid.locate(remarks).problems());
            }
        }
        Ok(found)
    }

    /// Every generated file, sorted by path.
    ///
    /// # Errors
    /// As for [`load`](Self::load).
    pub fn outputs(&self) -> Result<Vec<Output>, Failure> {
        Ok(self.made()?.outputs)
    }

    /// Everything that is made from the sources.
    pub(crate) fn made(&self) -> Result<Made, Failure> {
        // The sources of the crates and the documents are independent, and both take time.
        let (documents, surfaces) = thread::scope(|scope| {
            let surfaces = scope.spawn(|| snapshots::surfaces(&Tree::working(&self.root)));
            let documents = self.documents();
            (documents, surfaces.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        let (mut outputs, code) = documents?;
        let surfaces = snapshots::of_surfaces(&surfaces?);
        // A workspace without crates keeps the snapshots that it has.
        let surface = (!surfaces.is_empty()).then_some(snapshots::SURFACE);
        outputs.extend(surfaces.iter().map(snapshots::Snapshot::output));
        for directory in [DATA, snapshots::DIRECTORY].into_iter().chain(surface) {
            for path in files::list(&self.root, directory)? {
                if !outputs.iter().any(|output| output.path == path) {
                    outputs.push(Output { path, content: None });
                }
            }
        }
        outputs.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Made { outputs, code })
    }

    /// Fails if a document has an empty text, as an import leaves them.
    ///
    /// # Errors
    /// Every such place, or a document that cannot be read.
    pub fn described(&self) -> Result<(), Failure> {
        let names = self.apis()?;
        names
            .iter()
            .try_for_each(|name| descriptions::check(&self.read(&format!("openapi/{name}/openapi.yaml"))?))
    }

    /// The files that are generated from the documents, and the code that a build generates.
    fn documents(&self) -> Result<(Vec<Output>, BTreeMap<String, String>), Failure> {
        let mut outputs = Vec::new();
        let mut code = BTreeMap::new();
        let names = self.apis()?;
        let apis: Vec<Result<Api, Failure>> = thread::scope(|scope| {
            let loads: Vec<_> = names.iter().map(|name| scope.spawn(|| self.load(name))).collect();
            let loads = loads.into_iter();
            loads
                .map(|load| load.join().unwrap_or_else(|panic| resume_unwind(panic)))
                .collect()
        });
        for (name, api) in names.iter().zip(apis) {
            let api = api?;
            code.insert(format!("{name}.rs"), api.code.clone());
            outputs.extend(snapshots::of(&api)?.iter().map(snapshots::Snapshot::output));
            for (kind, document) in [("build", &api.build), ("wire", &api.wire)] {
                outputs.push(Output {
                    path: format!("{DATA}/{name}.{kind}.json"),
                    content: Some(canonical::write(document)),
                });
            }
        }
        Ok((outputs, code))
    }

    /// Reads a document or an overlay.
    pub(crate) fn read(&self, path: &str) -> Result<Document, Failure> {
        let yaml = files::read_existing(&self.root.join(path))?;
        Ok(Document::parse(path, &yaml)?)
    }
}
