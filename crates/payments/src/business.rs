//! What a business does with money. Payments know no business: each hands in, once, what happens to money for its kind
//! of payable.

use domain::{
    charges_of_stay::{Missing, Purpose},
    money::Money,
    payable::{Kind, Payable},
};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use kernel::{App, DbError, Tx, jobs::JobError};
use store::db::Session;

/// Money that arrived and has not been used yet: a payment, or the part of one that is for one payable.
#[derive(Clone, Debug)]
pub struct Arrived {
    pub provider: String,
    /// The id of the payment, or of the part.
    pub id: String,
    /// What it was asked for.
    pub purpose: Purpose,
    pub amount: Money,
}

/// What became of money that arrived. The name is stored with the payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It confirmed what it was for.
    Confirmed,
    /// It came too late, and what it was for could be taken again.
    Retaken,
    /// It is part of what is due.
    Short,
    /// It pays for something that was confirmed before.
    Credit,
    /// It goes back by itself.
    Returned,
    /// It waits until the payer takes something equal, or does not.
    Offered,
    /// It covers nothing until a person has looked.
    Waiting,
    /// Each payable of a group has its part of it.
    Divided,
}

impl Applied {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Retaken => "retaken",
            Self::Short => "short",
            Self::Credit => "credit",
            Self::Returned => store::payment::RETURNED,
            Self::Offered => store::payment::OFFERED,
            Self::Waiting => store::payment::WAITING,
            Self::Divided => store::payment::DIVIDED,
        }
    }
}

/// What money could be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// What it was asked for.
    Own,
    /// Something equal, because what it was asked for is gone.
    Equal,
    /// Nothing: it would go back.
    None,
}

/// A piece of news for whoever pays; the business finds the words and the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// So much goes back.
    Returned(Money),
    /// So much was given back by hand.
    ReturnedByHand(Money),
    /// An order was not charged, because what it was for is gone.
    NotCharged,
    /// The provider declined the payment.
    Declined,
}

/// What is to be paid now, and what its page at a provider says.
#[derive(Clone, Debug)]
pub struct Bill {
    pub due: Missing,
    /// What the charge asks for in all; `due` is what is missing of it.
    pub charged: Money,
    /// Whether the charge takes `charged` as its amount, or keeps the amount that it has.
    pub sets_charge: bool,
    /// Until when the page is wanted.
    pub until: Timestamp,
    /// Whether `until` may move later: then the page follows.
    pub may_be_extended: bool,
    /// Until when slow ways to pay (cash slips) count, from the end of the page; None where they are not offered.
    pub slow: Option<jiff::SignedDuration>,
    /// What is paid for, for the payer.
    pub title: String,
    /// Where the payer goes from the provider's page.
    pub back_url: String,
    pub payer_email: Option<String>,
}

pub type Answer<'a, T> = BoxFuture<'a, Result<T, JobError>>;
pub type Stored<'a, T> = BoxFuture<'a, Result<T, DbError>>;

/// A kind of payable and what its business does. One value per kind, handed to [`crate::register_in_context`].
pub trait Business: Send + Sync {
    fn kind(&self) -> Kind;

    /// Before money that a provider shows is applied, outside a transaction: what else may have changed is read.
    fn prepare<'a>(&'a self, app: &'a App, payable: &'a Payable) -> BoxFuture<'a, ()>;

    /// Locks what money is for, and whatever it may be used for, in the order in which everybody locks. False when
    /// one of the payables does not exist.
    fn lock<'a>(&'a self, tx: &'a mut Tx<'_>, payables: &'a [Payable]) -> Stored<'a, bool>;

    /// Uses money, in the transaction of its arrival.
    fn use_money<'a>(
        &'a self,
        tx: &'a mut Tx<'_>,
        payable: &'a Payable,
        arrived: &'a Arrived,
    ) -> Answer<'a, Applied>;

    /// Money is on its way; `takes_days` where it comes by a way that does.
    fn pending<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable, takes_days: bool) -> Answer<'a, ()>;

    /// The provider declined a payment.
    fn rejected<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable) -> Answer<'a, ()>;

    /// What money that has not been taken yet could be used for, such as that of an order that the payer has approved.
    fn wants<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable, purpose: Purpose) -> Answer<'a, Use>;

    /// Whether all that was received is of use: what a bank gave back may be the payer's by now.
    fn uses_all<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
    ) -> Stored<'a, bool>;

    /// Everything that is owed, in the order in which money covers it.
    fn owes<'a>(&'a self, session: &'a mut Session, payable: &'a Payable) -> Stored<'a, Vec<Missing>>;

    /// What is to be paid now; None where nothing is.
    fn bill<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable) -> Stored<'a, Option<Bill>>;

    /// Whether its pages must stay open.
    fn keeps_pages_open<'a>(
        &'a self,
        app: &'a App,
        session: &'a mut Session,
        payable: &'a Payable,
    ) -> Stored<'a, bool>;

    fn tell<'a>(&'a self, tx: &'a mut Tx<'_>, payable: &'a Payable, news: News) -> Stored<'a, ()>;
}
