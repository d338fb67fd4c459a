//! Incidents: news once, until they are over.

use store::incident::{self, Incident};
use testkit::TestDb;

use crate::shared_cabins_and_rows::now;

#[tokio::test]
async fn an_incident_is_news_once_until_it_is_over() {
    TestDb::each(async |db| {
        let new = |id: &str, subject: &str| Incident {
            id: id.to_owned(),
            kind: "feed_failing".to_owned(),
            subject: subject.to_owned(),
            detail: "it fails".to_owned(),
            opened_at: now(),
            closed_at: None,
        };
        let open = async |one: Incident| db.commit(async |s| incident::open(s, &one).await).await;
        let close = async |subject| {
            db.commit(async |s| incident::close(s, "feed_failing", subject, now()).await).await
        };
        assert!(open(new("i1", "feed:a")).await);
        assert!(!open(new("i2", "feed:a")).await, "told already");
        assert!(open(new("i3", "feed:b")).await);
        let listed = async || incident::list_open(&mut db.read().await).await.unwrap();
        assert_eq!(listed().await, [new("i1", "feed:a"), new("i3", "feed:b")]);
        let over = Incident { closed_at: Some(now()), ..new("i1", "feed:a") };
        assert_eq!(close("feed:a").await, Some(over.clone()));
        assert_eq!((close("feed:a").await, listed().await.len()), (None, 1));
        assert_eq!(incident::find(&mut db.read().await, "i1").await.unwrap(), Some(over));
        assert!(open(new("i4", "feed:a")).await, "another time is another incident");
        let later = now() + jiff::SignedDuration::from_secs(1);
        assert_eq!(db.commit(async |s| incident::delete_closed(s, later).await).await, 1);
    })
    .await;
}
