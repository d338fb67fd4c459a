//! The audit trail, whose rows are only ever added.

use domain::{actor::Actor, stay::Stay};
use serde_json::json;
use store::audit::{self, Entry};
use testkit::{
    TestDb,
    noun_builders::{cabin, held, nights},
};

use crate::shared_cabins_and_rows::now;

#[tokio::test]
async fn changes_are_listed_in_the_order_in_which_they_were_written() {
    TestDb::each(async |db| {
        let hold = held(&cabin("a"), nights("2027-01-10", "2027-01-12"), now());
        let (before, after) = (Stay::from(hold.clone()), Stay::from(hold.confirm(now()).unwrap()));
        let id = before.terms().id.to_string();
        let entries = [
            Entry::of_stay(Actor::Guest, "hold", None, &before),
            Entry::of_stay(Actor::Payment, "confirm", Some(&before), &after),
        ];
        db.commit(async |session| audit::write(session, &entries, now()).await).await;
        db.commit(async |session| audit::write(session, &[], now()).await).await;

        let past = audit::list(&mut db.read().await, &id).await.unwrap();
        let told: Vec<_> = past.iter().map(|entry| (entry.actor.as_str(), entry.action.as_str())).collect();
        assert_eq!(told, [("guest", "hold"), ("payment", "confirm")]);
        assert_eq!((past[0].at, past[0].before.clone()), (now(), None));
        assert_eq!(past[1].before, past[0].after);
        assert_eq!(past[1].after.as_ref().unwrap()["status"], json!("confirmed"));
        let text = format!("{past:?}");
        assert!(
            !text.contains("Ana") && !text.contains("5550101"),
            "an audit row says who the guest is: {text}"
        );
        assert!(audit::list(&mut db.read().await, "none").await.unwrap().is_empty());
    })
    .await;
}

/// More than go into one statement.
#[tokio::test]
async fn many_entries_keep_their_order() {
    TestDb::each(async |db| {
        let entries: Vec<_> = (0..250)
            .map(|number| Entry {
                noun: "thing",
                noun_id: "x".to_owned(),
                actor: Actor::System,
                action: "count",
                before: None,
                after: Some(json!(number)),
                cause: None,
            })
            .collect();
        db.commit(async |session| audit::write(session, &entries, now()).await).await;
        let past = audit::list(&mut db.read().await, "x").await.unwrap();
        let numbers: Vec<_> = past.into_iter().filter_map(|entry| entry.after?.as_i64()).collect();
        assert_eq!(numbers, (0..250).collect::<Vec<_>>());
    })
    .await;
}
