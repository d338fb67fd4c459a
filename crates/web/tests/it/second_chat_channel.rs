//! A second chat channel, registered by a test: from its webhook to the answer, without a line in the kernel.

use std::sync::{Arc, Mutex, PoisonError};

use kernel::{App, clock::Clock, jobs, rng::Rng, stored_webhooks};
use providers::chat::{
    Channel, Outgoing, Recipient, Sending, Sent,
    incoming::{Content, Incoming, Kind, Message, Sender},
};
use serde_json::json;
use store::db::Engine;
use testkit::{TestDb, noun_builders::at};

/// Carries messages to nobody and keeps them.
#[derive(Default)]
struct Carrier {
    carried: Mutex<Vec<(Option<String>, String)>>,
}

impl Carrier {
    fn carried(&self) -> Vec<(Option<String>, String)> {
        self.carried.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Channel for Carrier {
    fn name(&self) -> &'static str {
        "telegram"
    }

    fn account(&self) -> &str {
        "bot-1"
    }

    fn split(&self, message: Outgoing) -> Vec<Outgoing> {
        vec![message]
    }

    fn service_window(&self) -> Option<std::time::Duration> {
        None
    }

    fn send<'a>(&'a self, to: &'a Recipient, message: &'a Outgoing, opaque: &'a str) -> Sending<'a> {
        Box::pin(async move {
            let Outgoing::Text { body } = message else { panic!("a text was expected") };
            let mut carried = self.carried.lock().unwrap_or_else(PoisonError::into_inner);
            carried.push((to.user_id.clone(), body.clone()));
            Ok(Sent { external_id: format!("sent-{opaque}") })
        })
    }
}

/// What a webhook handler does once it has checked the sender: our own form, stored, then 200.
async fn receive(app: &Arc<App>, id: &str, body: &str) -> usize {
    let from = Sender { user_id: Some("guest-9".to_owned()), ..Sender::default() };
    let content = Content::Text { body: body.to_owned() };
    let message = Message { external_id: id.to_owned(), from, at: None, content, reply_to: None };
    let raw = json!({ "update_id": 1, "text": body });
    let incoming = Incoming { account: Some("bot-1".to_owned()), kind: Kind::Message(message), raw };
    let delivery = conversations::delivery_of(app, "telegram", vec![incoming]);
    stored_webhooks::accept(app, delivery).await.unwrap().new
}

#[tokio::test]
async fn a_channel_that_nobody_below_knows_is_answered_in_order_and_once() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let db = TestDb::migrated(engine).await;
        let mut config = app::config::Config::defaults();
        config.database.url = app::config::Secret::new(db.url());
        let carrier = Arc::new(Carrier::default());
        let channels: Vec<Arc<dyn Channel>> = vec![Arc::clone(&carrier) as _];
        let clock = Clock::manual(at("2027-01-01T12:00:00Z"));
        let app = app::build_with(config, clock, Rng::seeded(1), channels).await.unwrap();

        assert_eq!(receive(&app, "m1", "hola").await, 1);
        assert_eq!(receive(&app, "m1", "hola").await, 0, "a repeated event is known");
        jobs::drain(&app).await.unwrap();
        let first = carrier.carried();
        assert_eq!(first.len(), 1, "{first:?}");
        assert_eq!(first[0].0.as_deref(), Some("guest-9"));
        assert!(first[0].1.to_lowercase().contains("hola"), "{first:?}");

        assert_eq!(receive(&app, "m2", "aceptan mascotas?").await, 1);
        jobs::drain(&app).await.unwrap();
        assert_eq!(carrier.carried().len(), 2);

        let mut session = app.read().await.unwrap();
        let sql = "select payload from inbox where external_id like '%m1'";
        let stored: Vec<serde_json::Value> =
            session.all(sql, vec![], |row| row.json("payload")).await.unwrap();
        assert_eq!(stored[0]["channel"], "telegram");
        assert_eq!(stored[0]["event"]["raw"]["text"], "hola", "the vendor's own words are beside ours");
        let line = "circuit_breaker_state{circuit_name=\"telegram\"} 0";
        assert!(app.metrics.render().contains(line), "each channel has a circuit of its own");
        drop(session);
        app.tasks.finish(std::time::Duration::from_secs(10)).await;
        app.db.close().await;
    }
}
