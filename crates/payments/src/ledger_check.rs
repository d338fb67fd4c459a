//! The check of the ledger: every posting balances, every payment is posted, every account agrees with what the
//! providers show.

use std::collections::BTreeMap;

use domain::money::Money;
use store::ledger;

use kernel::{
    App, DbError,
    staff_tasks::{self, StaffTask},
};

pub struct Check {
    /// Every account with what it holds, per currency.
    pub balances: Vec<(String, Money)>,
    /// Sentences about what is wrong; empty when the books are right.
    pub faults: Vec<String>,
    /// Payments, refunds and charges that wait for a person.
    pub waiting: Vec<StaffTask>,
}

pub async fn check(app: &App) -> Result<Check, DbError> {
    let mut session = app.snapshot().await?;
    let balances = ledger::list_balances(&mut session).await?;
    let mut faults = Vec::new();
    for seq in ledger::list_unbalanced(&mut session).await? {
        faults.push(format!("posting {seq} does not balance"));
    }
    for (provider, payment) in ledger::list_unposted(&mut session).await? {
        faults.push(format!("payment {payment} of {provider} is not posted"));
    }
    let mut sums = BTreeMap::<String, i64>::new();
    for (_, money) in &balances {
        *sums.entry(money.currency.to_string()).or_default() += money.minor;
    }
    let off = sums.into_iter().filter(|(_, sum)| *sum != 0);
    faults.extend(
        off.map(|(currency, sum)| format!("all accounts in {currency} add up to {sum} and not to nothing")),
    );
    for (account, booked, shown) in ledger::list_disagreeing(&mut session).await? {
        faults.push(format!("{account}: the ledger holds {booked}, its payments {shown}"));
    }
    drop(session);
    let about_money = |item: &StaffTask| {
        let is_due = item.reason.starts_with("late_money") || item.reason == "charge_due";
        item.subject.starts_with("payment:") || item.subject.starts_with("refund:") || is_due
    };
    let waiting = staff_tasks::list(app).await?.into_iter().filter(about_money).collect();
    Ok(Check { balances, faults, waiting })
}
