//! What money can be booked on.

use crate::payable::Payable;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Account {
    /// What lies at a provider, in the till, or at the bank: `mercadopago`, `stripe`, `paypal`, `cash`, `bank`.
    Provider(String),
    /// What was given for something.
    Payable(Payable),
    /// What a provider withholds while the guest's bank asks about it.
    Disputed(String),
    /// What came in and belongs to nothing until a person has looked, by provider.
    Waiting(String),
}

impl Account {
    /// As it is stored: `provider:stripe`, `stay:…`, `disputed:stripe`, `waiting:stripe`.
    pub fn name(&self) -> String {
        match self {
            Self::Provider(name) => format!("provider:{name}"),
            Self::Payable(payable) => payable.to_string(),
            Self::Disputed(name) => format!("disputed:{name}"),
            Self::Waiting(name) => format!("waiting:{name}"),
        }
    }
}

/// Where a payer's money is booked: on what it is for, or on what waits at the provider.
pub(super) fn owner(provider: &str, payable: Option<&Payable>) -> Account {
    match payable {
        Some(payable) => Account::Payable(payable.clone()),
        None => Account::Waiting(provider.to_owned()),
    }
}
