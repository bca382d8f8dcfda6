//! States that tests begin with.

use account_provisioning_emulator::cloudinary::{AccessKey, Account, User};
use account_provisioning_emulator::{Emulator, EmulatorBuilder, State};

/// The product environment of the default account.
pub const ENVIRONMENT: &str = "emulator-environment";

/// The id of the nth user that [`with_users`] makes.
pub fn user_id(n: usize) -> String {
    format!("user-{n:05}")
}

/// The e-mail address of the nth user that [`with_users`] makes.
pub fn user_email(n: usize) -> String {
    format!("user-{n:05}@client.example")
}

/// The API key of the nth key that [`with_keys`] makes.
pub fn api_key(n: usize) -> String {
    format!("{n:015}")
}

/// The default account with this many users: `user-00000` is the oldest, so a list has it last.
pub fn with_users(count: usize) -> EmulatorBuilder {
    let mut state = State::default();
    let users = (0..count).map(|n| User::new(user_id(n), format!("User {n}"), user_email(n)));
    account(&mut state).users.extend(users);
    Emulator::builder().state(state)
}

/// The default account, whose environment has exactly this many access keys; the first one is the oldest.
pub fn with_keys(count: usize) -> EmulatorBuilder {
    let mut state = State::default();
    let environment = account(&mut state)
        .product_environments
        .get_mut(ENVIRONMENT)
        .expect("the default account has an environment");
    environment.access_keys = (0..count)
        .map(|n| AccessKey::new(api_key(n), format!("secret-{n}"), format!("Key {n}")))
        .collect();
    Emulator::builder().state(state)
}

/// The first account of a state.
pub fn account(state: &mut State) -> &mut Account {
    state
        .cloudinary
        .accounts
        .iter_mut()
        .next()
        .expect("the state has an account")
}
