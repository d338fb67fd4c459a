//! For guests: their stay, and the way to pay. The token in the address is the key; no page shows another's.

/// The way to the provider's page.
pub mod pay;
/// A receipt for money that was taken by hand.
pub mod receipt_page;
/// A stay as its guest sees it.
pub mod stay_page;

use domain::stay::Stay;
use kernel::App;

use crate::problem::{Problem, Result};

async fn by_token(app: &App, token: &str) -> Result<Stay> {
    let found = stays::stay::find_by_token(app, token).await?;
    found.ok_or_else(unknown_link)
}

fn unknown_link() -> Problem {
    Problem::not_found("there is no such reservation; ask us if you are not sure of the link")
}
