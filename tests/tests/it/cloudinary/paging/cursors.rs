//! Lists by cursor, in the query and in the body: every item once, however many pages; and circles that end.

use account_provisioning::cloudinary::{CustomPolicy, InspectedPrincipal, Principal, Scope, ScopeType, SystemPolicy};
use account_provisioning::{ErrorKind, List, Pager, PagingEnd, PagingStop};
use account_provisioning_emulator::cloudinary::{
    CustomPolicy as StoredPolicy, PrincipalType, RoleAssignment as StoredAssignment, User,
};
use account_provisioning_emulator::{Emulator, EmulatorBuilder, Fault, Quirk, State};
use futures::TryStreamExt as _;
use integration_tests::wording::assert_well_worded;
use integration_tests::{Stage, state};

use super::{Identified, all, stored, until_failure};

impl Identified for CustomPolicy {
    fn identity(self) -> String {
        self.id.to_string()
    }
}

impl Identified for SystemPolicy {
    fn identity(self) -> String {
        self.id.to_string()
    }
}

impl Identified for InspectedPrincipal {
    fn identity(self) -> String {
        self.id
    }
}

const STATEMENT: &str = "permit (principal, action, resource);";

/// How many items a page has.
const SIZE: usize = 2;

/// So many policies, and so many users who each hold a role.
fn with_entries(count: usize) -> EmulatorBuilder {
    let mut state = State::default();
    let account = state::account(&mut state);
    for id in ids(count) {
        account.custom_policies.insert(StoredPolicy::new(&id, &id, STATEMENT));
        account
            .users
            .insert(User::new(&id, &id, format!("{id}@client.example")));
        let held = StoredAssignment::new("cld::role::account::admin", PrincipalType::User, &id);
        account.role_assignments.push(held);
    }
    Emulator::builder().state(state).cursor_page_size(SIZE)
}

async fn stage(count: usize) -> Stage {
    Stage::with(with_entries(count), |client| client).await
}

fn ids(count: usize) -> Vec<String> {
    (0..count).map(|n| format!("item-{n:03}")).collect()
}

/// A test for each list: `$list` makes the call of a stage that has so many entries.
macro_rules! each_list {
    ($($name:ident: $operation:literal, |$stage:ident, $count:ident| $list:expr;)+) => {$(
        mod $name {
            use super::*;

            const OPERATION: &str = $operation;

            fn list($stage: &Stage, $count: usize) -> Pager<impl List<Item: Identified + std::fmt::Debug>> {
                let _ = $count;
                $list
            }

            #[tokio::test]
            async fn list_of_any_number_of_pages_comes_once_and_in_order() {
                for count in [0, 1, SIZE, SIZE + 1, 2 * SIZE, 50 * SIZE - 1, 50 * SIZE] {
                    if count == 0 && OPERATION == "inspectMultiple" {
                        continue; // There is no question about nobody.
                    }
                    let stage = stage(count).await;
                    let mut stream = list(&stage, count).stream();
                    let mut read = Vec::new();
                    while let Some(item) = stream.try_next().await.unwrap() {
                        read.push(item.identity());
                    }
                    assert_eq!(read, ids(count));
                    assert_eq!(stream.end(), Some(PagingEnd::NoCursor));
                    let pages = count.div_ceil(SIZE).max(1);
                    assert_eq!(stage.emulator.requests_for(OPERATION).len(), pages, "{count} items");
                }
            }

            #[tokio::test]
            async fn list_that_ends_with_an_empty_cursor_ends() {
                let stage = stage(5).await;
                stage.emulator.set_quirk(Quirk::EmptyCursorAtEnd, true);
                assert_eq!(all(list(&stage, 5).stream()).await, ids(5));
                assert_eq!(stage.emulator.requests_for(OPERATION).len(), 3);
                let pages: Vec<_> = list(&stage, 5).pages().try_collect().await.unwrap();
                assert_eq!(pages.last().unwrap().next_cursor, None);
            }

            #[tokio::test]
            async fn list_with_an_empty_page_that_has_a_cursor_goes_on() {
                for page in 1..=3 {
                    let stage = stage(6).await;
                    stage.emulator.inject(Fault::empty_page().on(OPERATION).nth(page));
                    assert_eq!(all(list(&stage, 6).stream()).await, ids(6), "page {page} is empty");
                    assert_eq!(stage.emulator.requests_for(OPERATION).len(), 4);
                }
            }

            #[tokio::test]
            async fn list_whose_cursor_is_repeated_stops_with_what_it_has_read() {
                let stage = stage(10).await;
                stage.emulator.inject(Fault::repeated_cursor().on(OPERATION));
                let (read, error) = until_failure(list(&stage, 10).stream()).await;
                assert_eq!(read, ids(10)[..2 * SIZE], "the first page's cursor is good");
                assert_eq!(error.kind(), ErrorKind::Paging);
                let paging = error.paging().unwrap();
                assert_eq!((paging.stop, paging.read), (PagingStop::RepeatedCursor, 2 * SIZE as u64));
                assert_well_worded(&error);
                assert_eq!(error.operation(), Some(OPERATION));

                // Once the server is well, the checkpoint leads to the rest.
                stage.emulator.clear_faults();
                let rest = all(list(&stage, 10).resume(stored(&paging.checkpoint))).await;
                assert_eq!(rest, ids(10)[2 * SIZE..]);
            }

            #[tokio::test]
            async fn list_whose_cursors_go_in_a_circle_stops() {
                let stage = stage(20).await;
                stage.emulator.inject(Fault::cursor_cycle().on(OPERATION));
                let (read, error) = until_failure(list(&stage, 20).stream()).await;
                assert_eq!(read, ids(20)[..3 * SIZE]);
                assert_eq!(error.paging().unwrap().stop, PagingStop::RepeatedCursor, "{error}");
                assert!(stage.emulator.requests_for(OPERATION).len() <= 5);
            }

            #[tokio::test]
            async fn list_interrupted_anywhere_resumes_and_is_complete() {
                for taken in 0..=7 {
                    let stage = stage(7).await;
                    let mut stream = list(&stage, 7).stream();
                    let mut read = Vec::new();
                    for _ in 0..taken {
                        read.push(stream.try_next().await.unwrap().unwrap().identity());
                    }
                    let checkpoint = stored(&stream.checkpoint());
                    drop(stream);
                    read.extend(all(list(&stage, 7).resume(checkpoint)).await);
                    assert_eq!(read, ids(7), "interrupted after {taken}");
                }
            }
        }
    )+};
}

