//! Makes a client of the process's own environment and shows it, or says why it can't: for tests that need a process of
//! their own, since a process's variables belong to all its threads.
#![allow(clippy::print_stdout, reason = "the test reads it there")]

use account_provisioning::cloudinary::Client;

fn main() {
    match Client::from_env() {
        Ok(client) => println!("{client:?}"),
        Err(problem) => println!("{problem}\n{problem:?}"),
    }
}
