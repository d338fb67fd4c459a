//! What guests and staff of the seeded world do.

use reqwest::Method;
use serde_json::{Value, json};
use simulators::{paypal, stripe};

use super::{Known, World};
use crate::stripe_and_paypal_tills::Till;

impl World {
    fn some_stay(&mut self) -> Option<usize> {
        // Mostly somebody who came lately.
        let recent = self.stays.len().min(12);
        let all = if self.chance.below(4) == 0 { self.stays.len() } else { recent };
        (all > 0).then(|| self.stays.len() - 1 - self.chance.below(all))
    }

    fn known(&mut self) -> Option<Known> {
        self.some_stay().map(|at| self.stays[at].clone())
    }

    pub async fn somebody_chooses_how_to_pay(&mut self) {
        let Some(Known { token, .. }) = self.known() else { return };
        let provider = *self.chance.one(&["mercadopago", "stripe", "paypal"]).unwrap();
        self.desk.call(Method::POST, &format!("/pay/{token}/{provider}"), None, None).await;
    }

    /// On some page, perhaps one that was left open long ago.
    pub fn somebody_pays(&mut self) {
        match self.chance.below(3) {
            0 => self.pays_at_mercadopago(),
            at => self.pays_at_till(at - 1),
        }
    }

    fn recent<'a>(&mut self, pages: &'a [Value]) -> Option<&'a Value> {
        let from = pages.len().saturating_sub(10);
        let all = if self.chance.below(4) == 0 { pages } else { &pages[from..] };
        self.chance.one(all)
    }

    fn pays_at_mercadopago(&mut self) {
        let pages = self.desk.mercadopago.preferences();
        let Some(page) = self.recent(&pages) else { return };
        let mut payment = json!({ "preference_id": page["id"] });
        match self.chance.below(12) {
            0 => payment["status"] = json!("pending"),
            1 => payment["status"] = json!("rejected"),
            2 | 5 => payment["amount"] = json!(1000),
            3 => payment["amount"] = json!(400_000),
            4 => payment["currency_id"] = json!("BRL"),
            _ => {}
        }
        let payment = serde_json::from_value(payment).expect("a payment that the simulator knows");
        // The page may have ended.
        drop(self.desk.mercadopago.create_payment(payment));
    }

    fn pays_at_till(&mut self, at: usize) {
        let pages = self.tills[at].pages();
        let Some(page) = self.recent(&pages) else { return };
        let id = page["id"].as_str().unwrap().to_owned();
        let how = self.chance.below(8);
        // The page may have ended, or be paid: then they cannot.
        match &self.tills[at] {
            Till::Stripe(running) => drop(running.control.act(
                &id,
                match how {
                    0 => stripe::Outcome::Delayed,
                    1 => stripe::Outcome::Declined,
                    _ => stripe::Outcome::Paid,
                },
            )),
            Till::PayPal(running) => drop(running.control.act(
                &id,
                match how {
                    0 => paypal::Outcome::Pending,
                    1 => paypal::Outcome::Declined,
                    2 => paypal::Outcome::DeclinedCapture,
                    _ => paypal::Outcome::Approved,
                },
            )),
        }
    }

    /// Slips are paid, transfers arrive, or do not.
    pub fn money_on_its_way_arrives(&mut self) {
        let comes = self.chance.below(4) != 0;
        for payment in self.desk.mercadopago.payments() {
            if payment["status"] == "pending" && self.chance.below(3) == 0 {
                let status = if comes { "approved" } else { "cancelled" };
                let change = serde_json::from_value(json!({ "status": status })).expect("a known status");
                self.desk.mercadopago.change_payment(payment["id"].as_u64().unwrap(), change);
            }
        }
        for at in 0..self.tills.len() {
            for page in self.tills[at].pages() {
                let id = page["id"].as_str().unwrap();
                if self.chance.below(3) != 0 {
                    continue;
                }
                // Those that wait for nothing refuse it.
                match &self.tills[at] {
                    Till::Stripe(running) => drop(
                        running
                            .control
                            .act(id, if comes { stripe::Outcome::Arrived } else { stripe::Outcome::Failed }),
                    ),
                    Till::PayPal(running) => drop(
                        running
                            .control
                            .act(id, if comes { paypal::Outcome::Arrived } else { paypal::Outcome::Failed }),
                    ),
                }
            }
        }
    }

    pub async fn the_house_acts(&mut self) {
        let Some(at) = self.some_stay() else { return };
        let code = self.stays[at].code.clone();
        let path = |what: &str| format!("/api/v1/reservations/{code}/{what}");
        let (what, body) = match self.chance.below(9) {
            0 => ("cancel", None),
            1 | 2 => ("dates", Some(self.other_dates())),
            3 => {
                self.stays[at].trusted = true;
                ("confirm", None)
            }
            4 => {
                self.stays[at].trusted = true;
                ("refunds", Some(json!({ "amount": "50.00" })))
            }
            5 | 6 => {
                let due = self.desk.ledger(&code).await["deposit_amount"].clone();
                ("payments", Some(json!({ "method": "cash", "amount": due })))
            }
            7 => ("charges", Some(json!({ "amount": "20.00", "note": "a glass" }))),
            _ => return self.somebody_does_not_come().await,
        };
        let done = self.desk.staff(Method::POST, &path(what), body).await;
        assert!(!done.status.is_server_error(), "{what}: {} {}", done.status, done.text);
    }

    /// The first of the older stays that has begun and is still expected.
    async fn somebody_does_not_come(&mut self) {
        let from = self.chance.below(self.stays.len());
        for known in self.stays.iter().skip(from).take(30) {
            let path = format!("/api/v1/reservations/{}/no-show", known.code);
            if self.desk.staff(Method::POST, &path, None).await.status.is_success() {
                return;
            }
        }
    }

    fn other_dates(&mut self) -> Value {
        let first = self.desk.test.now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let days = i32::try_from(1 + self.chance.below(60)).unwrap();
        let nights = i32::try_from(1 + self.chance.below(5)).unwrap();
        let check_in = first.checked_add(jiff::Span::new().days(days)).unwrap();
        let check_out = check_in.checked_add(jiff::Span::new().days(nights)).unwrap();
        json!({ "check_in": check_in, "check_out": check_out })
    }

    pub async fn a_guest_acts(&mut self) {
        let offers = self.offers().await;
        let what = self.chance.below(3);
        let (token, what) = match self.chance.one(&offers).cloned() {
            Some(token) if what != 0 => (token, if what == 1 { "accept" } else { "cancel" }),
            _ => match self.known() {
                Some(known) => (known.token, "cancel"),
                None => return,
            },
        };
        let done = self.desk.call(Method::POST, &format!("/stay/{token}/{what}"), None, None).await;
        assert!(!done.status.is_server_error(), "{what}: {} {}", done.status, done.text);
    }

    /// Tokens of equal nights that are kept for somebody.
    async fn offers(&self) -> Vec<String> {
        let mut session = self.desk.test.app.read().await.unwrap();
        let open = store::equal_nights_offer::list_open(&mut session).await.unwrap();
        let mut tokens = Vec::new();
        for offer in open {
            let stay = store::stay::find_by_id(&mut session, &offer.stay_id).await.unwrap().unwrap();
            tokens.push(stay.terms().token.clone());
        }
        tokens
    }
}
