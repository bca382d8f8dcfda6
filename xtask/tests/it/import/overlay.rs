//! The overlay has to fit the new document.

use std::fs;

use xtask::files;

use super::small::{OVERLAY, small, vendor};

#[test]
fn action_whose_target_is_gone_is_named_and_nothing_is_written() {
    let mut vendor = vendor();
    vendor["paths"]["/things"].as_object_mut().unwrap().remove("post");
    let small = small();
    let failure = small.refusal(&small.of(&vendor)).to_string();
    assert!(
        failure.contains(
            "\n\nopenapi/small/overlay.yaml:6: #/actions/0/target: target `$.paths['/v1/things'].post` matches nothing"
        ),
        "{failure}"
    );
    assert!(
        failure.contains("correct openapi/small/overlay.yaml so that it fits, and import again"),
        "{failure}"
    );
    let draft = fs::read_to_string(small.root().join("target/import/small.yaml")).unwrap();
    assert!(
        draft.contains("operationId: listThings") && !draft.contains("operationId: createThing"),
        "{draft}"
    );
}

#[test]
fn import_after_the_overlay_was_corrected_goes_through() {
    let mut vendor = vendor();
    vendor["paths"]["/things"].as_object_mut().unwrap().remove("post");
    let small = small();
    let corrected = OVERLAY.replace("$.paths['/v1/things'].post", "$.paths['/v1/things'].get");
    files::put(small.root(), "openapi/small/overlay.yaml", &corrected).unwrap();
    let (_, lines) = small.import(&vendor);
    assert!(
        lines.contains(&"-      operationId: createThing".to_owned()),
        "{lines:?}"
    );
}

#[test]
fn dry_run_of_a_refused_import_writes_no_draft() {
    let mut vendor = vendor();
    vendor["paths"]["/things"].as_object_mut().unwrap().remove("post");
    let small = small();
    let failure = small.refusal(&small.of(&vendor).dry_run(true)).to_string();
    assert!(!failure.contains("target/import"), "{failure}");
    assert!(!small.root().join("target").exists());
}

#[test]
fn refused_import_tells_the_wire_differences_before_the_misfit() {
    let mut vendor = vendor();
    vendor["paths"]["/things"].as_object_mut().unwrap().remove("post");
    let small = small();
    for dry_run in [false, true] {
        let failure = small.refusal(&small.of(&vendor).dry_run(dry_run)).to_string();
        let missing = "1 operation is not in the vendor's document; removed:\n  POST /v1/things\n";
        assert!(failure.starts_with(missing), "{failure}");
        let places = ["wire differences:\n", "createThing", "overlay.yaml:6: "].map(|text| failure.find(text));
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{failure}");
    }
}
