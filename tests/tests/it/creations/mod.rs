//! Creations that look first, and what became of those whose reply was lost: one table for each API.

mod lookups;
mod table;

use std::collections::BTreeSet;

use account_provisioning::{Call, Creation, Error, FoundOrCreated, Reconciled};
use account_provisioning_core::Request as _;
use account_provisioning_emulator::{Emulator, Fault};
use serde_json::Value;

/// Whether the service refuses to create a second thing with the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Second {
    Refused,
    /// It is refused, and the client looks for the id, which two things can't share.
    RefusedById,
    /// It is refused, which no document says, so the client does not rely on it.
    RefusedSilently,
    Created,
}

/// What an `or_find` came to.
fn outcome<C, F>(result: &Result<FoundOrCreated<C, F>, Error>) -> &'static str {
    match result {
        Ok(FoundOrCreated::Found(_)) => "found",
        Ok(FoundOrCreated::Created(_)) => "created",
        Ok(FoundOrCreated::CreatedAfterUnknown(_)) => "created after unknown",
        Err(error) if error.is_ambiguous() => "ambiguous",
        Err(error) if error.is_outcome_unknown() => "unknown",
        Err(_) => "failed",
    }
}

/// What a `reconcile` came to.
fn answer<F>(reconciled: &Reconciled<F>) -> &'static str {
    match reconciled {
        Reconciled::Applied(_) => "applied",
        Reconciled::NotApplied => "not applied",
        Reconciled::StillUnknown(_) => "still unknown",
    }
}

/// Checks all outcomes of one creation, and returns its name. `start` makes the call, of an emulator of its own each time.
async fn check<O: Creation>(second: Second, start: impl AsyncFn() -> (Emulator, Call<O>)) -> &'static str {
    let (create, list) = (O::OPERATION.operation_id, O::List::OPERATION.operation_id);
    let sent = |emulator: &Emulator| emulator.requests_for(create).len();

    // Created, and found from then on.
    let (emulator, call) = start().await;
    assert_eq!(outcome(&call.clone().or_find().await), "created", "{create}");
    let found = call.clone().or_find().response().await.unwrap();
    assert_eq!((found.value.is_found(), sent(&emulator)), (true, 1), "{create}");
    let body: Value = serde_json::from_slice(&found.body).unwrap();
    let listed = |body: &Value| emulator_fault(body, list);

    // Several have the name.
    emulator.inject(listed(&twins(body.clone())));
    match call.clone().or_find().await {
        Ok(found) => assert!(found.is_found() && second == Second::RefusedById, "{create}"),
        Err(error) => {
            assert!(
                error.is_ambiguous() && second != Second::RefusedById,
                "{create}: {error}"
            );
            assert_eq!(
                (error.candidates().len(), error.operation()),
                (2, Some(list)),
                "{create}: {error}"
            );
            for id in error.candidates() {
                assert!(error.to_string().contains(id.as_str()), "{create}: {error}");
            }
            integration_tests::wording::assert_well_worded(&error);
        }
    }
    assert_eq!(sent(&emulator), 1, "{create}");
    emulator.clear_faults();

    // The same thing is on two pages, since the list changed in between.
    emulator.inject(listed(&repeated(body.clone())));
    assert_eq!(outcome(&call.clone().or_find().await), "found", "{create}");
    emulator.clear_faults();

    // The lookup fails, so nothing is created.
    emulator.inject(Fault::status(403).on(list));
    let error = call.clone().or_find().await.err().expect(create);
    assert!(
        error.is_permission_denied() && !error.is_outcome_unknown(),
        "{create}: {error}"
    );
    assert_eq!((error.operation(), sent(&emulator)), (Some(list), 1), "{create}");
    emulator.clear_faults();

    // Somebody else creates it after the lookup.
    if second != Second::Created {
        emulator.inject(listed(&emptied(body)));
        assert_eq!(outcome(&call.or_find().await), "found", "{create}");
        assert_eq!(sent(&emulator), 2, "{create}: it was refused as a conflict");
    }

    check_lost_replies(second, &start).await;
    check_reconciled(&start).await;
    create
}

