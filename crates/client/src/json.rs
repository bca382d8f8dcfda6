//! Replies as JSON instead of models, so that no field is lost.

use std::borrow::Cow;
use std::fmt;
use std::hash::Hasher;
use std::marker::PhantomData;

use account_provisioning_core::time::Clock;
use account_provisioning_core::{
    AskedFor, BaseUrl, BuildError, CallOptions, Error, ErrorKind, MakeError as _, MakePage as _, OperationInfo, Page,
    PageRule, ReplyKind, Request, Response, ResponseMeta, Result, Shape, Transport, de,
};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::call::sealed::Sealed;
use crate::call::{Call, Mode, Once};
use crate::list::{List, PageFields, Paged, Pager};
use crate::mode::{Optional, WithResponse};
use crate::replace::ReadAndReplace;

/// The call returns the service's reply as JSON; made by [`Call::json`](crate::Call::json).
#[derive(Clone, Copy, Debug)]
pub struct AsJson<M = Once>(PhantomData<M>);

/// A mode whose value can be JSON instead. Implemented by this crate alone.
pub trait ReadAsJson: Sealed {
    /// The mode that returns JSON.
    type Json;
}

impl ReadAsJson for Once {
    type Json = AsJson<Self>;
}

impl ReadAsJson for ReadAndReplace {
    type Json = AsJson<Self>;
}

impl<M: ReadAsJson> ReadAsJson for Optional<M> {
    type Json = Optional<M::Json>;
}

impl<M: ReadAsJson> ReadAsJson for WithResponse<M> {
    type Json = WithResponse<M::Json>;
}

impl<M> Sealed for AsJson<M> {}

impl<O: Send, M: Mode<O>> Mode<O> for AsJson<M> {
    type Value = Value;
    type Output = Value;

    async fn send(transport: Transport, operation: O, options: CallOptions) -> Result<Response<Value>> {
        let Response { meta, body, .. } = M::send(transport, operation, options).await?;
        let json = match body.trim_ascii() {
            b"" => Ok(Value::Null),
            json => de::from_body(json),
        };
        match json {
            Ok(json) => Ok(Response::new(json, meta, body)),
            // The reply was readable as its model, so the call had its effect. The cause may quote a secret of the reply.
            Err(_) => {
                let message = "the response can't be held as JSON: a number is too great, or it is nested too deeply";
                let error = Error::new(ErrorKind::Decode, message).with_meta(&meta);
                Err(error.with_unknown_outcome("if the call changes something, the change was made: don't repeat it"))
            }
        }
    }

    fn output(response: Response<Value>) -> Value {
        response.into_value()
    }
}

impl<O, M: ReadAsJson> Call<O, M> {
    /// Returns the service's reply as JSON instead of a model, with the fields that this version doesn't know. An empty reply
    /// is `null`.
    ///
    /// It is the whole reply as received, such as Cloudflare's envelope. All that is checked of a model is checked of it. The
    /// reply to the last request is returned of a call that sends several: an update that reads first, or `find`.
    ///
    /// **Secrets in it are not protected.** `Debug` and `Display` of the JSON show the secret of a new key or token.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "cloudinary")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use account_provisioning::cloudinary;
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// let ann = cloudinary.users().create("Ann", "ann@client.example").json().await?;
    /// assert_eq!(ann["email"], "ann@client.example");
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "cloudinary"))]
    /// # fn main() {}
    /// ```
    pub fn json(self) -> Call<O, M::Json> {
        self.carried_out_as()
    }
}

