//! The public surface of the crates, read from their sources: one fact for each thing that code outside can rely on.
//!
//! It is made with syn alone: no compiler, no nightly, no build. Files are followed from `src/lib.rs`, and every path is
//! written as it is reached from outside, so that neither the order of items nor the module that contains them shows.
//! What the build writes for the generated crate is made anew from the document that the build reads. Macros are not
//! expanded: a call of one where items are expected is a fact of its own. Auto traits can't be read from sources: tests
//! pin them for the compiler to check, and those pins are facts here.

mod attributes;
pub(crate) mod auto_traits;
mod bounds;
mod compare;
mod facts;
mod features;
mod modules;
mod print;
mod public;
mod render;
mod requirements;
mod resolve;
mod sources;

use std::collections::{BTreeMap, BTreeSet};

use account_provisioning_codegen::{Options, generate};

pub(crate) use compare::compare;
pub use sources::Sources;

use crate::{Failure, Tree};
use facts::{Collector, Facts};
use modules::Krate;
use public::PublicPaths;
use resolve::Crates;

/// Where the crates lie.
const CRATES: &str = "crates";
/// Where the documents lie that builds read.
const DATA: &str = "crates/spec/data";

/// The public surface of one crate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Surface {
    /// The name of its package.
    pub package: String,
    /// The members of the workspace that it depends on, by the names of their packages.
    pub dependencies: BTreeSet<String>,
    /// The paths by which definitions go; the surface of a later tree prefers them.
    pub(crate) paths: BTreeSet<String>,
    /// The public types that are defined here.
    pub(crate) types: BTreeSet<String>,
    /// For paths into other crates, the shorter ones by which this crate passes them on.
    shorter: BTreeMap<String, String>,
    pub(crate) facts: Facts,
}

/// The surfaces of a workspace's crates, by the names of their packages.
pub type Surfaces = BTreeMap<String, Surface>;

/// Reads the sources of all crates in a tree, with the code that their builds write: `code` where the caller has it or
/// needs none, else what the tree's documents make.
///
/// # Errors
/// A file that cannot be read, or a document that cannot be generated from.
pub fn sources(tree: &Tree, code: Option<BTreeMap<String, String>>) -> Result<Vec<Sources>, Failure> {
    let mut directories = BTreeSet::new();
    for path in tree.list(CRATES)? {
        let mut parts = path.splitn(3, '/');
        if let (Some(_), Some(name), Some("Cargo.toml")) = (parts.next(), parts.next(), parts.next()) {
            directories.insert(format!("{CRATES}/{name}"));
        }
    }
    let mut all = Vec::new();
    for directory in directories {
        let Some(mut sources) = Sources::read(tree, &directory)? else {
            continue;
        };
        if sources.files.values().any(|text| text.contains("env!(\"OUT_DIR\")")) {
            sources.generated = match &code {
                Some(code) => code.clone(),
                None => generated(tree)?,
            };
        }
        all.push(sources);
    }
    Ok(all)
}

/// The code that the build of the generated crate writes, made from the documents that it reads.
fn generated(tree: &Tree) -> Result<BTreeMap<String, String>, Failure> {
    let mut code = BTreeMap::new();
    for path in tree.list(DATA)? {
        let Some(name) = path
            .strip_prefix(DATA)
            .and_then(|name| name.trim_start_matches('/').strip_suffix(".build.json"))
        else {
            continue;
        };
        if let Some(document) = tree.read(&path)? {
            let made = generate(&document, Options::default())
                .map_err(|error| Failure::new(format!("{path} of {}: {error}", tree.label())))?;
            code.insert(format!("{name}.rs"), made);
        }
    }
    Ok(code)
}

