//! Importing a vendor's document.

mod changes;
mod command;
mod cutting;
mod downgrade;
mod fixture;
mod layout;
mod operations;
mod overlay;
mod own_documents;
mod refusals;
mod small;
mod whole_loop;