each_list! {
    custom_policies: "getCustomPolicies", |stage, _count| stage.client.policies().custom().list();
    inspect: "inspect", |stage, _count| stage.client.principals().inspect(Scope::Account);
    inspect_many: "inspectMultiple", |stage, count| {
        let users = ids(count).into_iter().map(|id| Principal::user(id).unwrap());
        stage.client.principals().inspect_many(Scope::Account, users.collect::<Vec<_>>())
    };
}

#[tokio::test]
async fn page_by_cursor_is_fetched_alone_and_leads_on() {
    let stage = stage(5).await;
    let custom = stage.client.policies().custom();
    let first = custom.list().await.unwrap();
    assert_eq!(first.len(), SIZE);
    let cursor = first.next_cursor.unwrap();
    let second = custom.list().cursor(&cursor).await.unwrap();
    assert_eq!(second.items[0].id.as_str(), ids(5)[SIZE]);
    let last = custom.list().cursor(second.next_cursor.unwrap()).await.unwrap();
    assert_eq!((last.len(), last.next_cursor), (1, None));
    assert_eq!(stage.emulator.requests().len(), 3);

    let streamed = custom.list().cursor(&cursor).collect().await.unwrap_err();
    assert!(
        streamed.is_invalid_input() && streamed.to_string().contains("`cursor`"),
        "{streamed}"
    );
    let empty = custom.list().cursor("").await.unwrap_err();
    assert!(empty.is_invalid_input(), "{empty}");
    assert_eq!(stage.emulator.requests().len(), 3, "neither was sent");
}

#[tokio::test]
async fn system_policies_come_whole_or_by_cursor() {
    let list = |stage: &Stage| stage.client.policies().system().list().scope_type(ScopeType::Prodenv);
    let whole = stage(0).await;
    let expected = all(list(&whole).stream()).await;
    assert!(expected.len() > 2 * SIZE);
    assert_eq!(whole.emulator.requests().len(), 1);

    let paged = stage(0).await;
    paged.emulator.set_quirk(Quirk::SystemPoliciesPaged, true);
    assert_eq!(all(list(&paged).stream()).await, expected);
    assert_eq!(paged.emulator.requests().len(), expected.len().div_ceil(SIZE));
}

#[tokio::test]
async fn system_policies_of_a_service_that_ignores_the_cursor_stop() {
    let stage = stage(0).await;
    let policy = r#"{"id":"p","name":"n","scope_type":"account","policy_statement":"s","created_at":0,"updated_at":0}"#;
    let body = format!(r#"{{"data":[{policy}],"next_cursor":"more"}}"#);
    stage
        .emulator
        .inject(Fault::body_replaced(200, "application/json", body));
    let (read, error) = until_failure(stage.client.policies().system().list().stream()).await;
    assert_eq!(read, ["p"]);
    assert_eq!(error.paging().unwrap().stop, PagingStop::RepeatedPage);
    assert!(error.to_string().contains("ignore the cursor"), "{error}");
    assert_well_worded(&error);
}

#[tokio::test]
async fn principal_whose_roles_span_pages_is_no_repetition() {
    let stage = stage(0).await;
    let page = |role: &str, cursor: &str| {
        let role = format!(
            r#"{{"id":"{role}","name":"n","management_type":"system","permission_type":"global","scope_type":"account","created_at":0,"updated_at":0}}"#
        );
        let found = format!(r#"{{"type":"user","id":"u","roles":[{role}]}}"#);
        format!(r#"{{"data":{{"principals":[{found}]}},"next_cursor":{cursor}}}"#)
    };
    for (nth, body) in [
        (1, page("a", r#""1""#)),
        (2, page("b", r#""2""#)),
        (3, page("c", "null")),
    ] {
        let fault = Fault::body_replaced(200, "application/json", body)
            .on("inspect")
            .nth(nth);
        stage.emulator.inject(fault);
    }
    let found = stage
        .client
        .principals()
        .inspect(Scope::Account)
        .collect()
        .await
        .unwrap();
    let roles: Vec<_> = found.iter().map(|found| found.roles[0].id.as_str()).collect();
    assert_eq!(roles, ["a", "b", "c"]);
}
