//! The table of what is measured, and what each row has to reach.

use clap::ValueEnum;

use crate::parts::Part;

/// What a row counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums, reason = "only this package uses it")]
pub enum Unit {
    /// Instructions of the processor.
    Instructions,
    /// Calls of the allocator.
    Allocations,
    /// Seconds.
    Seconds,
    /// Bytes.
    Bytes,
    /// Something in each second.
    PerSecond,
}

/// What a row has to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(clippy::exhaustive_enums, reason = "only this package uses it")]
pub enum Bar {
    /// Ours is at most this many times the other.
    TimesAtMost(f64),
    /// Ours is at least this many times the other.
    TimesAtLeast(f64),
    /// The other is at least this many times ours.
    FasterAtLeast(f64),
    /// Ours is at most this much more than the other.
    MoreAtMost(f64),
}

/// One row.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name in the results.
    pub id: &'static str,
    /// What is done, and what is counted.
    pub workload: &'static str,
    /// What it is compared with.
    pub baseline: &'static str,
    /// The unit of both figures.
    pub unit: Unit,
    /// What it has to reach.
    pub bar: Bar,
    /// What measures it.
    pub part: Part,
    /// What was tried, if it falls short.
    pub tried: &'static str,
}

impl Bar {
    /// Ours compared with the other: a ratio, or a difference.
    #[must_use]
    pub fn compare(self, ours: f64, other: f64) -> f64 {
        match self {
            Self::TimesAtMost(_) | Self::TimesAtLeast(_) => ours / other,
            Self::FasterAtLeast(_) => other / ours,
            Self::MoreAtMost(_) => ours - other,
        }
    }

    /// Whether a ratio or a difference is good enough. What can't be compared is not.
    #[must_use]
    pub fn holds(self, compared: f64) -> bool {
        match self {
            Self::TimesAtMost(most) | Self::MoreAtMost(most) => compared <= most,
            Self::TimesAtLeast(least) | Self::FasterAtLeast(least) => compared >= least,
        }
    }

    /// The comparison in words.
    #[must_use]
    pub fn show(self, compared: f64, unit: Unit) -> String {
        match self {
            Self::TimesAtMost(_) | Self::TimesAtLeast(_) => format!("{compared:.2} ×"),
            Self::FasterAtLeast(_) => format!("{compared:.2} × faster"),
            Self::MoreAtMost(_) => {
                let sign = if compared < 0.0 { "−" } else { "+" };
                format!("{sign} {}", unit.show(compared.abs()))
            }
        }
    }

    /// The bar in words.
    #[must_use]
    pub fn text(self, unit: Unit) -> String {
        match self {
            Self::TimesAtMost(most) => format!("≤ {most:.2} ×"),
            Self::TimesAtLeast(least) => format!("≥ {least} ×"),
            Self::FasterAtLeast(least) => format!("≥ {least} × faster"),
            Self::MoreAtMost(most) => format!("≤ + {}", unit.show(most)),
        }
    }
}

impl Unit {
    /// A figure with its unit.
    #[must_use]
    pub fn show(self, value: f64) -> String {
        match self {
            Self::Instructions => format!("{} k instructions", grouped(value / 1e3)),
            Self::Allocations => format!("{value:.0} allocations"),
            Self::Seconds if value < 1e-3 => format!("{:.1} µs", value * 1e6),
            Self::Seconds if value < 1.0 => format!("{:.2} ms", value * 1e3),
            Self::Seconds => format!("{value:.2} s"),
            Self::Bytes => format!("{:.2} MB", value / 1e6),
            Self::PerSecond => format!("{}/s", grouped(value)),
        }
    }
}

/// A whole number, in groups of three digits.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

impl Row {
    /// The name of the part that measures this row.
    #[must_use]
    pub fn part_name(&self) -> String {
        self.part
            .to_possible_value()
            .map_or_else(String::new, |part| part.get_name().to_owned())
    }
}

/// The row of this name.
#[must_use]
pub fn row(id: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.id == id)
}

const RAW: &str = "reqwest and serde";

