//! Money on its way back, as a vendor shows it.

/// Money on its way back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    pub id: String,
    pub status: RefundStatus,
    pub amount_decimal: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefundStatus {
    Approved,
    InProcess,
    Rejected,
    Cancelled,
    Unknown(String),
}
