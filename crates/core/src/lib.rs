//! Runtime of the account-provisioning SDK: secrets, authentication, errors, retries, paging, transport.
