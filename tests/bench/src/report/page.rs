//! docs/performance.md, made from the results.

use std::fmt::Write as _;
use std::path::PathBuf;

use super::row::{ROWS, Row};
use super::{Figure, Results, plot};
use crate::Result;

/// Where the page is.
pub const PAGE: &str = "docs/performance.md";

/// The page and its plots, by their paths.
///
/// # Errors
/// A plot can't be drawn.
pub fn files(results: &Results) -> Result<Vec<(PathBuf, String)>> {
    let mut files = vec![(PAGE.into(), page(results)?)];
    for plot in plot::PLOTS {
        if let Some(curves) = results.plots.get(plot.id) {
            files.push((format!("docs/performance/{}.svg", plot.id).into(), plot.draw(curves)?));
        }
    }
    Ok(files)
}

const INTRODUCTION: &str = "\
# Performance

This page is written by `cargo xtask bench`, from the results of its last runs. \"reqwest and serde\" is the least that a
program needs for the same work: one `reqwest::Client` whose headers are set once, and structs with the fields of this
client's models. Both send the same bytes, and read the same values; a test checks that. The replies come from a server in
a process of its own, which sends fixed bytes: the same for both.

Instructions are counted by callgrind, as the difference between a long and a short run, so that they repeat on any
machine. Allocations are calls of the allocator, with those that make an allocation larger. Other figures are medians of
alternating pairs, with the range of the pairs in parentheses. `cargo xtask bench --only PART` measures the rows of one
part again; [CONTRIBUTING.md](https://github.com/account-provisioning/account-provisioning/blob/main/CONTRIBUTING.md#measure-performance) says what each part needs.

The bar of a row is the result that it has to reach, and \"holds\" says whether it does.
";

const TEXTS: &str = "\
### Texts

A user of the list has eleven texts. These structs differ in the type of their texts alone, and read dates as the client
does. Models keep `String`, which every program can match, change and move without learning a type of ours. One allocation
for all texts of a user saves most, and would need such a type in every field. Slices save less, and a program that keeps
one name would keep the whole reply in memory. Ids have 32 bytes, too many for compact strings. Sharing repeated values
saves their allocations, and costs a look into a table for each of the others. Ids are `Arc<str>` because programs keep
them and pass them to calls, so clones have to be cheap.";

fn page(results: &Results) -> Result<String> {
    let machines = machines(results);
    let mut page = format!("{INTRODUCTION}\n");
    writeln!(
        page,
        "| workload | compared with | ours | the other | result | bar | holds | part | measured |"
    )?;
    writeln!(page, "|---|---|---|---|---|---|---|---|---|")?;
    for row in ROWS {
        writeln!(page, "{}", line(row, results.rows.get(row.id), &machines))?;
    }
    if !machines.is_empty() {
        writeln!(page, "\nMachines:\n")?;
    }
    for (index, machine) in machines.iter().enumerate() {
        writeln!(page, "{}. {machine}", index + 1)?;
    }
    shortfalls(&mut page, results)?;
    plots(&mut page, results)?;
    inside(&mut page, results)?;
    Ok(page)
}

/// The machines on which anything was measured, in the order of the rows.
fn machines(results: &Results) -> Vec<&str> {
    let mut machines = Vec::new();
    for figure in ROWS.iter().filter_map(|row| results.rows.get(row.id)) {
        if !machines.contains(&figure.machine.as_str()) {
            machines.push(figure.machine.as_str());
        }
    }
    machines
}

fn line(row: &Row, figure: Option<&Figure>, machines: &[&str]) -> String {
    let bar = row.bar.text(row.unit);
    let (workload, baseline, part) = (row.workload, row.baseline, row.part_name());
    let Some(figure) = figure else {
        return format!("| {workload} | {baseline} | | | | {bar} | not measured here | `{part}` | |");
    };
    let shown = |value| row.bar.show(value, row.unit);
    let range = match figure.pairs {
        1 => String::new(),
        _ => format!(" ({} to {})", shown(figure.compared.low), shown(figure.compared.high)),
    };
    let holds = if row.bar.holds(figure.compared.median) {
        "yes"
    } else {
        "**no**"
    };
    let machine = machines
        .iter()
        .position(|machine| *machine == figure.machine)
        .unwrap_or(0)
        + 1;
    let note = figure.note.as_ref().map(|note| format!(": {note}")).unwrap_or_default();
    format!(
        "| {workload} | {baseline}{note} | {} | {} | {}{range} | {bar} | {holds} | `{part}` | {}, machine {machine} |",
        row.unit.show(figure.ours.median),
        row.unit.show(figure.other.median),
        shown(figure.compared.median),
        figure.date,
    )
}

/// What was tried where a row falls short.
fn shortfalls(page: &mut String, results: &Results) -> Result<()> {
    let short = |row: &&Row| {
        results
            .rows
            .get(row.id)
            .is_some_and(|it| !row.bar.holds(it.compared.median))
    };
    let rows: Vec<&Row> = ROWS.iter().filter(short).collect();
    if rows.is_empty() {
        return Ok(());
    }
    writeln!(page, "\n## What falls short\n")?;
    for row in rows {
        let tried = if row.tried.is_empty() {
            "Nothing was tried yet."
        } else {
            row.tried
        };
        writeln!(page, "- **{}** {tried}", row.workload)?;
    }
    Ok(())
}

fn plots(page: &mut String, results: &Results) -> Result<()> {
    for plot in plot::PLOTS.iter().filter(|plot| results.plots.contains_key(plot.id)) {
        writeln!(
            page,
            "\n## {}\n\n![{}](performance/{}.svg)",
            plot.title, plot.title, plot.id
        )?;
    }
    Ok(())
}

fn inside(page: &mut String, results: &Results) -> Result<()> {
    if results.inside.is_empty() {
        return Ok(());
    }
    writeln!(page, "\n## Inside a process\n")?;
    writeln!(
        page,
        "Measured by criterion: medians, without requests. `cargo xtask bench --only inside` measures them.\n"
    )?;
    let show = |seconds: f64| match seconds {
        _ if seconds < 1e-6 => format!("{:.1} ns", seconds * 1e9),
        _ => format!("{:.2} µs", seconds * 1e6),
    };
    writeln!(page, "| work | ours | the other | ratio |\n|---|---|---|---|")?;
    for micro in &results.inside {
        let (ours, other) = (micro.ours.median, micro.other.median);
        let (shown, shown_other) = (show(ours), show(other));
        writeln!(
            page,
            "| {} | {shown} | {shown_other} | {:.2} × |",
            micro.name,
            ours / other
        )?;
    }
    writeln!(page, "\n{TEXTS}\n")?;
    writeln!(
        page,
        "| texts of a user | a list of 100 users | beside the client |\n|---|---|---|"
    )?;
    for micro in &results.texts {
        let (ours, client) = (micro.ours.median, micro.other.median);
        writeln!(page, "| {} | {} | {:.2} × |", micro.name, show(ours), ours / client)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step is a failed test")]

    use super::{files, page};
    use crate::report::{Bar, Curve, Figure, ROWS, Results};

    /// Results in which one row has these pairs.
    fn results(id: &str, bar: Bar, pairs: &[(f64, f64)]) -> Results {
        let figure = Figure {
            machine: "a machine".to_owned(),
            date: "2026-01-02".to_owned(),
            note: Some("2.0".to_owned()),
            ..Figure::of(bar, pairs).unwrap()
        };
        let mut results = Results::default();
        results.rows.insert(id.to_owned(), figure);
        results
    }

    fn line_of<'a>(page: &'a str, start: &str) -> &'a str {
        page.lines().find(|line| line.starts_with(start)).unwrap()
    }

    #[test]
    fn row_that_holds_says_so_with_its_range_and_its_machine() {
        let pairs = [(1.0, 8.0), (1.0, 10.0), (1.0, 9.0)];
        let page = page(&results("paging-wall", Bar::FasterAtLeast(7.0), &pairs)).unwrap();
        assert_eq!(
            line_of(&page, "| 10 000 members, 50 a page, 20 ms"),
            "| 10 000 members, 50 a page, 20 ms a response, default settings: time | reqwest and serde, one page after the \
             other: 2.0 | 1.00 s | 9.00 s | 9.00 × faster (8.00 × faster to 10.00 × faster) | ≥ 7 × faster | yes | \
             `paging` | 2026-01-02, machine 1 |"
        );
        assert!(
            page.contains("\n1. a machine\n") && !page.contains("## What falls short"),
            "{page}"
        );
    }

    #[test]
    fn row_that_falls_short_stays_and_says_what_was_tried() {
        let page = page(&results("get-allocations", Bar::MoreAtMost(12.0), &[(109.0, 62.0)])).unwrap();
        let line = line_of(
            &page,
            "| One `users().get`, kept connection, no subscriber: allocations",
        );
        assert!(
            line.contains("| + 47 allocations | ≤ + 12 allocations | **no** |"),
            "{line}"
        );
        let (_, short) = page.split_once("## What falls short\n\n").unwrap();
        assert!(
            short.starts_with("- **One `users().get`, kept connection, no subscriber: allocations per call** "),
            "{short}"
        );
    }

    #[test]
    fn row_that_was_not_measured_stays_in_the_table() {
        let page = page(&Results::default()).unwrap();
        assert_eq!(page.matches("| not measured here |").count(), ROWS.len());
    }

    #[test]
    fn plots_are_files_of_their_own_and_shown_on_the_page() {
        let mut results = Results::default();
        let curve = |name: &str| Curve {
            name: name.to_owned(),
            points: vec![(0.0, 10.0), (20.0, 5.0)],
        };
        results
            .plots
            .insert("latency".to_owned(), vec![curve("one"), curve("another")]);
        let files = files(&results).unwrap();
        let (path, svg) = &files[1];
        assert_eq!(path.to_str(), Some("docs/performance/latency.svg"));
        assert!(
            svg.contains("</svg>") && svg.contains("one") && svg.contains("another"),
            "{svg}"
        );
        assert!(
            files[0]
                .1
                .contains("![Items per second against latency](performance/latency.svg)")
        );
    }
}
