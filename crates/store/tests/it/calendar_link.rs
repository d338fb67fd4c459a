//! Tokens for calendar readers.

use jiff::SignedDuration;
use store::{
    calendar_export,
    calendar_link::{self, CalendarLink},
    db::Session,
};
use testkit::TestDb;
use tokio::task::JoinSet;

use crate::shared_cabins_and_rows::{now, with_cabin};

#[tokio::test]
async fn a_reader_keeps_its_link() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let link = |token: &str, reader: &str| CalendarLink {
            token: token.to_owned(),
            accommodation_id: cabin.id.clone(),
            reader: reader.to_owned(),
        };
        let ensure =
            async |link| db.commit(async |session| calendar_link::ensure(session, &link, now()).await).await;
        assert_eq!(ensure(link("t1", "airbnb")).await, link("t1", "airbnb"));
        assert_eq!(ensure(link("t2", "airbnb")).await, link("t1", "airbnb"));
        assert_eq!(ensure(link("t3", "booking")).await, link("t3", "booking"));

        let opens_at = async |token, at| {
            let found = calendar_export::find(&mut db.read().await, token, at).await.unwrap();
            found.map(|found| found.reader)
        };
        let opens = async |token| opens_at(token, now()).await;
        assert_eq!(opens("t1").await.as_deref(), Some("airbnb"));
        assert_eq!(opens("t2").await, None);

        let revoke = async |until| {
            let revoke = async |session: &mut Session| {
                calendar_link::revoke(session, &cabin.id, "airbnb", until).await
            };
            db.commit(revoke).await
        };
        let soon = now() + SignedDuration::from_hours(1);
        assert_eq!(revoke(soon).await, 1);
        assert_eq!(opens("t1").await.as_deref(), Some("airbnb"), "it opens until its overlap is over");
        assert_eq!(opens_at("t1", soon).await, None);
        let listed = calendar_link::list(&mut db.read().await, &cabin.id, now()).await.unwrap();
        let ends: Vec<_> = listed.iter().map(|one| (one.link.token.as_str(), one.revoked_at)).collect();
        assert_eq!(ends, [("t1", Some(soon)), ("t3", None)]);
        let older = async |at| calendar_link::list_older(&mut db.read().await, at).await.unwrap().len();
        assert_eq!((older(now()).await, older(soon).await), (0, 1), "one that ends is not replaced again");
        assert_eq!(revoke(now()).await, 0, "sooner, and nothing new");
        assert_eq!(opens("t1").await, None, "a revoked link opens nothing");
        assert_eq!(ensure(link("t4", "airbnb")).await, link("t4", "airbnb"));
    })
    .await;
}

/// Two links for one reader would make two of every event in its calendar when it follows both.
#[tokio::test(flavor = "multi_thread")]
async fn a_reader_gets_one_link_however_many_ask_at_once() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let mut asking = JoinSet::new();
        for number in 0..8 {
            let (db, id) = (db.db.clone(), cabin.id.clone());
            asking.spawn(async move {
                let link = CalendarLink {
                    token: format!("t{number}"),
                    accommodation_id: id,
                    reader: "airbnb".into(),
                };
                let mut session = db.begin().await.unwrap();
                let kept = calendar_link::ensure(&mut session, &link, now()).await.unwrap();
                session.commit().await.unwrap();
                kept.token
            });
        }
        let mut tokens = asking.join_all().await;
        tokens.dedup();
        assert_eq!(tokens.len(), 1, "{tokens:?}");
    })
    .await;
}
