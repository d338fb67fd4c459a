//! What a payer's bank has of a payment, and the movements that lead from one such state to another.

use super::{PaymentStatus, dispute::Dispute};

/// What a bank has of a payment, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AtBank {
    /// Until there is an answer.
    pub withheld: i64,
    /// For good.
    pub taken: i64,
}

/// A movement between us, the bank and the guest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Withhold,
    Release,
    /// What was withheld goes to the guest.
    Lose,
    /// The guest gets it without a question before.
    Take,
    /// What the guest had got comes back.
    GiveBack,
}

impl AtBank {
    /// What a bank has of a payment of which `left` was not given back.
    pub fn of(dispute: Option<Dispute>, status: PaymentStatus, left: i64) -> Self {
        let left = left.max(0);
        match (status, dispute) {
            (PaymentStatus::ChargedBack, _) => Self { withheld: 0, taken: left },
            // Lost, and the provider has not moved it yet.
            (_, Some(Dispute::Open | Dispute::Lost)) => Self { withheld: left, taken: 0 },
            (_, Some(Dispute::Won) | None) => Self::default(),
        }
    }

    /// What leads from here to there: each step with its amount.
    pub fn steps_to(self, there: Self) -> Vec<(Step, i64)> {
        let taken = there.taken - self.taken;
        let lost = taken.clamp(0, self.withheld);
        let withheld = there.withheld - (self.withheld - lost);
        let steps = [
            (Step::Lose, lost),
            (Step::Take, taken - lost),
            (Step::GiveBack, -taken),
            (Step::Withhold, withheld),
            (Step::Release, -withheld),
        ];
        steps.into_iter().filter(|(_, amount)| *amount > 0).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_leads_where_it_should() {
        let places = [(0, 0), (100, 0), (0, 100), (60, 0), (0, 60), (40, 60)];
        let at = |(withheld, taken): (i64, i64)| AtBank { withheld, taken };
        for from in places.map(at) {
            for there in places.map(at) {
                let mut is = from;
                for (step, amount) in from.steps_to(there) {
                    assert!(amount > 0);
                    match step {
                        Step::Withhold => is.withheld += amount,
                        Step::Release => is.withheld -= amount,
                        Step::Lose => is = at((is.withheld - amount, is.taken + amount)),
                        Step::Take => is.taken += amount,
                        Step::GiveBack => is.taken -= amount,
                    }
                    assert!(is.withheld >= 0 && is.taken >= 0, "{from:?} {there:?}");
                }
                assert_eq!(is, there, "{from:?}");
            }
        }
    }

    #[test]
    fn the_bank_has_what_is_asked_about_and_what_was_lost() {
        use PaymentStatus::{Approved, ChargedBack, Refunded};
        let of = |dispute, status| {
            let AtBank { withheld, taken } = AtBank::of(dispute, status, 70);
            (withheld, taken)
        };
        assert_eq!(of(None, Approved), (0, 0));
        assert_eq!(of(Some(Dispute::Open), Approved), (70, 0));
        assert_eq!(of(Some(Dispute::Lost), Approved), (70, 0));
        assert_eq!(of(Some(Dispute::Lost), ChargedBack), (0, 70));
        assert_eq!(of(Some(Dispute::Won), Approved), (0, 0));
        assert_eq!(AtBank::of(Some(Dispute::Open), Refunded, -5), AtBank::default());
    }
}
