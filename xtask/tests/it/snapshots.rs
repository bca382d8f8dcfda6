//! What the checked-in sources make is what the snapshots show.

use xtask::{Workspace, snapshots};

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

#[test]
fn surfaces_of_all_apis_together_are_short_enough_to_read() {
    let workspace = Workspace::here();
    let lines: usize = workspace
        .apis()
        .unwrap()
        .iter()
        .flat_map(|name| workspace.load(name).unwrap().digest().into_values())
        .map(|digest| digest.lines().count())
        .sum();
    assert!((500..1500).contains(&lines), "{lines} lines");
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
