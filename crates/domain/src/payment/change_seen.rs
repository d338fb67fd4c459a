//! What a look at a payment changes: everything that is known and shown goes in, everything that is to be written comes
//! out.

use super::PaymentStatus;
use super::dispute::Dispute;
use crate::money::Money;

/// What is written down of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    pub status: PaymentStatus,
    pub refunded: Money,
    pub dispute: Option<Dispute>,
    /// Whether it was decided what its money is used for.
    pub is_applied: bool,
}

/// What the provider shows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub status: PaymentStatus,
    pub amount: Money,
    /// What went back, by whomever.
    pub given_back: Money,
    pub bank: Bank,
    /// What this program has sent back, in minor units.
    pub sent_back_minor: i64,
    /// Whether the provider was asked after what is known was written down: only then does it take anything back.
    pub is_newer: bool,
}

/// How a provider tells that a payer's bank asks about a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bank {
    /// With the payment itself. `reimbursed` where the bank has given the money back.
    Shown { asks: bool, has_taken: bool, reimbursed: bool },
    /// Nowhere but in a notice, and this is what the notice said.
    Noted(Option<Dispute>),
}

/// What is to be written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    pub status: PaymentStatus,
    pub refunded: Money,
    pub dispute: Option<Dispute>,
    /// Whether the status is news.
    pub is_news: bool,
    /// Whether the money has to be used now: it is here, nobody asks about it, and nothing was decided.
    pub is_to_be_used: bool,
    /// Whether the bank gave back what it had taken.
    pub is_given_back: bool,
    /// Whether the provider shows less given back than before, though nothing of ours failed.
    pub has_shrunk: bool,
}

/// States go forwards only, and each movement counts once.
///
/// `before` is what was known before refunds that failed after all were undone, `known` what is known after that.
pub fn change(before: Option<&Known>, known: Option<&Known>, shown: &Shown) -> Change {
    let dispute = dispute_after(before, shown);
    let is_taken_back = is_taken_back(shown, dispute);
    let news = if is_taken_back { PaymentStatus::ChargedBack } else { shown.status };
    let was_taken = before.is_some_and(|before| before.status == PaymentStatus::ChargedBack);
    let is_here = matches!(news, PaymentStatus::Approved | PaymentStatus::Refunded);
    let is_given_back = was_taken && is_here && shown.is_newer;
    let status = match known {
        Some(known) if !is_given_back => known.status.after(news),
        _ => news,
    };
    let refunded = match status {
        PaymentStatus::Refunded => shown.amount,
        _ => refunded_after(known, shown, is_taken_back),
    };
    let dispute = match status {
        PaymentStatus::ChargedBack => Some(Dispute::Lost),
        _ if is_given_back => Some(Dispute::Won),
        _ => dispute,
    };
    let is_applied = known.is_some_and(|known| known.is_applied);
    // An old answer that comes late shows less, and says nothing.
    let shows_less = known.is_some_and(|known| known.refunded.minor > shown.given_back.minor);
    let has_shrunk = shows_less && shown.is_newer;
    Change {
        status,
        refunded,
        dispute,
        is_news: known.is_none_or(|known| known.status != status),
        // What a bank withholds pays for nothing yet.
        is_to_be_used: status == PaymentStatus::Approved && !is_applied && dispute != Some(Dispute::Open),
        is_given_back,
        has_shrunk: has_shrunk && news == PaymentStatus::Approved,
    }
}

/// How the bank's question stands after this look.
fn dispute_after(before: Option<&Known>, shown: &Shown) -> Option<Dispute> {
    let before = before.and_then(|before| before.dispute);
    match shown.bank {
        Bank::Shown { has_taken: true, .. } => Some(Dispute::Lost),
        Bank::Shown { asks: true, .. } => Some(Dispute::Open),
        Bank::Shown { reimbursed: true, .. } => Some(Dispute::Won),
        // An answer from before the question says nothing about its end.
        Bank::Shown { .. } if is_settled(shown.status) && shown.is_newer => before.map(|_| Dispute::Won),
        Bank::Shown { .. } => before,
        Bank::Noted(noted) => match (before, noted) {
            // The notice that it began may come after the one that it ended.
            (Some(Dispute::Won | Dispute::Lost), Some(Dispute::Open)) => before,
            (_, noted) => noted.or(before),
        },
    }
}

fn is_settled(status: PaymentStatus) -> bool {
    matches!(status, PaymentStatus::Approved | PaymentStatus::Refunded)
}

/// What the bank took looks like a refund at a provider that shows no disputes: one that nobody here has made.
fn is_taken_back(shown: &Shown, dispute: Option<Dispute>) -> bool {
    let is_asked_about = matches!(dispute, Some(Dispute::Open | Dispute::Lost));
    matches!(shown.bank, Bank::Noted(_))
        && is_asked_about
        && shown.status == PaymentStatus::Refunded
        && shown.sent_back_minor < shown.amount.minor
}

/// What went back to the payer by a refund, and not by a bank. An old answer that comes late does not take back what
/// went back.
fn refunded_after(known: Option<&Known>, shown: &Shown, is_taken_back: bool) -> Money {
    let currency = shown.given_back.currency;
    let known = known.filter(|known| known.refunded.currency == currency);
    let before = known.map_or(Money::zero(currency), |known| known.refunded);
    if known.is_some_and(|known| known.status == PaymentStatus::ChargedBack) {
        return before;
    }
    let now = if is_taken_back { Money::new(shown.sent_back_minor, currency) } else { shown.given_back };
    if before.minor > now.minor { before } else { now }
}

#[cfg(test)]
mod tests;
