//! Importing a vendor's document.

mod bases;
mod changes;
mod command;
mod cutting;
mod downgrade;
mod fixture;
mod kinds;
mod layout;
mod like;
mod mending;
mod moves;
mod operations;
mod overlay;
mod own_documents;
mod refusals;
mod replay;
mod settings;
mod small;
mod whole_loop;
