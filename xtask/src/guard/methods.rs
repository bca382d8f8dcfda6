//! The methods of the ergonomic crate, read as text: which operations their documentation names, and how a program gets
//! to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Failure, Tree};

/// The methods of one API.
#[derive(Debug, Default)]
pub(super) struct Methods {
    /// The methods whose documentation names an operation, as type and name.
    by_operation: BTreeMap<String, BTreeSet<(String, String)>>,
    /// The methods that return a type.
    returning: BTreeMap<String, BTreeSet<String>>,
}

impl Methods {
    pub(super) fn read(tree: &Tree, api: &str) -> Result<Self, Failure> {
        let mut methods = Self::default();
        for file in tree.list(&format!("crates/client/src/{api}"))? {
            methods.add(&tree.read(&file)?.unwrap_or_default());
        }
        Ok(methods)
    }

    fn add(&mut self, text: &str) {
        let (mut owner, mut docs) = (String::new(), String::new());
        for line in text.lines() {
            let inner = line.trim_start();
            if line.starts_with("impl") {
                owner = owner_of(line);
            } else if let Some(text) = inner.strip_prefix("///") {
                docs.push_str(text);
                continue;
            } else if inner.starts_with("#[") {
                continue;
            } else if let Some((name, rest)) = inner.strip_prefix("pub fn ").and_then(|rest| rest.split_once('(')) {
                let name = name.split('<').next().unwrap_or_default();
                for word in docs.split('`').skip(1).step_by(2) {
                    let methods = self.by_operation.entry(word.to_owned()).or_default();
                    methods.insert((owner.clone(), name.to_owned()));
                }
                if let Some((_, returned)) = rest.split_once("-> ") {
                    let methods = self.returning.entry(identifier(returned).to_owned()).or_default();
                    methods.insert(name.to_owned());
                }
            }
            docs.clear();
        }
    }

    /// Whether a piece of code calls a method of an operation.
    pub(super) fn are_called(&self, operation: &str, calls: &BTreeSet<(Option<String>, String)>) -> bool {
        let methods = self.by_operation.get(operation).into_iter().flatten();
        methods.into_iter().any(|(owner, name)| {
            let ways = self.returning.get(owner);
            calls.iter().any(|(before, called)| {
                called == name && ways.is_none_or(|ways| before.as_ref().is_some_and(|before| ways.contains(before)))
            })
        })
    }

    /// The operations that the documentation of a method names.
    pub(super) fn operations_of(&self, owner: &str, name: &str) -> BTreeSet<&str> {
        let method = (owner.to_owned(), name.to_owned());
        let operations = self
            .by_operation
            .iter()
            .filter(|(_, methods)| methods.contains(&method));
        operations.map(|(operation, _)| operation.as_str()).collect()
    }
}

/// The type of `impl<O: Owner> Tokens<O> {`.
pub(super) fn owner_of(line: &str) -> String {
    let rest = line.trim_start_matches("impl").trim_start();
    let mut depth = 0_usize;
    let end = rest.char_indices().find(|(_, c)| {
        match c {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0
    });
    let rest = match end {
        Some((end, '>')) => &rest[end + 1..],
        _ => rest,
    };
    let rest = rest.split_once(" for ").map_or(rest, |(_, ty)| ty);
    identifier(rest.trim_start()).to_owned()
}

/// The identifier that a text starts with.
pub(super) fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_alphanumeric() || c == '_'));
    &text[..end.unwrap_or(text.len())]
}

/// The calls of methods in a function: each with the method before it, or with `None` if it is called on something
/// whose origin is not seen. `let users = client.users();` is such an origin.
pub(super) fn calls(function: &str) -> BTreeSet<(Option<String>, String)> {
    let code = closed_up(function);
    let mut found = BTreeSet::new();
    for (at, _) in code.match_indices('.') {
        let name = identifier(&code[at + 1..]);
        if !name.is_empty() && code[at + 1 + name.len()..].starts_with('(') {
            found.insert((before(&code[..at], &code), name.to_owned()));
        }
    }
    found
}

/// Code without spaces, but for those between words.
fn closed_up(code: &str) -> String {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut out = String::new();
    for part in code.split_whitespace() {
        if out.ends_with(is_word) && part.starts_with(is_word) {
            out.push(' ');
        }
        out.push_str(part);
    }
    out
}

/// The method whose result a receiver is, at the end of `text`.
fn before(text: &str, code: &str) -> Option<String> {
    let text = text.trim_end_matches('?').trim_end_matches(".await");
    if !text.ends_with(')') {
        let start = text.rfind(|c: char| !(c.is_alphanumeric() || c == '_'));
        let name = &text[start.map_or(0, |start| start + 1)..];
        let binding = [format!("let {name}="), format!("let mut {name}=")];
        let at = binding
            .iter()
            .find_map(|binding| Some(code.find(binding)? + binding.len()))?;
        let value = code[at..].split(';').next().unwrap_or_default();
        return before(value, "").filter(|_| value.ends_with([')', '?']));
    }
    let mut depth = 0_usize;
    let open = text.char_indices().rev().find(|(_, c)| {
        match c {
            ')' => depth += 1,
            '(' => depth -= 1,
            _ => {}
        }
        depth == 0
    })?;
    let text = &text[..open.0];
    let start = text.rfind(|c: char| !(c.is_alphanumeric() || c == '_'))?;
    text[start..].starts_with('.').then(|| text[start + 1..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(calls: &BTreeSet<(Option<String>, String)>) -> Vec<String> {
        let text = |(before, name): &(Option<String>, String)| format!("{} {name}", before.as_deref().unwrap_or("?"));
        calls.iter().map(text).collect()
    }

    #[test]
    fn calls_name_the_method_before_them() {
        let code = "async fn f(client: &Client) { let users = client.users(); users.get(f(x).id()).await?;
            client\n.groups().list().page(2).await?; for x in y { x.z(); } match users.find() {} }";
        let expected = [
            "? groups",
            "? users",
            "? z",
            "groups list",
            "list page",
            "users find",
            "users get",
        ];
        let found = named(&calls(code));
        for one in expected {
            assert!(found.iter().any(|found| found == one), "no {one}: {found:?}");
        }
    }

    #[test]
    fn method_is_called_only_on_what_returns_its_type() {
        let mut methods = Methods::default();
        methods.add(
            "impl Client {\n    /// Users.\n    pub fn users(&self) -> Users {\n    }\n    pub fn groups(&self) -> Groups<O> {\n    }\n}
impl Users {\n    /// Gets (`getUser`).\n    #[must_use]\n    pub fn get(&self) -> Call<GetUser> {\n    }\n}
impl<O: Owner<X = Y>> Groups<O> {\n    /// Gets (`getGroup`,\n    /// `getOther`).\n    pub fn get(&self) -> Call<O::Get> {\n",
        );
        assert_eq!(
            methods.operations_of("Groups", "get"),
            BTreeSet::from(["getGroup", "getOther"])
        );
        for (code, user, group) in [
            ("client.users().get()", true, false),
            ("let x = client.groups(); x.get()", false, true),
            ("x.get()", false, false),
            ("client.users().list()", false, false),
        ] {
            let calls = calls(&format!("{{{code};}}"));
            assert_eq!(methods.are_called("getUser", &calls), user, "{code}");
            assert_eq!(methods.are_called("getGroup", &calls), group, "{code}");
        }
    }
}
