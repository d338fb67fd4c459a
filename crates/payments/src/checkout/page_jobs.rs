//! The jobs that open and close pages.

use std::sync::Arc;

use domain::{ids::StayId, payable::Payable};
use kernel::{
    App,
    jobs::{Done, Job, JobError},
};
use serde::{Deserialize, Serialize};
use store::queue::Claim;

use super::{close::close_checkouts, open::open_checkout};

/// Opens a provider's page for what is to be paid next, or moves its end along with what it is for.
#[derive(Serialize, Deserialize)]
pub struct OpenCheckout {
    #[serde(flatten)]
    pub payable: PayableField,
    /// Without one, the first that takes the currency.
    pub provider: Option<String>,
}

/// Closes the pages of something that can no longer be paid for.
#[derive(Serialize, Deserialize)]
pub struct CloseCheckouts {
    #[serde(flatten)]
    pub payable: PayableField,
}

/// `payable` as it is written today; rows of older versions have `stay_id`.
#[derive(Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum PayableField {
    Payable { payable: String },
    Stay { stay_id: StayId },
}

impl From<&Payable> for PayableField {
    fn from(payable: &Payable) -> Self {
        Self::Payable { payable: payable.to_string() }
    }
}

impl PayableField {
    fn read(&self) -> Result<Payable, JobError> {
        match self {
            Self::Stay { stay_id } => Ok(Payable::from(stay_id)),
            Self::Payable { payable } => {
                Payable::parse(payable).ok_or(JobError::fail("the job names no payable that is known"))
            }
        }
    }

    /// Changes to the pages of one payable follow one another.
    fn order_key(&self) -> Option<String> {
        let payable = self.read().ok()?;
        // As older versions wrote it, so that their rows and ours keep their order.
        Some(match payable.stay_id() {
            Some(stay_id) => format!("checkout:{stay_id}"),
            None => format!("checkout:{payable}"),
        })
    }
}

impl Job for OpenCheckout {
    const KIND: &'static str = "open_checkout";
    const QUEUE: &'static str = "payments";

    fn order_key(&self) -> Option<String> {
        self.payable.order_key()
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        open_checkout(app, claim, &self.payable.read()?, self.provider.as_deref()).await
    }
}

impl Job for CloseCheckouts {
    const KIND: &'static str = "close_checkouts";
    const QUEUE: &'static str = "payments";

    fn order_key(&self) -> Option<String> {
        self.payable.order_key()
    }

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        close_checkouts(app, claim, &self.payable.read()?).await
    }
}

impl OpenCheckout {
    pub fn of(payable: &Payable, provider: Option<String>) -> Self {
        Self { payable: payable.into(), provider }
    }
}

impl CloseCheckouts {
    pub fn of(payable: &Payable) -> Self {
        Self { payable: payable.into() }
    }
}
