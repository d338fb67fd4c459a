//! The page with the money of a stay: what was paid, what goes back, what is due, and every posting.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse},
    routing::get,
};
use domain::{
    guest::Contact,
    ids::StayCode,
    stay::{Status, Stay},
};
use jiff::{Timestamp, civil::Date};
use kernel::App;
use kernel::DbError;
use kernel::staff_tasks;
use kernel::staff_tasks::StaffTask;
use serde::Serialize;
use stays::accommodations;
use stays::guest_links;
use stays::money;
use web::LedgerOut;

use super::chat_and_calendars_page::PHONE;

/// So many of the guest's stays can be chosen from.
const STAYS: i64 = 8;

pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/demo/money", get(show_page))
        .route("/demo/money/{code}", get(show_page))
        .route("/demo/money.js", get(show_script))
        .route("/demo/ledger", get(show_last))
        .route("/demo/ledger/{code}", get(show_one))
        .with_state(app)
}

async fn show_page() -> Html<&'static str> {
    Html(include_str!("../../../../../static/money.html"))
}

async fn show_script() -> impl IntoResponse {
    let kind = [(header::CONTENT_TYPE, "text/javascript; charset=utf-8")];
    (kind, include_str!("../../../../../static/money.js"))
}

#[derive(Serialize)]
struct MoneyPage {
    /// Of the guest on the demo's page, the latest first.
    stays: Vec<Choice>,
    /// The stay that was asked for, or the latest; None while there is none.
    stay: Option<StayMoney>,
}

#[derive(Serialize)]
struct Choice {
    code: String,
    cabin: String,
    check_in: Date,
    check_out: Date,
}

#[derive(Serialize)]
struct StayMoney {
    cabin: String,
    check_in: Date,
    check_out: Date,
    status: Status,
    /// For a hold; it may be over already.
    held_until: Option<Timestamp>,
    has_ended: bool,
    stay_url: String,
    /// While something is to be paid.
    pay_url: Option<String>,
    /// A hold that goes on, and may be ended at once.
    can_end: bool,
    pages: Vec<OpenPage>,
    /// As staff see it through the API.
    #[serde(flatten)]
    ledger: LedgerOut,
    /// What a person of the house has to look at.
    for_a_person: Vec<String>,
}

/// A page at a provider. It may have ended there.
#[derive(Serialize)]
struct OpenPage {
    provider: String,
    url: String,
    expires_at: Timestamp,
}

async fn show_last(State(app): State<Arc<App>>) -> Result<Json<MoneyPage>, StatusCode> {
    let stays = stays_of_guest(&app).await.map_err(unavailable)?;
    let last = stays.first().cloned();
    answer(&app, stays, last).await.map_err(unavailable)
}

async fn show_one(
    State(app): State<Arc<App>>,
    Path(code): Path<String>,
) -> Result<Json<MoneyPage>, StatusCode> {
    let code = StayCode::parse(&code).ok_or(StatusCode::NOT_FOUND)?;
    let stay = stays::stay::find(&app, &code).await.map_err(unavailable)?.ok_or(StatusCode::NOT_FOUND)?;
    let stays = stays_of_guest(&app).await.map_err(unavailable)?;
    answer(&app, stays, Some(stay)).await.map_err(unavailable)
}

fn unavailable(_: DbError) -> StatusCode {
    StatusCode::SERVICE_UNAVAILABLE
}

async fn stays_of_guest(app: &App) -> Result<Vec<Stay>, DbError> {
    let guest = Contact { name: String::new(), phone: PHONE.to_owned(), email: None };
    store::stay::list_by_contact(&mut app.read().await?, &guest.key(), STAYS).await
}

async fn answer(app: &App, stays: Vec<Stay>, shown: Option<Stay>) -> Result<Json<MoneyPage>, DbError> {
    let cabins = accommodations::list(app).await?;
    let name_of = |stay: &Stay| {
        let cabin = cabins.iter().find(|cabin| cabin.id == stay.terms().accommodation_id);
        cabin.map(|cabin| cabin.name.clone()).unwrap_or_default()
    };
    let choices = stays.iter().map(|stay| Choice {
        code: stay.terms().code.to_string(),
        cabin: name_of(stay),
        check_in: stay.terms().period.check_in(),
        check_out: stay.terms().period.check_out(),
    });
    let stay = match shown {
        Some(stay) => Some(money_of(app, &stay, name_of(&stay)).await?),
        None => None,
    };
    Ok(Json(MoneyPage { stays: choices.collect(), stay }))
}

async fn money_of(app: &App, stay: &Stay, cabin: String) -> Result<StayMoney, DbError> {
    let summary = money::summary(app, stay).await?;
    let pages = store::checkout::list(&mut app.read().await?, &money::payable_of(stay)).await?;
    let next = money::next_due(app, stay).await?;
    let subjects = subjects(stay, &summary.payments, &summary.refunds);
    let waiting = staff_tasks::list(app).await?.into_iter().filter(|item| subjects.contains(&item.subject));
    let (now, terms) = (app.now(), stay.terms());
    let (held_until, has_ended) = match stay {
        Stay::Held(held) => (Some(held.expires_at), held.has_ended(now)),
        _ => (None, false),
    };
    Ok(StayMoney {
        cabin,
        check_in: terms.period.check_in(),
        check_out: terms.period.check_out(),
        status: stay.status(),
        held_until,
        has_ended,
        stay_url: guest_links::manage_url(app, &terms.token),
        pay_url: next.and_then(|next| guest_links::pay_url_for(app, terms, next.amount)),
        can_end: held_until.is_some() && !has_ended,
        pages: pages.into_iter().filter_map(OpenPage::of).collect(),
        for_a_person: waiting.map(|StaffTask { reason, .. }| reason).collect(),
        ledger: LedgerOut::of(stay, summary),
    })
}

/// What the list of what waits for a person calls this stay, its payments and its refunds.
fn subjects(stay: &Stay, payments: &[payments::Payment], refunds: &[payments::Refund]) -> Vec<String> {
    let of_payment =
        |one: &payments::Payment| format!("payment:{}:{}", one.provider, one.provider_payment_id);
    let own = [format!("stay:{}", stay.terms().id)].into_iter();
    own.chain(payments.iter().map(of_payment))
        .chain(refunds.iter().map(|one| format!("refund:{}", one.id)))
        .collect()
}

impl OpenPage {
    /// None until the provider has answered.
    fn of(page: store::checkout::Checkout) -> Option<Self> {
        Some(Self { url: page.url?, provider: page.provider, expires_at: page.expires_at })
    }
}
