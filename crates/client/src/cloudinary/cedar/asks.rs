//! What a policy asks about, in its head and in its conditions.

use account_provisioning_core::Result;
use cedar_policy::{EntityUid, Policy};
use serde_json::Value;

use super::problem::undecided;
use super::schema::ANCESTOR_IDS;

/// What a policy asks about. Cedar's own evaluation takes everything that it isn't told for false or absent.
#[derive(Clone, Debug, Default)]
pub(super) struct Asks {
    /// The entities that it names anywhere.
    pub(super) literals: Vec<EntityUid>,
    /// Whether it asks if something, maybe the principal, is in an entity that it doesn't name.
    pub(super) in_unnamed: bool,
    /// Whether it asks what an entity is in or has that is neither the principal nor the resource.
    pub(super) of_others: bool,
    /// Whether it asks if something that may be the principal has an attribute.
    pub(super) principal_has: bool,
    /// Whether it asks for the context in any way: an unknown one looks like one without attributes.
    pub(super) context: bool,
    /// What it asks about the folders and collections above something.
    pub(super) ancestors: Vec<AskedAncestor>,
    /// The first placeholder that it contains instead of an id.
    pub(super) placeholder: Option<String>,
    /// Whether it asks for a tag, which no [`CedarEntity`](super::CedarEntity) can say.
    pub(super) tags: bool,
}

/// A question about the folders and collections above something.
#[derive(Clone, Debug)]
pub(super) struct AskedAncestor {
    /// Whether it is about the resource, and not about anything else.
    pub(super) of_resource: bool,
    /// The one id that it asks for; `None` when the answer depends on all of them.
    pub(super) id: Option<String>,
}

impl Asks {
    /// Reads what a policy asks about.
    pub(super) fn of(policy: &Policy) -> Result<Self> {
        let json = policy
            .to_json()
            .map_err(|error| undecided(format!("policy `{}` can't be read: {error}", policy.id())))?;
        let mut asks = Self {
            literals: policy.entity_literals(),
            ..Self::default()
        };
        let mut ids = asks.literals.iter().map(|literal| literal.id().unescaped());
        asks.placeholder = ids.find(|id| is_placeholder(id)).map(str::to_owned);
        // The head asks about the principal and the resource and names what it compares them with.
        asks.visit(&json["conditions"]);
        Ok(asks)
    }

    fn visit(&mut self, expression: &Value) {
        match expression {
            Value::Object(map) => {
                for (operator, operands) in map {
                    self.context |= operator == "Var" && operands == "context";
                    if let Some(text) = operands
                        .as_str()
                        .filter(|text| operator == "Value" && is_placeholder(text))
                    {
                        self.placeholder.get_or_insert_with(|| text.to_owned());
                    }
                    if self.note_ancestors(operator, operands) {
                        continue;
                    }
                    self.note(operator, operands);
                    self.visit(operands);
                }
            }
            Value::Array(list) => list.iter().for_each(|part| self.visit(part)),
            _ => {}
        }
    }

    /// Notes a question about the folders and collections above something, with what is inside it.
    fn note_ancestors(&mut self, operator: &str, operands: &Value) -> bool {
        let (attribute, id) = match operator {
            "contains" => (&operands["left"]["."], operands["right"]["Value"].as_str()),
            "." => (operands, None),
            _ => return false,
        };
        let is_asked = attribute["attr"] == ANCESTOR_IDS && (operator == "." || id.is_some());
        if is_asked {
            self.ancestors.push(AskedAncestor {
                of_resource: attribute["left"]["Var"] == "resource",
                id: id.map(str::to_owned),
            });
            self.visit(&attribute["left"]);
            self.visit(&operands["right"]);
        }
        is_asked
    }

    /// Notes what an operator asks.
    fn note(&mut self, operator: &str, operands: &Value) {
        let Some(left) = operands.get("left") else { return };
        let container = match operator {
            "in" => &operands["right"],
            "is" => &operands["in"],
            "has" => &Value::Null,
            "hasTag" | "getTag" => {
                self.tags = true;
                return;
            }
            _ => return,
        };
        let variable = left["Var"].as_str();
        if operator == "has" {
            self.principal_has |= mentions_principal(left);
        } else if container.is_null() {
            // `is` compares types, which are known.
            return;
        }
        self.of_others |= variable.is_none();
        self.in_unnamed |=
            !matches!(variable, Some("resource" | "action")) && !container.is_null() && !is_named(container);
    }
}

/// Whether a text takes the place of an id, as in `<folder_id>`.
fn is_placeholder(text: &str) -> bool {
    let name = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
    name.is_some_and(|name| !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'))
}

/// Whether the value of an expression may be the principal, or contain it.
fn mentions_principal(expression: &Value) -> bool {
    match expression {
        Value::Object(map) => {
            map.get("Var").is_some_and(|name| name == "principal") || map.values().any(mentions_principal)
        }
        Value::Array(list) => list.iter().any(mentions_principal),
        _ => false,
    }
}

/// Whether an expression is an entity that the policy names, or a set of such.
fn is_named(expression: &Value) -> bool {
    match expression["Set"].as_array() {
        Some(elements) => elements.iter().all(is_named),
        None => expression.get("Value").is_some(),
    }
}
