//! The list of accepted breaks.

use chrono::{Days, NaiveDate, Utc};
use xtask::review::{ALLOW_FILE, Allowed, Denial, deny};

use super::{DOCUMENT, Reviewed};

const COMPONENT: &str = "
- of: cloudinary
  fact: 'AccessKey.created_at: removed [response]'
  reason: The vendor never sent it.
  expires: 2026-06-30
";

const OPERATION: &str = "
- of: cloudinary
  fact: 'query enabled: type changed from boolean to string'
  operations: [getProductEnvironments]
  reason: The vendor reads both.
  expires: 2026-12-31
";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A day on which an exception may end.
fn soon() -> String {
    (Utc::now().date_naive() + Days::new(100)).to_string()
}

fn held_against(list: &str, today: &str) -> Denial {
    let reviewed = Reviewed::new();
    reviewed.change();
    deny(
        &reviewed.review(),
        &Allowed::parse(ALLOW_FILE, list).unwrap(),
        day(today),
    )
}

#[test]
fn exceptions_that_cover_every_break_pass_until_their_last_day() {
    let list = format!("{COMPONENT}{OPERATION}");
    let denial = held_against(&list, "2026-06-30");
    assert!(denial.passes(), "{denial}");
    assert_eq!(
        denial.to_string(),
        "accepted until 2026-06-30: cloudinary: AccessKey.created_at: removed [response] (The vendor never sent it.)\n\
         accepted until 2026-12-31: cloudinary: query enabled: type changed from boolean to string — \
         getProductEnvironments (The vendor reads both.)\n"
    );
}

#[test]
fn exception_after_its_last_day_accepts_nothing_and_is_named() {
    let list = format!("{COMPONENT}{OPERATION}");
    let denial = held_against(&list, "2026-07-01");
    assert!(!denial.passes());
    assert_eq!(denial.denied.len(), 1);
    assert_eq!(denial.denied[0].fact, "AccessKey.created_at: removed [response]");
    assert_eq!(
        denial.stale,
        [
            "openapi/review-allow.yaml:2: the exception for `cloudinary: AccessKey.created_at: removed [response]` \
             expired after 2026-06-30; remove it, or review the decision and set a new date"
        ]
    );
}

#[test]
fn exception_that_nothing_needs_is_a_warning() {
    let reviewed = Reviewed::new();
    let allowed = Allowed::parse(ALLOW_FILE, COMPONENT).unwrap();
    let denial = deny(&reviewed.review(), &allowed, day("2026-01-01"));
    assert!(denial.passes(), "{denial}");
    let warning = "warning: openapi/review-allow.yaml:2: the exception for `cloudinary: AccessKey.created_at: removed \
                   [response]` accepts nothing; remove it";
    assert!(denial.to_string().starts_with(warning), "{denial}");
}

#[test]
fn exception_for_more_than_a_year_accepts_nothing() {
    let list = format!("{COMPONENT}{OPERATION}");
    assert!(held_against(&list, "2025-12-31").passes());
    let denial = held_against(&list, "2025-12-30");
    assert_eq!(denial.denied.len(), 1);
    assert_eq!(
        denial.stale,
        [
            "openapi/review-allow.yaml:7: the exception for `cloudinary: query enabled: type changed from boolean to \
             string` lasts until 2026-12-31, more than a year from now; set a day up to 2026-12-30"
        ]
    );
}

#[test]
fn exception_for_other_operations_or_another_api_or_other_words_accepts_nothing() {
    for (from, to) in [
        ("[getProductEnvironments]", "[getProductEnvironments, getUsers]"),
        ("  operations: [getProductEnvironments]\n", ""),
        ("of: cloudinary", "of: cloudflare"),
        ("boolean to string", "boolean to integer"),
    ] {
        assert!(OPERATION.contains(from));
        let denial = held_against(&format!("{COMPONENT}{}", OPERATION.replace(from, to)), "2026-01-01");
        assert_eq!((denial.denied.len(), denial.unused.len()), (1, 1), "{to}: {denial}");
    }
}

