//! What a look changes, state by state.

use super::*;
use crate::money::Currency;

fn ars(minor: i64) -> Money {
    Money::new(minor, Currency::parse("ARS").unwrap())
}

fn shown(status: PaymentStatus) -> Shown {
    let bank = Bank::Noted(None);
    Shown { status, amount: ars(1_000), given_back: ars(0), bank, sent_back_minor: 0, is_newer: true }
}

fn known(status: PaymentStatus) -> Known {
    Known { status, refunded: ars(0), dispute: None, is_applied: status != PaymentStatus::Pending }
}

#[test]
fn money_is_used_when_it_is_here_and_nobody_asks_about_it() {
    use PaymentStatus::{Approved, Pending};
    let first = change(None, None, &shown(Approved));
    assert!(first.is_news && first.is_to_be_used && first.status == Approved);
    let after_pending = change(Some(&known(Pending)), Some(&known(Pending)), &shown(Approved));
    assert!(after_pending.is_news && after_pending.is_to_be_used);
    let again = change(Some(&known(Approved)), Some(&known(Approved)), &shown(Approved));
    assert!(!again.is_news && !again.is_to_be_used);
    let asked = Shown { bank: Bank::Noted(Some(Dispute::Open)), ..shown(Approved) };
    assert!(!change(None, None, &asked).is_to_be_used);
}

#[test]
fn states_and_refunds_never_go_backwards() {
    use PaymentStatus::{Approved, Pending, Refunded};
    let before = Known { refunded: ars(400), ..known(Approved) };
    let late = change(Some(&before), Some(&before), &shown(Approved));
    assert_eq!((late.refunded, late.has_shrunk), (ars(400), true));
    let old = Shown { is_newer: false, ..shown(Approved) };
    assert!(!change(Some(&before), Some(&before), &old).has_shrunk);
    let late = change(Some(&known(Refunded)), Some(&known(Refunded)), &shown(Pending));
    assert_eq!((late.status, late.is_news), (Refunded, false));
    let all = Shown { given_back: ars(1_000), ..shown(Refunded) };
    assert_eq!(change(Some(&before), Some(&before), &all).refunded, ars(1_000));
}

#[test]
fn what_a_bank_took_is_no_refund_and_may_come_back() {
    use PaymentStatus::{Approved, ChargedBack, Refunded};
    let before = Known { dispute: Some(Dispute::Open), ..known(Approved) };
    let taken = Shown { given_back: ars(1_000), ..shown(Refunded) };
    let after = change(Some(&before), Some(&before), &taken);
    assert_eq!((after.status, after.refunded, after.dispute), (ChargedBack, ars(0), Some(Dispute::Lost)));
    let ours = Shown { sent_back_minor: 1_000, ..taken };
    assert_eq!(change(Some(&before), Some(&before), &ours).status, Refunded);
    let lost = Known { dispute: Some(Dispute::Lost), ..known(ChargedBack) };
    let back = change(Some(&lost), Some(&lost), &shown(Approved));
    assert!(back.is_given_back && back.status == Approved && back.dispute == Some(Dispute::Won));
    let old = Shown { is_newer: false, ..shown(Approved) };
    assert_eq!(change(Some(&lost), Some(&lost), &old).status, ChargedBack);
}

#[test]
fn a_provider_that_shows_disputes_says_how_they_end() {
    use PaymentStatus::{Approved, Pending};
    let quiet = Bank::Shown { asks: false, has_taken: false, reimbursed: false };
    let open = Known { dispute: Some(Dispute::Open), ..known(Approved) };
    let of = |bank, status, is_newer| {
        let shown = Shown { bank, is_newer, ..shown(status) };
        change(Some(&open), Some(&open), &shown).dispute
    };
    assert_eq!(of(quiet, Approved, true), Some(Dispute::Won));
    assert_eq!(of(quiet, Approved, false), Some(Dispute::Open));
    assert_eq!(of(quiet, Pending, true), Some(Dispute::Open));
    let asks = Bank::Shown { asks: true, has_taken: false, reimbursed: false };
    assert_eq!(of(asks, Approved, true), Some(Dispute::Open));
    let paid_back = Bank::Shown { asks: false, has_taken: false, reimbursed: true };
    assert_eq!(of(paid_back, Approved, false), Some(Dispute::Won));
}

/// The notice that a question began may come after the one that it ended.
#[test]
fn notices_come_in_any_order() {
    let won = Known { dispute: Some(Dispute::Won), ..known(PaymentStatus::Approved) };
    let noted = Shown { bank: Bank::Noted(Some(Dispute::Open)), ..shown(PaymentStatus::Approved) };
    assert_eq!(change(Some(&won), Some(&won), &noted).dispute, Some(Dispute::Won));
}
