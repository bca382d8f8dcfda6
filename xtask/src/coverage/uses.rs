//! What the ergonomic crate does with generated methods and request types, read from its tokens: calls and assignments
//! stand inside of macros too, where there is no syntax tree yet.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, Fields, Item, Token, Type};

use super::locals::Locals;
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
    calls: Vec<(String, Vec<Source>)>,
    /// Fields that are set through a `.`.
    sets: BTreeSet<String>,
    /// Where values are built, by the name of their type: the fields that get anything but `None`.
    built: BTreeMap<String, Vec<(String, Source)>>,
}

/// What a parameter or a field gets.
enum Source {
    /// Nothing: `None`.
    Nothing,
    /// The operation's own field, passed on.
    Field(String),
    /// Anything else, which counts as set.
    Value,
}

impl Source {
    fn of(value: &Expr, locals: &Locals) -> Self {
        if is_none(&value.to_token_stream()) {
            return Self::Nothing;
        }
        locals.passed(value).map_or(Self::Value, Self::Field)
    }
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
                        Item::Impl(block) => match &*block.self_ty {
                            Type::Path(ty) => ty.path.segments.last().map(|name| name.ident.to_string()),
                            _ => None,
                        },
                        // A macro names first what it implements something for.
                        Item::Macro(item) => item.mac.tokens.clone().into_iter().find_map(|tree| match tree {
                            TokenTree::Ident(name) => Some(name.to_string()).filter(|name| is_type(name)),
                            _ => None,
                        }),
                        _ => None,
                    };
                    let tokens = item.to_token_stream();
                    let mut part = Part::default();
                    words(tokens.clone(), &mut part.words);
                    part.scan(tokens, own.as_deref(), &Locals::default());
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
        part.calls[call.call]
            .1
            .get(place)
            .is_some_and(|source| self.gives(part, source, &mut BTreeSet::new()))
    }

    /// Whether a call passes on a field of its operation in one place, and nothing sets that field.
    pub(super) fn passes_unset(&self, call: &Call, place: usize) -> bool {
        let part = &self.parts[call.part];
        let source = part.calls[call.call].1.get(place);
        source.is_some_and(|source| self.is_passed_unset(part, source))
    }

    /// Whether a field of a request type is set anywhere, and wherever a field of an operation is passed on to it,
    /// something sets that one.
    pub(super) fn sets_field(&self, ty: &str, field: &str) -> bool {
        // Parts that work on the type itself, or on something that holds it.
        let holders: BTreeSet<&str> = self
            .holds
            .iter()
            .filter(|(_, held)| held.contains(ty))
            .map(|(name, _)| name.as_str())
            .chain([ty])
            .collect();
        let passed_unset = |part: &Part| part.builds(ty, field).any(|source| self.is_passed_unset(part, source));
        self.parts.iter().any(|part| {
            part.builds(ty, field)
                .any(|source| self.gives(part, source, &mut BTreeSet::new()))
                || (part.sets.contains(field) && holders.iter().any(|holder| part.words.contains(*holder)))
        }) && !self.parts.iter().any(passed_unset)
    }

    fn is_passed_unset(&self, part: &Part, source: &Source) -> bool {
        // Where it is not plain whose field it is, the doubt is in favour of the code.
        matches!(source, Source::Field(_))
            && self.owner(part).is_some()
            && !self.gives(part, source, &mut BTreeSet::new())
    }

    fn owner(&self, part: &Part) -> Option<&String> {
        let own = part.own.as_ref()?;
        self.holds.keys().find(|name| *name == own)
    }

    /// Whether something other than `None` can come from a source; `seen` are the fields that are being asked for.
    fn gives<'a>(&'a self, part: &'a Part, source: &'a Source, seen: &mut BTreeSet<(&'a str, &'a str)>) -> bool {
        let field = match source {
            Source::Nothing => return false,
            Source::Value => return true,
            // The operation's own field is passed: what sets it?
            Source::Field(field) => field,
        };
        let owners: Vec<&String> = match self.owner(part) {
            Some(own) => vec![own],
            None => self.holds.keys().filter(|name| part.words.contains(*name)).collect(),
        };
        owners.is_empty() || owners.iter().any(|owner| self.sets_own(owner, field, seen))
    }

    fn sets_own<'a>(&'a self, owner: &'a str, field: &'a str, seen: &mut BTreeSet<(&'a str, &'a str)>) -> bool {
        seen.insert((owner, field))
            && self.parts.iter().any(|part| {
                (part.words.contains(owner) && part.sets.contains(field))
                    || part.builds(owner, field).any(|source| self.gives(part, source, seen))
            })
    }
}

impl Part {
    /// What a field gets where values of its type are built.
    fn builds(&self, ty: &str, field: &str) -> impl Iterator<Item = &Source> {
        let fields = self.built.get(ty).into_iter().flatten();
        fields.filter(move |(name, _)| name == field).map(|(_, source)| source)
    }

    /// Reads tokens at any depth. `own` is what `Self` stands for, `outer` what is bound around them.
    fn scan(&mut self, tokens: TokenStream, own: Option<&str>, outer: &Locals) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let locals = &outer.with(&trees);
        for (place, tree) in trees.iter().enumerate() {
            let TokenTree::Group(group) = tree else {
                if is(tree, '.') {
                    self.after_dot(&trees[place + 1..], locals);
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
                if is_type(&name) {
                    let fields = built(group.stream(), locals);
                    self.built.entry(name).or_default().extend(fields);
                }
            }
            self.scan(group.stream(), own, locals);
        }
    }

    fn after_dot(&mut self, rest: &[TokenTree], locals: &Locals) {
        let [TokenTree::Ident(name), rest @ ..] = rest else {
            return;
        };
        let name = name.to_string();
        match rest {
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Parenthesis => {
                let parse = Punctuated::<Expr, Token![,]>::parse_terminated;
                if let Ok(arguments) = parse.parse2(group.stream()) {
                    let sources = arguments.iter().map(|argument| Source::of(argument, locals));
                    self.calls.push((name, sources.collect()));
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

/// The fields of a struct expression, and what each gets.
fn built(content: TokenStream, locals: &Locals) -> Vec<(String, Source)> {
    let trees: Vec<TokenTree> = content.into_iter().collect();
    let mut fields = Vec::new();
    for entry in trees.split(|tree| is(tree, ',')) {
        let (name, value) = match entry {
            [TokenTree::Ident(name)] => (name, entry),
            [TokenTree::Ident(name), colon, value @ ..] if is(colon, ':') => (name, value),
            _ => continue,
        };
        let value: TokenStream = value.iter().cloned().collect();
        let source = syn::parse2::<Expr>(value).map_or(Source::Value, |value| Source::of(&value, locals));
        fields.push((name.to_string(), source));
    }
    fields
}

fn is_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

pub(super) fn is(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_none(value: &TokenStream) -> bool {
    let text = value.to_string().replace(' ', "");
    ["None", "Option::None", "Default::default()", "Field::Keep"].contains(&text.as_str())
}

pub(super) fn words(tokens: TokenStream, found: &mut BTreeSet<String>) {
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
