//! Cedar without a request: the same verdicts as the service's, and decisions from the policies in effect.

mod ancestors;
mod authorizer;
mod statements;
mod unknown;
mod vocabulary;
