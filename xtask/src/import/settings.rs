//! `openapi/<api>/import.yaml`: what our document says in its own way, by choice. The vendor's way is translated into ours
//! before the documents are compared, so an import does not undo it.

use std::cell::RefCell;
use std::collections::BTreeSet;

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
    /// Properties of the vendor's replies that are those of an envelope of ours.
    pub(super) envelopes: Vec<Envelope>,
    /// Responses of the vendor's that mean several of ours.
    pub(super) responses: Vec<Responses>,
    /// Facts of ours that stay, whatever the vendor's document says.
    pub(super) keep: Vec<Keep>,
}

/// `components`: the vendor's schemas whose names match `theirs` mean our schema `ours`.
#[derive(Debug)]
pub(super) struct Component {
    pub(super) rule: Rule,
    pub(super) theirs: Pattern,
    pub(super) ours: String,
}

/// `envelopes`: replies of the vendor's that have all the properties `theirs` in themselves have our schema `ours`.
#[derive(Debug)]
pub(super) struct Envelope {
    pub(super) rule: Rule,
    pub(super) theirs: Vec<String>,
    pub(super) ours: String,
}

/// `responses`: the vendor's status `theirs` means ours, each of which is one of our components.
#[derive(Debug)]
pub(super) struct Responses {
    pub(super) rule: Rule,
    pub(super) theirs: String,
    pub(super) ours: Vec<(String, String)>,
}

/// `keep`: these facts stay as they are on our operations, parameters or properties.
#[derive(Debug)]
pub(super) struct Keep {
    rule: Rule,
    of: String,
    names: Vec<Pattern>,
    facts: Vec<String>,
}

/// What an import tells about a rule: where it is, what it says, and where it made a difference.
#[derive(Debug)]
pub(super) struct Rule {
    place: String,
    text: String,
    applied: RefCell<BTreeSet<String>>,
}

impl Rule {
    /// Remembers that the rule made a difference.
    pub(super) fn applies(&self, to: &str) {
        self.applied.borrow_mut().insert(to.to_owned());
    }

    fn applied(&self) -> Option<String> {
        let to = self.applied.borrow();
        let (place, text) = (&self.place, &self.text);
        let shown: Vec<&str> = to.iter().take(MAX_SHOWN).map(String::as_str).collect();
        let more = match to.len().saturating_sub(MAX_SHOWN) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        (!to.is_empty()).then(|| format!("{place}: {text}: {}{more}", shown.join(", ")))
    }
}

/// How many of the places are listed where a rule applied.
const MAX_SHOWN: usize = 4;

/// What a rule of `keep` may be about.
const KEPT: [&str; 3] = ["operations", "parameters", "properties"];

impl Settings {
    /// Reads the settings. `ours` is the document that they belong to.
    ///
    /// # Errors
    /// Unknown keys, a rule without a reason, globs that are none, and names that our document does not have.
    pub(super) fn read(file: &Document, ours: &Value) -> Result<Self, Error> {
        let mut reader = Reader {
            file,
            ours,
            problems: Vec::new(),
        };
        let settings = reader.settings(file.value());
        Error::from_problems(reader.problems).map_err(|error| file.locate(error))?;
        Ok(settings)
    }

    /// The facts of ours that stay on an operation, a parameter or a property with this name.
    pub(super) fn kept<'a>(&'a self, of: &'a str, name: &'a str) -> impl Iterator<Item = Fact<'a>> {
        let rules = self.keep.iter().filter(move |rule| rule.of == of);
        let rules = rules.filter(move |rule| rule.names.iter().any(|glob| glob.matches(name)));
        rules.flat_map(move |Keep { rule, facts, .. }| facts.iter().map(move |fact| Fact { rule, name, fact }))
    }

    /// Whether a rule keeps a fact of ours that is about to be lost.
    pub(super) fn keeps(&self, of: &str, name: &str, fact: &str) -> bool {
        let found = self.kept(of, name).find(|kept| kept.fact == fact);
        found.inspect(Fact::applies).is_some()
    }

    /// The rules that made a difference, and where.
    pub(super) fn applied(&self) -> impl Iterator<Item = String> {
        self.rules().filter_map(Rule::applied)
    }

    /// The rules that made no difference, and the names in them.
    pub(super) fn idle(&self) -> Vec<String> {
        let whole = self.rules().filter(|rule| rule.applied.borrow().is_empty());
        let mut idle: Vec<String> = whole.map(|rule| format!("{}: {}", rule.place, rule.text)).collect();
        for Keep { rule, names, .. } in &self.keep {
            let applied = rule.applied.borrow();
            let without = |glob: &&Pattern| !applied.is_empty() && !applied.iter().any(|name| glob.matches(name));
            let without = names.iter().filter(without);
            idle.extend(without.map(|glob| format!("{}: `{glob}` in {}", rule.place, rule.text)));
        }
        idle
    }

    fn rules(&self) -> impl Iterator<Item = &Rule> {
        let components = self.components.iter().map(|one| &one.rule);
        let envelopes = self.envelopes.iter().map(|one| &one.rule);
        let responses = self.responses.iter().map(|one| &one.rule);
        let keep = self.keep.iter().map(|one| &one.rule);
        components.chain(envelopes).chain(responses).chain(keep)
    }
}

