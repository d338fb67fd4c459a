//! Stripe and PayPal beside a desk: the same stories hold at both.

use std::sync::{Arc, OnceLock};

use app::config::Config;
use app::config::PayPalMode;
use app::config::Secret;
use serde_json::{Value, json};
use simulators::{
    PayPal, PayPalConfig, PayPalControl, Running, Stripe, StripeConfig, StripeControl, paypal, stripe,
};
use store::db::Engine;
use tokio::net::TcpListener;

use crate::desk_harness::{Desk, STAFF, hold_body};

pub const STRIPE_SECRET: &str = "whsec_test_of_the_desk";

pub enum Till {
    Stripe(Running<StripeControl>),
    PayPal(Running<PayPalControl>),
}

/// What a guest does on the provider's page.
#[derive(Clone, Copy)]
pub enum Act {
    Pay,
    PayLater,
    MoneyArrives,
}

impl Till {
    /// Runs `story` at each provider, on each engine.
    pub async fn each(story: impl AsyncFn(&Desk, &Self)) {
        Self::each_of(&["stripe", "paypal"], story).await;
    }

    /// The same at some of them.
    pub async fn each_of(names: &[&str], story: impl AsyncFn(&Desk, &Self)) {
        Self::each_with(names, |_| {}, story).await;
    }

