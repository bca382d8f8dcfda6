//! Makes a client of the process's own environment and shows it, or says why it can't: for tests that need a process of
//! their own, since a process's variables belong to all its threads. With an argument, it also sends a request.
#![allow(clippy::print_stdout, reason = "the test reads it there")]

use account_provisioning::RetryPolicy;
use account_provisioning::cloudinary::Client;

fn main() {
    let client = match Client::from_env() {
        Ok(client) => client,
        Err(problem) => return println!("{problem}\n{problem:?}"),
    };
    println!("{client:?}\n{}", client.explain());
    if std::env::args().count() > 1 {
        match client.users().list().retry(RetryPolicy::never()).blocking() {
            Ok(users) => println!("{} users", users.len()),
            Err(problem) => println!("{problem}"),
        }
    }
}
