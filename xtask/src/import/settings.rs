//! `openapi/<api>/import.yaml`: what our document says in its own way, by choice. The vendor's way is translated into ours
//! before the documents are compared, so an import does not undo it.

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{Error, Problem, pointer};
use account_provisioning_wire_diff::METHODS;
use glob::Pattern;
use serde_json::Value;

use crate::import::json::{entries, items};

/// The settings of one API. Without a file there are none, and nothing is translated.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// Schemas of the vendor's that mean one of ours.
    pub(super) components: Vec<Component>,
    /// Responses of the vendor's that mean several of ours.
    pub(super) responses: Vec<Responses>,
    /// Facts of ours that stay, whatever the vendor's document says.
    pub(super) keep: Vec<Keep>,
}

/// `components`: the vendor's schemas whose names match `theirs` mean our schema `ours`.
#[derive(Debug)]
pub(super) struct Component {
    pub(super) theirs: Pattern,
    pub(super) ours: String,
}

/// `responses`: the vendor's status `theirs` means ours, each of which is one of our components.
#[derive(Debug)]
pub(super) struct Responses {
    pub(super) theirs: String,
    pub(super) ours: Vec<(String, String)>,
}

/// `keep`: these facts stay as they are on our operations, parameters or properties.
#[derive(Debug)]
pub(super) struct Keep {
    of: String,
    names: Vec<Pattern>,
    facts: Vec<String>,
}

/// What a rule of `keep` may be about.
const KEPT: [&str; 3] = ["operations", "parameters", "properties"];

impl Settings {
    /// Reads the settings. `ours` is the document that they belong to.
    ///
    /// # Errors
    /// Unknown keys, a rule without a reason, globs that are none, and names that our document does not have.
    pub(super) fn read(file: &Document, ours: &Value) -> Result<Self, Error> {
        let mut reader = Reader {
            ours,
            problems: Vec::new(),
        };
        let settings = reader.settings(file.value());
        Error::from_problems(reader.problems).map_err(|error| file.locate(error))?;
        Ok(settings)
    }

    /// The facts of ours that stay on an operation, a parameter or a property with this name.
    pub(super) fn kept<'a>(&'a self, of: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
        let rules = self.keep.iter().filter(move |rule| rule.of == of);
        let rules = rules.filter(move |rule| rule.names.iter().any(|glob| glob.matches(name)));
        rules.flat_map(|rule| rule.facts.iter().map(String::as_str))
    }
}

/// The fact of `keep` that we have a parameter or a property.
pub(super) const PRESENCE: &str = "presence";
/// The fact of `keep` that we lack a parameter or a property.
pub(super) const ABSENCE: &str = "absence";

struct Reader<'a> {
    ours: &'a Value,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn refuse(&mut self, at: &str, message: impl Into<String>, remedy: &str) {
        self.problems.push(Problem::new(at, message, remedy));
    }

    fn settings(&mut self, file: &Value) -> Settings {
        let mut settings = Settings::default();
        self.check_keys(file, &["components", "responses", "keep"], "");
        for (index, rule) in items(&file["components"]).enumerate() {
            let at = format!("/components/{index}");
            self.check_rule(rule, &["theirs", "ours"], &at);
            let ours = rule["ours"].as_str().unwrap_or_default();
            self.check_component("schemas", ours, &format!("{at}/ours"));
            settings.components.extend(
                self.glob(&rule["theirs"], &format!("{at}/theirs"))
                    .map(|theirs| Component {
                        theirs,
                        ours: ours.to_owned(),
                    }),
            );
        }
        for (index, rule) in items(&file["responses"]).enumerate() {
            let at = format!("/responses/{index}");
            self.check_rule(rule, &["theirs", "ours"], &at);
            let mut ours = Vec::new();
            for (status, name) in entries(&rule["ours"]) {
                let name = name.as_str().unwrap_or_default();
                self.check_component("responses", name, &pointer::join_all(&at, &["ours", status]));
                ours.push((status.clone(), name.to_owned()));
            }
            let theirs = rule["theirs"].as_str().unwrap_or_default().to_owned();
            settings.responses.push(Responses { theirs, ours });
        }
        for (index, rule) in items(&file["keep"]).enumerate() {
            let at = format!("/keep/{index}");
            self.check_rule(rule, &["of", "names", "facts"], &at);
            let of = rule["of"].as_str().unwrap_or_default().to_owned();
            if !KEPT.contains(&of.as_str()) {
                self.refuse(
                    &format!("{at}/of"),
                    format!("`{of}` has no facts to keep"),
                    "write `operations`, `parameters` or `properties`",
                );
            }
            let names: Vec<&Value> = items(&rule["names"]).collect();
            let names = names.iter().enumerate();
            let names = names
                .filter_map(|(index, name)| self.glob(name, &format!("{at}/names/{index}")))
                .collect();
            let facts = items(&rule["facts"])
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect();
            settings.keep.push(Keep { of, names, facts });
        }
        settings
    }

    fn check_keys(&mut self, value: &Value, known: &[&str], at: &str) {
        if !value.is_object() {
            self.refuse(at, "this is not an object", "write it as openapi/README.md shows");
        }
        for (key, _) in entries(value).filter(|(key, _)| !known.contains(&key.as_str())) {
            self.refuse(
                &pointer::join(at, key),
                format!("there is no setting `{key}`"),
                "remove it or correct its name",
            );
        }
    }

    fn check_rule(&mut self, rule: &Value, keys: &[&str], at: &str) {
        self.check_keys(rule, &[keys, &["reason"]].concat(), at);
        for key in keys.iter().chain(&["reason"]) {
            let value = &rule[*key];
            if value.is_null() || value == "" {
                self.refuse(at, format!("the rule has no `{key}`"), "add it");
            }
        }
    }

    fn check_component(&mut self, section: &str, name: &str, at: &str) {
        if self.ours["components"][section].get(name).is_none() {
            self.refuse(
                at,
                format!("our document has no component `{name}` in `{section}`"),
                "correct the name",
            );
        }
    }

    fn glob(&mut self, value: &Value, at: &str) -> Option<Pattern> {
        match Pattern::new(value.as_str().unwrap_or_default()) {
            Ok(glob) => Some(glob),
            Err(error) => {
                self.refuse(
                    at,
                    format!("this is not a glob: {error}"),
                    "write `*_common`, for example",
                );
                None
            }
        }
    }
}

/// The path and the method of the operation of ours with this operationId.
pub(super) fn operation<'a>(ours: &'a Value, id: &str) -> Option<(&'a str, &'static str)> {
    let paths = entries(&ours["paths"]);
    let mut all =
        paths.flat_map(|(path, item)| METHODS.into_iter().map(move |method| (path, method, item.get(method))));
    all.find(|(_, _, operation)| operation.is_some_and(|operation| operation["operationId"] == id))
        .map(|(path, method, _)| (path.as_str(), method))
}