/// All rows.
pub const ROWS: &[Row] = &[
    Row {
        id: "get-instructions",
        workload: "One `users().get`, kept connection, no subscriber: instructions per call",
        baseline: RAW,
        unit: Unit::Instructions,
        bar: Bar::TimesAtMost(1.10),
        part: Part::Calls,
        tried: "",
    },
    Row {
        id: "get-allocations",
        workload: "One `users().get`, kept connection, no subscriber: allocations per call",
        baseline: RAW,
        unit: Unit::Allocations,
        bar: Bar::MoreAtMost(12.0),
        part: Part::Calls,
        tried: "",
    },
    Row {
        id: "users-instructions",
        workload: "List of 100 users: instructions per call",
        baseline: RAW,
        unit: Unit::Instructions,
        bar: Bar::TimesAtMost(0.90),
        part: Part::Calls,
        tried: "",
    },
    Row {
        id: "members-instructions",
        workload: "Page of 50 members of an account of Cloudflare: instructions per call",
        baseline: RAW,
        unit: Unit::Instructions,
        bar: Bar::TimesAtMost(1.00),
        part: Part::Calls,
        tried: "",
    },
    Row {
        id: "stream-instructions",
        workload: "Stream of members of an account of Cloudflare, 50 a page: instructions per page",
        baseline: "reqwest and serde, one page after the other",
        unit: Unit::Instructions,
        bar: Bar::TimesAtMost(1.00),
        part: Part::Calls,
        tried: "",
    },
    Row {
        id: "tasks-cpu",
        workload: "64 tasks that share one client, one `users().get` after the other: processor time per call",
        baseline: RAW,
        unit: Unit::Seconds,
        bar: Bar::TimesAtMost(1.08),
        part: Part::Tasks,
        tried: "was 1.41 × before calls parsed less and allocated less; in one task, a call takes 1.01 × the \
                instructions, so the rest comes from sharing one client",
    },
    Row {
        id: "paging-wall",
        workload: "10 000 members, 50 a page, 20 ms a response, default settings: time",
        baseline: "reqwest and serde, one page after the other",
        unit: Unit::Seconds,
        bar: Bar::FasterAtLeast(7.0),
        part: Part::Paging,
        tried: "",
    },
    Row {
        id: "paging-cpu",
        workload: "10 000 members, 50 a page, no latency, default settings: processor time",
        baseline: "reqwest and serde, one page after the other",
        unit: Unit::Seconds,
        bar: Bar::TimesAtMost(1.02),
        part: Part::Paging,
        tried: "was 1.42 × before calls parsed less and allocated less; a page takes 0.94 × the instructions, so \
                the rest comes from the tasks that fetch pages ahead",
    },
    Row {
        id: "memory",
        workload: "Stream of 1 000 000 members: largest memory of the process",
        baseline: "the same process after 10 000 members",
        unit: Unit::Bytes,
        bar: Bar::MoreAtMost(1_048_576.0),
        part: Part::Memory,
        tried: "",
    },
    Row {
        id: "python",
        workload: "`users().list` of 100 users: time per call",
        baseline: "cloudinary-account-provisioning, the vendor's client for Python",
        unit: Unit::Seconds,
        bar: Bar::FasterAtLeast(14.0),
        part: Part::Python,
        tried: "",
    },
    Row {
        id: "start",
        workload: "Start of a process, to the end of its first call: time",
        baseline: RAW,
        unit: Unit::Seconds,
        bar: Bar::TimesAtMost(1.05),
        part: Part::Start,
        tried: "",
    },
    Row {
        id: "build-cpu",
        workload: "Cold build with one API (`cloudinary`): processor time",
        baseline: "octocrab, newest version",
        unit: Unit::Seconds,
        bar: Bar::TimesAtMost(0.80),
        part: Part::Builds,
        tried: "is spent on dependencies: TLS takes about 40 s on both sides, and on ours the code generator takes \
                22 s with progenitor and typify, HTTP/2 5 s, and gzip and structured headers 3 s; only checked-in \
                generated code could save the code generator",
    },
    Row {
        id: "build-size",
        workload: "Cold build with one API (`cloudinary`): size of the target directory",
        baseline: "octocrab, newest version",
        unit: Unit::Bytes,
        bar: Bar::TimesAtMost(1.00),
        part: Part::Builds,
        tried: "",
    },
    Row {
        id: "release-cpu",
        workload: "Cold release build with three APIs, the default: processor time",
        baseline: "octocrab, newest version",
        unit: Unit::Seconds,
        bar: Bar::TimesAtMost(0.95),
        part: Part::Builds,
        tried: "",
    },
    Row {
        id: "size",
        workload: "Stripped release binary of a program that makes one call, one API",
        baseline: RAW,
        unit: Unit::Bytes,
        bar: Bar::MoreAtMost(800_000.0),
        part: Part::Size,
        tried: "was + 0.83 MB before all bodies were read as text and headers as integers; what is left is spread \
                thinly: to read gzip 45 kB, to tell and trace errors 60 kB, to explain settings and write curl \
                commands 20 kB",
    },
    Row {
        id: "emulator-release",
        workload: "Emulator, release build, list of 100 users on 8 connections: requests per second",
        baseline: "Prism, the same document and the same reply",
        unit: Unit::PerSecond,
        bar: Bar::TimesAtLeast(8.0),
        part: Part::Emulator,
        tried: "",
    },
    Row {
        id: "emulator-debug",
        workload: "Emulator, debug build, list of 100 users on 8 connections: requests per second",
        baseline: "its own release build",
        unit: Unit::PerSecond,
        bar: Bar::TimesAtLeast(0.3),
        part: Part::Emulator,
        tried: "",
    },
    Row {
        id: "generation",
        workload: "Generation of a document that is 20 copies of Cloudflare's: processor time per copy",
        baseline: "the document itself",
        unit: Unit::Seconds,
        bar: Bar::TimesAtMost(1.10),
        part: Part::Generation,
        tried: "",
    },
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use std::collections::HashSet;

    use super::{Bar, ROWS, Unit, row};

    #[test]
    fn bars_compare_in_the_direction_that_they_name() {
        let cases = [
            (Bar::TimesAtMost(1.10), 110.0, 100.0, 1.1, true),
            (Bar::TimesAtMost(1.10), 111.0, 100.0, 1.11, false),
            (Bar::TimesAtLeast(8.0), 800.0, 100.0, 8.0, true),
            (Bar::TimesAtLeast(8.0), 799.0, 100.0, 7.99, false),
            (Bar::FasterAtLeast(7.0), 1.0, 7.0, 7.0, true),
            (Bar::FasterAtLeast(7.0), 1.0, 6.9, 6.9, false),
            (Bar::MoreAtMost(12.0), 74.0, 62.0, 12.0, true),
            (Bar::MoreAtMost(12.0), 75.0, 62.0, 13.0, false),
        ];
        for (bar, ours, other, compared, holds) in cases {
            let found = bar.compare(ours, other);
            assert!((found - compared).abs() < 1e-9, "{bar:?} {found}");
            assert_eq!(bar.holds(compared), holds, "{bar:?}");
        }
        // Nothing was measured: a division of zero by zero.
        assert!(!Bar::TimesAtMost(1.0).holds(f64::NAN) && !Bar::TimesAtLeast(1.0).holds(f64::NAN));
    }

    #[test]
    fn figures_are_shown_with_their_unit() {
        assert_eq!(Unit::Instructions.show(1_234_567.0), "1 235 k instructions");
        assert_eq!(Unit::Seconds.show(0.000_012_34), "12.3 µs");
        assert_eq!(Unit::Seconds.show(0.012_34), "12.34 ms");
        assert_eq!(Unit::Seconds.show(12.344), "12.34 s");
        assert_eq!(Unit::PerSecond.show(12_345.0), "12 345/s");
        let bar = Bar::MoreAtMost(800_000.0);
        assert_eq!(bar.text(Unit::Bytes), "≤ + 0.80 MB");
        assert_eq!(bar.show(-250_000.0, Unit::Bytes), "− 0.25 MB");
        assert_eq!(Bar::FasterAtLeast(7.0).show(2.849, Unit::Seconds), "2.85 × faster");
    }

    #[test]
    fn names_of_rows_are_unique_and_each_row_has_a_part() {
        let ids: HashSet<&str> = ROWS.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), ROWS.len());
        assert_eq!(row("build-size").unwrap().part_name(), "builds");
    }
}
