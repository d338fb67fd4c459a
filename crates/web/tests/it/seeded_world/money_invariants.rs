//! What the providers hold, and what must be true of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    money::{Currency, Money},
    stay::Stay,
};
use serde_json::Value;

use super::World;
use crate::stripe_and_paypal_tills::Till;

/// Minor units by provider and currency.
type Held = BTreeMap<(String, String), i64>;

/// How often each thing happened, so that a world in which nothing happens is noticed.
pub async fn count(world: &World, happened: &mut BTreeMap<String, usize>) {
    for known in &world.stays {
        let ledger = world.desk.ledger(&known.code).await;
        *happened.entry(format!("stay {}", world.desk.status_of(&known.code).await)).or_default() += 1;
        for payment in ledger["payments"].as_array().unwrap() {
            let word = payment["applied"].as_str().unwrap_or("undecided");
            *happened.entry(format!("payment {word}")).or_default() += 1;
            if let Some(dispute) = payment["dispute"].as_str() {
                *happened.entry(format!("dispute {dispute}")).or_default() += 1;
            }
        }
        for line in ledger["lines"].as_array().unwrap() {
            *happened.entry(line["movement"].as_str().unwrap().to_owned()).or_default() += 1;
        }
        for refund in ledger["refunds"].as_array().unwrap() {
            *happened.entry(format!("refund {}", refund["reason"].as_str().unwrap())).or_default() += 1;
        }
    }
}

pub async fn look(world: &World) {
    let app = &world.desk.test.app;
    let books = payments::ledger_check::check(app).await.unwrap();
    assert!(books.faults.is_empty(), "{:?}", books.faults);

    // What lies at each provider is what the ledger says, to the last coin.
    let booked: Held = books
        .balances
        .iter()
        .filter_map(|(account, money)| {
            let provider = account.strip_prefix("provider:")?;
            // The till has no page to be looked at.
            let known = ["mercadopago", "stripe", "paypal"].contains(&provider);
            (known && money.minor != 0)
                .then(|| ((provider.to_owned(), money.currency.to_string()), money.minor))
        })
        .collect();
    let unreachable = paid_on_pages_of_nobody(world).await;
    let shown: Held =
        held_by_providers(world, &unreachable).into_iter().filter(|(_, minor)| *minor != 0).collect();
    assert_eq!(booked, shown, "the ledger and the providers");
    let withheld = books.balances.iter().filter(|(account, _)| account.starts_with("disputed:"));
    assert!(
        withheld.clone().all(|(_, money)| money.minor == 0),
        "every bank has decided: {:?}",
        books.balances
    );

    // Money in = with stays + given back + waiting: the accounts say so, since what is given back left both sides.
    let mut sums = BTreeMap::<String, i64>::new();
    for (_, money) in &books.balances {
        *sums.entry(money.currency.to_string()).or_default() += money.minor;
    }
    assert!(sums.values().all(|sum| *sum == 0), "{sums:?}");

    every_payment_has_an_end(world, &unreachable).await;
    for known in &world.stays {
        a_stay(world, &known.code, known.trusted).await;
    }
}

async fn every_payment_has_an_end(world: &World, unreachable: &BTreeSet<String>) {
    let mut session = world.desk.test.app.read().await.unwrap();
    for (provider, id) in approved_ids(world).into_iter().filter(|(_, id)| !unreachable.contains(id)) {
        let known = store::payment::lock(&mut session, &provider, &id).await.unwrap();
        let known = known.unwrap_or_else(|| panic!("{provider} has {id}, and the desk never heard of it"));
        // What a bank withheld before anybody had looked at it was used for nothing.
        assert!(
            known.applied.is_some() || world.is_lost(&id),
            "{provider} {id} was never decided: {known:?}"
        );
    }
    let pending = store::refund::count_pending(&mut session).await.unwrap();
    let waiting = kernel::staff_tasks::list(&world.desk.test.app).await.unwrap();
    for item in waiting.iter().filter(|item| item.reason == "foreign_refund") {
        // What PayPal shows of a chargeback is a refund, and both its notices may have been lost.
        let is_banks = world.cases.iter().any(|case| item.subject.ends_with(&format!(":{}", case.id)));
        assert!(is_banks, "a refund was made that nobody wanted: {item:?}");
    }
    let by_hand = waiting.iter().filter(|item| item.reason == "return_by_hand").count();
    let mut open = Vec::new();
    for known in &world.stays {
        let ledger = world.desk.ledger(&known.code).await;
        let refunds = ledger["refunds"].as_array().unwrap().clone();
        open.extend(
            refunds.into_iter().filter(|one| ["due", "sent"].contains(&one["status"].as_str().unwrap())),
        );
    }
    let pending = usize::try_from(pending).unwrap();
    assert_eq!(pending, by_hand, "every refund is made, or waits for a hand: {open:?}");
    for offer in store::equal_nights_offer::list_open(&mut session).await.unwrap() {
        let stay = store::stay::find_by_id(&mut session, &offer.stay_id).await.unwrap().unwrap();
        let waits = matches!(&stay, Stay::Held(held) if !held.has_ended(world.desk.test.now()));
        assert!(waits, "an offer that has ended, either way, has its money no more: {offer:?}");
    }
}