async fn check_lost_replies<O: Creation>(second: Second, start: &impl AsyncFn() -> (Emulator, Call<O>)) {
    let (create, list) = (O::OPERATION.operation_id, O::List::OPERATION.operation_id);
    let repeats = matches!(second, Second::Refused | Second::RefusedById);
    let expected = |repeated, otherwise| if repeats { repeated } else { otherwise };
    let creations = if repeats { 2 } else { 1 };
    let lost = |fault: Fault| fault.on(create);
    for (faults, wanted, sent) in [
        (vec![lost(Fault::reset_after().times(1))], "created after unknown", 1),
        (vec![lost(Fault::truncated().times(1))], "created after unknown", 1),
        (
            vec![lost(Fault::reset_before().times(1))],
            expected("created", "unknown"),
            creations,
        ),
        (vec![lost(Fault::reset_before())], "unknown", creations),
        (
            vec![lost(Fault::reset_before().nth(1)), lost(Fault::reset_after().nth(2))],
            expected("created after unknown", "unknown"),
            creations,
        ),
        (
            vec![lost(Fault::reset_after()), Fault::status(403).on(list).from_nth(2)],
            "unknown",
            1,
        ),
    ] {
        let (emulator, call) = start().await;
        let context = format!("{create}, {faults:?}");
        for fault in faults {
            emulator.inject(fault);
        }
        let result = call.clone().or_find().await;
        assert_eq!(outcome(&result), wanted, "{context}: {:?}", result.as_ref().err());
        assert_eq!(emulator.requests_for(create).len(), sent, "{context}");
        if let Err(error) = result {
            assert_eq!(error.operation(), Some(create), "{context}");
            integration_tests::wording::assert_well_worded(&error);
            // The next call looks first, so one thing exists in the end.
            emulator.clear_faults();
            assert!(call.clone().or_find().await.is_ok(), "{context}");
        }
        assert_eq!(outcome(&call.or_find().await), "found", "{context}");
    }
}

async fn check_reconciled<O: Creation>(start: &impl AsyncFn() -> (Emulator, Call<O>)) {
    let (create, list) = (O::OPERATION.operation_id, O::List::OPERATION.operation_id);
    for (fault, listing, wanted) in [
        (Fault::reset_after(), None, "applied"),
        (Fault::reset_before(), None, "not applied"),
        (Fault::reset_after(), Some(Fault::status(403)), "still unknown"),
        (Fault::status(403), None, "not applied"),
    ] {
        let (emulator, call) = start().await;
        let context = format!("{create}, {fault:?}, {listing:?}");
        emulator.inject(fault.on(create).times(1));
        let error = call.clone().await.err().expect(create);
        if let Some(fault) = listing {
            emulator.inject(fault.on(list));
        }
        let before = emulator.requests_for(list).len();
        let is_unknown = error.is_outcome_unknown();
        let reconciled = call.reconcile(&error).await;
        assert_eq!(answer(&reconciled), wanted, "{context}");
        assert_eq!(emulator.requests_for(create).len(), 1, "{context}: it never creates");
        let looks = emulator.requests_for(list).len() - before;
        assert_eq!(looks > 0, is_unknown, "{context}: it looks if the error does not say");
        if let Reconciled::StillUnknown(error) = reconciled {
            assert!(
                error.is_permission_denied() && error.is_outcome_unknown(),
                "{context}: {error}"
            );
            integration_tests::wording::assert_well_worded(&error);
        }
    }
}

/// Answers the next request for a list with this body.
fn emulator_fault(body: &Value, list: &str) -> Fault {
    Fault::body_replaced(200, "application/json", body.to_string())
        .on(list)
        .nth(1)
}

/// The things in the body of a list.
fn items(body: &mut Value) -> &mut Vec<Value> {
    let fields = body.as_object_mut().unwrap().iter_mut();
    let lists = fields.filter(|(name, _)| !["errors", "messages"].contains(&name.as_str()));
    let mut lists = lists.filter_map(|(_, value)| value.as_array_mut());
    lists.next().unwrap()
}

fn with_total(mut body: Value) -> Value {
    let count = items(&mut body).len();
    if body["total"].is_number() {
        body["total"] = count.into();
    }
    if let Some(info) = body["result_info"].as_object_mut() {
        info.insert("count".into(), count.into());
        info.insert("total_count".into(), count.into());
        info.insert("total_pages".into(), 1.into());
    }
    body
}

/// The body of a list in which each thing is there twice, with another id.
fn twins(mut body: Value) -> Value {
    let items = items(&mut body);
    let mut copies = items.clone();
    for copy in &mut copies {
        let key = if copy["api_key"].is_string() { "api_key" } else { "id" };
        copy[key] = format!("{}-twin", copy[key].as_str().unwrap()).into();
    }
    items.append(&mut copies);
    with_total(body)
}

/// The body of a list in which each thing is there twice.
fn repeated(mut body: Value) -> Value {
    let items = items(&mut body);
    items.extend_from_within(..);
    with_total(body)
}

/// The body of a list with nothing in it.
fn emptied(mut body: Value) -> Value {
    items(&mut body).clear();
    with_total(body)
}

/// Checks that every operation of a document that may create something is in the table or among the exceptions.
fn assert_all_are_checked(document: &str, checked: &[&str], exceptions: &[(&str, &str)]) {
    let document: Value = serde_json::from_str(document).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let posts = paths.filter_map(|item| item["post"]["operationId"].as_str());
    let known = checked.iter().chain(exceptions.iter().map(|(operation, _)| operation));
    assert_eq!(
        posts.collect::<BTreeSet<_>>(),
        known.copied().collect::<BTreeSet<_>>(),
        "an operation that creates something needs a row in the table, or an exception with its reason"
    );
    assert!(exceptions.iter().all(|(_, reason)| !reason.is_empty()));
}
