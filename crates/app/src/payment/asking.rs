//! Asking for what is due: the guest in their chat, by a template where the chat takes nothing else, or through the host.

use dialog::MoneyNews;
use domain::{
    charge::{Missing, Purpose},
    stay::Stay,
};
use jiff::Timestamp;
use providers::chat::Outgoing;
use store::{
    charge::{self, Charge},
    conversation::Conversation,
    db::{DbError, Session},
    message::Message,
};

use super::charges::missing_of;
use crate::{
    App, attention,
    conversation::{tell_money, write},
    hold,
    jobs::{Done, JobError},
    outbox::{Written, window_is_open},
};

/// So many in one transaction.
const BATCH: i64 = 100;

/// Asks guests for what is due, once; charges that grew are asked for again.
pub async fn ask_for_charges(app: &App) -> Result<Done, JobError> {
    let now = app.now();
    let mut session = app.begin().await?;
    for charge in charge::list_to_ask(&mut session, now, BATCH).await? {
        if !charge::mark_asked(&mut session, &charge.id, now).await? {
            continue;
        }
        let Some((stay, open)) = still_due(&mut session, &charge).await? else { continue };
        let news = asking(app, &stay, open, now);
        let chat = chat_of(&mut session, &stay).await?;
        let is_open = chat.as_ref().is_some_and(|chat| window_is_open(chat, now));
        let template = template(app, &news);
        match (chat, template) {
            (Some(_), _) if is_open => tell_money(app, &mut session, &stay, news, now).await?,
            (Some(chat), Some(message)) => {
                let written = Written { message, charge_id: Some(charge.id) };
                write(app, &mut session, &chat, &[written], now).await?;
            }
            _ => {
                ask_host(app, &mut session, &stay, open, "the guest cannot be written to", now).await?;
                continue;
            }
        }
        tracing::info!(stay = %stay.terms().id, purpose = open.purpose.as_str(), "a guest was asked for money");
    }
    app.commit(session).await?;
    Ok(Done::Finish)
}

/// A message that asked for a charge will not arrive: the host is to ask. False where the message asked for none.
pub(crate) async fn ask_host_instead(
    app: &App,
    session: &mut Session,
    message: &Message,
    reason: &str,
    now: Timestamp,
) -> Result<bool, DbError> {
    let Some(charge_id) = Written::read(message).ok().and_then(|written| written.charge_id) else {
        return Ok(false);
    };
    let Some(charge) = charge::find(session, &charge_id).await? else { return Ok(false) };
    // Paid meanwhile: nobody needs to be asked.
    let Some((stay, open)) = still_due(session, &charge).await? else { return Ok(true) };
    let why = format!("the message that asks for it was not delivered ({reason})");
    ask_host(app, session, &stay, open, &why, now).await?;
    tracing::warn!(stay = %stay.terms().id, reason, "a guest could not be asked for money: the host is to ask");
    Ok(true)
}

/// What is still missing of a charge.
async fn still_due(session: &mut Session, charge: &Charge) -> Result<Option<(Stay, Missing)>, DbError> {
    let Some(stay) = store::stay::find_by_id(session, &charge.stay_id).await? else { return Ok(None) };
    let open = missing_of(session, &stay).await?.into_iter().find(|one| one.purpose == charge.purpose);
    Ok(open.map(|open| (stay, open)))
}

async fn chat_of(session: &mut Session, stay: &Stay) -> Result<Option<Conversation>, DbError> {
    let Some(id) = &stay.terms().conversation_id else { return Ok(None) };
    store::conversation::find(session, id).await
}

/// The host asks where the desk cannot: by telephone, or from their own account.
async fn ask_host(
    app: &App,
    session: &mut Session,
    stay: &Stay,
    open: Missing,
    why: &str,
    now: Timestamp,
) -> Result<(), DbError> {
    let (terms, amount) = (stay.terms(), open.amount);
    let way = hold::pay_url_for(app, terms, amount).map(|url| format!("; the guest pays it at {url}"));
    let detail = format!(
        "{amount} {} of {} is due, and {why}: ask them{}",
        amount.currency,
        terms.code,
        way.unwrap_or_default()
    );
    attention::raise(app, session, &format!("stay:{}", terms.id), "charge_due", &detail, now).await?;
    Ok(())
}

/// The balance in the words that Meta has approved, where there are such words and a page to pay on.
fn template(app: &App, news: &MoneyNews) -> Option<Outgoing> {
    let settings = &app.config.whatsapp;
    let parameters = dialog::balance_parameters(news, app.defaults.template_locale)?;
    (!settings.balance_template.is_empty()).then(|| Outgoing::Template {
        name: settings.balance_template.clone(),
        language: settings.template_language.clone(),
        parameters: parameters.into(),
    })
}

fn asking(app: &App, stay: &Stay, open: Missing, now: Timestamp) -> MoneyNews {
    let (terms, amount) = (stay.terms(), open.amount);
    let code = terms.code.to_string();
    let pay_url = hold::pay_url_for(app, terms, amount);
    match open.purpose {
        Purpose::Extra => MoneyNews::ExtraDue { code, amount, pay_url },
        Purpose::Penalty => MoneyNews::PenaltyDue { code, amount, pay_url },
        Purpose::Deposit | Purpose::Balance => MoneyNews::BalanceDue {
            code,
            amount,
            by: terms.period.check_in(),
            today: app.defaults.zone.today(now),
            pay_url,
        },
    }
}
