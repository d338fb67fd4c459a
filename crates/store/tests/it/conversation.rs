//! One conversation per person.

use jiff::SignedDuration;
use serde_json::json;
use store::conversation::{self, Conversation};
use testkit::TestDb;

use crate::shared_cabins_and_rows::now;

fn person(id: &str, key: &str) -> Conversation {
    Conversation {
        id: id.to_owned(),
        channel: "whatsapp".to_owned(),
        account: "desk".to_owned(),
        guest_key: key.to_owned(),
        phone: None,
        user_id: None,
        name: None,
        state: None,
        last_inbound_at: None,
    }
}

#[tokio::test]
async fn a_person_is_one_conversation() {
    TestDb::each(async |db| {
        let ensure = async |new: Conversation| {
            db.commit(async |session| conversation::ensure(session, &new, now()).await).await
        };
        let named = Conversation {
            phone: Some("5493515550101".to_owned()),
            name: Some("Ana".to_owned()),
            ..person("c1", "5493515550101")
        };
        assert_eq!(ensure(named.clone()).await, named);
        let with_id = Conversation { user_id: Some("AR.1".to_owned()), ..person("c2", "5493515550101") };
        let known = Conversation { user_id: Some("AR.1".to_owned()), ..named };
        assert_eq!(ensure(with_id).await, known, "what is known already stays");
        let elsewhere = Conversation { account: "other".to_owned(), ..person("c3", "5493515550101") };
        assert_eq!(
            ensure(elsewhere.clone()).await,
            elsewhere,
            "another of our numbers is another conversation"
        );
    })
    .await;
}

#[tokio::test]
async fn a_person_is_found_by_user_id_first_then_by_phone() {
    TestDb::each(async |db| {
        let by_phone = Conversation { phone: Some("111".to_owned()), ..person("a", "111") };
        let by_user = Conversation { user_id: Some("U".to_owned()), ..person("b", "U") };
        for new in [&by_phone, &by_user] {
            db.commit(async |session| conversation::ensure(session, new, now()).await).await;
        }
        let find = async |user_id, phone| {
            let mut session = db.read().await;
            let found =
                conversation::find_person(&mut session, "whatsapp", "desk", user_id, phone).await.unwrap();
            found.map(|found| found.id)
        };
        assert_eq!(find(Some("U"), Some("111")).await.as_deref(), Some("b"));
        assert_eq!(find(None, Some("111")).await.as_deref(), Some("a"));
        assert_eq!(find(Some("V"), Some("111")).await.as_deref(), Some("a"));
        assert_eq!(find(None, None).await, None, "nobody is not everybody without a number");
        let mut session = db.read().await;
        let elsewhere =
            conversation::find_person(&mut session, "telegram", "desk", Some("U"), None).await.unwrap();
        assert_eq!(elsewhere, None);
    })
    .await;
}

#[tokio::test]
async fn state_and_window() {
    TestDb::each(async |db| {
        db.commit(async |session| conversation::ensure(session, &person("c", "1"), now()).await).await;
        let find = async || conversation::find(&mut db.read().await, "c").await.unwrap().unwrap();
        assert_eq!((find().await.state, find().await.last_inbound_at), (None, None));

        let state = json!({"step": "ask_dates", "guests": 4});
        db.commit(async |session| conversation::save_state(session, "c", state.clone(), now()).await).await;
        let later = now() + SignedDuration::from_mins(5);
        for at in [now(), later, now()] {
            db.commit(async |session| conversation::mark_inbound(session, "c", at).await).await;
        }
        let found = find().await;
        assert_eq!(
            (found.state, found.last_inbound_at),
            (Some(state), Some(later)),
            "the window never shrinks"
        );
        assert_eq!(conversation::find(&mut db.read().await, "none").await.unwrap(), None);
    })
    .await;
}

/// Whoever takes a conversation up waits for the message that is being handled, and sees what it wrote.
#[tokio::test]
async fn a_locked_conversation_waits_for_its_holder() {
    TestDb::each(async |db| {
        db.commit(async |session| conversation::ensure(session, &person("c", "1"), now()).await).await;
        let found = db.commit(async |session| conversation::lock(session, "c").await).await;
        assert_eq!(found.unwrap().guest_key, "1");
        assert_eq!(db.commit(async |session| conversation::lock(session, "none").await).await, None);
    })
    .await;
    let db = TestDb::postgres().await;
    db.commit(async |session| conversation::ensure(session, &person("c", "1"), now()).await).await;
    let mut first = db.begin().await;
    conversation::ensure(&mut first, &person("c", "1"), now()).await.unwrap();
    let mut second = db.begin().await;
    second.execute("set local lock_timeout = '20ms'", vec![]).await.unwrap();
    assert!(conversation::lock(&mut second, "c").await.is_err_and(|error| error.is_passing()));
}
