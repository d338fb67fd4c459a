//! Tasks for staff.

use jiff::SignedDuration;
use store::staff_task::{self, Attention};
use testkit::TestDb;

use crate::shared_cabins_and_rows::now;

fn item(id: &str, subject: &str, minutes: i64) -> Attention {
    Attention {
        id: id.to_owned(),
        subject: subject.to_owned(),
        reason: "nights_taken".to_owned(),
        detail: format!("told at {minutes}"),
        created_at: now() + SignedDuration::from_mins(minutes),
    }
}

#[tokio::test]
async fn a_person_is_told_once_until_it_is_resolved() {
    TestDb::each(async |db| {
        let raise =
            async |told: Attention| db.commit(async |session| staff_task::raise(session, &told).await).await;
        assert!(raise(item("1", "stay:a", 5)).await);
        assert!(raise(item("2", "stay:b", 1)).await);
        assert!(!raise(item("3", "stay:a", 9)).await, "the same subject and reason is no news");

        let open = async || staff_task::list_open(&mut db.read().await).await.unwrap();
        let told: Vec<_> = open().await.into_iter().map(|told| (told.id, told.detail)).collect();
        assert_eq!(told, [("2".into(), "told at 1".into()), ("1".into(), "told at 5".into())]);

        let resolve =
            async |id| db.commit(async |session| staff_task::resolve(session, id, now()).await).await;
        assert!(resolve("1").await);
        assert!(!resolve("1").await, "it is resolved already");
        assert!(!resolve("none").await);
        assert_eq!(open().await.len(), 1);

        assert!(raise(item("4", "stay:a", 20)).await, "it came back after it was resolved");
        let again = open().await.pop().unwrap();
        assert_eq!((again.id.as_str(), again.detail.as_str()), ("1", "told at 20"));
        assert_eq!(again.created_at, item("4", "stay:a", 20).created_at);
        let gone = async |reason| {
            db.commit(async |s| staff_task::resolve_about(s, "stay:a", reason, now()).await).await
        };
        assert!(!gone("other").await);
        assert!(gone("nights_taken").await);
        assert!(!gone("nights_taken").await, "its cause is gone already");
    })
    .await;
}
