//! Matchers and bodies of macros, as trees.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A part of a matcher or of a body.
#[derive(Clone, Debug)]
pub(super) enum Pattern {
    Token(TokenTree),
    Group(Delimiter, Vec<Pattern>),
    /// `$name:kind`, or `$name` in a body, where the kind is empty.
    Variable {
        name: String,
        kind: String,
    },
    /// `$crate`.
    Crate,
    Repetition(Repetition),
}

#[derive(Clone, Debug)]
pub(super) struct Repetition {
    pub(super) inner: Vec<Pattern>,
    pub(super) separator: Option<TokenTree>,
    /// `*`, `+` or `?`.
    pub(super) operator: char,
}

pub(super) fn matcher(tokens: TokenStream) -> Option<Vec<Pattern>> {
    read(tokens, true)
}

pub(super) fn body(tokens: TokenStream) -> Option<Vec<Pattern>> {
    read(tokens, false)
}

fn read(tokens: TokenStream, kinds: bool) -> Option<Vec<Pattern>> {
    let mut patterns = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        patterns.push(match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => match tokens.next()? {
                TokenTree::Ident(name) if name == "crate" => Pattern::Crate,
                TokenTree::Ident(name) if kinds => {
                    tokens.next().filter(|token| is(token, ':'))?;
                    let TokenTree::Ident(kind) = tokens.next()? else {
                        return None;
                    };
                    Pattern::Variable {
                        name: name.to_string(),
                        kind: kind.to_string(),
                    }
                }
                TokenTree::Ident(name) => Pattern::Variable {
                    name: name.to_string(),
                    kind: String::new(),
                },
                TokenTree::Group(group) => {
                    let inner = read(group.stream(), kinds)?;
                    let first = tokens.next()?;
                    let (separator, operator) = if is_operator(&first) {
                        (None, first)
                    } else {
                        (Some(first), tokens.next()?)
                    };
                    let TokenTree::Punct(operator) = operator else {
                        return None;
                    };
                    Pattern::Repetition(Repetition {
                        inner,
                        separator,
                        operator: operator.as_char(),
                    })
                }
                _ => return None,
            },
            TokenTree::Group(group) => Pattern::Group(group.delimiter(), read(group.stream(), kinds)?),
            token => Pattern::Token(token),
        });
    }
    Some(patterns)
}

fn is(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn is_operator(token: &TokenTree) -> bool {
    ['*', '+', '?'].iter().any(|operator| is(token, *operator))
}