/// Reads the surfaces of crates. Where a thing has several public paths, the one that `before` calls it by is kept.
///
/// # Errors
/// Sources that do not parse, or a module whose file is missing.
pub fn surfaces(sources: &[Sources], before: Option<&Surfaces>) -> Result<Surfaces, Failure> {
    let mut read: BTreeMap<String, Krate> = BTreeMap::new();
    for sources in sources {
        read.insert(sources.ident(), modules::read(sources)?);
    }
    let crates: Crates<'_> = read.iter().map(|(name, krate)| (name.as_str(), krate)).collect();
    let packages: BTreeMap<String, String> = sources
        .iter()
        .map(|sources| (sources.ident(), sources.package.clone()))
        .collect();
    let mut surfaces = Surfaces::new();
    for sources in sources {
        let Some(krate) = read.get(&sources.ident()) else {
            continue;
        };
        let none = BTreeSet::new();
        let preferred = before
            .and_then(|before| before.get(&sources.package))
            .map_or(&none, |surface| &surface.paths);
        let public = PublicPaths::of(krate, &crates, preferred);
        let mut facts = Collector::run(krate, &crates, &public);
        features::collect(&sources.manifest, &mut facts);
        auto_traits::collect(sources, &public, &mut facts);
        requirements::collect(&sources.manifest, &mut facts);
        let externs = sources.externs();
        let dependencies = packages
            .iter()
            .filter(|(ident, package)| externs.contains(*ident) && **package != sources.package)
            .map(|(_, package)| package.clone())
            .collect();
        let mut shorter: BTreeMap<String, String> = BTreeMap::new();
        for (path, (target, _)) in &public.also {
            let kept = shorter.entry(target.clone()).or_insert_with(|| path.clone());
            if path.matches("::").count() < kept.matches("::").count() {
                kept.clone_from(path);
            }
        }
        let types = facts
            .iter()
            .filter(|(key, fact)| {
                matches!(fact.shape, facts::Shape::Type { .. }) && key.strip_prefix("type ") == Some(fact.item.as_str())
            })
            .map(|(_, fact)| fact.item.clone())
            .collect();
        surfaces.insert(
            sources.package.clone(),
            Surface {
                package: sources.package.clone(),
                dependencies,
                paths: public.primary.values().map(|(path, _)| path.clone()).collect(),
                types,
                shorter,
                facts,
            },
        );
    }
    Ok(surfaces)
}

impl Surface {
    /// The surface by public module, a line a fact, sorted. The crate's root has the empty name.
    #[must_use]
    pub fn digest(&self) -> BTreeMap<String, String> {
        let mut sections: BTreeMap<String, BTreeSet<(&str, String)>> = BTreeMap::new();
        for (key, fact) in &self.facts {
            // A module says under which features it is there; its content need not.
            let known = match key.strip_prefix("mod ") {
                Some(_) => attributes::Cfg::new(),
                None => self.module_cfg(&fact.section),
            };
            let line = self.readable(&fact.line(&known));
            // What belongs to a type is listed with it.
            let about = fact.owner.as_deref().unwrap_or(&fact.item);
            sections.entry(fact.section.clone()).or_default().insert((about, line));
        }
        let text = |lines: BTreeSet<(&str, String)>| lines.into_iter().map(|(_, line)| line + "\n").collect();
        sections.into_iter().map(|(name, lines)| (name, text(lines))).collect()
    }

    fn module_cfg(&self, section: &str) -> attributes::Cfg {
        let module = self.facts.get(&format!("mod {section}"));
        module.map(|module| module.cfg.clone()).unwrap_or_default()
    }

    /// The facts with what they are about, and whether that is a type.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.facts.values().map(|fact| {
            let is_type = matches!(fact.shape, facts::Shape::Type { .. });
            (fact.item.as_str(), fact.text.as_str(), is_type)
        })
    }

    pub(crate) fn has_module(&self, path: &str) -> bool {
        self.facts.contains_key(&format!("mod {path}"))
    }

    /// Whether a thing of another crate can be reached through this one.
    pub(crate) fn passes_on(&self, path: &str) -> bool {
        self.shorter.contains_key(path)
    }

    /// A fact with the names that this crate has for what it passes on: `Error` for `account_provisioning_core::Error`.
    pub(crate) fn readable(&self, text: &str) -> String {
        if text.contains("pub use ") {
            return text.to_owned();
        }
        let mut out = String::new();
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest
                .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                .unwrap_or(rest.len());
            let (path, after) = rest.split_at(end);
            out.push_str(&self.shortened(path));
            let other = after.chars().next().map_or(0, char::len_utf8);
            out.push_str(&after[..other]);
            rest = &after[other..];
        }
        out
    }

    fn shortened(&self, path: &str) -> String {
        // A path may go on inside of what is passed on: `…::Client::low_level`; and `name: …` is no path.
        let whole = path.trim_end_matches(':');
        let mut head = whole;
        loop {
            if let Some(short) = self.shorter.get(head) {
                return format!("{short}{}", &path[head.len()..]);
            }
            match head.rsplit_once("::") {
                Some((shorter, _)) => head = shorter,
                None => return path.to_owned(),
            }
        }
    }
}
