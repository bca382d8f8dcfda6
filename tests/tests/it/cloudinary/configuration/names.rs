//! What errors call a setting: the method or the variable that it comes from, and the variable that was meant.

use account_provisioning::cloudinary::{Client, ClientBuilder};
use integration_tests::wording::assert_well_worded;

use super::variables::{ACCOUNT, KEY, SECRET, SINGLES, URL};
use super::vars;

type Pairs = &'static [(&'static str, &'static str)];

#[test]
fn names_that_are_confused_with_variables_are_told_when_the_variable_is_missing() {
    let cases: [(Pairs, Pairs); 5] = [
        (
            &[("CLOUDINARY_URL", "cloudinary://k:hunter2@c")],
            &[("CLOUDINARY_URL", URL)],
        ),
        (
            &[("CLOUDINARY_API_KEY", "hunter2"), ("CLOUDINARY_API_SECRET", "hunter2")],
            &[("CLOUDINARY_API_KEY", KEY), ("CLOUDINARY_API_SECRET", SECRET)],
        ),
        (
            &[(KEY, "k"), ("CLOUDINARY_API_SECRET", "hunter2")],
            &[("CLOUDINARY_API_SECRET", SECRET)],
        ),
        (
            &[(KEY, "k"), (SECRET, "s"), ("CLOUDINARY_ACCOUNT_ACCOUNT_ID", "hunter2")],
            &[("CLOUDINARY_ACCOUNT_ACCOUNT_ID", ACCOUNT)],
        ),
        (&[("CLOUDINARY_URL", " ")], &[]),
    ];
    for (set, hints) in cases {
        let problem = Client::builder().vars(vars(set)).build().unwrap_err();
        let text = problem.to_string();
        assert_eq!(text.matches("did you mean").count(), hints.len(), "{text}");
        for (confused, meant) in hints {
            let hint = format!("{confused} is set, which is not read: did you mean {meant}?");
            assert!(text.contains(&hint), "{text}");
        }
        assert!(!format!("{problem:?}").contains("hunter2"), "{problem:?}");
        assert_well_worded(&problem);
    }
    // Where nothing is missing, another program's variable is none of the client's business.
    let beside = [&SINGLES[..], &[("CLOUDINARY_URL", "cloudinary://k:s@c")]].concat();
    Client::builder().vars(vars(&beside)).build().unwrap();
}

#[test]
fn credentials_that_cannot_be_sent_are_refused_by_the_name_of_where_they_come_from() {
    let variable = |name, value: &str| {
        let set: Vec<_> = SINGLES
            .iter()
            .map(|(known, old)| (*known, if *known == name { value } else { *old }))
            .collect();
        Client::builder().vars(vars(&set))
    };
    let url = |url: &str| Client::builder().vars(vars(&[(URL, url)]));
    let set = |builder: ClientBuilder| builder.account_id("a");
    for (builder, says) in [
        (
            variable(KEY, "hunter2 "),
            format!("{KEY} starts or ends with whitespace"),
        ),
        (variable(KEY, "hun:ter2"), format!("{KEY} contains a colon")),
        (
            variable(SECRET, "hunter2\n"),
            format!("{SECRET} contains a control character"),
        ),
        (
            variable(SECRET, "\u{feff}hunter2"),
            format!("{SECRET} starts or ends with whitespace"),
        ),
        (
            variable(ACCOUNT, "hunter2\u{feff}"),
            format!("{ACCOUNT} contains a character at position 8"),
        ),
        (
            variable(ACCOUNT, " hunter2"),
            format!("{ACCOUNT} starts or ends with whitespace"),
        ),
        (
            url("account://hunter2%20:s@a"),
            format!("the API key in {URL} starts or ends"),
        ),
        (
            url("account://k:hunter2%0A@a"),
            format!("the API secret in {URL} contains a control"),
        ),
        (
            url("account://k:s@a%EF%BB%BF"),
            format!("{URL}: the account id contains a character"),
        ),
        (
            set(Client::builder().api_key("").api_secret("s")),
            "`api_key` is empty".to_owned(),
        ),
        (
            set(Client::builder().api_key("k").api_secret(" hunter2")),
            "`api_secret` starts or ends".to_owned(),
        ),
        (
            Client::builder().account_url("account://k:%EF%BB%BFhunter2@a"),
            "the API secret in `account_url` starts or ends".to_owned(),
        ),
        (
            Client::builder().account_url("hunter2"),
            "`account_url`: it doesn't begin".to_owned(),
        ),
    ] {
        let problem = builder.build().unwrap_err();
        assert!(
            problem.is_configuration() && problem.to_string().starts_with(&says),
            "{says}: {problem}"
        );
        assert!(!format!("{problem:?}").contains("unter2"), "{problem:?}");
        assert_well_worded(&problem);
    }
}
