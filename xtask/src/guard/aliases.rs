//! Names of other clients by which a search in the documentation finds nothing. Each name in the tables of docs/migrating
//! is a doc alias of the method that the table names, or its own name, and an option with a name of its own has the
//! vendor's as an alias.

use std::collections::{BTreeMap, BTreeSet};

use super::examples::{PAGES, promise};
use super::methods::{identifier, owner_of};
use super::violation::Violation;
use crate::{Failure, Tree};

/// A method or a type, as far as a search finds it.
#[derive(Debug, Default)]
struct Item {
    aliases: BTreeSet<String>,
    /// What a method returns.
    returned: String,
    /// The vendor's name of an option, which its documentation gives in parentheses.
    vendors: Option<String>,
}

/// The methods of an API by type and name, and its types, whose name is empty.
type Items = BTreeMap<(String, String), Item>;

/// What a search for the names of other clients doesn't find in an API.
pub(super) fn check(tree: &Tree, api: &str) -> Result<Vec<Violation>, Failure> {
    let mut items = Items::new();
    for file in tree.list(&format!("crates/client/src/{api}"))? {
        read(&tree.read(&file)?.unwrap_or_default(), &mut items);
    }
    let mut found = Vec::new();
    for ((owner, name), item) in &items {
        let name = name.trim_end();
        if let Some(vendors) = item.vendors.as_ref().filter(|one| *one != name)
            && !item.aliases.contains(vendors)
        {
            found.push(lacks(api, &format!("{owner}::{name}"), vendors, "its documentation"));
        }
    }
    for page in tree.list(PAGES)? {
        let text = tree.read(&page)?.unwrap_or_default();
        if promise(&text, api).is_some() {
            of_page(api, &page, &text, &items, &mut found);
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn lacks(api: &str, item: &str, alias: &str, place: &str) -> Violation {
    let message = format!("a search for `{alias}` of {place} doesn't find it; add `#[doc(alias = \"{alias}\")]`");
    Violation::new(format!("{api}::{item}"), message)
}

/// Takes in the methods and types of a file.
fn read(text: &str, items: &mut Items) {
    let mut owner = String::new();
    let (mut docs, mut aliases) = (String::new(), BTreeSet::new());
    for line in text.lines() {
        let inner = line.trim_start();
        if let Some(text) = inner.strip_prefix("///") {
            docs.push_str(text);
            docs.push('\n');
            continue;
        }
        if inner.starts_with("#[") {
            if inner.starts_with("#[doc(alias") {
                aliases.extend(inner.split('"').skip(1).step_by(2).map(str::to_owned));
            }
            continue;
        }
        let mut item = Item {
            aliases: std::mem::take(&mut aliases),
            ..Item::default()
        };
        if line.starts_with("impl") {
            owner = owner_of(line);
        } else if let Some(rest) = inner.strip_prefix("pub fn ") {
            if owner == "Call" {
                item.vendors = in_parentheses(&docs).map(str::to_owned);
            }
            let returned = rest.split_once("-> ").unwrap_or_default().1;
            identifier(returned.trim_start_matches('&')).clone_into(&mut item.returned);
            // Several calls have an option of this name, and each is kept.
            let mut name = identifier(rest).to_owned();
            while items.contains_key(&(owner.clone(), name.clone())) && owner == "Call" {
                name.push(' ');
            }
            items.insert((owner.clone(), name), item);
        } else if let Some(rest) = inner.strip_prefix("pub struct ") {
            items.insert((identifier(rest).to_owned(), String::new()), item);
        }
        docs.clear();
    }
}

/// The one name in parentheses in the first paragraph of a documentation: "The page's size (`per_page`)."
fn in_parentheses(docs: &str) -> Option<&str> {
    let first = docs.split("\n\n").next()?;
    let name = first.split_once("(`")?.1.split_once("`)")?.0;
    (identifier(name) == name).then_some(name)
}

/// Checks the tables of a page that have calls in their first two columns.
fn of_page(api: &str, page: &str, text: &str, items: &Items, found: &mut Vec<Violation>) {
    let mut table: Option<Table> = None;
    for line in text.lines() {
        let mut cells = line.trim_matches('|').split('|').map(str::trim);
        let (Some(theirs), Some(ours), true) = (cells.next(), cells.next(), line.starts_with('|')) else {
            table = None;
            continue;
        };
        let Some(table) = &table else {
            table = Some(Table::headed(theirs, ours));
            continue;
        };
        if !table.has_calls {
            continue;
        }
        for name in spans(theirs).filter_map(|span| table.full_name(span)) {
            let ours = ours.split(" with ").next().unwrap_or_default();
            for (start, chain) in spans(ours).filter_map(|span| table.chain(span)) {
                // That the methods of a page exist is seen when its examples are compiled.
                if let Some((owner, method)) = target(start, &chain, items)
                    && !is_found(&name, &owner, method, items)
                {
                    found.push(lacks(api, &format!("{owner}::{method}"), &name, page));
                }
            }
        }
    }
}

/// The head of a table.
struct Table {
    /// What the calls of the first column start with: `accounts.tokens` of `client.accounts.tokens`.
    prefix: String,
    /// The type that the calls of the second column are made on.
    start: &'static str,
    /// Whether the second column has methods: not so in a table that says why there are none.
    has_calls: bool,
    /// Whether a single method of the second column is a setting and not a call.
    has_settings: bool,
}

impl Table {
    fn headed(theirs: &str, ours: &str) -> Self {
        let prefix = spans(theirs).next().and_then(|span| span.split_once('.'));
        Self {
            prefix: prefix.unwrap_or_default().1.to_owned(),
            start: if ours == "`account`" { "AccountHandle" } else { "Client" },
            has_calls: ours == "Rust" || ours.starts_with('`'),
            has_settings: ours == "Rust",
        }
    }

    /// The whole name of another client's method, without the variable that it is called on.
    fn full_name(&self, span: &str) -> Option<String> {
        let (name, _) = span.split_once('(')?;
        let is_path = name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.');
        let full = match name.split_once('.') {
            Some(("", name)) => format!("{}.{name}", self.prefix),
            Some(("client" | "sdk" | "api", name)) => name.to_owned(),
            _ => name.to_owned(),
        };
        (is_path && !name.is_empty()).then(|| full.trim_start_matches('.').to_owned())
    }

    /// The methods of `cloudinary.users().get(id)`, and the type that the first one belongs to.
    fn chain<'a>(&self, span: &'a str) -> Option<(&'static str, Vec<&'a str>)> {
        let (variable, rest) = span.split_once('.')?;
        let start = match variable {
            "" => self.start,
            "cloudflare" | "cloudinary" | "cloudspot" => "Client",
            "session" => "Session",
            _ => return None,
        };
        let mut depth = 0_usize;
        let mut methods = Vec::new();
        let mut begin = 0;
        for (at, c) in rest.char_indices() {
            match c {
                '(' => {
                    if depth == 0 {
                        methods.push(rest[begin..at].trim_start_matches('.'));
                    }
                    depth += 1;
                }
                ')' => {
                    depth = depth.saturating_sub(1);
                    begin = at + 1;
                }
                _ => {}
            }
        }
        let is_setting = self.has_settings && variable.is_empty() && methods.len() < 2;
        (!is_setting && !methods.is_empty()).then_some((start, methods))
    }
}

/// The method that a chain ends with; what follows a call or a list are options.
fn target<'a>(start: &str, chain: &[&'a str], items: &Items) -> Option<(String, &'a str)> {
    let mut owner = start.to_owned();
    for (at, method) in chain.iter().enumerate() {
        let item = items.get(&(owner.clone(), (*method).to_owned()))?;
        if at + 1 == chain.len() || ["Call", "Pager"].contains(&item.returned.as_str()) {
            return Some((owner, *method));
        }
        owner.clone_from(&item.returned);
    }
    None
}

/// Whether a search for `name` finds the method: by an alias, or by its own name and that of its type.
fn is_found(name: &str, owner: &str, method: &str, items: &Items) -> bool {
    let has = |method: &str, alias: &str| {
        let item = items.get(&(owner.to_owned(), method.to_owned()));
        item.is_some_and(|item| item.aliases.contains(alias))
    };
    let (before, last) = name.rsplit_once('.').unwrap_or(("", name));
    let is_owner = before.is_empty() || owner.to_lowercase() == before.replace('_', "") || has("", before);
    has(method, name) || (last == method && is_owner)
}

/// The pieces of code of a cell.
fn spans(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}
