//! Permission groups, resource groups and user groups, for the policies of members.

pub(super) mod group_members;
pub(super) mod permission_groups;
pub(super) mod resource_groups;
pub(super) mod user_groups;
