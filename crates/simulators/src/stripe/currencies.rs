//! Currencies, their decimals and least amounts.

/// A currency in which Stripe charges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Currency {
    /// Lower-case, as Stripe writes it.
    pub(crate) code: &'static str,
    pub(crate) decimals: u32,
    /// The least that can be charged, in the smallest unit.
    pub(crate) minimum: i64,
}

/// Those in which the program's guests pay, and some more. <https://docs.stripe.com/currencies>
const CURRENCIES: [Currency; 42] = [
    two("aed", 200),
    two("ars", 1),
    two("aud", 50),
    two("bob", 1),
    two("brl", 50),
    two("cad", 50),
    two("chf", 50),
    none("clp", 1),
    two("cop", 1),
    two("crc", 1),
    two("czk", 1500),
    two("dkk", 250),
    two("dop", 1),
    two("eur", 50),
    two("gbp", 30),
    two("gtq", 1),
    two("hkd", 400),
    two("hnl", 1),
    two("huf", 17_500),
    two("inr", 50),
    none("jpy", 50),
    none("krw", 1),
    three("kwd", 10),
    two("mxn", 1000),
    two("myr", 200),
    two("nio", 1),
    two("nok", 300),
    two("nzd", 50),
    two("pab", 1),
    two("pen", 1),
    two("pln", 200),
    none("pyg", 1),
    two("ron", 200),
    two("sek", 300),
    two("sgd", 50),
    two("thb", 1000),
    three("tnd", 10),
    two("try", 1),
    two("usd", 50),
    two("uyu", 1),
    none("vnd", 1),
    none("xof", 1),
];

impl Currency {
    /// In whatever case it is written.
    pub(crate) fn find(code: &str) -> Option<Self> {
        CURRENCIES.into_iter().find(|currency| currency.code.eq_ignore_ascii_case(code))
    }

    /// How a delayed payment is made in this currency's country.
    pub(crate) fn delayed_method(self) -> &'static str {
        match self.code {
            "mxn" => "oxxo",
            "brl" => "boleto",
            "usd" => "us_bank_account",
            "eur" => "sepa_debit",
            _ => "customer_balance",
        }
    }
}

/// An amount in the smallest unit, with its decimals: `1500` is `15.00` in dollars and `1500` in yen.
pub(crate) fn decimal(minor: i64, decimals: u32) -> String {
    if decimals == 0 {
        return minor.to_string();
    }
    let unit = 10_i64.pow(decimals);
    format!("{}.{:0width$}", minor / unit, minor % unit, width = decimals as usize)
}

const fn none(code: &'static str, minimum: i64) -> Currency {
    Currency { code, decimals: 0, minimum }
}

const fn two(code: &'static str, minimum: i64) -> Currency {
    Currency { code, decimals: 2, minimum }
}

const fn three(code: &'static str, minimum: i64) -> Currency {
    Currency { code, decimals: 3, minimum }
}