#[test]
fn exceptions_that_are_not_complete_name_themselves_and_the_remedy() {
    for (from, to, complaint) in [
        (
            "2026-06-30",
            "June",
            "has an `expires` that is not a date; write year, month and day, such as 2027-01-31",
        ),
        ("2026-06-30", "2026-6-30", "has an `expires` that is not a date"),
        ("2026-06-30", "2026-02-30", "has an `expires` that is not a date"),
        ("  expires: 2026-06-30\n", "", "lacks `expires`; "),
        (
            "  reason: The vendor never sent it.\n",
            "",
            "lacks `reason`; say why the break is accepted",
        ),
        ("The vendor never sent it.", "''", "has a `reason` that is not text"),
        ("of: cloudinary\n  ", "", "lacks `of`; "),
        (
            "reason:",
            "because:",
            "has the unknown key `because`; use of, fact, operations, reason, expires",
        ),
    ] {
        assert!(COMPONENT.contains(from));
        let failure = Allowed::parse(ALLOW_FILE, &COMPONENT.replacen(from, to, 1)).unwrap_err();
        assert_eq!(failure.code(), 2);
        let start = "openapi/review-allow.yaml:2: entry 1 (`AccessKey.created_at: removed [response]`): ";
        assert!(failure.to_string().starts_with(start), "{failure}");
        assert!(failure.to_string().contains(complaint), "{failure}");
    }
    let twice = Allowed::parse(ALLOW_FILE, &format!("{COMPONENT}{COMPONENT}")).unwrap_err();
    assert!(
        twice.to_string().contains("openapi/review-allow.yaml:7: entry 2"),
        "{twice}"
    );
    let map = Allowed::parse(ALLOW_FILE, "of: cloudinary\n").unwrap_err();
    assert!(map.to_string().contains("is not a list"), "{map}");
}

#[test]
fn list_that_is_empty_or_missing_accepts_nothing() {
    for list in ["", "# nothing\n", "[]\n"] {
        assert_eq!(Allowed::parse(ALLOW_FILE, list).unwrap(), Allowed::default());
    }
}

#[test]
fn program_reads_the_list_and_what_it_proposes_can_be_pasted() {
    let reviewed = Reviewed::new();
    reviewed.change();
    let output = reviewed.run(&["--deny", "breaking"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).unwrap();
    let (_, proposal) = text.split_once("add to openapi/review-allow.yaml:\n\n").unwrap();
    let list = |day: &str| {
        proposal
            .replace("reason: ''", "reason: A test.")
            .replace("expires: ''", &format!("expires: {day}"))
    };
    reviewed.0.put(ALLOW_FILE, &list(&soon()));
    let output = reviewed.run(&["--deny", "breaking"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(0), "{text}");
    assert!(
        text.contains(&format!(
            "\naccepted until {}: cloudinary: AccessKey.created_at: removed",
            soon()
        )),
        "{text}"
    );
    reviewed.0.put(ALLOW_FILE, &list("2001-12-31"));
    assert_eq!(reviewed.run(&["--deny", "breaking"]).status.code(), Some(1));
    reviewed.0.put(ALLOW_FILE, proposal);
    assert_eq!(reviewed.run(&["--deny", "breaking"]).status.code(), Some(2));
    reviewed.0.put("elsewhere.yaml", &list(&soon()));
    let output = reviewed.run(&["--deny", "breaking", "--allow", "elsewhere.yaml"]);
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn list_is_of_the_tree_under_review() {
    let reviewed = Reviewed::new();
    reviewed.0.put(ALLOW_FILE, COMPONENT);
    reviewed.edit(DOCUMENT, super::CREATED_AT, "");
    reviewed.0.put(ALLOW_FILE, &COMPONENT.replace("2026-06-30", &soon()));
    assert_eq!(reviewed.run(&["--deny", "breaking"]).status.code(), Some(0));
    reviewed.0.commit();
    reviewed.0.put(ALLOW_FILE, "");
    let committed = reviewed.run(&["--deny", "breaking", "--base", "HEAD~1", "--head", "HEAD"]);
    assert_eq!(committed.status.code(), Some(0));
    assert_eq!(
        reviewed.run(&["--deny", "breaking", "--base", "HEAD~1"]).status.code(),
        Some(1)
    );
}