async fn a_stay(world: &World, code: &str, trusted: bool) {
    let ledger = world.desk.ledger(code).await;
    let status = world.desk.status_of(code).await;
    let currency = Currency::parse(ledger["currency"].as_str().unwrap()).unwrap();
    let amount = |name: &str| Money::parse(ledger[name].as_str().unwrap(), currency).unwrap().minor;
    let charged: i64 = ledger["charges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|charge| Money::parse(charge["amount"].as_str().unwrap(), currency).unwrap().minor)
        .sum();
    let (paid, deposit) = (amount("paid"), amount("deposit_amount"));
    match status.as_str() {
        "held" | "expired" => assert_eq!(paid.min(0), 0, "{code}"),
        _ => {}
    }
    // What a provider could not return after all, a person was asked to.
    let refunds = ledger["refunds"].as_array().unwrap().iter();
    let by_hand = refunds.filter(|one| one["status"] == "failed");
    let by_hand: i64 = by_hand.map(|one| minor(&one["amount"], currency.code())).sum();
    if status == "expired" {
        assert!(paid <= by_hand, "{code} has ended and keeps money: {ledger}");
    }
    if status == "confirmed" {
        assert!(paid <= charged + by_hand, "{code} was paid more than it costs: {ledger}");
        // A change of dates may have made the deposit larger than what confirmed it.
        let moved = charged != amount("total_price");
        let first = ledger["charges"][0]["amount"].as_str().unwrap();
        let asked = Money::parse(first, currency).unwrap().minor.min(deposit);
        let disputed = ledger["payments"].as_array().unwrap().iter().any(|one| !one["dispute"].is_null());
        assert!(
            trusted || moved || disputed || paid >= asked.min(deposit),
            "{code} is confirmed and not paid: {ledger}"
        );
    }
}

/// Payments at Stripe on pages whose address nobody was given: the answer that held it was lost, and the hold ended
/// before the desk asked again. Only the people of this world, who see the provider's own list, can pay there; where the
/// notice arrives the payment is known all the same.
async fn paid_on_pages_of_nobody(world: &World) -> BTreeSet<String> {
    let mut session = world.desk.test.app.read().await.unwrap();
    let ever = jiff::Timestamp::UNIX_EPOCH;
    let pages = store::checkout::list_pages_since(&mut session, ever).await.unwrap();
    let mut found = BTreeSet::new();
    for till in world.tills.iter().filter(|till| till.name() == "stripe") {
        for page in till.pages() {
            let is_given = pages.iter().any(|one| page["id"] == one.provider_ref.as_str());
            let Some(id) = page["payment_intent"].as_str().filter(|_| !is_given) else { continue };
            if store::payment::find(&mut session, "stripe", id).await.unwrap().is_none() {
                found.insert(id.to_owned());
            }
        }
    }
    found
}

/// Ids of payments whose money came in, by provider.
fn approved_ids(world: &World) -> Vec<(String, String)> {
    let mut ids = Vec::new();
    for payment in world.desk.mercadopago.payments() {
        if ["approved", "refunded", "charged_back"].contains(&payment["status"].as_str().unwrap()) {
            ids.push(("mercadopago".to_owned(), payment["id"].to_string()));
        }
    }
    for till in &world.tills {
        for (id, _, _) in till.received() {
            ids.push((till.name().to_owned(), id));
        }
    }
    ids
}

fn held_by_providers(world: &World, unreachable: &BTreeSet<String>) -> Held {
    let mut held = Held::new();
    for payment in world.desk.mercadopago.payments() {
        let came = ["approved", "refunded", "charged_back"].contains(&payment["status"].as_str().unwrap());
        if !came || world.is_lost(&payment["id"].to_string()) {
            continue;
        }
        let currency = payment["currency_id"].as_str().unwrap();
        let minor = |name: &str| minor(&payment[name], currency);
        let left = minor("transaction_amount") - minor("transaction_amount_refunded");
        *held.entry(("mercadopago".to_owned(), currency.to_owned())).or_default() += left;
    }
    for till in &world.tills {
        for (id, currency, left) in till.received() {
            // PayPal shows it with the capture, Stripe does not.
            let left = if world.is_lost(&id) || unreachable.contains(&id) { 0 } else { left };
            *held.entry((till.name().to_owned(), currency)).or_default() += left;
        }
    }
    held
}

fn minor(amount: &Value, currency: &str) -> i64 {
    let text = amount.as_str().map_or_else(|| amount.to_string(), str::to_owned);
    Money::parse(&text, Currency::parse(currency).unwrap()).unwrap().minor
}

impl Till {
    /// Payments whose money came in: id, currency, what is left of it in minor units.
    pub fn received(&self) -> Vec<(String, String, i64)> {
        match self {
            Self::Stripe(running) => running
                .control
                .payments()
                .into_iter()
                .filter(|payment| payment["status"] == "succeeded")
                .map(|payment| {
                    let currency = payment["currency"].as_str().unwrap().to_ascii_uppercase();
                    let back = payment["latest_charge"]["amount_refunded"].as_i64().unwrap();
                    (
                        payment["id"].as_str().unwrap().to_owned(),
                        currency,
                        payment["amount_received"].as_i64().unwrap() - back,
                    )
                })
                .collect(),
            Self::PayPal(running) => running.control.orders().iter().flat_map(captures).collect(),
        }
    }
}

fn captures(order: &Value) -> Vec<(String, String, i64)> {
    let payments = &order["purchase_units"][0]["payments"];
    let all = |name: &str| payments[name].as_array().cloned().unwrap_or_default();
    let amount =
        |one: &Value| minor(&one["amount"]["value"], one["amount"]["currency_code"].as_str().unwrap());
    let back: i64 = all("refunds")
        .iter()
        .filter(|one| one["status"] != "FAILED" && one["status"] != "CANCELLED")
        .map(amount)
        .sum();
    all("captures")
        .iter()
        .filter(|one| {
            ["COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED"].contains(&one["status"].as_str().unwrap())
        })
        .map(|one| {
            let currency = one["amount"]["currency_code"].as_str().unwrap().to_owned();
            (one["id"].as_str().unwrap().to_owned(), currency, amount(one) - back)
        })
        .collect()
}