/// A fact of ours that stays, by a rule.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact<'a> {
    rule: &'a Rule,
    name: &'a str,
    pub(super) fact: &'a str,
}

impl Fact<'_> {
    /// Remembers that the rule made a difference.
    pub(super) fn applies(&self) {
        self.rule.applies(self.name);
    }
}

/// The fact of `keep` that we have a parameter or a property.
pub(super) const PRESENCE: &str = "presence";
/// The fact of `keep` that we lack a parameter or a property.
pub(super) const ABSENCE: &str = "absence";

struct Reader<'a> {
    file: &'a Document,
    ours: &'a Value,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn refuse(&mut self, at: &str, message: impl Into<String>, remedy: &str) {
        self.problems.push(Problem::new(at, message, remedy));
    }

    fn settings(&mut self, file: &Value) -> Settings {
        let mut settings = Settings::default();
        self.check_keys(file, &["components", "envelopes", "responses", "keep"], "");
        for (index, rule) in items(&file["components"]).enumerate() {
            let at = format!("/components/{index}");
            self.check_rule(rule, &["theirs", "ours"], &at);
            let ours = rule["ours"].as_str().unwrap_or_default();
            self.check_component("schemas", ours, &format!("{at}/ours"));
            if let Some(theirs) = self.glob(&rule["theirs"], &format!("{at}/theirs")) {
                settings.components.push(Component {
                    rule: self.rule(&at, format!("`{theirs}` means `{ours}`")),
                    theirs,
                    ours: ours.to_owned(),
                });
            }
        }
        for (index, rule) in items(&file["envelopes"]).enumerate() {
            let at = format!("/envelopes/{index}");
            self.check_rule(rule, &["theirs", "ours"], &at);
            let ours = rule["ours"].as_str().unwrap_or_default().to_owned();
            self.check_component("schemas", &ours, &format!("{at}/ours"));
            let theirs = texts(&rule["theirs"]);
            if theirs.is_empty() {
                let remedy = "write the properties by which the envelope is known";
                self.refuse(&format!("{at}/theirs"), "this is not a list of properties", remedy);
            }
            let rule = self.rule(&at, format!("replies with {} have `{ours}`", quoted(&theirs)));
            settings.envelopes.push(Envelope { rule, theirs, ours });
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
            let rule = self.rule(&at, format!("`{theirs}` means our statuses"));
            settings.responses.push(Responses { rule, theirs, ours });
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
            let facts = texts(&rule["facts"]);
            let text = format!("keep {} of {of} {}", quoted(&facts), quoted(&texts(&rule["names"])));
            let names: Vec<&Value> = items(&rule["names"]).collect();
            let names = names.iter().enumerate();
            let names = names
                .filter_map(|(index, name)| self.glob(name, &format!("{at}/names/{index}")))
                .collect();
            let rule = self.rule(&at, text);
            settings.keep.push(Keep { rule, of, names, facts });
        }
        settings
    }

    fn rule(&self, at: &str, text: String) -> Rule {
        let line = self.file.line(at).unwrap_or_default();
        Rule {
            place: format!("{}:{line}", self.file.file()),
            text,
            applied: RefCell::default(),
        }
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

fn texts(list: &Value) -> Vec<String> {
    items(list).filter_map(Value::as_str).map(str::to_owned).collect()
}

fn quoted(texts: &[String]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| format!("`{text}`")).collect();
    quoted.join(", ")
}

/// The path and the method of the operation of ours with this operationId.
pub(super) fn operation<'a>(ours: &'a Value, id: &str) -> Option<(&'a str, &'static str)> {
    let paths = entries(&ours["paths"]);
    let mut all =
        paths.flat_map(|(path, item)| METHODS.into_iter().map(move |method| (path, method, item.get(method))));
    all.find(|(_, _, operation)| operation.is_some_and(|operation| operation["operationId"] == id))
        .map(|(path, method, _)| (path.as_str(), method))
}
