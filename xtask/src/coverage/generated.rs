//! The generated code, as far as coverage has to know it.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Fields, FnArg, ImplItem, Item, Pat, Type};

use crate::Failure;

/// A name, and the names that its type mentions.
type Named = (String, BTreeSet<String>);

/// Methods and structs by name.
#[derive(Debug, Default)]
pub(super) struct Generated {
    /// The parameters of each method, in order.
    pub(super) methods: BTreeMap<String, Vec<Named>>,
    /// The fields of each struct.
    pub(super) structs: BTreeMap<String, Vec<Named>>,
}

impl Generated {
    pub(super) fn read(code: &str) -> Result<Self, Failure> {
        let file = syn::parse_file(code).map_err(|error| Failure::new(format!("the generated code: {error}")))?;
        let mut generated = Self::default();
        generated.items(&file.items);
        Ok(generated)
    }

    fn items(&mut self, items: &[Item]) {
        for item in items {
            match item {
                Item::Mod(module) => {
                    if let Some((_, items)) = &module.content {
                        self.items(items);
                    }
                }
                Item::Impl(block)
                    if block.trait_.is_none() && block.self_ty.to_token_stream().to_string() == "Client" =>
                {
                    for item in &block.items {
                        if let ImplItem::Fn(method) = item
                            && method.sig.asyncness.is_some()
                        {
                            let parameters = method.sig.inputs.iter().filter_map(parameter).collect();
                            self.methods.insert(method.sig.ident.to_string(), parameters);
                        }
                    }
                }
                Item::Struct(item) => {
                    let fields = match &item.fields {
                        Fields::Named(fields) => fields
                            .named
                            .iter()
                            .filter_map(|field| Some((field.ident.as_ref()?.to_string(), mentions(&field.ty))))
                            .collect(),
                        _ => Vec::new(),
                    };
                    self.structs.insert(item.ident.to_string(), fields);
                }
                _ => {}
            }
        }
    }
}

fn parameter(argument: &FnArg) -> Option<Named> {
    let FnArg::Typed(argument) = argument else {
        return None;
    };
    let Pat::Ident(name) = &*argument.pat else {
        return None;
    };
    Some((name.ident.to_string(), mentions(&argument.ty)))
}

fn mentions(ty: &Type) -> BTreeSet<String> {
    ty.to_token_stream()
        .to_string()
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| word.starts_with(char::is_uppercase))
        .map(str::to_owned)
        .collect()
}
