//! What sets an optional parameter is taken out of this workspace's own sources, one setter at a time.

use super::{Api, ERGONOMIC, GENERATED, of};
use crate::surface::{self, Sources};
use crate::{Failure, Tree, Workspace};

/// Setters whose parameter stays within reach: another operation that sends the same sets it too, or a method works out
/// what is sent.
const STILL_REACHED: &[(&str, &str)] = &[
    ("src/cloudflare/accounts/write.rs", "replace.body.type_"),
    (
        "src/cloudflare/accounts/write.rs",
        "settings(replace).abuse_contact_email",
    ),
    (
        "src/cloudflare/accounts/write.rs",
        "settings(replace).enforce_twofactor",
    ),
    ("src/cloudflare/resource_groups/mod.rs", "replace.body.name"),
    ("src/cloudflare/resource_groups/mod.rs", "replace.body.scope"),
    ("src/cloudflare/tokens/write.rs", "*replace.status()"),
    ("src/cloudflare/user_groups/write.rs", "replace.body.name"),
    ("src/cloudflare/user_groups/write.rs", "replace.body.policies"),
    ("src/cloudinary/policies/list.rs", "policies.scope_type"),
    ("src/cloudinary/roles/list.rs", "list.scope_type"),
    ("src/cloudinary/user_groups.rs", "update.body.name"),
];

/// What chooses a page: the loop that all lists share sets it too.
const PAGING: [&str; 6] = [".page", ".page_size", ".per_page", ".limit", ".cursor", ".next_cursor"];

/// The places of `= Some(` within `impl<…M> Call<…>`, each with what it is assigned to.
fn setters(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut from = 0;
    for block in text.split_inclusive("\n}\n") {
        if let Some(start) = block
            .find("M> Call<")
            .filter(|start| block[..*start].contains("\nimpl<"))
        {
            for (place, _) in block[start..].match_indices(" = Some(") {
                let place = from + start + place;
                let begins = |c: char| c.is_whitespace() || c == '|' || c == '{';
                found.push((place, text[..place].rsplit(begins).next().unwrap_or_default()));
            }
        }
        from += block.len();
    }
    found
}

/// The text with `None` for the `Some(…)` that is assigned in a place.
fn without(text: &str, place: usize) -> String {
    let from = place + " = ".len();
    let mut depth = 0;
    let closes = |c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c == ')' && depth == 0
    };
    let length = text[from..].find(closes).unwrap_or_default();
    format!("{}None{}", &text[..from], &text[from + length + 1..])
}

#[test]
fn gaps_of_a_setter_that_sets_none_name_its_parameter() -> Result<(), Failure> {
    let tree = Tree::working(Workspace::here().root());
    let sources = surface::sources(&tree, None)?;
    let surfaces = surface::surfaces(&sources, None)?;
    let part = |package| of(&sources, package).ok_or_else(|| Failure::new(format!("no crate {package}")));
    let surface = surfaces
        .get(ERGONOMIC)
        .ok_or_else(|| Failure::new("no ergonomic crate"))?;
    let mut unseen = Vec::new();
    let mut seen = 0;
    let apis = Api::all(part(GENERATED)?, &tree)?;
    for api in &apis {
        // What the other APIs do is not looked at.
        let mut client: Sources = part(ERGONOMIC)?.clone();
        let others = |file: &str| {
            apis.iter()
                .any(|other| other.name != api.name && file.starts_with(&format!("src/{}/", other.name)))
        };
        client.files.retain(|file, _| !others(file));
        assert_eq!(api.gaps(&client, surface)?, []);
        let own = format!("src/{}", api.name);
        for (file, text) in client.files.iter().filter(|(file, _)| file.starts_with(&own)) {
            // Pages are asked for by the loop that all APIs share.
            for (place, field) in setters(text)
                .into_iter()
                .filter(|(_, field)| !PAGING.iter().any(|name| field.ends_with(name)))
            {
                let mut client = client.clone();
                client.files.insert(file.clone(), without(text, place));
                let reached = api.gaps(&client, surface)?.is_empty();
                if reached != STILL_REACHED.contains(&(file.as_str(), field)) {
                    unseen.push((file.clone(), field.to_owned()));
                }
                seen += 1;
            }
        }
    }
    assert!(unseen.is_empty(), "{unseen:#?}");
    assert!(seen > 60, "only {seen} setters were found");
    Ok(())
}
