//! What can be done to a stay.

/// The name stands in the audit trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Confirm,
    Cancel,
    Expire,
    Extend,
    ChangeDates,
    Complete,
    NoShow,
    /// Equal nights are taken for money that came too late.
    AcceptOffer,
    /// Money is on its way by a slow way: the hold waits for it.
    WaitForMoney,
    /// That money did not come: the hold ends as others do.
    WaitNoLonger,
}

impl Action {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirm => "confirm",
            Self::Cancel => "cancel",
            Self::Expire => "expire",
            Self::Extend => "extend",
            Self::ChangeDates => "change_dates",
            Self::Complete => "complete",
            Self::NoShow => "no_show",
            Self::AcceptOffer => "accept_offer",
            Self::WaitForMoney => "wait_for_money",
            Self::WaitNoLonger => "wait_no_longer",
        }
    }
}
