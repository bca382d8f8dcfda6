//! Turns the examples of docs/migrating into modules whose functions tests can call: rustdoc compiles them as well, but
//! runs only those that have a `main`.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

const PAGES: &str = "../docs/migrating";

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={PAGES}");
    let out = Path::new(&env::var_os("OUT_DIR").ok_or(io::ErrorKind::NotFound)?).join("migrating");
    fs::create_dir_all(&out)?;
    for page in fs::read_dir(PAGES)? {
        let page = page?.path();
        if let Some(name) = page.file_stem()
            && page.extension().is_some_and(|extension| extension == "md")
        {
            let module = out.join(name).with_extension("rs");
            fs::write(module, module_of(&fs::read_to_string(&page)?))?;
        }
    }
    Ok(())
}

/// The module of one page: its text, its code, a module for each example, named after its line, and a table of the
/// functions that take a client and nothing else.
fn module_of(page: &str) -> String {
    let mut modules = String::new();
    let mut table = String::new();
    let mut code = String::new();
    for (line, example) in examples(page) {
        code.push_str(&example);
        if example.contains("fn main()") {
            continue; // rustdoc runs it
        }
        let public = example.replace("\nasync fn ", "\npub async fn ");
        let _ = writeln!(modules, "pub mod line_{line} {{{public}}}");
        for signature in example.lines().filter_map(|line| line.strip_prefix("async fn ")) {
            if let Some((name, arguments)) = signature.split_once('(')
                && arguments.contains(": &Client) -> Result<()>")
            {
                let _ = writeln!(table, "({name:?}, |client| Box::pin(line_{line}::{name}(client))),");
            }
        }
    }
    format!(
        "pub const TEXT: &str = {page:?};\npub const CODE: &str = {code:?};\n\
         pub const EXAMPLES: &[super::Example<Client>] = &[\n{table}];\n{modules}"
    )
}

/// The Rust code of a page, block by block, each with the line that it begins at.
fn examples(page: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut inside = false;
    for (line, number) in page.lines().zip(1..) {
        if line.starts_with("```") {
            inside = line.starts_with("```rust");
            if inside {
                found.push((number, String::from("\n")));
            }
        } else if inside && let Some((_, example)) = found.last_mut() {
            example.push_str(line);
            example.push('\n');
        }
    }
    found
}
