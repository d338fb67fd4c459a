use store::calendar_link::{self, CalendarLink};
use testkit::TestDb;
use tokio::task::JoinSet;

use crate::scene::{now, with_cabin};

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

        let find = async |token| calendar_link::find(&mut db.read().await, token).await.unwrap();
        assert_eq!(find("t1").await, Some(link("t1", "airbnb")));
        assert_eq!(find("t2").await, None);

        let revoke = "update calendar_link set revoked_at = $1 where token = 't1'";
        db.commit(async |session| session.execute(revoke, vec![now().into()]).await).await;
        assert_eq!(find("t1").await, None, "a revoked link opens nothing");
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
