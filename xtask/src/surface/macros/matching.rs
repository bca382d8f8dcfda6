//! Matching an invocation against a matcher.

use std::collections::BTreeMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::{ParseStream, Parser};

use super::pattern::{Pattern, Repetition};

/// What a variable stands for: tokens, or one binding for each turn of a repetition.
#[derive(Clone, Debug)]
pub(super) enum Binding {
    One(Vec<TokenTree>),
    Many(Vec<Binding>),
}

pub(super) type Bindings = BTreeMap<String, Binding>;

/// Matches the whole input.
pub(super) fn all(patterns: &[Pattern], input: &[TokenTree]) -> Option<Bindings> {
    let mut bindings = Bindings::new();
    let rest = run(patterns, input, &mut bindings)?;
    rest.is_empty().then_some(bindings)
}

/// Matches the start of the input and returns the rest.
fn run<'a>(patterns: &[Pattern], mut input: &'a [TokenTree], bindings: &mut Bindings) -> Option<&'a [TokenTree]> {
    for pattern in patterns {
        input = match pattern {
            Pattern::Token(wanted) => {
                let (found, rest) = input.split_first()?;
                if found.to_string() != wanted.to_string() {
                    return None;
                }
                rest
            }
            Pattern::Group(delimiter, inner) => {
                let (TokenTree::Group(group), rest) = input.split_first()? else {
                    return None;
                };
                if group.delimiter() != *delimiter {
                    return None;
                }
                let content: Vec<TokenTree> = group.stream().into_iter().collect();
                if !run(inner, &content, bindings)?.is_empty() {
                    return None;
                }
                rest
            }
            Pattern::Variable { name, kind } => {
                let length = fragment(kind, input)?;
                let (found, rest) = input.split_at_checked(length)?;
                bindings.insert(name.clone(), Binding::One(found.to_vec()));
                rest
            }
            Pattern::Crate => return None,
            Pattern::Repetition(repetition) => repeat(repetition, input, bindings)?,
        };
    }
    Some(input)
}

fn repeat<'a>(repetition: &Repetition, mut input: &'a [TokenTree], bindings: &mut Bindings) -> Option<&'a [TokenTree]> {
    let mut turns = Vec::new();
    loop {
        let mut start = input;
        if let (Some(separator), false) = (&repetition.separator, turns.is_empty()) {
            match input.split_first() {
                Some((found, rest)) if found.to_string() == separator.to_string() => start = rest,
                _ => break,
            }
        }
        let mut turn = Bindings::new();
        match run(&repetition.inner, start, &mut turn) {
            Some(rest) if rest.len() < input.len() => input = rest,
            _ => break,
        }
        turns.push(turn);
        if repetition.operator == '?' {
            break;
        }
    }
    if repetition.operator == '+' && turns.is_empty() {
        return None;
    }
    let mut names = Vec::new();
    variables(&repetition.inner, &mut names);
    for name in names {
        let each = turns.iter().filter_map(|turn| turn.get(name)).cloned().collect();
        bindings.insert(name.to_owned(), Binding::Many(each));
    }
    Some(input)
}

/// The variables that stand in some patterns, at any depth.
pub(super) fn variables<'p>(patterns: &'p [Pattern], names: &mut Vec<&'p str>) {
    for pattern in patterns {
        match pattern {
            Pattern::Variable { name, .. } => names.push(name),
            Pattern::Group(_, inner) => variables(inner, names),
            Pattern::Repetition(repetition) => variables(&repetition.inner, names),
            Pattern::Token(_) | Pattern::Crate => {}
        }
    }
}

/// How many tokens a fragment of this kind takes from the start of the input.
fn fragment(kind: &str, input: &[TokenTree]) -> Option<usize> {
    fn skip<T: syn::parse::Parse>(input: ParseStream<'_>) -> syn::Result<()> {
        input.parse::<T>().map(drop)
    }
    let parse: fn(ParseStream<'_>) -> syn::Result<()> = match kind {
        "tt" => return (!input.is_empty()).then_some(1),
        "ident" => return matches!(input.first()?, TokenTree::Ident(_)).then_some(1),
        "block" => skip::<syn::Block>,
        "expr" => skip::<syn::Expr>,
        "item" => skip::<syn::Item>,
        "lifetime" => skip::<syn::Lifetime>,
        "literal" => skip::<syn::Lit>,
        "meta" => skip::<syn::Meta>,
        "pat" => |input| syn::Pat::parse_multi_with_leading_vert(input).map(drop),
        "pat_param" => |input| syn::Pat::parse_single(input).map(drop),
        "path" => skip::<syn::Path>,
        "ty" => skip::<syn::Type>,
        "vis" => skip::<syn::Visibility>,
        _ => return None,
    };
    let tokens: TokenStream = input.iter().cloned().collect();
    let rest = |input: ParseStream<'_>| {
        parse(input)?;
        Ok(input.parse::<TokenStream>()?.into_iter().count())
    };
    Some(input.len() - rest.parse2(tokens).ok()?)
}
