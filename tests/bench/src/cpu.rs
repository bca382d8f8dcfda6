//! Time of the processor, of the user and of the system, in seconds.

use crate::Result;

#[cfg(unix)]
use nix::sys::resource::{UsageWho, getrusage};

/// How much this process took until now, without the processes that it started.
///
/// # Errors
/// The system can't tell.
#[cfg(unix)]
pub fn own() -> Result<f64> {
    taken(UsageWho::RUSAGE_SELF)
}

/// How much the processes took that this one started and that have ended.
///
/// # Errors
/// The system can't tell.
#[cfg(unix)]
pub fn children() -> Result<f64> {
    taken(UsageWho::RUSAGE_CHILDREN)
}

#[cfg(unix)]
fn taken(who: UsageWho) -> Result<f64> {
    let usage = getrusage(who)?;
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds(usage.user_time()) + seconds(usage.system_time()))
}

/// How much this process took until now. Only Unix tells.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn own() -> Result<f64> {
    Err("time of the processor is measured on Unix alone".into())
}

/// How much the processes took that this one started and that have ended. Only Unix tells.
///
/// # Errors
/// Always.
#[cfg(not(unix))]
pub fn children() -> Result<f64> {
    own()
}
