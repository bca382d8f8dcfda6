//! What a crate asks of the builds of its users: the compiler, and the versions of the dependencies that its public items
//! name. A type of a dependency is another one in the next incompatible version of it.

use std::collections::BTreeSet;

use super::attributes::Cfg;
use super::facts::{Fact, Facts, Shape};

/// Writes what the workspace says into a member's manifest, in place of `workspace = true`.
pub(super) fn inherit(member: &mut toml::Table, workspace: &toml::Table) {
    let Some(shared) = workspace.get("workspace").and_then(toml::Value::as_table) else {
        return;
    };
    let of = |table: &str, name: &str| shared.get(table).and_then(|table| table.get(name)).cloned();
    if let Some(package) = member.get_mut("package").and_then(toml::Value::as_table_mut)
        && package.get("rust-version").is_some_and(inherits)
        && let Some(version) = of("package", "rust-version")
    {
        package.insert("rust-version".to_owned(), version);
    }
    let dependencies = member.get_mut("dependencies").and_then(toml::Value::as_table_mut);
    for (name, dependency) in dependencies.into_iter().flatten() {
        if let Some(own) = dependency.as_table_mut()
            && own.get("workspace").is_some()
            && let Some(shared) = of("dependencies", name)
        {
            own.remove("workspace");
            let shared = match shared {
                toml::Value::Table(shared) => shared,
                version => toml::Table::from_iter([("version".to_owned(), version)]),
            };
            for key in ["version", "path"] {
                if let Some(value) = shared.get(key) {
                    own.insert(key.to_owned(), value.clone());
                }
            }
        }
    }
}

fn inherits(value: &toml::Value) -> bool {
    value.get("workspace").is_some()
}

/// Adds a fact for the compiler, and one for each dependency that another fact names. Members of the workspace have facts
/// of their own.
pub(super) fn collect(manifest: &toml::Table, facts: &mut Facts) {
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
    let named: Vec<(String, String)> = dependencies
        .into_iter()
        .flatten()
        .filter(|(name, dependency)| dependency.get("path").is_none() && is_named(&name.replace('-', "_"), facts))
        .filter_map(|(name, dependency)| {
            let version = dependency.get("version").unwrap_or(dependency).as_str()?;
            Some((name.clone(), version.to_owned()))
        })
        .collect();
    for (name, version) in named {
        add(&format!("dependency {name}"), &name, &version, range(&version), facts);
    }
    let compiler = manifest.get("package").and_then(|package| package.get("rust-version"));
    if let Some(version) = compiler.and_then(toml::Value::as_str) {
        // Cargo's book counts a newer compiler as a minor change, however new.
        add("rust-version", "rust-version", version, String::new(), facts);
    }
}

fn add(item: &str, name: &str, version: &str, range: String, facts: &mut Facts) {
    let fact = Fact {
        item: item.to_owned(),
        section: String::new(),
        owner: None,
        context: None,
        text: format!("{name} = \"{version}\""),
        cfg: Cfg::new(),
        marks: BTreeSet::new(),
        shape: Shape::Requirement(range),
    };
    facts.insert(item.to_owned(), fact);
}

/// Whether a fact has a path that begins with a crate's name.
fn is_named(ident: &str, facts: &Facts) -> bool {
    let path = format!("{ident}::");
    facts.values().any(|fact| {
        fact.text.match_indices(&path).any(|(at, _)| {
            let before = fact.text[..at].chars().next_back();
            !before.is_some_and(|before| before.is_alphanumeric() || before == '_' || before == ':')
        })
    })
}

/// What stays the same over compatible versions: the major version, and the minor one before 1.0.
fn range(version: &str) -> String {
    let mut parts = version.trim_start_matches(['^', '=', '~', ' ']).split('.');
    match (parts.next(), parts.next()) {
        (Some("0"), Some(minor)) => format!("0.{minor}"),
        (Some(major), _) => major.to_owned(),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn range_is_the_major_version_or_the_minor_one_before_1_0() {
        for (version, expected) in [("1", "1"), ("1.4.2", "1"), ("0.13", "0.13"), ("^0.4.38", "0.4")] {
            assert_eq!(range(version), expected);
        }
    }

    #[test]
    fn inherit_writes_versions_in_place_of_the_workspaces_word() {
        let read = |text: &str| text.parse::<toml::Table>();
        let workspace = "[workspace.package]\nrust-version = \"1.89\"\n[workspace.dependencies]\nhttp = \"1\"\n\
                         reqwest = { version = \"0.13\", default-features = false }";
        let member = "[package]\nrust-version.workspace = true\n[dependencies]\nhttp.workspace = true\n\
                      reqwest = { workspace = true, optional = true }\nurl = \"2\"";
        let (Ok(mut member), Ok(workspace)) = (read(member), read(workspace)) else {
            panic!("the manifests are TOML");
        };
        inherit(&mut member, &workspace);
        let expected = "[package]\nrust-version = \"1.89\"\n[dependencies]\nhttp = { version = \"1\" }\n\
                        reqwest = { version = \"0.13\", optional = true }\nurl = \"2\"";
        assert_eq!(Ok(member), read(expected));
    }
}
