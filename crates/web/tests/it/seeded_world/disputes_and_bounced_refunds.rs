//! What the guests' banks do with money that was paid.

use serde_json::{Value, json};
use simulators::{paypal, stripe};

use super::World;
use crate::stripe_and_paypal_tills::Till;

/// A payment that a bank asked about.
pub struct Case {
    pub provider: &'static str,
    pub id: String,
    pub verdict: Verdict,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    None,
    Won,
    Lost,
}

impl World {
    pub fn a_bank_asks(&mut self) {
        let asked = match self.chance.below(3) {
            0 => self.asks_at_mercadopago(),
            at => self.asks_at_till(at - 1),
        };
        self.cases.extend(asked.map(|(provider, id)| Case { provider, id, verdict: Verdict::None }));
    }

    fn asks_at_mercadopago(&mut self) -> Option<(&'static str, String)> {
        let payments = self.desk.mercadopago.payments();
        let paid: Vec<&Value> = payments.iter().filter(|one| one["status"] == "approved").collect();
        let id = self.chance.one(&paid)?["id"].as_u64().unwrap();
        let how = *self.chance.one(&[("in_mediation", "pending"), ("charged_back", "in_process")]).unwrap();
        self.change_at_mercadopago(id, how);
        Some(("mercadopago", id.to_string()))
    }

    fn change_at_mercadopago(&self, id: u64, (status, detail): (&str, &str)) {
        let change = json!({ "status": status, "status_detail": detail });
        let change = serde_json::from_value(change).expect("a change that the simulator knows");
        assert!(self.desk.mercadopago.change_payment(id, change), "there is such a payment");
    }

    fn asks_at_till(&mut self, at: usize) -> Option<(&'static str, String)> {
        let name = self.tills[at].name();
        // What was given back whole has nothing that a bank could take.
        let paid: Vec<_> = self.tills[at].received().into_iter().filter(|(_, _, left)| *left > 0).collect();
        let (id, _, _) = self.chance.one(&paid)?.clone();
        if self.cases.iter().any(|case| case.id == id) {
            return None;
        }
        match &self.tills[at] {
            Till::Stripe(running) => running.control.dispute(&id, "fraudulent"),
            Till::PayPal(running) => running.control.dispute(&id, "UNAUTHORISED"),
        };
        Some((name, id))
    }

    /// Some case is decided, or one that was lost is turned round.
    pub fn a_bank_decides(&mut self) {
        let at = self.chance.below(self.cases.len());
        let lost = self.chance.below(2) == 0;
        if self.cases.get(at).is_some_and(|case| case.verdict != Verdict::Won) {
            self.decide(at, lost);
        }
    }

    pub fn every_bank_decides(&mut self) {
        for at in 0..self.cases.len() {
            if self.cases[at].verdict == Verdict::None {
                let lost = self.chance.below(2) == 0;
                self.decide(at, lost);
            }
        }
    }

    fn decide(&mut self, at: usize, lost: bool) {
        let Case { provider, id, verdict } = &self.cases[at];
        if *verdict == Verdict::Lost && lost {
            return;
        }
        match (*provider, &self.tills) {
            ("mercadopago", _) => {
                let detail = if lost { "settled" } else { "reimbursed" };
                self.change_at_mercadopago(id.parse().unwrap(), ("charged_back", detail));
            }
            (_, [Till::Stripe(running), _]) if *provider == "stripe" => {
                let status = if lost { stripe::DisputeStatus::Lost } else { stripe::DisputeStatus::Won };
                running.control.end_dispute(id, status);
            }
            (_, [_, Till::PayPal(running)]) if *verdict == Verdict::Lost => {
                running.control.cancel_reversal(id);
            }
            (_, [_, Till::PayPal(running)]) => {
                running.control.resolve_dispute(id, lost);
            }
            _ => panic!("another till"),
        }
        self.cases[at].verdict = if lost { Verdict::Lost } else { Verdict::Won };
    }

    /// A refund that the provider had taken on comes back.
    pub async fn a_refund_comes_back(&mut self) {
        let mut session = self.desk.test.app.read().await.unwrap();
        let sql = "select provider, provider_payment_id, provider_refund_id as id from refund
          where status = 'done' and provider in ('stripe', 'paypal') and provider_refund_id <> 'by-bank' order by id";
        let read = |row: &store::db::Row| {
            Ok((row.text("provider")?, row.text("provider_payment_id")?, row.text("id")?))
        };
        let made = session.all(sql, vec![], read).await.unwrap();
        drop(session);
        let Some((provider, payment, id)) = self.chance.one(&made).cloned() else { return };
        // Who asks about a payment decides about its refunds too.
        if self.cases.iter().any(|case| case.id == payment) {
            return;
        }
        for till in self.tills.iter().filter(|till| till.name() == provider) {
            match till {
                Till::Stripe(running) => running.control.change_refund(&id, stripe::RefundStatus::Failed),
                Till::PayPal(running) => running.control.change_refund(&id, paypal::RefundStatus::Failed),
            };
        }
    }

    /// Whether the bank has the money of a payment for good.
    pub fn is_lost(&self, id: &str) -> bool {
        self.cases.iter().any(|case| case.id == id && case.verdict == Verdict::Lost)
    }
}
