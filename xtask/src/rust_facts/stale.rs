//! Whether the generated data is as new as the documents.

use account_provisioning_codegen::document::Document;
use account_provisioning_codegen::{canonical, normalise, overlay};

use crate::workspace::DATA;
use crate::{Failure, Tree};

/// Whether a document or an overlay of a tree is newer than what `cargo xtask generate` made of it. A tree without
/// generated data is not stale.
pub(super) fn is_stale(tree: &Tree) -> Result<bool, Failure> {
    if tree.list(DATA)?.is_empty() {
        return Ok(false);
    }
    for name in tree.apis()? {
        let path = format!("openapi/{name}/openapi.yaml");
        let data = |kind: &str| tree.read(&format!("{DATA}/{name}.{kind}.json"));
        let Some(text) = tree.read(&path)? else { continue };
        let document = Document::parse(&path, &text)?;
        if data("wire")?.as_deref() != Some(canonical::write(document.value()).as_str()) {
            return Ok(true);
        }
        let path = format!("openapi/{name}/overlay.yaml");
        let Some(text) = tree.read(&path)? else { continue };
        // A document that `generate` refuses is newer than the data; `generate` says what is wrong with it.
        let overlaid = overlay::apply(document, Document::parse(&path, &text)?).ok();
        let build = overlaid.and_then(|overlaid| normalise(overlaid.value()).ok());
        if build.map(|build| canonical::write(&build)) != data("build")? {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::is_stale;
    use crate::workspace::DATA;
    use crate::{Failure, Tree, Workspace, files};

    #[test]
    fn tree_with_a_newer_document_or_overlay_is_stale() -> Result<(), Failure> {
        let here = Tree::working(Workspace::here().root());
        let paths = ["openapi/cloudspot/openapi.yaml", "openapi/cloudspot/overlay.yaml"];
        let data = ["wire", "build"].map(|kind| format!("{DATA}/cloudspot.{kind}.json"));
        let edits = [
            (paths[0], "description: ", "description: New "),
            (paths[1], "format: opaque", "format: password"),
        ];
        let directory = tempfile::tempdir().map_err(|error| Failure::new(error.to_string()))?;
        let tree = Tree::working(directory.path());
        for path in paths.into_iter().chain(data.iter().map(String::as_str)) {
            files::put(directory.path(), path, &here.read(path)?.unwrap_or_default())?;
        }
        assert!(!is_stale(&tree)?);
        for (path, from, to) in edits {
            let text = here.read(path)?.unwrap_or_default();
            files::put(directory.path(), path, &text.replacen(from, to, 1))?;
            assert!(is_stale(&tree)?, "{path}");
            files::put(directory.path(), path, &text)?;
        }
        Ok(())
    }

    #[test]
    fn tree_without_generated_data_is_not_stale() -> Result<(), Failure> {
        let directory = tempfile::tempdir().map_err(|error| Failure::new(error.to_string()))?;
        files::put(directory.path(), "openapi/cloudspot/openapi.yaml", "openapi: 3.1.0\n")?;
        assert!(!is_stale(&Tree::working(directory.path()))?);
        Ok(())
    }
}
