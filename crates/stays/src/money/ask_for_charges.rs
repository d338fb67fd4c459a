//! Asking for what is due: the guest in their chat, by a template where the chat takes nothing else, or through staff.

use std::sync::Arc;

use dialog::MoneyNews;
use domain::{
    actor::Actor,
    charges_of_stay::{Missing, Purpose},
    stay::Stay,
};
use jiff::Timestamp;
use kernel::{
    App, Tx,
    jobs::{Done, Job, JobError},
    messages::{FollowUp, Written},
};
use providers::chat::Outgoing;
use serde::{Deserialize, Serialize};
use store::{
    charge::{self, Charge},
    conversation::Conversation,
    db::{DbError, Session},
    queue::Claim,
};

use crate::{
    guest_links::pay_url_for,
    kept_in_context::Template,
    owed::{missing_of, tell_money},
    room,
};

/// So many in one transaction.
const BATCH: i64 = 100;

/// Asks guests for what is due, once; charges that grew are asked for again.
#[derive(Default, Serialize, Deserialize)]
pub struct AskForCharges {}

impl Job for AskForCharges {
    const KIND: &'static str = "ask_for_charges";
    const QUEUE: &'static str = "upkeep";

    fn dedupe_key(&self) -> Option<String> {
        Some(Self::KIND.to_owned())
    }

    async fn run(self, app: &Arc<App>, _: &Claim) -> Result<Done, JobError> {
        ask_for_charges(app).await
    }
}

/// Has staff ask for a charge: the message that asked the guest for it does not arrive.
#[derive(Serialize, Deserialize)]
pub struct AskStaffForCharge {
    charge_id: String,
    /// Why it does not arrive.
    #[serde(default)]
    reason: String,
}

impl Job for AskStaffForCharge {
    const KIND: &'static str = "ask_staff_for_charge";
    const QUEUE: &'static str = "upkeep";

    async fn run(self, app: &Arc<App>, claim: &Claim) -> Result<Done, JobError> {
        let mut tx = app.begin_as(Actor::System).await?;
        ask_staff_instead(&mut tx, &self.charge_id, &self.reason).await?;
        tx.finish(claim).await
    }
}

async fn ask_for_charges(app: &App) -> Result<Done, JobError> {
    let mut tx = app.begin_as(Actor::System).await?;
    for charge in charge::list_of_stays_to_ask(&mut tx.session, tx.now, BATCH).await? {
        if !charge::mark_asked(&mut tx.session, &charge.id, tx.now).await? {
            continue;
        }
        let Some((stay, open)) = still_due(&mut tx.session, &charge).await? else { continue };
        let news = asking(app, &stay, open, tx.now);
        let chat = chat_of(&mut tx.session, &stay).await?;
        let is_open = chat.as_ref().is_some_and(|chat| app.channels.window_is_open(chat, tx.now));
        let template = template(app, &news);
        match (chat, template) {
            (Some(_), _) if is_open => tell_money(&mut tx, &stay, news).await?,
            (Some(chat), Some(message)) => {
                let ask_staff = AskStaffForCharge { charge_id: charge.id, reason: String::new() };
                let written = Written { message, on_undelivered: Some(FollowUp::new(&ask_staff)) };
                tx.write(&chat, &[written]).await?;
            }
            _ => {
                ask_staff(&mut tx, &stay, open, "the guest cannot be written to").await?;
                continue;
            }
        }
        tracing::info!(stay = %stay.terms().id, purpose = open.purpose.as_str(), "a guest was asked for money");
    }
    tx.commit().await?;
    Ok(Done::Finish)
}

async fn ask_staff_instead(tx: &mut Tx<'_>, charge_id: &str, reason: &str) -> Result<(), DbError> {
    let Some(charge) = charge::find(&mut tx.session, charge_id).await? else { return Ok(()) };
    // Paid meanwhile: nobody needs to be asked.
    let Some((stay, open)) = still_due(&mut tx.session, &charge).await? else { return Ok(()) };
    let why = format!("the message that asks for it was not delivered ({reason})");
    ask_staff(tx, &stay, open, &why).await?;
    tracing::warn!(stay = %stay.terms().id, reason, "a guest could not be asked for money: staff are to ask");
    Ok(())
}

/// What is still missing of a charge.
async fn still_due(session: &mut Session, charge: &Charge) -> Result<Option<(Stay, Missing)>, DbError> {
    let Some(id) = charge.payable.stay_id() else { return Ok(None) };
    let Some(stay) = store::stay::find_by_id(session, &id).await? else { return Ok(None) };
    let open = missing_of(session, &stay).await?.into_iter().find(|one| one.purpose == charge.purpose);
    Ok(open.map(|open| (stay, open)))
}

async fn chat_of(session: &mut Session, stay: &Stay) -> Result<Option<Conversation>, DbError> {
    let Some(id) = &stay.terms().conversation_id else { return Ok(None) };
    store::conversation::find(session, id).await
}

/// Staff ask where the program cannot: by telephone, or from their own account.
async fn ask_staff(tx: &mut Tx<'_>, stay: &Stay, open: Missing, why: &str) -> Result<(), DbError> {
    let (terms, amount) = (stay.terms(), open.amount);
    let way = pay_url_for(tx.app, terms, amount).map(|url| format!("; the guest pays it at {url}"));
    let detail = format!(
        "{amount} {} of {} is due, and {why}: ask them{}",
        amount.currency,
        terms.code,
        way.unwrap_or_default()
    );
    tx.open_task(&format!("stay:{}", terms.id), "charge_due", &detail).await?;
    Ok(())
}

/// The balance in the words that Meta has approved, where there are such words and a page to pay on.
fn template(app: &App, news: &MoneyNews) -> Option<Outgoing> {
    let Template { name, language, locale } = room(app).template.as_ref()?;
    let parameters = dialog::balance_parameters(news, *locale)?.into();
    Some(Outgoing::Template { name: name.clone(), language: language.clone(), parameters })
}

fn asking(app: &App, stay: &Stay, open: Missing, now: Timestamp) -> MoneyNews {
    let (terms, amount) = (stay.terms(), open.amount);
    let code = terms.code.to_string();
    let pay_url = pay_url_for(app, terms, amount);
    match open.purpose {
        Purpose::Extra => MoneyNews::ExtraDue { code, amount, pay_url },
        Purpose::Penalty => MoneyNews::PenaltyDue { code, amount, pay_url },
        Purpose::Deposit | Purpose::Balance => MoneyNews::BalanceDue {
            code,
            amount,
            by: terms.period.check_in(),
            today: app.property.zone.today(now),
            pay_url,
        },
    }
}
