//! One media type for each body: the one that is sent or read. A body of another kind of JSON becomes `application/json`,
//! and `x-media-type` keeps what the request says it is.

use serde_json::{Value, json};

use crate::extensions::MEDIA_TYPE;
use crate::media::{self, FORM, JSON};
use crate::operations;

pub(super) fn run(document: &mut Value) {
    operations::each_mut(document, |_, _, operation| {
        if let Some(chosen) = operation
            .get_mut("requestBody")
            .and_then(|body| keep(body, media::sent))
        {
            let essence = media::essence(&chosen);
            if essence != JSON && essence != FORM {
                operation[MEDIA_TYPE] = json!(essence);
            }
        }
        for (_, response) in operation["responses"].as_object_mut().into_iter().flatten() {
            keep(response, media::read);
        }
    });
}

/// Keeps the media type that `choose` returns, under its plain name, and returns it.
fn keep(holder: &mut Value, choose: impl Fn(&serde_json::Map<String, Value>) -> Option<&String>) -> Option<String> {
    let content = holder.get_mut("content")?.as_object_mut()?;
    let chosen = choose(content)?.clone();
    let entry = content.remove(&chosen)?;
    let name = if media::essence(&chosen) == FORM { FORM } else { JSON };
    content.clear();
    content.insert(name.to_owned(), entry);
    Some(chosen)
}
