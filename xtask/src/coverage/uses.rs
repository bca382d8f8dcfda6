//! What the ergonomic crate does with generated methods and request types, read from its tokens: calls and assignments
//! stand inside of macros too, where there is no syntax tree yet.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Fields, Item, Token};

use crate::Failure;
use crate::surface::Sources;
use crate::surface::macros::{self, Macros};

/// Methods that put something into the field they are called on.
const SETTERS: [&str; 9] = [
    "append",
    "entry",
    "extend",
    "get_or_insert",
    "get_or_insert_with",
    "insert",
    "push",
    "replace",
    "set",
];

/// An item of the source: an implementation, a function, a macro's invocation.
#[derive(Default)]
struct Part {
    /// The type that it implements something for.
    own: Option<String>,
    words: BTreeSet<String>,
    /// What follows each `.` that a call does: its name and its arguments.
    calls: Vec<(String, Vec<Expr>)>,
    /// Fields that are set through a `.`.
    sets: BTreeSet<String>,
    /// Fields that are set where a value is built, by the name of its type.
    built: BTreeMap<String, BTreeSet<String>>,
}

/// The sources of one API's module.
#[derive(Default)]
pub(super) struct Uses {
    parts: Vec<Part>,
    /// For each struct of the module, the names that its fields' types mention.
    holds: BTreeMap<String, BTreeSet<String>>,
}

/// One call of a generated method, by its part and its place in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Call {
    part: usize,
    call: usize,
}

impl Uses {
    pub(super) fn read(client: &Sources, api: &str) -> Result<Self, Failure> {
        let mut uses = Self::default();
        let known = macros::defined(client);
        let (file, directory) = (format!("src/{api}.rs"), format!("src/{api}/"));
        for (path, text) in &client.files {
            if *path == file || path.starts_with(&directory) {
                let parsed = syn::parse_file(text).map_err(|error| Failure::new(format!("{path}: {error}")))?;
                uses.items(parsed.items, &known);
            }
        }
        Ok(uses)
    }

    fn items(&mut self, items: Vec<Item>, known: &Macros) {
        for item in items {
            match item {
                Item::Mod(module) => self.items(module.content.map(|(_, items)| items).unwrap_or_default(), known),
                // The tokens of a definition are no code yet; those of a use are what it stands for.
                Item::Use(_) => {}
                Item::Macro(item) if item.ident.is_some() => {}
                item => {
                    if let Item::Macro(item) = &item
                        && let Some(name) = item.mac.path.segments.last()
                        && let Some(found) = known.get(&name.ident.to_string())
                        && let Some(items) = found.expand(item.mac.tokens.clone())
                    {
                        self.items(items, known);
                        continue;
                    }
                    if let Item::Struct(item) = &item
                        && let Fields::Named(fields) = &item.fields
                    {
                        let held = self.holds.entry(item.ident.to_string()).or_default();
                        fields
                            .named
                            .iter()
                            .for_each(|field| words(field.ty.to_token_stream(), held));
                        // What declares fields sets none, though its tokens look as if it did.
                        continue;
                    }
                    let own = match &item {
                        Item::Impl(block) => {
                            let mut own = BTreeSet::new();
                            words(block.self_ty.to_token_stream(), &mut own);
                            own.into_iter().find(|word| word.starts_with(char::is_uppercase))
                        }
                        _ => None,
                    };
                    let tokens = item.to_token_stream();
                    let mut part = Part::default();
                    words(tokens.clone(), &mut part.words);
                    part.scan(tokens, own.as_deref());
                    part.own = own;
                    self.parts.push(part);
                }
            }
        }
    }

    /// The calls of a generated method.
    pub(super) fn calls(&self, method: &str, parameters: usize) -> Vec<Call> {
        let mut found = Vec::new();
        for (part, own) in self.parts.iter().enumerate() {
            for (call, (name, arguments)) in own.calls.iter().enumerate() {
                if name == method && arguments.len() == parameters {
                    found.push(Call { part, call });
                }
            }
        }
        found
    }

    /// Whether a call can pass anything but `None` in one place.
    pub(super) fn sets(&self, call: &Call, place: usize) -> bool {
        let part = &self.parts[call.part];
        let Some(argument) = part.calls[call.call].1.get(place) else {
            return false;
        };
        let tokens = argument.to_token_stream();
        if is_none(&tokens) {
            return false;
        }
        match passed_field(argument) {
            // The operation's own field is passed: what sets it?
            Some(field) => {
                let is_own = |name: &&String| part.own.as_ref() == Some(*name);
                let owners: Vec<&String> = match self.holds.keys().find(is_own) {
                    Some(own) => vec![own],
                    None => self.holds.keys().filter(|name| part.words.contains(*name)).collect(),
                };
                owners.is_empty() || owners.iter().any(|owner| self.sets_own(owner, &field))
            }
            None => true,
        }
    }

