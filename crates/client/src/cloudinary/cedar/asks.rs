//! What a policy asks about, in its head and in its conditions.

use account_provisioning_core::Result;
use cedar_policy::{EntityUid, Policy};
use serde_json::Value;

use super::problem::undecided;

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
    /// Whether it asks for a tag, which no [`CedarEntity`](super::CedarEntity) can say.
    pub(super) tags: bool,
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
        // The head asks about the principal and the resource and names what it compares them with.
        asks.visit(&json["conditions"]);
        Ok(asks)
    }

    fn visit(&mut self, expression: &Value) {
        match expression {
            Value::Object(map) => {
                for (operator, operands) in map {
                    self.context |= operator == "Var" && operands == "context";
                    self.note(operator, operands);
                    self.visit(operands);
                }
            }
            Value::Array(list) => list.iter().for_each(|part| self.visit(part)),
            _ => {}
        }
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
