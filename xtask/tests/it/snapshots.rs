//! What the checked-in sources make is what the snapshots show.

use account_provisioning_codegen::table;
use xtask::{Tree, Workspace, snapshots};

#[test]
fn snapshots_show_what_the_sources_make() {
    let workspace = Workspace::here();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for name in workspace.apis().unwrap() {
            for snapshot in snapshots::of(&workspace.load(&name).unwrap()).unwrap() {
                insta::assert_snapshot!(snapshot.name, snapshot.content);
            }
        }
    });
}

/// The digest grows with the operations, and with nothing else.
const LINES_OF_AN_OPERATION: usize = 16;

#[test]
fn surfaces_of_all_apis_together_are_short_enough_to_read() {
    let workspace = Workspace::here();
    let (mut lines, mut operations) = (0, 0);
    for name in workspace.apis().unwrap() {
        let api = workspace.load(&name).unwrap();
        operations += table::operations(&api.build).len();
        lines += api.digest().values().map(|part| part.lines().count()).sum::<usize>();
    }
    let most = operations * LINES_OF_AN_OPERATION;
    assert!(
        (500..=most).contains(&lines),
        "{lines} lines for {operations} operations"
    );
}

#[test]
fn generated_names_are_chosen_by_a_person() {
    let workspace = Workspace::here();
    for name in workspace.apis().unwrap() {
        let code = workspace.load(&name).unwrap().code;
        let text = code.lines().filter(|line| !line.trim_start().starts_with("///"));
        let words = text.flat_map(|line| line.split(|c: char| !c.is_alphanumeric() && c != '_'));
        let names = words.filter(|word| {
            ["Subtype", "Variant", "subtype_"].iter().any(|stem| {
                word.split_once(stem)
                    .is_some_and(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
            }) || word.ends_with("Body")
        });
        assert_eq!(names.collect::<Vec<_>>(), Vec::<&str>::new(), "in the code of {name}");
        assert!(!code.contains("deny_unknown_fields"), "a type of {name} is closed");
    }
}

#[test]
fn surfaces_of_the_crates_are_what_the_sources_make() {
    let surfaces = snapshots::surfaces(&Tree::working(Workspace::here().root())).unwrap();
    let made = snapshots::of_surfaces(&surfaces);
    assert!(made.len() > 20, "only {} modules have a surface", made.len());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../surface");
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| {
        for snapshot in made {
            insta::assert_snapshot!(snapshot.name, snapshot.content);
        }
    });
}

/// A document with the keys of every map, and the order of what has none, turned around.
fn shuffled(value: &serde_json::Value, seed: &mut u64) -> serde_json::Value {
    use serde_json::Value;

    let mut next = || {
        *seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        *seed >> 33
    };
    match value {
        Value::Object(map) => {
            let mut entries: Vec<(u64, &String, &Value)> =
                map.iter().map(|(key, value)| (next(), key, value)).collect();
            entries.sort_by_key(|(place, ..)| *place);
            entries
                .into_iter()
                .map(|(_, key, value)| (key.clone(), shuffled(value, seed)))
                .collect::<serde_json::Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.iter().map(|item| shuffled(item, seed)).collect(),
        value => value.clone(),
    }
}

#[test]
fn digest_does_not_depend_on_the_order_of_the_document() {
    use account_provisioning_codegen::{digest, normalise};

    let workspace = Workspace::here();
    for name in workspace.apis().unwrap() {
        let api = workspace.load(&name).unwrap();
        for mut seed in 1..=8 {
            let build = shuffled(&api.build, &mut seed);
            assert_eq!(digest::digest(&build), api.digest(), "{name}, seed {seed}");
        }
        // The faithful document too, from its own form to the digest.
        let wire = normalise(&api.wire).map(|build| digest::digest(&build));
        let turned = normalise(&shuffled(&api.wire, &mut 9)).map(|build| digest::digest(&build));
        assert_eq!(wire.ok(), turned.ok(), "{name}");
    }
}
