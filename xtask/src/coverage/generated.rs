//! The generated code, as far as coverage has to know it.

use std::collections::{BTreeMap, BTreeSet};

use syn::{Fields, GenericArgument, Item, ItemStruct, PathArguments, Type};

use crate::Failure;

/// One field of a generated struct.
#[derive(Clone, Debug)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) optional: bool,
    /// The names of types that its type mentions.
    pub(super) types: BTreeSet<String>,
}

/// The structs of one generated API.
#[derive(Debug, Default)]
pub(super) struct Generated {
    /// The request types by name.
    pub(super) requests: BTreeMap<String, Vec<Field>>,
    /// The bodies and what they contain, by name.
    pub(super) types: BTreeMap<String, Vec<Field>>,
}

impl Generated {
    pub(super) fn read(code: &str) -> Result<Self, Failure> {
        let file = syn::parse_file(code).map_err(|error| Failure::new(format!("the generated code: {error}")))?;
        let mut generated = Self::default();
        for item in &file.items {
            let Item::Mod(module) = item else { continue };
            let structs = match module.ident.to_string().as_str() {
                "requests" => &mut generated.requests,
                "types" => &mut generated.types,
                _ => continue,
            };
            for item in module.content.iter().flat_map(|(_, items)| items) {
                if let Item::Struct(item) = item {
                    structs.insert(item.ident.to_string(), fields(item));
                }
            }
        }
        Ok(generated)
    }
}

fn fields(item: &ItemStruct) -> Vec<Field> {
    let Fields::Named(fields) = &item.fields else {
        return Vec::new();
    };
    let field = |field: &syn::Field| {
        let mut types = BTreeSet::new();
        mentions(&field.ty, &mut types);
        Some(Field {
            name: field.ident.as_ref()?.to_string(),
            optional: types.contains("Option") || types.contains("Nullable"),
            types,
        })
    };
    fields.named.iter().filter_map(field).collect()
}

/// Collects the last names of the paths in a type.
fn mentions(ty: &Type, found: &mut BTreeSet<String>) {
    let Type::Path(path) = ty else { return };
    for segment in &path.path.segments {
        found.insert(segment.ident.to_string());
        if let PathArguments::AngleBracketed(arguments) = &segment.arguments {
            for argument in &arguments.args {
                if let GenericArgument::Type(inner) = argument {
                    mentions(inner, found);
                }
            }
        }
    }
}