impl<L: List> Call<L, Paged> {
    /// Returns the items as JSON instead of models, with the fields that this version doesn't know: of one page if it is
    /// awaited, or of the whole list, with [`stream`](Self::stream) and the others. Set the filters before.
    ///
    /// Paging works as with models, so all of a page has to be readable as its model.
    ///
    /// # Examples
    /// ```
    /// # #[cfg(feature = "cloudinary")]
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # use account_provisioning::cloudinary;
    /// use futures::TryStreamExt as _;
    ///
    /// # let emulator = account_provisioning_emulator::Emulator::start().await?;
    /// # let cloudinary = cloudinary::Client::builder().account_url(emulator.cloudinary().url()).base_url(emulator.cloudinary().base_url()).build()?;
    /// let mut users = cloudinary.users().list().prefix("A").json().stream();
    /// while let Some(user) = users.try_next().await? {
    ///     println!("{user}");
    /// }
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "cloudinary"))]
    /// # fn main() {}
    /// ```
    pub fn json(self) -> Pager<JsonList<L>> {
        self.map(JsonList)
    }
}

/// A list whose items are JSON; made by [`Call::json`](crate::Call::json).
#[derive(Clone, Debug)]
pub struct JsonList<L>(pub(crate) L);

/// A reply as its model, which paging needs, and as JSON.
pub struct WithJson<T> {
    typed: T,
    json: Value,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for WithJson<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let json = Value::deserialize(deserializer)?;
        let typed = T::deserialize(&json).map_err(D::Error::custom)?;
        Ok(Self { typed, json })
    }
}

impl<T> fmt::Debug for WithJson<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The JSON may contain a secret.
        f.debug_struct("WithJson").finish_non_exhaustive()
    }
}

impl<L: List> Request for JsonList<L> {
    type Reply = WithJson<L::Reply>;
    const REPLY: ReplyKind = L::REPLY;
    const OPERATION: &'static OperationInfo = L::OPERATION;
    const SHAPE: &'static Shape = L::SHAPE;

    fn reply(&self) -> ReplyKind {
        self.0.reply()
    }

    fn operation(&self) -> &OperationInfo {
        self.0.operation()
    }

    fn build(&self, base_url: &BaseUrl, http: &reqwest::Client) -> Result<reqwest::Request, BuildError> {
        self.0.build(base_url, http)
    }
}

impl<L: List> List for JsonList<L> {
    type Item = Value;
    const RULE: PageRule = L::RULE;
    const ITEMS: &'static str = L::ITEMS;

    fn rule(&self) -> PageRule {
        self.0.rule()
    }

    fn name(&self) -> Cow<'_, str> {
        self.0.name()
    }

    fn items(&self) -> &str {
        self.0.items()
    }

    fn place(&mut self) -> PageFields<'_> {
        self.0.place()
    }

    fn page(&self, reply: WithJson<L::Reply>, meta: &mut ResponseMeta) -> Result<Page<Value>> {
        let WithJson { typed, mut json } = reply;
        let page = self.0.page(typed, meta)?;
        let items = match json.pointer_mut(self.items()).map(Value::take) {
            Some(Value::Array(items)) => items,
            None | Some(Value::Null) => Vec::new(),
            // A list of one item can be sent as the item.
            Some(item) => vec![item],
        };
        if items.len() != page.len() {
            let message = format!("the reply has no list of its items at `{}`", self.items());
            return Err(Error::new(ErrorKind::Decode, message));
        }
        Ok(Page::new(items)
            .with_total(page.total)
            .with_total_pages(page.total_pages)
            .with_next_cursor(page.next_cursor))
    }

    fn identity(item: &Value) -> &str {
        item.as_str().unwrap_or_default()
    }

    fn identify(item: &Value, hasher: &mut dyn Hasher) {
        match L::Item::deserialize(item) {
            Ok(item) => L::identify(&item, hasher),
            Err(_) => hasher.write(item.to_string().as_bytes()),
        }
    }

    fn prepare(&mut self, clock: &dyn Clock) -> Result<()> {
        self.0.prepare(clock)
    }

    fn segments(&self) -> usize {
        self.0.segments()
    }

    fn asked_for(&self, segment: usize) -> Option<AskedFor> {
        self.0.asked_for(segment)
    }

    fn key(&self, item: &Value) -> Option<String> {
        self.0.key(&L::Item::deserialize(item).ok()?)
    }

    fn keep_segment(&mut self, segment: usize) {
        self.0.keep_segment(segment);
    }
}
