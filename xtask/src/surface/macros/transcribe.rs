//! Writing a macro's body with what its variables stand for.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{format_ident, quote};

use super::matching::{Binding, Bindings, variables};
use super::pattern::Pattern;

/// Writes a body; `None` when it repeats something that was not matched so.
pub(super) fn transcribe(body: &[Pattern], bindings: &Bindings, krate: &str) -> Option<TokenStream> {
    let mut out = TokenStream::new();
    for pattern in body {
        match pattern {
            Pattern::Token(token) => out.extend([token.clone()]),
            Pattern::Crate => {
                let krate = format_ident!("{krate}");
                out.extend(quote!(::#krate));
            }
            Pattern::Variable { name, .. } => match bindings.get(name)? {
                Binding::One(tokens) => out.extend(tokens.iter().cloned()),
                Binding::Many(_) => return None,
            },
            Pattern::Group(delimiter, inner) => {
                let inner = transcribe(inner, bindings, krate)?;
                out.extend([TokenTree::Group(Group::new(*delimiter, inner))]);
            }
            Pattern::Repetition(repetition) => {
                let mut names = Vec::new();
                variables(&repetition.inner, &mut names);
                let turns = names.iter().find_map(|name| match bindings.get(*name) {
                    Some(Binding::Many(turns)) => Some(turns.len()),
                    _ => None,
                })?;
                for turn in 0..turns {
                    let mut inner = bindings.clone();
                    for name in &names {
                        if let Some(Binding::Many(each)) = bindings.get(*name) {
                            inner.insert((*name).to_owned(), each.get(turn)?.clone());
                        }
                    }
                    if turn > 0 {
                        out.extend(repetition.separator.clone());
                    }
                    out.extend(transcribe(&repetition.inner, &inner, krate)?);
                }
            }
        }
    }
    Some(out)
}