    /// The same with other settings.
    pub async fn each_with(names: &[&str], edit: impl Fn(&mut Config), story: impl AsyncFn(&Desk, &Self)) {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            for name in names {
                println!("{name} on {engine:?}");
                let clock = Arc::new(OnceLock::<kernel::clock::Clock>::new());
                let till = Self::start(name, Arc::clone(&clock)).await;
                let desk = Desk::start(engine, |config| {
                    config.mercadopago.access_token = Secret::new("");
                    till.configure(config);
                    edit(config);
                })
                .await;
                assert!(clock.set(desk.test.app.clock.clone()).is_ok(), "the clock is set once");
                till.point_at(&format!("{}/api/v1/{name}/webhook", desk.url));
                story(&desk, &till).await;
                till.settle(&desk).await;
                desk.finish().await;
                till.stop().await;
            }
        }
    }

    pub async fn stop(self) {
        match self {
            Self::Stripe(running) => running.stop().await,
            Self::PayPal(running) => running.stop().await,
        }
    }

    pub async fn start(name: &str, clock: Arc<OnceLock<kernel::clock::Clock>>) -> Self {
        let now = Arc::new(move || clock.get().map_or(jiff::Timestamp::UNIX_EPOCH, kernel::clock::Clock::now))
            as simulators::Clock;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        if name == "stripe" {
            let config = StripeConfig {
                listener,
                api_key: "sk_test_desk".to_owned(),
                webhook_secret: STRIPE_SECRET.to_owned(),
                webhook_url: None,
                public_base_url: None,
                now,
            };
            return Self::Stripe(Stripe::start(config).unwrap());
        }
        let config = PayPalConfig {
            listener,
            client_id: "desk".to_owned(),
            client_secret: "paypal-secret".to_owned(),
            webhook_id: "WH-DESK".to_owned(),
            webhook_url: None,
            public_base_url: None,
            now,
        };
        Self::PayPal(PayPal::start(config).unwrap())
    }

    pub fn configure(&self, config: &mut Config) {
        match self {
            Self::Stripe(running) => {
                config.stripe.secret_key = Secret::new("sk_test_desk");
                config.stripe.webhook_secret = Secret::new(STRIPE_SECRET);
                config.stripe.base_url = running.base_url.clone();
            }
            Self::PayPal(running) => {
                config.paypal.client_id = "desk".to_owned();
                config.paypal.client_secret = Secret::new("paypal-secret");
                config.paypal.mode = PayPalMode::Sandbox;
                config.paypal.webhook_id = "WH-DESK".to_owned();
                config.paypal.base_url = running.base_url.clone();
                config.paypal.extra_root_pem = paypal::AUTHORITY_PEM.to_owned();
            }
        }
    }

    pub fn point_at(&self, url: &str) {
        let url = Some(url.to_owned());
        match self {
            Self::Stripe(running) => running.control.change_settings(|settings| settings.webhook_url = url),
            Self::PayPal(running) => running.control.change_settings(|settings| settings.webhook_url = url),
        }
    }

    /// The guest's bank asks about the first payment of a stay.
    pub async fn dispute(&self, desk: &Desk, code: &str) {
        let id = &first_payment(desk, code).await;
        let found = match self {
            Self::Stripe(running) => running.control.dispute(id, "fraudulent"),
            Self::PayPal(running) => running.control.dispute(id, "MERCHANDISE_OR_SERVICE_NOT_RECEIVED"),
        };
        assert!(found, "the provider knows the payment");
        self.settle(desk).await;
    }

    /// The bank decides the dispute about it.
    pub async fn end_dispute(&self, desk: &Desk, code: &str, for_buyer: bool) {
        let id = &first_payment(desk, code).await;
        let status = if for_buyer { stripe::DisputeStatus::Lost } else { stripe::DisputeStatus::Won };
        let found = match self {
            Self::Stripe(running) => running.control.end_dispute(id, status),
            Self::PayPal(running) => running.control.resolve_dispute(id, for_buyer),
        };
        assert!(found, "the provider knows the dispute");
        self.settle(desk).await;
    }

    /// The bank has lost a case that it had won.
    pub async fn give_back_what_was_lost(&self, desk: &Desk, code: &str) {
        let id = &first_payment(desk, code).await;
        let found = match self {
            Self::Stripe(running) => running.control.end_dispute(id, stripe::DisputeStatus::Won),
            Self::PayPal(running) => running.control.cancel_reversal(id),
        };
        assert!(found, "the provider knows the payment");
        self.settle(desk).await;
    }

    /// The bank takes the money without asking, which only PayPal shows.
    pub async fn reverse(&self, desk: &Desk, code: &str) {
        let id = &first_payment(desk, code).await;
        if let Self::PayPal(running) = self {
            assert!(running.control.reverse(id), "the provider knows the payment");
        }
        self.settle(desk).await;
    }

    /// Somebody gives the first payment back on the provider's own pages.
    pub async fn refund_behind_our_back(&self, desk: &Desk, code: &str) {
        let id = &first_payment(desk, code).await;
        let client = payments::provider(&desk.test.app, self.name()).expect("the provider is set up");
        client.refund(id, None, desk.test.now(), "by-hand-there").await.expect("the refund is made");
    }

    /// The last refund fails after all.
    pub async fn fail_last_refund(&self, desk: &Desk) {
        let mut session = desk.test.app.read().await.unwrap();
        let sql = "select provider_refund_id as id from refund order by created_at desc limit 1";
        let id = session.first(sql, vec![], |row| row.text("id")).await.unwrap().expect("a refund was made");
        drop(session);
        let found = match self {
            Self::Stripe(running) => running.control.change_refund(&id, stripe::RefundStatus::Failed),
            Self::PayPal(running) => running.control.change_refund(&id, paypal::RefundStatus::Failed),
        };
        assert!(found, "the provider knows the refund");
        self.settle(desk).await;
    }

    /// From now on nobody is told of anything.
    pub fn go_silent(&self) {
        match self {
            Self::Stripe(running) => running.control.change_settings(|settings| settings.webhook_url = None),
            Self::PayPal(running) => running.control.change_settings(|settings| settings.webhook_url = None),
        }
    }

    /// A capture whose answer the desk never got: at PayPal money moves only by a call of ours.
    pub async fn capture_behind_our_back(&self, desk: &Desk) {
        if let (Self::PayPal(_), Some(client)) = (self, payments::provider(&desk.test.app, "paypal")) {
            let order = self.pages().pop().expect("a page was opened");
            let id = order["id"].as_str().expect("an order has an id");
            client.capture_order(id, desk.test.now(), "lost").await.expect("the order is captured");
        }
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Stripe(_) => "stripe",
            Self::PayPal(_) => "paypal",
        }
    }

    /// Until nothing is on its way, at the desk and here.
    pub async fn settle(&self, desk: &Desk) {
        for _ in 0..3 {
            self.settle_webhooks().await;
            desk.settle().await;
        }
    }

    pub async fn settle_webhooks(&self) {
        match self {
            Self::Stripe(running) => running.control.settle().await,
            Self::PayPal(running) => running.control.settle().await,
        }
    }

    /// The pages that were opened, as the provider shows them.
    pub fn pages(&self) -> Vec<Value> {
        match self {
            Self::Stripe(running) => running.control.sessions(),
            Self::PayPal(running) => running.control.orders(),
        }
    }

    /// Something on the newest page, and all that follows from it.
    pub async fn act(&self, desk: &Desk, act: Act) {
        let page = self.pages().pop().expect("a page was opened");
        let id = page["id"].as_str().expect("a page has an id");
        match self {
            Self::Stripe(running) => running.control.act(
                id,
                match act {
                    Act::Pay => stripe::Outcome::Paid,
                    Act::PayLater => stripe::Outcome::Delayed,
                    Act::MoneyArrives => stripe::Outcome::Arrived,
                },
            ),
            Self::PayPal(running) => running.control.act(
                id,
                match act {
                    Act::Pay => paypal::Outcome::Approved,
                    Act::PayLater => paypal::Outcome::Pending,
                    Act::MoneyArrives => paypal::Outcome::Arrived,
                },
            ),
        }
        .expect("the guest can do that");
        self.settle(desk).await;
    }

    /// A cabin in dollars and a hold of it: the cabin, the code and the guest's token.
    pub async fn holding(&self, desk: &Desk) -> (String, String, String) {
        let body = json!({ "name": "El Sauce", "kind": "cabin", "capacity": 4, "base_price": "100.00", "currency": "USD" });
        let made = desk.call(reqwest::Method::POST, "/api/v1/accommodations", Some(STAFF), Some(body)).await;
        let cabin = made.json()["id"].as_str().unwrap().to_owned();
        let held = hold_body(&cabin, "2027-02-01", "2027-02-04", "+5493515550999");
        let held = desk.post("/api/v1/reservations/pre-reserve", held).await.json();
        self.settle(desk).await;
        let text = |name: &str| held[name].as_str().unwrap().to_owned();
        (cabin, text("code"), text("token"))
    }
}

async fn first_payment(desk: &Desk, code: &str) -> String {
    let ledger = desk.ledger(code).await;
    let id = ledger["payments"][0]["provider_payment_id"].as_str().expect("a payment has an id");
    store::payment::id_at_provider(id).to_owned()
}
