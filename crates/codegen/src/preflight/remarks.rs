//! What a document says and the generated code leaves out. It refuses nothing.

use serde_json::{Map, Value};

use super::Preflight;
use crate::media;
use crate::operations::{self, Located};
use crate::{Problem, canonical, parameters, pointer};

/// Lists the media types of bodies that the generated code neither sends nor reads, because another one is chosen, and the
/// header parameters that OpenAPI says to ignore.
#[must_use]
pub fn remarks(document: &Value) -> Vec<Problem> {
    let mut preflight = Preflight {
        document,
        problems: Vec::new(),
    };
    for operation in operations::all(document) {
        preflight.media_types(&operation);
        preflight.ignored_headers(&operation);
    }
    preflight.problems
}

impl<'a> Preflight<'a> {
    fn media_types(&mut self, operation: &Located<'a>) {
        let id = operation.id();
        if let Some(body) = operation.value.get("requestBody") {
            let (body, at) = self.follow(body, pointer::join(&operation.pointer, "requestBody"));
            self.not_chosen(body, &at, media::sent, &format!("the body of `{id}` is sent"));
        }
        let empty = Map::new();
        let responses = operation.value["responses"].as_object().unwrap_or(&empty);
        for status in operations::successes(responses) {
            let at = pointer::join_all(&operation.pointer, &["responses", status]);
            let (response, at) = self.follow(&responses[status], at);
            self.not_chosen(response, &at, media::read, &format!("a response of `{id}` is read"));
        }
    }

    fn ignored_headers(&mut self, operation: &Located<'a>) {
        for (parameter, at) in self.parameter_list(operation) {
            if parameters::is_ignored(parameter) {
                let name = parameter["name"].as_str().unwrap_or_default();
                self.refuse(
                    &at,
                    format!("header parameter `{name}` is left out: OpenAPI says to ignore it"),
                    "the client sends this header itself",
                );
            }
        }
    }

    fn not_chosen(
        &mut self,
        holder: &Value,
        at: &str,
        choose: impl Fn(&Map<String, Value>) -> Option<&String>,
        what: &str,
    ) {
        let Some((content, chosen)) = holder["content"]
            .as_object()
            .and_then(|content| Some((content, choose(content)?)))
        else {
            return;
        };
        let is_other = |media: &&String| media::essence(media) != media::essence(chosen);
        let others: Vec<String> = canonical::sorted_keys(content)
            .into_iter()
            .filter(is_other)
            .map(|media| format!("`{media}`"))
            .collect();
        if !others.is_empty() {
            self.refuse(
                pointer::join(at, "content"),
                format!("{what} as `{chosen}`, and never as {}", others.join(" or ")),
                "if the service treats them differently, say so in the description",
            );
        }
    }
}
