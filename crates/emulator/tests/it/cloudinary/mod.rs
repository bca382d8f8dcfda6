//! The Cloudinary APIs.

mod access_keys;
mod auth;
mod billing;
mod coercions;
mod operations;
mod permissions;
mod product_environments;
mod rate_limit;
mod state;
mod user_groups;
mod user_list;
mod users;
