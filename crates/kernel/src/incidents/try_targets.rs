//! A message to each target that the settings name, to see whether it arrives.

use dialog::{Locale, say::incident_notice};
use jiff::Timestamp;
use providers::{http::Timeouts, notification_target::Notice};

use super::{notification_targets::targets, titled};
use crate::{
    app::BuildError,
    settings::{self, Alerts},
};

/// What became of one message that was sent to try a target out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// For the person who asked; it names people.
    pub target: String,
    /// Why it was not taken.
    pub outcome: Result<(), String>,
}

/// Sends a message to each target that the settings name, one after another; needs no database.
///
/// # Errors
/// When the settings or the machine allow no calls at all.
pub async fn try_out(
    alerts: &Alerts,
    property: &settings::Property,
    id: &str,
    now: Timestamp,
) -> Result<Vec<Tried>, BuildError> {
    let http = providers::http::client(Timeouts::default()).map_err(BuildError::Http)?;
    let locale = Locale::parse(&property.locale).ok_or(BuildError::Setting("PROPERTY_LOCALE"))?;
    let words = incident_notice::trial(locale);
    let notice = Notice {
        id: format!("{id}.trial"),
        answers: None,
        at: now,
        title: titled(&property.name, &words.title),
        text: words.text,
    };
    let mut tried = Vec::new();
    for target in targets(alerts, &http) {
        let outcome = target.send(&notice).await.map_err(|error| error.to_string());
        tried.push(Tried { target: target.describe().into_owned(), outcome });
    }
    Ok(tried)
}
