//! An account on which nothing is sent, until it works again.

use store::channel_stop;
use testkit::TestDb;

use crate::shared_cabins_and_rows::now;

#[tokio::test]
async fn a_channel_is_stopped_and_resumed() {
    TestDb::each(async |db| {
        let since =
            async |account| channel_stop::find(&mut db.read().await, "whatsapp", account).await.unwrap();
        let stop = async |at| {
            db.commit(async |s| channel_stop::stop(s, "whatsapp", "desk", "code 190", at).await).await;
        };
        let later = now() + jiff::SignedDuration::from_mins(10);
        assert_eq!(since("desk").await, None);
        stop(now()).await;
        stop(later).await;
        assert_eq!(
            (since("desk").await, since("other").await),
            (Some(later), None),
            "it still does not work"
        );
        db.commit(async |session| channel_stop::resume(session, "whatsapp", "desk").await).await;
        assert_eq!(since("desk").await, None);
    })
    .await;
}
