//! The glue between generated clients and the runtime.
//!
//! `ClientHooks` can be implemented only in the crate that owns the generated `Client`, hence a macro.

/// Implements the hooks of the `Client` in the calling module by the runtime's transport, and `for_call` beside them.
macro_rules! run_on_core {
    () => {
        impl ::progenitor_client::ClientHooks<::account_provisioning_core::Transport> for Client {
            async fn exec(
                &self,
                request: ::reqwest::Request,
                info: &::progenitor_client::OperationInfo,
            ) -> ::reqwest::Result<::reqwest::Response> {
                #[allow(
                    clippy::expect_used,
                    reason = "the methods and the table are generated from one document"
                )]
                let operation = ::account_provisioning_core::Operation::find(OPERATIONS, info.operation_id)
                    .expect("every generated method has an entry in the table of operations");
                self.inner.exec(&self.client, request, operation).await
            }

            async fn post<E>(
                &self,
                reply: &::reqwest::Result<::reqwest::Response>,
                _: &::progenitor_client::OperationInfo,
            ) -> ::std::result::Result<(), ::progenitor_client::Error<E>> {
                match ::account_provisioning_core::Failed::of(reply) {
                    Some(failed) => Err(::progenitor_client::Error::Custom(failed.message().to_owned())),
                    None => Ok(()),
                }
            }
        }

        impl Client {
            /// The same client for one call: the call's options apply, and its outcome, the typed error among it, is
            /// left in `call`.
            #[must_use]
            pub fn for_call(&self, call: ::std::sync::Arc<::account_provisioning_core::CallState>) -> Self {
                Self {
                    baseurl: self.baseurl.clone(),
                    client: self.client.clone(),
                    inner: self.inner.for_call(call),
                }
            }
        }
    };
}

pub(crate) use run_on_core;

/// Decodes a successful reply. Its error says where the body differs from the document, and shows none of its values.
pub(crate) async fn from_response<T: serde::de::DeserializeOwned, E>(
    response: reqwest::Response,
) -> Result<progenitor_client::ResponseValue<T>, progenitor_client::Error<E>> {
    use progenitor_client::{Error, ResponseValue};

    let status = response.status();
    let headers = response.headers().clone();
    let body = response.bytes().await.map_err(Error::ResponseBodyError)?;
    // A reply without content (204) stands for an object without fields, where every field is optional.
    let json: &[u8] = if body.is_empty() && status.as_u16() == 204 {
        b"{}"
    } else {
        &body
    };
    match serde_json::from_slice(json) {
        Ok(value) => Ok(ResponseValue::new(value, status, headers)),
        Err(_) => Err(Error::Custom(
            account_provisioning_core::Error::undecodable::<T>(&body).to_string(),
        )),
    }
}
