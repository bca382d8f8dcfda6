//! Which paths lead from outside to what a crate defines.

use std::collections::{BTreeMap, BTreeSet};

use super::attributes::Cfg;
use super::modules::{Krate, Target};
use super::resolve::{Crates, Found, canonical};

/// The public paths of a crate.
#[derive(Debug, Default)]
pub(super) struct PublicPaths {
    /// For each definition the path that it goes by, and the conditions under which that leads there.
    pub(super) primary: BTreeMap<usize, (String, Cfg)>,
    /// Public modules, and where their parts of the digest stand.
    pub(super) modules: BTreeMap<String, Cfg>,
    /// Other paths, and what they lead to: `cloudinary::Role` to `account_provisioning_api::…::UserRole`.
    pub(super) also: BTreeMap<String, (String, Cfg)>,
}

impl PublicPaths {
    /// Walks the public names of a crate. Of several paths to one thing, one in `preferred` is taken first, then the one
    /// where it is defined, then the shortest.
    pub(super) fn of(krate: &Krate, crates: &Crates<'_>, preferred: &BTreeSet<String>) -> Self {
        let mut walk = Walk {
            krate,
            crates,
            paths: Self::default(),
            found: BTreeMap::new(),
            on: Vec::new(),
        };
        walk.module(0, "", &Cfg::new());
        let Walk { mut paths, found, .. } = walk;
        for (definition, ways) in found {
            let own = &krate.definitions[definition];
            let home = join(&krate.modules[own.module].path.join("::"), &own.name);
            let best = ways
                .keys()
                .min_by_key(|path| {
                    (
                        !preferred.contains(*path),
                        **path != home,
                        path.matches("::").count(),
                        *path,
                    )
                })
                .cloned();
            let Some(best) = best else { continue };
            for (path, cfg) in ways {
                let own_cfg = &cfg | &(&krate.modules[own.module].cfg | &own.cfg);
                if path == best {
                    paths.primary.insert(definition, (path, own_cfg));
                } else {
                    paths.also.insert(path, (best.clone(), cfg));
                }
            }
        }
        paths
    }
}

struct Walk<'a> {
    krate: &'a Krate,
    crates: &'a Crates<'a>,
    paths: PublicPaths,
    found: BTreeMap<usize, BTreeMap<String, Cfg>>,
    /// The modules above, so that a module that re-exports one of them is no endless walk.
    on: Vec<usize>,
}

impl Walk<'_> {
    fn module(&mut self, module: usize, prefix: &str, cfg: &Cfg) {
        if self.on.contains(&module) {
            return;
        }
        self.on.push(module);
        self.paths
            .modules
            .entry(prefix.to_owned())
            .or_insert_with(|| cfg.clone());
        self.names(module, prefix, cfg, &BTreeSet::new());
        self.on.pop();
    }

    fn names(&mut self, module: usize, prefix: &str, cfg: &Cfg, shadowed: &BTreeSet<String>) {
        let krate = self.krate;
        let own = &krate.modules[module];
        for (name, bindings) in own.names.iter().filter(|(name, _)| !shadowed.contains(*name)) {
            for binding in bindings.iter().filter(|binding| binding.public && !binding.hidden) {
                let path = join(prefix, name);
                let cfg = cfg | &binding.cfg;
                let found = match &binding.target {
                    Target::Definition(definition) => Some(Found::Definition(*definition, Vec::new())),
                    Target::Module(module) => Some(Found::Module(*module)),
                    Target::Use(path) => krate.resolve(self.crates, module, path),
                };
                self.reach(&path, cfg, found);
            }
        }
        let names: BTreeSet<String> = own.names.keys().cloned().collect();
        for glob in own.globs.iter().filter(|glob| glob.public) {
            let cfg = cfg | &glob.cfg;
            match krate.resolve(self.crates, module, &glob.path) {
                Some(Found::Module(target)) if !self.on.contains(&target) => {
                    self.on.push(target);
                    self.names(target, prefix, &cfg, &(&names | shadowed));
                    self.on.pop();
                }
                Some(Found::External(path)) => {
                    let target = format!("{}::*", path.join("::"));
                    self.paths.also.insert(join(prefix, "*"), (target, cfg));
                }
                _ => {}
            }
        }
    }

    fn reach(&mut self, path: &str, cfg: Cfg, found: Option<Found>) {
        match found {
            Some(Found::Module(module)) => {
                let cfg = &cfg | &self.krate.modules[module].cfg;
                self.module(module, path, &cfg);
            }
            Some(Found::Definition(definition, rest)) if rest.is_empty() => {
                self.found.entry(definition).or_default().insert(path.to_owned(), cfg);
            }
            Some(Found::Definition(definition, rest)) => {
                let target = format!("{}::{}", self.krate.definitions[definition].name, rest.join("::"));
                self.paths.also.insert(path.to_owned(), (target, cfg));
            }
            Some(Found::External(target)) => {
                let target = canonical(target).join("::");
                self.paths.also.insert(path.to_owned(), (target, cfg));
            }
            None => {}
        }
    }
}

/// A name below a path.
pub(super) fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() {
        name.to_owned()
    } else {
        format!("{prefix}::{name}")
    }
}
