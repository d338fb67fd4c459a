//! A change is one value: all of it bears its time and its actor, and it is done whole or not at all.

use domain::{actor::Actor, staff::Who};
use jiff::SignedDuration;
use kernel::{App, Tx};
use store::audit;
use testkit::TestApp;

async fn note(tx: &mut Tx<'_>, action: &'static str) {
    let entry = audit::Entry {
        noun: "plant",
        noun_id: "basil".to_owned(),
        actor: tx.actor,
        action,
        before: None,
        after: None,
        cause: None,
    };
    audit::write(&mut tx.session, &[entry], tx.now).await.unwrap();
}

/// What the program does by itself, and does not finish.
async fn water_half(tx: &mut Tx<'_>) -> Result<(), &'static str> {
    let mut tx = tx.acting_as(Actor::System);
    note(&mut tx, "water").await;
    Err("the can is empty")
}

async fn is_woken(app: &App) -> bool {
    tokio::select! {
        biased;
        () = app.wake.notified() => true,
        () = std::future::ready(()) => false,
    }
}

#[tokio::test]
async fn all_of_a_change_bears_its_time_and_its_actor() {
    TestApp::each(async |desk| {
        let began = desk.now();
        let mut tx = desk.app.begin_as(Actor::Staff(Who::Operator)).await.unwrap();
        note(&mut tx, "sow").await;
        desk.advance(SignedDuration::from_mins(5));
        assert!(water_half(&mut tx).await.is_err());
        note(&mut tx, "reap").await;
        tx.commit().await.unwrap();
        assert!(is_woken(&desk.app).await, "a commit wakes the workers");

        let past = audit::list(&mut desk.db.read().await, "basil").await.unwrap();
        let told: Vec<_> = past.iter().map(|one| (one.action.as_str(), one.actor.as_str(), one.at)).collect();
        assert_eq!(told, [("sow", "staff", began), ("water", "desk", began), ("reap", "staff", began)]);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_committed_was_not_done() {
    TestApp::each(async |desk| {
        let mut tx = desk.app.begin_as(Actor::Guest).await.unwrap();
        note(&mut tx, "sow").await;
        assert!(tx.open_task("plant:basil", "dry", "somebody is to water it").await.unwrap());
        drop(tx);
        assert!(!is_woken(&desk.app).await);
        assert!(audit::list(&mut desk.db.read().await, "basil").await.unwrap().is_empty());
        assert!(kernel::staff_tasks::list(&desk.app).await.unwrap().is_empty());
    })
    .await;
}
