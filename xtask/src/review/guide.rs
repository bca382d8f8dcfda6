//! How to read a review: what its words mean, for those that it uses.

use crate::review::Review;

/// The words of a review that is not empty, each with what it means.
pub(super) fn guide(review: &Review, text: &str) -> Vec<(&'static str, &'static str)> {
    let has_steps = !review.versions.bumps.is_empty();
    let all = [
        (
            "breaking, compatible, docs only",
            "programs may fail or behave differently; they keep working; only documentation changed",
            true,
        ),
        (
            "[request], [response]",
            "the change is in data that programs send, or in data that they receive; with two levels, one for each",
            text.contains("[re"),
        ),
        (
            "[query NAME]",
            "requests send the changed component in this parameter",
            ["[request, query", ", query ", ", path ", ", header "]
                .iter()
                .any(|word| text.contains(word)),
        ),
        (
            "retry",
            "when a failed request is sent again; never: only if nothing was sent; not-idempotent: also after 420 or 429; idempotent and safe: after any failure that may pass",
            text.contains("retry: "),
        ),
        (
            "credentials",
            "whether the client sends them with a request",
            text.contains("credentials: "),
        ),
        (
            "on the wire, in Rust",
            "the level differs: what is sent stays valid, but the generated types changed, or the other way round",
            text.contains("on the wire, "),
        ),
        (
            "kept by the overlay",
            "the overlay says the same as before, so the generated code does not change",
            text.contains("kept by the overlay"),
        ),
        (
            "already optional in Rust",
            "the generated field is an `Option` before and after",
            text.contains("already optional in Rust"),
        ),
        (
            "step",
            "how far a crate's version has to move: patch, minor or major; before 1.0, cargo counts one position lower",
            has_steps,
        ),
        (
            "coverage",
            "generated operations and parameters that no method of the ergonomic crate reaches",
            !review.rust.coverage.is_empty(),
        ),
        (
            "unknown",
            "the generated data is older than the documents, or an overlay does not fit its document",
            text.contains("unknown"),
        ),
    ];
    let used = all.into_iter().filter(|(_, _, is_used)| *is_used);
    used.map(|(word, meaning, _)| (word, meaning)).collect()
}
