//! The tables of keys are those of the vendors' documents.

use std::collections::BTreeSet;

use account_provisioning::cloudflare::UserHandle;
use account_provisioning::cloudflare::accounts::ChangeAccount;
use account_provisioning::cloudflare::resource_groups::ChangeResourceGroup;
use account_provisioning::cloudflare::tokens::ChangeToken;
use account_provisioning::cloudflare::user_groups::ChangeUserGroup;
use account_provisioning::cloudinary::policies::ChangeCustomPolicy;
use account_provisioning::cloudinary::roles::ChangeRole;
use account_provisioning::{Keys, Merge};
use account_provisioning_spec::{cloudflare, cloudinary};
use serde_json::{Map, Value};

struct Document(Value);

/// What a document says about the keys of a thing.
#[derive(Debug, Default, PartialEq)]
struct Found {
    set_by_service: BTreeSet<String>,
    not_null: BTreeSet<String>,
    required: BTreeSet<String>,
}

impl Document {
    fn read(wire: &str) -> Self {
        Self(serde_json::from_str(wire).unwrap())
    }

    fn operation(&self, id: &str) -> &Value {
        let paths = self.0["paths"].as_object().unwrap().values();
        let mut operations = paths.flat_map(|item| item.as_object().unwrap().values());
        operations.find(|operation| operation["operationId"] == id).unwrap()
    }

    fn resolve<'a>(&'a self, schema: &'a Value) -> &'a Value {
        match schema["$ref"].as_str() {
            Some(pointer) => self.resolve(self.0.pointer(&pointer[1..]).unwrap()),
            None => schema,
        }
    }

    /// The properties and the required keys of an object, with those of its parts.
    fn object<'a>(&'a self, schema: &'a Value) -> (Map<String, Value>, BTreeSet<&'a str>) {
        let schema = self.resolve(schema);
        let mut properties = schema["properties"].as_object().cloned().unwrap_or_default();
        let mut required: BTreeSet<_> = texts(&schema["required"]).collect();
        for part in schema["allOf"].as_array().into_iter().flatten() {
            let (more, needed) = self.object(part);
            properties.extend(more);
            required.extend(needed);
        }
        (properties, required)
    }

    fn is_nullable(&self, schema: &Value) -> bool {
        let schema = self.resolve(schema);
        let mut parts = schema["allOf"].as_array().into_iter().flatten();
        schema["nullable"] == true || parts.any(|part| self.is_nullable(part))
    }

    fn compare(&self, reply: &Value, request: &Value, at: &str, found: &mut Found) {
        let (reply, request) = (self.resolve(reply), self.resolve(request));
        if request["type"] == "array" {
            return self.compare(&reply["items"], &request["items"], &format!("{at}*/"), found);
        }
        let ((replied, _), (taken, required)) = (self.object(reply), self.object(request));
        found.set_by_service.extend(
            replied
                .keys()
                .filter(|key| !taken.contains_key(*key))
                .map(|key| format!("{at}{key}")),
        );
        found
            .required
            .extend(required.into_iter().map(|key| format!("{at}{key}")));
        for (key, schema) in &taken {
            let path = format!("{at}{key}");
            if !self.is_nullable(schema) {
                found.not_null.insert(path.clone());
            }
            if let Some(reply) = replied.get(key) {
                self.compare(reply, schema, &format!("{path}/"), found);
            }
        }
    }
}

fn texts(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn set(paths: &[&str]) -> BTreeSet<String> {
    paths.iter().map(|path| (*path).to_owned()).collect()
}

/// Asserts that the table says what the document says, and that the keys of `beyond` are set by the service too: the request
/// of the document takes them.
#[track_caller]
fn assert_follows(wire: &str, read: &str, write: &str, keys: &Keys, beyond: &[&str]) {
    let document = Document::read(wire);
    let json = |content: &Value| content["content"]["application/json"]["schema"].clone();
    let replies = document.operation(read)["responses"].as_object().unwrap();
    let reply = replies.iter().find(|(status, _)| status.starts_with('2')).unwrap().1;
    let reply = json(document.resolve(reply));
    let (envelope, _) = document.object(&reply);
    let request = json(document.resolve(&document.operation(write)["requestBody"]));
    let mut found = Found::default();
    document.compare(&envelope[keys.envelope], &request, "", &mut found);
    // A key that is not sent is not sent as null either.
    found.set_by_service.extend(set(beyond));
    found.not_null.retain(|path| !found.set_by_service.contains(path));
    let table = Found {
        set_by_service: set(keys.set_by_service),
        not_null: set(keys.not_null),
        required: set(keys.required),
    };
    assert_eq!(table, found, "{write}");
}

#[test]
fn keys_of_updates_are_those_of_the_documents() {
    assert_follows(
        cloudflare::WIRE,
        "getToken",
        "updateToken",
        &<ChangeToken>::KEYS,
        &["policies/*/id", "policies/*/permission_groups/*/name"],
    );
    assert_follows(
        cloudflare::WIRE,
        "getUserToken",
        "updateUserToken",
        &<ChangeToken<UserHandle>>::KEYS,
        &["policies/*/id", "policies/*/permission_groups/*/name"],
    );
    assert_follows(
        cloudflare::WIRE,
        "getUserGroup",
        "updateUserGroup",
        &ChangeUserGroup::KEYS,
        &[],
    );
    assert_follows(
        cloudflare::WIRE,
        "getResourceGroup",
        "updateResourceGroup",
        &ChangeResourceGroup::KEYS,
        &[],
    );
    assert_follows(
        cloudflare::WIRE,
        "getAccount",
        "updateAccount",
        &ChangeAccount::KEYS,
        &["managed_by/parent_org_id", "managed_by/parent_org_name"],
    );
    assert_follows(cloudinary::WIRE, "getRole", "updateRole", &ChangeRole::KEYS, &[]);
    assert_follows(
        cloudinary::WIRE,
        "getCustomPolicy",
        "updateCustomPolicy",
        &ChangeCustomPolicy::KEYS,
        &[],
    );
}
