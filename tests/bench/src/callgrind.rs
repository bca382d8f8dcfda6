//! Instructions of the processor, counted by callgrind.

use std::io::ErrorKind;
use std::process::Command;

use crate::Result;
use crate::lab::{Lab, Unavailable};
use crate::workload::Side;

/// Fails if there is no valgrind.
///
/// # Errors
/// [`Unavailable`].
pub fn available() -> Result<()> {
    match Command::new("valgrind").arg("--version").output() {
        Ok(_) => Ok(()),
        Err(problem) if problem.kind() == ErrorKind::NotFound => {
            Err(Unavailable("there is no valgrind on this machine, which counts instructions".into()).into())
        }
        Err(problem) => Err(problem.into()),
    }
}

/// How many instructions one call of a workload takes: the difference of two runs, so that what is done once does not
/// count. The profile of the longer run is left in `target/bench/callgrind`.
///
/// # Errors
/// A run fails.
pub fn per_call(lab: &Lab, workload: &str, side: Side, calls: (u64, u64)) -> Result<f64> {
    let (few, many) = calls;
    let (short, long) = (count(lab, workload, side, few)?, count(lab, workload, side, many)?);
    Ok((long - short) / f64::from(u32::try_from(many - few)?))
}

fn count(lab: &Lab, workload: &str, side: Side, calls: u64) -> Result<f64> {
    let profile = lab
        .directory("callgrind")?
        .join(format!("{workload}.{}.out", side.name()));
    let mut valgrind = Command::new("valgrind");
    valgrind
        .arg("--tool=callgrind")
        .arg(format!("--callgrind-out-file={}", profile.display()))
        .arg(lab.program("workload")?.get_program())
        .args([workload, side.name(), &calls.to_string()]);
    let output = crate::lab::output(&mut valgrind)?;
    collected(&String::from_utf8_lossy(&output.stderr)).ok_or_else(|| "callgrind says no count of instructions".into())
}

/// The count in what callgrind prints.
fn collected(text: &str) -> Option<f64> {
    let (_, count) = text.lines().find_map(|line| line.split_once("Collected : "))?;
    count.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::collected;

    #[test]
    fn count_is_found_in_what_callgrind_prints() {
        let text = "==7== \n==7== Events    : Ir\n==7== Collected : 1234567\n==7== \n";
        assert_eq!(collected(text), Some(1_234_567.0));
        assert_eq!(collected("==7== Events    : Ir\n"), None);
    }
}
