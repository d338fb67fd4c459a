//! Asking for what is due: the guest in their chat, by a template where the chat takes nothing else, or through staff.

use std::sync::Arc;

use dialog::MoneyNews;
use domain::{
    charge::{Missing, Purpose},
    stay::Stay,
};
use jiff::Timestamp;
use kernel::{
    App,
    jobs::{Done, Job, JobError, finish},
    messages::{FollowUp, Written, write},
    staff_tasks,
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
    owed::{missing_of, tell_money},
    room,
    room::Template,
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
        let mut session = app.begin().await?;
        ask_staff_instead(app, &mut session, &self.charge_id, &self.reason, app.now()).await?;
        finish(app, session, claim).await
    }
}

async fn ask_for_charges(app: &App) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.begin().await?;
    for charge in charge::list_of_stays_to_ask(&mut session, now, BATCH).await? {
        if !charge::mark_asked(&mut session, &charge.id, now).await? {
            continue;
        }
        let Some((stay, open)) = still_due(&mut session, &charge).await? else { continue };
        let news = asking(app, &stay, open, now);
        let chat = chat_of(&mut session, &stay).await?;
        let is_open = chat.as_ref().is_some_and(|chat| app.channels.window_is_open(chat, now));
        let template = template(app, &news);
        match (chat, template) {
            (Some(_), _) if is_open => tell_money(app, &mut session, &stay, news, now).await?,
            (Some(chat), Some(message)) => {
                let ask_staff = AskStaffForCharge { charge_id: charge.id, reason: String::new() };
                let written = Written { message, on_undelivered: Some(FollowUp::new(&ask_staff)) };
                write(app, &mut session, &chat, &[written], now).await?;
            }
            _ => {
                ask_staff(app, &mut session, &stay, open, "the guest cannot be written to", now).await?;
                continue;
            }
        }
        tracing::info!(stay = %stay.terms().id, purpose = open.purpose.as_str(), "a guest was asked for money");
    }
    app.commit(session).await?;
    Ok(Done::Finish)
}

async fn ask_staff_instead(
    app: &App,
    session: &mut Session,
    charge_id: &str,
    reason: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let Some(charge) = charge::find(session, charge_id).await? else { return Ok(()) };
    // Paid meanwhile: nobody needs to be asked.
    let Some((stay, open)) = still_due(session, &charge).await? else { return Ok(()) };
    let why = format!("the message that asks for it was not delivered ({reason})");
    ask_staff(app, session, &stay, open, &why, now).await?;
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
async fn ask_staff(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    open: Missing,
    why: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let (terms, amount) = (stay.terms(), open.amount);
    let way = pay_url_for(app, terms, amount).map(|url| format!("; the guest pays it at {url}"));
    let detail = format!(
        "{amount} {} of {} is due, and {why}: ask them{}",
        amount.currency,
        terms.code,
        way.unwrap_or_default()
    );
    staff_tasks::open(app, session, &format!("stay:{}", terms.id), "charge_due", &detail, now).await?;
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
