//! From `BUILD` to Rust: progenitor generates types and methods, and passes over the syntax tree change what its
//! settings cannot.

mod auto_traits;
mod comparable;
mod docs;
mod enums;
mod epoch_seconds;
#[cfg(feature = "authoring")]
mod excerpt;
mod ids;
mod model;
mod requests;
mod syntax;
mod table;
mod text_or_number;
mod types;

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::TokenStream;
use progenitor::{GenerationSettings, Generator, HooksMode, InterfaceStyle, TagStyle, TypeImpl};
use quote::quote;
use schemars08::schema::{InstanceType, SchemaObject};
use serde_json::Value;

use crate::extensions::{EPOCH_SECONDS, OPAQUE, RECEIVED_SECRET, SENT_SECRET};
use crate::{Error, Problem};
#[cfg(feature = "authoring")]
pub use excerpt::excerpts;
use model::Model;

/// The start of paths to the crate that the generated code uses.
const CORE: &str = "::account_provisioning_core";

/// What is generated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Whether the types implement `schemars::JsonSchema` (schemars 1). Defaults to false.
    pub json_schema: bool,
}

impl Options {
    /// Sets whether the types implement `schemars::JsonSchema`.
    #[must_use]
    pub fn with_json_schema(mut self, json_schema: bool) -> Self {
        self.json_schema = json_schema;
        self
    }
}

/// Generates the formatted code of one API from its normalised document.
///
/// It has the modules `types`, `ids` (if the document declares any) and `requests`, and the table `OPERATIONS`. Every
/// request type implements `account_provisioning_core::Request`.
///
/// # Errors
/// Everything in the document that cannot be generated, with its pointer and a remedy.
pub fn generate(build: &str, options: Options) -> Result<String, Error> {
    let document: Value = serde_json::from_str(build).map_err(unreadable)?;
    let model = Model::new(&document)?;
    let tokens = progenitor_tokens(&document, &model, options)?;
    let mut file: syn::File = syn::parse2(tokens)
        .map_err(|error| Problem::new("", format!("the generated code does not parse: {error}"), REPORT))?;
    types::run(&mut file, &model, options)?;
    epoch_seconds::run(&mut file, &model, options)?;
    text_or_number::run(&mut file)?;
    ids::check(&mut file, &model)?;
    docs::run(&mut file, &model);
    requests::run(&mut file, &model)?;
    ids::run(&mut file, &model, options)?;
    comparable::run(&mut file);
    auto_traits::run(&mut file);
    table::run(&mut file, &model)?;
    Ok(prettyplease::unparse(&file))
}

const REPORT: &str =
    "run `cargo xtask generate` and check the document; if it is correct, this is a mistake in the generator";

fn unreadable(error: serde_json::Error) -> Problem {
    Problem::new(
        "",
        format!("the normalised document is not readable: {error}"),
        "run `cargo xtask generate`",
    )
}

fn progenitor_tokens(document: &Value, model: &Model<'_>, options: Options) -> Result<TokenStream, Error> {
    let mut document = document.clone();
    enums::hide_odd_values(&mut document);
    let spec: openapiv3::OpenAPI = serde_json::from_value(document).map_err(unreadable)?;
    let core: TokenStream = quote! { ::account_provisioning_core };
    let mut settings = GenerationSettings::new();
    settings
        .with_interface(InterfaceStyle::Positional)
        .with_tag(TagStyle::Merged)
        .with_hooks(HooksMode::Expected)
        .with_inner_type(quote! { #core::Transport })
        // A sorted map is always serialised in the same order.
        .with_map_type("::std::collections::BTreeMap");
    let texts = text_or_number::MARKS.map(|(format, mark)| (InstanceType::String, format, mark));
    let own = [
        (InstanceType::String, SENT_SECRET, "Secret"),
        (InstanceType::String, RECEIVED_SECRET, "ReceivedSecret"),
        (InstanceType::String, OPAQUE, "OpaqueValue"),
        (InstanceType::Integer, EPOCH_SECONDS, epoch_seconds::MARK),
    ];
    for (kind, format, name) in own.into_iter().chain(texts) {
        let pattern = SchemaObject {
            instance_type: Some(kind.into()),
            format: Some(format.to_owned()),
            ..SchemaObject::default()
        };
        settings.with_conversion(pattern, format!("{CORE}::{name}"), std::iter::empty::<TypeImpl>());
    }
    for (format, id) in &model.ids {
        let pattern = SchemaObject {
            instance_type: Some(InstanceType::String.into()),
            format: Some(format.clone()),
            ..SchemaObject::default()
        };
        settings.with_conversion(pattern, id.path(), std::iter::empty::<TypeImpl>());
    }
    for (name, inner) in &model.nullable {
        settings.with_replacement(
            name,
            format!("{CORE}::Nullable<{inner}>"),
            std::iter::empty::<TypeImpl>(),
        );
    }
    if options.json_schema {
        settings.with_derive("::schemars::JsonSchema");
    }
    // Preflight refuses what is known to make progenitor panic; this is for everything else.
    let outcome = catch_unwind(AssertUnwindSafe(|| Generator::new(&settings).generate_tokens(&spec)));
    let reason = match outcome {
        Ok(Ok(tokens)) => return Ok(tokens),
        Ok(Err(error)) => error.to_string(),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            text.or_else(|| panic.downcast_ref::<&str>().copied())
                .unwrap_or("it panicked")
                .to_owned()
        }
    };
    Err(Problem::new(
        "",
        format!("progenitor refused the normalised document: {reason}"),
        REPORT,
    )
    .into())
}
