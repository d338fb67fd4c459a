//! What goes wrong in the seeded world: deaths of the process, failing providers, jumps of the clock.

use simulators::faults::{Call, CallFault, PlannedCallFault, WebhookFault};

use store::db::Engine;

use super::World;
use crate::stripe_and_paypal_tills::Till;

impl World {
    /// The process works, and dies after so many steps: whatever it was doing stays undone. A new one goes on.
    ///
    /// A step is before each transaction and before it is committed, so it may die with a provider's answer in its hands.
    pub async fn work_and_die(&mut self) {
        self.settle_webhooks().await;
        let steps = u64::try_from(1 + self.chance.below(60)).unwrap();
        self.desk.test.app.clock.stop_after(steps, self.desk.test.drain()).await;
        self.bury().await;
    }

    /// Waits until the database has undone what the dead one had begun: for a moment others would pass by what it held,
    /// sometimes.
    async fn bury(&self) {
        if self.desk.test.db.engine() == Engine::Sqlite {
            return;
        }
        let sql = "select count(*) as open from pg_stat_activity where datname = current_database()
          and pid <> pg_backend_pid() and (state = 'active' or state like 'idle in transaction%')";
        loop {
            let mut session = self.desk.test.db.read().await;
            let open = session.first(sql, vec![], |row| row.int("open")).await.unwrap();
            if open == Some(0) {
                return;
            }
            tokio::task::yield_now().await;
        }
    }

    pub fn something_will_fail(&mut self) {
        if self.chance.below(2) == 0 {
            let fault = self.planned_fault();
            match self.chance.below(3) {
                0 => self.desk.mercadopago.fail_call(fault),
                1 => self.tills[0].fail_call(fault),
                _ => self.tills[1].fail_call(fault),
            }
        } else {
            let fault = self.webhook_fault();
            match self.chance.below(3) {
                0 => self.desk.mercadopago.fail_webhook(fault),
                1 => self.tills[0].fail_webhook(fault),
                _ => self.tills[1].fail_webhook(fault),
            }
        }
    }

    /// Half of them where they hurt most: money back, and money taken.
    fn planned_fault(&mut self) -> PlannedCallFault {
        let fault = self.call_fault();
        match self.chance.below(6) {
            0 | 1 => fault.on(Call::CreateRefund),
            2 => fault.on(Call::CaptureOrder),
            _ => fault.into(),
        }
    }

    fn call_fault(&mut self) -> CallFault {
        match self.chance.below(9) {
            0 => CallFault::RateLimited { retry_after_seconds: Some(30) },
            1 => CallFault::RateLimited { retry_after_seconds: None },
            2 => CallFault::ServerError { http_status: 503 },
            3 | 4 => CallFault::LostAnswer { http_status: 500 },
            5 => CallFault::TruncatedJson,
            6 => CallFault::Html { http_status: 200 },
            7 => CallFault::DropConnection { after_effect: true },
            _ => CallFault::DropConnection { after_effect: false },
        }
    }

    fn webhook_fault(&mut self) -> WebhookFault {
        match self.chance.below(6) {
            0 | 1 => WebhookFault::Duplicate { copies: 2 },
            2 => WebhookFault::Reorder { at_most_ms: 20 },
            3 | 4 => WebhookFault::Drop,
            _ => WebhookFault::WrongSignature,
        }
    }
}

impl Till {
    fn fail_call(&self, fault: PlannedCallFault) {
        match self {
            Self::Stripe(running) => running.control.fail_call(fault),
            Self::PayPal(running) => running.control.fail_call(fault),
        }
    }

    fn fail_webhook(&self, fault: WebhookFault) {
        match self {
            Self::Stripe(running) => running.control.fail_webhook(fault),
            Self::PayPal(running) => running.control.fail_webhook(fault),
        }
    }

    pub async fn let_webhooks_through(&self) {
        match self {
            Self::Stripe(running) => drop(running.control.release_webhooks(false)),
            Self::PayPal(running) => drop(running.control.release_webhooks(false)),
        }
        self.settle_webhooks().await;
        match self {
            Self::Stripe(running) => running.control.hold_webhooks(),
            Self::PayPal(running) => running.control.hold_webhooks(),
        }
    }

    pub fn clear_faults(&self) {
        match self {
            Self::Stripe(running) => running.control.clear_faults(),
            Self::PayPal(running) => running.control.clear_faults(),
        }
    }
}
