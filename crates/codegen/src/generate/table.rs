//! The table of operations that the runtime uses.

use quote::quote;
use syn::File;

use super::model::Model;
use crate::operations::Located;
use crate::table::{Operation, Retry};
use crate::{Error, Problem};

pub(super) fn run(file: &mut File, model: &Model<'_>) -> Result<(), Error> {
    let rows = model.operations.iter().map(|(id, located): (&String, &Located<'_>)| {
        let Operation {
            operation_id,
            method,
            path,
            authenticated,
            retry,
            ..
        } = Operation::read(model.document, located);
        let auth = if authenticated { quote!(Required) } else { quote!(None) };
        let retry = match retry {
            Retry::Safe => quote!(Safe),
            Retry::Idempotent => quote!(Idempotent),
            Retry::NotIdempotent => quote!(NotIdempotent),
            Retry::Never => quote!(Never),
        };
        quote! {
            ::account_provisioning_core::OperationInfo::new(
                #id,
                #operation_id,
                #method,
                #path,
                ::account_provisioning_core::AuthRequirement::#auth,
                ::account_provisioning_core::RetryClass::#retry,
            )
        }
    });
    let tokens = quote! {
        /// Every operation of the API, ordered by `id`.
        pub static OPERATIONS: &[::account_provisioning_core::OperationInfo] = &[#(#rows),*];
    };
    let table = syn::parse2(tokens).map_err(|error| {
        Problem::new(
            "/paths",
            format!("the table of operations does not parse: {error}"),
            super::REPORT,
        )
    })?;
    file.items.push(table);
    Ok(())
}
