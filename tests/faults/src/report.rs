//! The figures of a campaign, as tables that a document can take over.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::fault::Trouble;
use crate::run::Run;
use crate::step::Outcome;

/// How many runs with violations are printed.
const SHOWN: usize = 10;

/// The figures of one run, or of several.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Calls by operation, with how many of them succeeded.
    pub calls: BTreeMap<&'static str, (u64, u64)>,
    /// Errors by kind; those whose outcome is unknown are counted apart.
    pub errors: BTreeMap<String, u64>,
    /// Faults by kind.
    pub faults: BTreeMap<&'static str, u64>,
    /// Forms of `Retry-After` and of the headers about rate limits.
    pub forms: BTreeMap<&'static str, u64>,
    /// The requests that arrived.
    pub requests: u64,
}

impl Tally {
    pub(crate) fn call(&mut self, operation: &'static str, outcome: &Outcome) {
        let (calls, successes) = self.calls.entry(operation).or_default();
        *calls += 1;
        match outcome {
            Ok(_) => *successes += 1,
            Err(error) => {
                let unknown = if error.is_outcome_unknown() {
                    ", outcome unknown"
                } else {
                    ""
                };
                *self.errors.entry(format!("{:?}{unknown}", error.kind())).or_default() += 1;
            }
        }
    }

    pub(crate) fn fault(&mut self, trouble: &Trouble) {
        *self.faults.entry(trouble.kind).or_default() += 1;
        if let Some(form) = trouble.retry_after {
            *self.forms.entry(form).or_default() += 1;
        }
    }

    pub(crate) fn refused(&mut self, connections: u64) {
        if connections > 0 {
            *self.faults.entry("refused connection").or_default() += connections;
        }
    }

    fn add(&mut self, other: Self) {
        for (operation, (calls, successes)) in other.calls {
            let sum = self.calls.entry(operation).or_default();
            *sum = (sum.0 + calls, sum.1 + successes);
        }
        sum(&mut self.errors, other.errors);
        sum(&mut self.faults, other.faults);
        sum(&mut self.forms, other.forms);
        self.requests += other.requests;
    }
}

fn sum<K: Ord>(into: &mut BTreeMap<K, u64>, from: BTreeMap<K, u64>) {
    for (key, count) in from {
        *into.entry(key).or_default() += count;
    }
}

/// What came of a campaign.
#[derive(Debug, Default)]
pub struct Report {
    runs: u64,
    tally: Tally,
    /// The transcripts, by seed.
    transcripts: BTreeMap<u64, String>,
    /// The seeds of the runs that broke a rule, by rule.
    violations: BTreeMap<&'static str, Vec<(u64, String)>>,
}

impl Report {
    pub(crate) fn add(&mut self, run: Run) {
        self.runs += 1;
        self.tally.add(run.tally);
        for violation in run.violations {
            let seeds = self.violations.entry(violation.rule).or_default();
            seeds.push((run.seed, violation.detail));
        }
        self.transcripts.insert(run.seed, run.transcript);
    }

    /// Whether the oracle found nothing.
    pub fn is_clean(&self) -> bool {
        self.violations.is_empty()
    }

    /// The figures.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The rules that were broken, with the seeds of the runs and the details.
    pub fn violations(&self) -> impl Iterator<Item = (&'static str, &[(u64, String)])> {
        self.violations.iter().map(|(rule, found)| (*rule, found.as_slice()))
    }

    /// Every call of every run, with its faults and its result.
    pub fn transcripts(&self) -> String {
        let runs = self.transcripts.iter();
        runs.map(|(seed, calls)| format!("seed {seed}\n{calls}")).collect()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally {
            calls,
            errors,
            faults,
            forms,
            requests,
        } = &self.tally;
        let broken: BTreeSet<u64> = self.violations.values().flatten().map(|(seed, _)| *seed).collect();
        for seed in broken.iter().take(SHOWN) {
            writeln!(
                f,
                "Run with violations; to repeat it: cargo xtask faults --seed {seed} --runs 1"
            )?;
            writeln!(f, "{}", self.transcripts.get(seed).map_or("", String::as_str))?;
        }
        if broken.len() > SHOWN {
            writeln!(f, "{} more runs have violations.\n", broken.len() - SHOWN)?;
        }
        let total: u64 = calls.values().map(|(calls, _)| calls).sum();
        let successes: u64 = calls.values().map(|(_, successes)| successes).sum();
        let struck: u64 = faults.values().sum();
        writeln!(f, "| figure | number |\n|---|---:|")?;
        writeln!(f, "| runs | {} |", self.runs)?;
        writeln!(f, "| calls | {total} |")?;
        writeln!(f, "| requests | {requests} |")?;
        writeln!(f, "| faults | {struck} |")?;
        writeln!(f, "| successes | {successes} |")?;
        writeln!(f, "| errors | {} |", total - successes)?;
        let broken: usize = self.violations.values().map(Vec::len).sum();
        writeln!(f, "| violations | {broken} |")?;
        table(f, "fault", faults)?;
        table(f, "form of `Retry-After`, or header about limits", forms)?;
        table(f, "error", errors)?;
        writeln!(f, "\n| operation | calls | successes |\n|---|---:|---:|")?;
        for (operation, (calls, successes)) in calls {
            writeln!(f, "| `{operation}` | {calls} | {successes} |")?;
        }
        if !self.violations.is_empty() {
            writeln!(f, "\n| violation | number | seeds |\n|---|---:|---|")?;
            for (rule, found) in &self.violations {
                let mut seeds: Vec<u64> = found.iter().map(|(seed, _)| *seed).collect();
                seeds.sort_unstable();
                seeds.dedup();
                seeds.truncate(5);
                writeln!(f, "| {rule} | {} | {seeds:?} |", found.len())?;
            }
        }
        Ok(())
    }
}

fn table<K: fmt::Display>(f: &mut fmt::Formatter<'_>, name: &str, counts: &BTreeMap<K, u64>) -> fmt::Result {
    writeln!(f, "\n| {name} | number |\n|---|---:|")?;
    for (key, count) in counts {
        writeln!(f, "| {key} | {count} |")?;
    }
    Ok(())
}