    /// Whether a field of a request type is set anywhere.
    pub(super) fn sets_field(&self, ty: &str, field: &str) -> bool {
        // Parts that work on the type itself, or on something that holds it.
        let holders: BTreeSet<&str> = self
            .holds
            .iter()
            .filter(|(_, held)| held.contains(ty))
            .map(|(name, _)| name.as_str())
            .chain([ty])
            .collect();
        self.parts.iter().any(|part| {
            part.built.get(ty).is_some_and(|fields| fields.contains(field))
                || (part.sets.contains(field) && holders.iter().any(|holder| part.words.contains(*holder)))
        })
    }

    fn sets_own(&self, owner: &str, field: &str) -> bool {
        self.parts.iter().any(|part| {
            part.built.get(owner).is_some_and(|fields| fields.contains(field))
                || (part.words.contains(owner) && part.sets.contains(field))
        })
    }
}

impl Part {
    /// Reads tokens at any depth. `own` is what `Self` stands for.
    fn scan(&mut self, tokens: TokenStream, own: Option<&str>) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        for (place, tree) in trees.iter().enumerate() {
            let TokenTree::Group(group) = tree else {
                if is(tree, '.') {
                    self.after_dot(&trees[place + 1..]);
                }
                continue;
            };
            if group.delimiter() == Delimiter::Brace
                && let Some(TokenTree::Ident(name)) = place.checked_sub(1).map(|before| &trees[before])
            {
                let name = name.to_string();
                let name = if name == "Self" {
                    own.unwrap_or("Self").to_owned()
                } else {
                    name
                };
                if name.starts_with(char::is_uppercase) {
                    let fields = built(group.stream());
                    self.built.entry(name).or_default().extend(fields);
                }
            }
            self.scan(group.stream(), own);
        }
    }

    fn after_dot(&mut self, rest: &[TokenTree]) {
        let [TokenTree::Ident(name), rest @ ..] = rest else {
            return;
        };
        let name = name.to_string();
        match rest {
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Parenthesis => {
                let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
                if let Ok(arguments) = parse.parse2(group.stream()) {
                    self.calls.push((name, arguments.into_iter().collect()));
                }
            }
            [equals, next, ..]
                if is(equals, '=') && !is(next, '=') && !is(next, '>') && !is_none(&value(&rest[1..])) =>
            {
                self.sets.insert(name);
            }
            [dot, TokenTree::Ident(method), ..] if is(dot, '.') && SETTERS.iter().any(|setter| method == setter) => {
                self.sets.insert(name);
            }
            _ => {}
        }
    }
}

/// The tokens of an assignment's right side.
fn value(rest: &[TokenTree]) -> TokenStream {
    let ends = |tree: &&TokenTree| !is(tree, ';') && !is(tree, ',');
    rest.iter().take_while(ends).cloned().collect()
}

/// The fields that a struct expression gives a value other than `None`.
fn built(content: TokenStream) -> BTreeSet<String> {
    let trees: Vec<TokenTree> = content.into_iter().collect();
    let mut fields = BTreeSet::new();
    for entry in trees.split(|tree| is(tree, ',')) {
        match entry {
            [TokenTree::Ident(name)] => {
                fields.insert(name.to_string());
            }
            [TokenTree::Ident(name), colon, value @ ..]
                if is(colon, ':') && !is_none(&value.iter().cloned().collect()) =>
            {
                fields.insert(name.to_string());
            }
            _ => {}
        }
    }
    fields
}

/// The field of the operation that an argument passes on: `prefix` of `self.prefix.as_deref()`.
fn passed_field(argument: &Expr) -> Option<String> {
    match argument {
        Expr::Field(field) => match &*field.base {
            Expr::Path(base) if base.path.is_ident("self") || base.path.is_ident("call") => match &field.member {
                syn::Member::Named(name) => Some(name.to_string()),
                syn::Member::Unnamed(_) => None,
            },
            base => passed_field(base),
        },
        Expr::MethodCall(call) => passed_field(&call.receiver),
        Expr::Reference(reference) => passed_field(&reference.expr),
        Expr::Paren(inner) => passed_field(&inner.expr),
        _ => None,
    }
}

fn is(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_none(value: &TokenStream) -> bool {
    let text = value.to_string().replace(' ', "");
    ["None", "Option::None", "Default::default()", "Field::Keep"].contains(&text.as_str())
}

fn words(tokens: TokenStream, found: &mut BTreeSet<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Ident(word) => {
                found.insert(word.to_string());
            }
            TokenTree::Group(group) => words(group.stream(), found),
            _ => {}
        }
    }
}
