//! Expands `macro_rules!` macros that stand where items stand, so that what they make counts as public surface.
//!
//! Only the matching and writing that such macros need is here; hygiene is left out, since bodies are not looked at.
//! A macro that can't be expanded is no failure: the caller keeps its invocation as a fact, and every change of it counts.

mod matching;
mod pattern;
mod transcribe;

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, ItemMacro};

use super::Sources;
use pattern::Pattern;

/// A macro by example.
#[derive(Clone, Debug)]
pub(crate) struct Macro {
    /// The crate that defines it, as paths name it: what `$crate` stands for.
    krate: String,
    rules: Vec<(Vec<Pattern>, Vec<Pattern>)>,
}

/// Macros by name.
pub(crate) type Macros = BTreeMap<String, Macro>;

impl Macro {
    /// Reads a definition; `None` when it is none, or one that is not understood.
    pub(super) fn read(item: &ItemMacro, krate: &str) -> Option<(String, Self)> {
        let name = item.ident.as_ref()?;
        if !item.mac.path.is_ident("macro_rules") {
            return None;
        }
        let mut tokens = item.mac.tokens.clone().into_iter().peekable();
        let mut rules = Vec::new();
        while let Some(TokenTree::Group(matcher)) = tokens.next() {
            // `=>`
            tokens.next()?;
            tokens.next()?;
            let Some(TokenTree::Group(body)) = tokens.next() else {
                return None;
            };
            rules.push((pattern::matcher(matcher.stream())?, pattern::body(body.stream())?));
            if matches!(tokens.peek(), Some(TokenTree::Punct(punct)) if punct.as_char() == ';') {
                tokens.next();
            }
        }
        let krate = krate.to_owned();
        Some((name.to_string(), Self { krate, rules }))
    }

    /// The items that an invocation stands for; `None` when no rule matches, or what comes out are no items.
    pub(crate) fn expand(&self, tokens: TokenStream) -> Option<Vec<Item>> {
        let input: Vec<TokenTree> = tokens.into_iter().collect();
        let (bindings, body) = self
            .rules
            .iter()
            .find_map(|(matcher, body)| Some((matching::all(matcher, &input)?, body)))?;
        let expanded = transcribe::transcribe(body, &bindings, &self.krate)?;
        Some(syn::parse2::<syn::File>(expanded).ok()?.items)
    }
}

/// The macros that the files of a crate define, at whatever depth of its modules, but for those that share a name.
pub(crate) fn defined(sources: &Sources) -> Macros {
    fn collect(items: &[Item], krate: &str, found: &mut Vec<(String, Macro)>) {
        for item in items {
            match item {
                Item::Macro(item) => found.extend(Macro::read(item, krate)),
                Item::Mod(item) => {
                    let inner = item.content.iter().flat_map(|(_, items)| items.iter().cloned());
                    collect(&inner.collect::<Vec<_>>(), krate, found);
                }
                _ => {}
            }
        }
    }
    let mut found = Vec::new();
    for file in sources.files.values().filter_map(|text| syn::parse_file(text).ok()) {
        collect(&file.items, &sources.ident(), &mut found);
    }
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for (name, _) in &found {
        *names.entry(name.clone()).or_default() += 1;
    }
    found.retain(|(name, _)| names.get(name) == Some(&1));
    found.into_iter().collect()
}

/// What the exported macro takes: its matchers, which are all that its callers can get wrong.
pub(super) fn matchers(item: &ItemMacro) -> TokenStream {
    let mut matchers = TokenStream::new();
    for group in item.mac.tokens.clone().into_iter().filter_map(|token| match token {
        TokenTree::Group(group) => Some(group),
        _ => None,
    }) {
        matchers.extend(group.to_token_stream());
    }
    // Matchers and bodies take turns.
    matchers.into_iter().step_by(2).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use quote::quote;

    use super::*;

    /// What an invocation stands for, without white space.
    fn expanded(definition: &str, invocation: TokenStream) -> Option<String> {
        let item: ItemMacro = syn::parse_str(definition).unwrap();
        let (_, found) = Macro::read(&item, "krate").unwrap();
        let items = found.expand(invocation)?;
        let text: String = items.iter().map(|item| item.to_token_stream().to_string()).collect();
        Some(text.split_whitespace().collect())
    }

    #[test]
    fn expand_with_a_repetition_writes_an_item_each() {
        let definition = "macro_rules! ids {
            ($($(#[$meta:meta])* $vis:vis struct $name:ident($kind:literal);)+) => {
                $($vis struct $name; impl $crate::Id for $name {})+
            };
        }";
        let invocation = quote! { /** One. */ pub struct A("a"); struct B("b"); };
        assert_eq!(
            expanded(definition, invocation).unwrap(),
            "pubstructA;impl::krate::IdforA{}structB;impl::krate::IdforB{}"
        );
    }

    #[test]
    fn expand_takes_the_first_rule_that_matches() {
        let definition = "macro_rules! call {
            ($name:ident -> $out:ty, |$x:pat_param| $e:expr) => { type $name = $out; };
            ($name:ident -> $out:ty) => { type $name = Vec<$out>; };
        }";
        let of = |invocation| expanded(definition, invocation);
        assert_eq!(of(quote!(A -> Map<String, u8>)).unwrap(), "typeA=Vec<Map<String,u8>>;");
        assert_eq!(of(quote!(A -> u8, |b| b.c(1))).unwrap(), "typeA=u8;");
        assert_eq!(of(quote!(A, u8)), None);
    }

    #[test]
    fn expand_with_separators_and_nested_repetitions_keeps_their_levels() {
        let definition = "macro_rules! words {
            ($($name:ident { $($word:ident = $text:literal),* $(,)? })*) => { $(enum $name { $($word),* })* };
        }";
        let invocation = quote!(A { X = "x", Y = "y", } B {});
        assert_eq!(expanded(definition, invocation).unwrap(), "enumA{X,Y}enumB{}");
    }
}
