//! PayPal's two environments, live and sandbox.

/// Real money or play money: two worlds with other addresses, credentials and certificates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Environment {
    Live,
    Sandbox,
}

/// developer.paypal.com/reference/currency-codes, as far as this program knows them. ARS, CLP, COP, PEN and UYU are not
/// among them; BRL and CNY only within their countries.
pub const CURRENCIES: [&str; 17] = [
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HUF", "JPY", "MXN", "NOK", "NZD", "PLN",
    "SEK", "USD",
];

impl Environment {
    /// Where signing certificates lie.
    pub fn certificate_hosts(self) -> [&'static str; 2] {
        match self {
            Self::Live => ["https://api.paypal.com", "https://api-m.paypal.com"],
            Self::Sandbox => ["https://api.sandbox.paypal.com", "https://api-m.sandbox.paypal.com"],
        }
    }

    /// Whom a signing certificate is made out to.
    pub fn certificate_name(self) -> &'static str {
        match self {
            Self::Live => "messageverificationcerts.paypal.com",
            Self::Sandbox => "messageverificationcerts.sandbox.paypal.com",
        }
    }
}
