//! The results of all parts, as they are kept between runs.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Bar, Sample};
use crate::Result;

/// Where the results are kept.
pub const RESULTS: &str = "docs/performance/results.json";

/// Everything that was measured. Each part replaces what is its own.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
pub struct Results {
    /// The rows by their names.
    pub rows: BTreeMap<String, Figure>,
    /// The lines of the plots, by the names of the plots.
    pub plots: BTreeMap<String, Vec<Curve>>,
    /// What criterion measured, in the order of its names.
    pub inside: Vec<Micro>,
    /// What each kind of text costs in a list, beside the client's models.
    #[serde(default)]
    pub texts: Vec<Micro>,
}

/// What one row shows.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Figure {
    /// What ours took.
    pub ours: Sample,
    /// What the other took.
    pub other: Sample,
    /// Each pair compared.
    pub compared: Sample,
    /// How many pairs there are.
    pub pairs: usize,
    /// Where it was measured.
    pub machine: String,
    /// When it was measured.
    pub date: String,
    /// What else is to be known, such as versions.
    pub note: Option<String>,
}

/// One line of a plot.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Curve {
    /// What it is of.
    pub name: String,
    /// Its points.
    pub points: Vec<(f64, f64)>,
}

/// One measurement of criterion.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
pub struct Micro {
    /// What is done.
    pub name: String,
    /// The median of ours, with its interval of confidence, in seconds.
    pub ours: Sample,
    /// The same of what it is compared with.
    pub other: Sample,
}

impl Results {
    /// Reads the results of earlier runs; there may be none.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn read(root: &Path) -> Result<Self> {
        let path = root.join(RESULTS);
        if !path.exists() {
            return Ok(Self::default());
        }
        let results = serde_json::from_slice(&fs::read(&path)?);
        Ok(results.map_err(|problem| format!("{RESULTS}: {problem}"))?)
    }

    /// Writes the results.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn write(&self, root: &Path) -> Result<()> {
        fs::create_dir_all(root.join("docs/performance"))?;
        Ok(fs::write(
            root.join(RESULTS),
            format!("{}\n", serde_json::to_string_pretty(self)?),
        )?)
    }
}

impl Figure {
    /// Of pairs of ours and the other; `None` if there are none.
    #[must_use]
    pub fn of(bar: Bar, pairs: &[(f64, f64)]) -> Option<Self> {
        Some(Self {
            ours: Sample::of(pairs.iter().map(|pair| pair.0))?,
            other: Sample::of(pairs.iter().map(|pair| pair.1))?,
            compared: Sample::of(pairs.iter().map(|(ours, other)| bar.compare(*ours, *other)))?,
            pairs: pairs.len(),
            machine: String::new(),
            date: String::new(),
            note: None,
        })
    }
}
