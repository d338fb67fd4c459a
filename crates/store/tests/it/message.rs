//! Messages, whose status never goes backwards.

use domain::message_delivery::Delivery;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use store::{
    conversation::{self, Conversation},
    db::DbError,
    message::{self, Direction, Message},
};
use testkit::TestDb;

use crate::shared_cabins_and_rows::now;

fn later(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

fn outgoing(id: &str) -> Message {
    Message {
        id: id.to_owned(),
        conversation_id: "c".to_owned(),
        direction: Direction::Out,
        body: json!({"text": "¡Hola! 🏕️"}),
        external_id: None,
        status: Delivery::Queued,
        reason: None,
        created_at: now(),
    }
}

async fn with_conversation(db: &TestDb) {
    let new = Conversation {
        id: "c".to_owned(),
        channel: "whatsapp".to_owned(),
        account: "desk".to_owned(),
        guest_key: "1".to_owned(),
        phone: None,
        user_id: None,
        name: None,
        state: None,
        last_inbound_at: None,
    };
    db.commit(async |session| conversation::ensure(session, &new, now()).await).await;
}

async fn with_message(db: &TestDb, message: &Message) {
    db.commit(async |session| message::create(session, message).await).await;
}

async fn find(db: &TestDb, id: &str) -> Message {
    message::find(&mut db.read().await, id).await.unwrap().unwrap()
}

#[tokio::test]
async fn messages_come_back_in_order() {
    TestDb::each(async |db| {
        with_conversation(db).await;
        let incoming = Message {
            direction: Direction::In,
            external_id: Some("wamid.in".to_owned()),
            status: Delivery::Delivered,
            ..outgoing("m1")
        };
        with_message(db, &outgoing("m2")).await;
        with_message(db, &incoming).await;
        let all = message::list(&mut db.read().await, "c").await.unwrap();
        let told: Vec<_> = all.iter().map(|m| (m.id.as_str(), m.direction, m.status)).collect();
        assert_eq!(
            told,
            [("m1", Direction::In, Delivery::Delivered), ("m2", Direction::Out, Delivery::Queued)]
        );
        assert_eq!((all[1].body.clone(), all[1].created_at), (outgoing("m2").body, now()));
        let again = Message { id: "m3".to_owned(), ..incoming };
        let refused = db.try_commit(async |session| message::create(session, &again).await).await;
        assert!(matches!(refused, Err(DbError::Unique(_))), "the provider's id is unique: {refused:?}");
        assert!(message::find(&mut db.read().await, "m3").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn a_status_never_goes_backwards() {
    TestDb::each(async |db| {
        with_conversation(db).await;
        with_message(db, &outgoing("m")).await;
        let status = async || find(db, "m").await.status;
        db.commit(async |session| message::mark_sending(session, "m", later(1)).await).await;
        assert_eq!(status().await, Delivery::Sending);
        db.commit(async |session| message::mark_sent(session, "m", "wamid.1", later(2)).await).await;
        assert_eq!(
            (status().await, find(db, "m").await.external_id.as_deref()),
            (Delivery::Sent, Some("wamid.1"))
        );
        db.commit(async |session| message::mark_failed(session, "m", "code 131026", later(3)).await).await;
        assert_eq!(
            (status().await, find(db, "m").await.reason.as_deref()),
            (Delivery::Failed, Some("code 131026"))
        );

        let apply = async |news| {
            db.commit(async |session| message::apply_status(session, "m", news, None, later(4)).await).await;
            status().await
        };
        assert_eq!(apply(Delivery::Read).await, Delivery::Read, "the guest's phone knows better");
        assert_eq!(find(db, "m").await.reason, None);
        for old in [Delivery::Delivered, Delivery::Sent, Delivery::Failed, Delivery::Queued] {
            assert_eq!(apply(old).await, Delivery::Read);
        }
        db.commit(async |session| message::mark_sending(session, "m", later(5)).await).await;
        assert_eq!(status().await, Delivery::Read, "nor does a second attempt to send take it back");
        db.commit(async |session| message::mark_sent(session, "m", "wamid.2", later(6)).await).await;
        assert_eq!(find(db, "m").await.external_id.as_deref(), Some("wamid.1"), "the first name stays");
        db.commit(async |session| message::apply_status(session, "none", Delivery::Read, None, now()).await)
            .await;
    })
    .await;
}

#[tokio::test]
async fn an_echo_names_our_message_by_either_id() {
    TestDb::each(async |db| {
        with_conversation(db).await;
        with_message(db, &outgoing("m")).await;
        let incoming =
            Message { direction: Direction::In, external_id: Some("wamid.in".to_owned()), ..outgoing("i") };
        with_message(db, &incoming).await;
        db.commit(async |session| message::mark_sent(session, "m", "wamid.1", now()).await).await;
        let echo = async |ours, theirs| {
            let found = message::find_by_echo(&mut db.read().await, ours, theirs).await.unwrap();
            found.map(|found| found.id)
        };
        assert_eq!(echo(Some("m"), "wamid.x").await.as_deref(), Some("m"));
        assert_eq!(echo(None, "wamid.1").await.as_deref(), Some("m"));
        assert_eq!(echo(None, "wamid.in").await, None, "what came in has no delivery status");
    })
    .await;
}
