//! A movement of money, as a posting whose entries add up to nothing.
//!
//! A positive entry says that the account holds more, a negative one that it gave. What a provider holds for us is
//! therefore positive, and what people have given us is negative by the same amount:
//! received = applied + refunded + waiting, at any time, because every posting keeps it so.

use super::account::{Account, owner};
use crate::{money::Money, payable::Payable, payment::at_bank::Step};

/// What moved the money. With the provider and its id it names a posting: each is made once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    /// A guest's payment arrived.
    Payment,
    /// Money went back to the guest.
    Refund,
    /// Money that was on its way back stayed here after all.
    RefundFailed,
    /// The provider withholds money, because the guest's bank asks about it.
    Dispute,
    /// What was withheld, or taken back, is ours again.
    DisputeWon,
    /// The guest's bank took money back.
    Chargeback,
    /// A person decided what money belongs to.
    Assignment,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub movement: Movement,
    pub provider: String,
    /// The provider's own id of the movement.
    pub external_id: String,
    pub entries: Vec<Entry>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub account: Account,
    pub amount: Money,
}

impl Movement {
    pub const ALL: [Self; 7] = [
        Self::Payment,
        Self::Refund,
        Self::RefundFailed,
        Self::Dispute,
        Self::DisputeWon,
        Self::Chargeback,
        Self::Assignment,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Payment => "payment",
            Self::Refund => "refund",
            Self::RefundFailed => "refund_failed",
            Self::Dispute => "dispute",
            Self::DisputeWon => "dispute_won",
            Self::Chargeback => "chargeback",
            Self::Assignment => "assignment",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|movement| movement.as_str() == text)
    }
}

impl Posting {
    /// Money that came in for something, or for nobody yet.
    pub fn received(provider: &str, payment_id: &str, payable: Option<&Payable>, amount: Money) -> Self {
        let to = owner(provider, payable);
        Self::between(
            Movement::Payment,
            provider,
            payment_id,
            Account::Provider(provider.to_owned()),
            to,
            amount,
        )
    }

    /// Money that went back out.
    pub fn returned(provider: &str, external_id: &str, payable: Option<&Payable>, amount: Money) -> Self {
        let from = owner(provider, payable);
        let provider_account = Account::Provider(provider.to_owned());
        Self::between(Movement::Refund, provider, external_id, from, provider_account, amount)
    }

    /// Money that a guest's bank asks about.
    pub fn disputed(
        step: Step,
        provider: &str,
        external_id: &str,
        payable: Option<&Payable>,
        amount: Money,
    ) -> Self {
        let ours = Account::Provider(provider.to_owned());
        let withheld = Account::Disputed(provider.to_owned());
        let guests = owner(provider, payable);
        let (movement, more, less) = match step {
            Step::Withhold => (Movement::Dispute, withheld, ours),
            Step::Release => (Movement::DisputeWon, ours, withheld),
            Step::Lose => (Movement::Chargeback, guests, withheld),
            Step::Take => (Movement::Chargeback, guests, ours),
            Step::GiveBack => (Movement::DisputeWon, ours, guests),
        };
        Self::between(movement, provider, external_id, more, less, amount)
    }

    /// Money whose way back failed: it is here again.
    pub fn kept(provider: &str, external_id: &str, payable: Option<&Payable>, amount: Money) -> Self {
        let (provider_account, to) = (Account::Provider(provider.to_owned()), owner(provider, payable));
        Self::between(Movement::RefundFailed, provider, external_id, provider_account, to, amount)
    }

    /// Money that waited and now belongs to something.
    pub fn assigned(provider: &str, payment_id: &str, payable: &Payable, amount: Money) -> Self {
        let waiting = Account::Waiting(provider.to_owned());
        Self::between(
            Movement::Assignment,
            provider,
            payment_id,
            waiting,
            Account::Payable(payable.clone()),
            amount,
        )
    }

    fn between(
        movement: Movement,
        provider: &str,
        external_id: &str,
        more: Account,
        less: Account,
        amount: Money,
    ) -> Self {
        let gave = Money::new(-amount.minor, amount.currency);
        Self {
            movement,
            provider: provider.to_owned(),
            external_id: external_id.to_owned(),
            entries: vec![Entry { account: more, amount }, Entry { account: less, amount: gave }],
        }
    }

    /// Whether the entries of each currency add up to nothing.
    pub fn balances(&self) -> bool {
        self.entries.iter().all(|one| {
            let same = self.entries.iter().filter(|other| other.amount.currency == one.amount.currency);
            same.map(|entry| i128::from(entry.amount.minor)).sum::<i128>() == 0
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn every_posting_balances_and_the_guest_gets_back_what_was_given() {
        let ars = Currency::parse("ARS").unwrap();
        let stay = Payable::new(crate::payable::Kind::Stay, "s");
        let given = Money::new(1_000, ars);
        let postings = [
            Posting::received("stripe", "pi", Some(&stay), given),
            Posting::received("stripe", "pi2", None, given),
            Posting::assigned("stripe", "pi2", &stay, given),
            Posting::returned("stripe", "re", Some(&stay), Money::new(400, ars)),
            Posting::disputed(Step::Withhold, "stripe", "pi:1", Some(&stay), Money::new(300, ars)),
            Posting::disputed(Step::Lose, "stripe", "pi:2", Some(&stay), Money::new(100, ars)),
            Posting::disputed(Step::Release, "stripe", "pi:3", Some(&stay), Money::new(150, ars)),
            Posting::disputed(Step::Take, "stripe", "pi:4", Some(&stay), Money::new(20, ars)),
            Posting::disputed(Step::GiveBack, "stripe", "pi:5", Some(&stay), Money::new(20, ars)),
        ];
        assert!(postings.iter().all(Posting::balances));
        let sum = |account: &str| -> i64 {
            let entries = postings.iter().flat_map(|posting| &posting.entries);
            entries.filter(|entry| entry.account.name() == account).map(|entry| entry.amount.minor).sum()
        };
        assert_eq!((sum("provider:stripe"), sum("disputed:stripe")), (1_450, 50));
        assert_eq!((sum("stay:s"), sum("waiting:stripe")), (-1_500, 0));
    }
}
