//! What is measured, in parts that run alone.

mod builds;
mod calls;
mod emulator;
mod generation;
mod inside;
mod memory;
mod paging;
mod python;
mod start;
mod tasks;

use clap::ValueEnum;

use crate::Result;
use crate::lab::Lab;

pub use self::calls::GUARDED;

/// A part of the measurements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[allow(clippy::exhaustive_enums, reason = "only this package uses it")]
pub enum Part {
    /// Instructions and allocations of single calls.
    Calls,
    /// Calls by many tasks.
    Tasks,
    /// Long lists.
    Paging,
    /// The memory of a long list.
    Memory,
    /// The vendor's client for Python.
    Python,
    /// The start of a process.
    Start,
    /// Cold builds; takes long.
    Builds,
    /// The size of a program.
    Size,
    /// The emulator.
    Emulator,
    /// The generation of code.
    Generation,
    /// What criterion measures inside a process.
    Inside,
}

impl Part {
    /// Measures, and keeps what was found.
    ///
    /// # Errors
    /// A step fails, or something is missing ([`Unavailable`](crate::lab::Unavailable)).
    pub fn run(self, lab: &mut Lab) -> Result<()> {
        match self {
            Self::Calls => calls::run(lab),
            Self::Tasks => tasks::run(lab),
            Self::Paging => paging::run(lab),
            Self::Memory => memory::run(lab),
            Self::Python => python::run(lab),
            Self::Start => start::run(lab),
            Self::Builds => builds::run(lab),
            Self::Size => builds::size(lab),
            Self::Emulator => emulator::run(lab),
            Self::Generation => generation::run(lab),
            Self::Inside => inside::run(lab),
        }
    }
}
