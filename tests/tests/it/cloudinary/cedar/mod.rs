//! Cedar without a request: the same verdicts as the service's, and decisions from the policies in effect.

mod authorizer;
mod statements;
mod unknown;
