//! Compiles generated operations, each as a module of one throw-away crate.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;

use account_provisioning_codegen::Problem;
use serde_json::Value;

use super::Measured;
use crate::{Failure, Workspace, files};

/// The directory of the crate.
const DIRECTORY: &str = "target/measure";

pub(super) fn run(operations: &mut [Measured], workspace: &Workspace) -> Result<(), Failure> {
    let root = workspace.root().canonicalize();
    let root = root.map_err(|error| Failure::file(workspace.root(), &error))?;
    let put = |path: &str, text: &str| files::put(&root, &format!("{DIRECTORY}/{path}"), text);
    put("Cargo.toml", &manifest(workspace)?)?;
    // The versions that the workspace has are those that are built already.
    put("Cargo.lock", &files::read_existing(&root.join("Cargo.lock"))?)?;
    let mut modules = String::from("#![allow(warnings, reason = \"generated\")]\n");
    for (index, operation) in operations.iter().enumerate() {
        if let Ok(code) = &operation.code {
            put(&format!("src/op{index}.rs"), code)?;
            let _ = writeln!(modules, "pub mod op{index};");
        }
    }
    put("src/lib.rs", &modules)?;
    let output = Command::new(env!("CARGO"))
        .args(["check", "--message-format=json", "--manifest-path"])
        .arg(root.join(DIRECTORY).join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", root.join("target"))
        .output()
        .map_err(|error| Failure::new(format!("cargo cannot be run: {error}")))?;
    let errors = errors(&String::from_utf8_lossy(&output.stdout));
    if errors.is_empty() && !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(Failure::new(format!("the throw-away crate cannot be checked: {text}")));
    }
    for (file, found) in errors {
        let index = file.strip_prefix("src/op").and_then(|rest| rest.strip_suffix(".rs"));
        let index = index.and_then(|index| index.parse::<usize>().ok());
        let Some(operation) = index.and_then(|index| operations.get_mut(index)) else {
            let messages: Vec<_> = found.into_iter().map(|(_, message)| message).collect();
            return Err(Failure::new(format!("{DIRECTORY}/{file}: {}", messages.join("; "))));
        };
        let problem = |(line, message): (Option<u64>, String)| {
            let mut problem = Problem::new(
                "",
                format!("the generated code does not compile: {message}"),
                "this is a mistake in the generator",
            );
            problem.file = format!("{DIRECTORY}/{file}");
            problem.line = line;
            problem
        };
        operation.code = Err(found.into_iter().map(problem).collect());
    }
    Ok(())
}

/// The manifest of the crate: the dependencies of the generated code, in the versions of the workspace.
fn manifest(workspace: &Workspace) -> Result<String, Failure> {
    let text = files::read_existing(&workspace.root().join("Cargo.toml"))?;
    let mut out = String::from(
        "[package]\nname = \"measured\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[workspace]\n\n\
         [dependencies]\naccount-provisioning-core = { path = \"../../crates/core\" }\n",
    );
    for name in ["chrono", "reqwest", "serde", "serde_json"] {
        // The workspace declares each dependency on a line of its own.
        let line = text.lines().find(|line| line.starts_with(&format!("{name} = ")));
        let line = line.ok_or_else(|| Failure::new(format!("Cargo.toml declares no `{name}` for the workspace")))?;
        let _ = writeln!(out, "{line}");
    }
    Ok(out)
}

/// The errors by file: line and first line of the message.
fn errors(output: &str) -> BTreeMap<String, Vec<(Option<u64>, String)>> {
    let mut errors: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for line in output
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
    {
        let message = &line["message"];
        let mut spans = message["spans"].as_array().into_iter().flatten();
        if line["reason"] == "compiler-message"
            && message["level"] == "error"
            && let Some(span) = spans.find(|span| span["is_primary"] == true)
            && let (Some(file), Some(text)) = (span["file_name"].as_str(), message["message"].as_str())
        {
            let found = (span["line_start"].as_u64(), text.to_owned());
            errors.entry(file.to_owned()).or_default().push(found);
        }
    }
    errors
}
