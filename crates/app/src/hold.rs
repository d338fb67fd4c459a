//! Taking nights for a guest for half an hour: the deciding moment of the desk.
//!
//! Holds that are asked for at the same time share a transaction (see [`crate::batch`]). In it the accommodations
//! are locked, so that looking and taking are one; the database's own constraint stands behind that for every
//! other writer.

use std::{collections::HashMap, sync::Arc};

use dialog::Deadline;
use domain::{
    accommodation::Accommodation,
    guest::{Channel, Contact},
    hold::{Refusal, check},
    ids::{AccommodationId, StayId},
    money::Money,
    period::Period,
    price::Quote,
    stay::{Actor, Held, Stay, Terms},
};
use jiff::{SignedDuration, Timestamp, civil::Date};
use serde::Serialize;
use store::{
    audit,
    db::{DbError, Session},
    idempotency, queue,
};

use crate::{
    App,
    batch::{self, Batcher, Flush},
    idempotency::Outcome,
    jobs::Job,
    metrics::ByChannel,
    turnstile::{self, Entry},
};

#[derive(Clone, Debug)]
pub struct HoldRequest {
    pub accommodation_id: AccommodationId,
    pub check_in: Date,
    pub check_out: Date,
    pub guests: u16,
    pub channel: Channel,
    pub contact: Contact,
    pub conversation_id: Option<String>,
    /// Who asked, for the audit trail.
    pub actor: Actor,
    /// A request that may come twice names itself.
    pub key: Option<idempotency::Key>,
}

#[derive(Clone, Debug)]
pub enum HoldAnswer {
    Granted(Granted),
    /// The answer that the same request got before, byte for byte.
    Replayed(idempotency::Kept),
}

/// What the guest is told of a hold.
#[derive(Clone, Debug, Serialize)]
pub struct Granted {
    pub code: String,
    pub token: String,
    pub accommodation_id: AccommodationId,
    pub status: domain::stay::Status,
    pub check_in: Date,
    pub check_out: Date,
    pub guests: u16,
    pub expires_at: Timestamp,
    pub deposit_amount: String,
    pub total_price: String,
    pub currency: String,
    pub nights: i64,
    pub manage_url: String,
    pub payment_url: Option<String>,
}

#[derive(Debug, thiserror::Error)]
pub enum HoldError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("this Idempotency-Key was used for another request")]
    KeyReused,
    #[error("the same request is still being carried out")]
    KeyBusy,
    #[error("the hold could not be written down")]
    Database(#[from] DbError),
    #[error(transparent)]
    NotDone(#[from] batch::NotDone),
}

/// Takes nights for a guest, or says why not.
pub async fn place(app: &Arc<App>, request: HoldRequest) -> Result<HoldAnswer, HoldError> {
    let channel = ByChannel::of(request.channel);
    let named = request.key.is_some();
    let pass = match turnstile::enter(app, &request.accommodation_id).await {
        Entry::Inside(pass) => Some(pass),
        Entry::Unguarded => None,
        Entry::Taken => {
            app.metrics.reservations_lock_failed.get_or_create(&channel).inc();
            return Err(Refusal::BeingBooked.into());
        }
    };
    let answer = batch::submit(app, request).await;
    if let Some(pass) = pass {
        // Before the answer: whoever asks after it must not meet our own key.
        pass.leave().await;
    }
    let answer = answer?;
    count(app, &channel, &answer);
    if named {
        count_key(app, &answer);
    }
    answer
}

/// What a guest would hear first whose contact cannot be read: dates, guests and accommodation come before it.
pub async fn refusal_before_contact(
    app: &App,
    id: &AccommodationId,
    check_in: Date,
    check_out: Date,
    guests: u16,
) -> Result<Option<Refusal>, DbError> {
    let accommodation = store::accommodation::find(&mut app.read().await?, id).await?;
    let zone = accommodation.as_ref().map_or(&app.defaults.zone, |accommodation| &accommodation.zone);
    Ok(check(check_in, check_out, guests, accommodation.as_ref(), zone.today(app.now())).err())
}

fn count_key(app: &App, answer: &Result<HoldAnswer, HoldError>) {
    let outcome = match answer {
        Ok(HoldAnswer::Granted(_)) => Outcome::Kept,
        Ok(HoldAnswer::Replayed(_)) => Outcome::Replayed,
        Err(HoldError::KeyReused) => Outcome::KeyReused,
        Err(HoldError::KeyBusy) => Outcome::KeyBusy,
        Err(HoldError::Refused(_)) => Outcome::Refused,
        Err(HoldError::Database(_) | HoldError::NotDone(_)) => return,
    };
    crate::idempotency::count(app, outcome);
}

fn count(app: &App, channel: &ByChannel, answer: &Result<HoldAnswer, HoldError>) {
    match answer {
        Ok(HoldAnswer::Granted(_)) => {
            app.metrics.reservations_created.get_or_create(channel).inc();
        }
        Err(HoldError::Refused(Refusal::DatesTaken)) => {
            app.metrics.reservations_date_overlap.get_or_create(channel).inc();
        }
        _ => {}
    }
}

impl Flush for HoldRequest {
    type Result = Result<HoldAnswer, HoldError>;

    fn batcher(app: &App) -> &Batcher<Self, Self::Result> {
        &app.holds
    }

    async fn flush(app: &Arc<App>, requests: Vec<Self>) -> Vec<Self::Result> {
        let alone = requests.len() == 1;
        match place_together(app, &requests).await {
            Ok(answers) => answers,
            Err(error) if alone => vec![Err(as_refusal(error))],
            // Perhaps all of them were kept: another try would find their own nights taken.
            Err(DbError::Unknown(cause)) => {
                requests.iter().map(|_| Err(DbError::Unknown(cause.clone()).into())).collect()
            }
            Err(error) => {
                // One of them spoils it for all, or the database had a bad moment: each on its own.
                tracing::warn!(%error, holds = requests.len(), "a batch of holds failed; trying them one by one");
                let mut answers = Vec::with_capacity(requests.len());
                for request in requests {
                    let single = place_together(app, std::slice::from_ref(&request)).await;
                    let answer = single.map(|mut answers| answers.pop()).map_err(as_refusal).transpose();
                    answers.push(
                        answer.unwrap_or(Err(HoldError::NotDone(batch::NotDone))).and_then(|answer| answer),
                    );
                }
                answers
            }
        }
    }
}

/// The constraint spoke where the look before it had seen nothing.
fn as_refusal(error: DbError) -> HoldError {
    match error {
        DbError::Overlap => Refusal::DatesTaken.into(),
        other => HoldError::Database(other),
    }
}

async fn place_together(
    app: &Arc<App>,
    requests: &[HoldRequest],
) -> Result<Vec<Result<HoldAnswer, HoldError>>, DbError> {
    let now = app.now();
    let mut session = app.begin().await?;
    let mut known = Vec::with_capacity(requests.len());
    for (place, request) in requests.iter().enumerate() {
        let known_here = match twin_of(request, &requests[..place]) {
            Some(twin) => Some(Err(twin)),
            None => known_answer(&mut session, request, now).await?,
        };
        known.push(known_here);
    }
    let open: Vec<&HoldRequest> = requests
        .iter()
        .zip(&known)
        .filter(|(_, known)| known.is_none())
        .map(|(request, _)| request)
        .collect();
    let mut placed = place_in(app, &mut session, &open, now).await?.into_iter();

    let mut answers = Vec::with_capacity(requests.len());
    for (request, known) in requests.iter().zip(known) {
        let answer = match known {
            Some(answer) => answer,
            None => match placed.next() {
                Some(Ok(held)) => {
                    let granted = granted(app, &held);
                    keep_answer(app, &mut session, request, &granted, now).await?;
                    Ok(HoldAnswer::Granted(granted))
                }
                Some(Err(refusal)) => Err(refusal.into()),
                None => Err(HoldError::NotDone(batch::NotDone)),
            },
        };
        answers.push(answer);
    }
    app.commit(session).await?;
    Ok(answers)
}

/// An earlier request of the same batch with the same key: the same one, still running, or another one's key.
fn twin_of(request: &HoldRequest, earlier: &[HoldRequest]) -> Option<HoldError> {
    let key = request.key.as_ref()?;
    let same = |other: &&idempotency::Key| other.scope == key.scope && other.key == key.key;
    let twin = earlier.iter().filter_map(|other| other.key.as_ref()).find(same)?;
    Some(if twin.fingerprint == key.fingerprint { HoldError::KeyBusy } else { HoldError::KeyReused })
}

async fn known_answer(
    session: &mut Session,
    request: &HoldRequest,
    now: Timestamp,
) -> Result<Option<Result<HoldAnswer, HoldError>>, DbError> {
    let Some(key) = &request.key else { return Ok(None) };
    if !idempotency::claim(session, key).await? {
        return Ok(Some(Err(HoldError::KeyBusy)));
    }
    Ok(idempotency::find(session, key, now).await?.map(|kept| {
        if kept.fingerprint == key.fingerprint {
            Ok(HoldAnswer::Replayed(kept))
        } else {
            Err(HoldError::KeyReused)
        }
    }))
}

async fn keep_answer(
    app: &App,
    session: &mut Session,
    request: &HoldRequest,
    granted: &Granted,
    now: Timestamp,
) -> Result<(), DbError> {
    let Some(key) = &request.key else { return Ok(()) };
    let body = serde_json::to_vec(granted).expect("a granted hold is plain data");
    let until = now + SignedDuration::from_hours(app.config.booking.idempotency_hours.into());
    idempotency::keep(session, key, 201, &body, now, until).await
}

/// Places holds inside the caller's transaction, each decided in the order given.
///
/// # Errors
/// The database's only; refusals are results. After an error the transaction must be dropped.
pub async fn place_in(
    app: &App,
    session: &mut Session,
    requests: &[&HoldRequest],
    now: Timestamp,
) -> Result<Vec<Result<Held, Refusal>>, DbError> {
    let mut ids: Vec<_> = requests.iter().map(|request| request.accommodation_id.clone()).collect();
    ids.sort();
    ids.dedup();
    let accommodations = store::accommodation::lock(session, &ids).await?;
    let checked: Vec<_> =
        requests.iter().map(|request| check_request(app, request, &accommodations, now)).collect();

    let wanted: Vec<_> = checked
        .iter()
        .zip(requests)
        .filter_map(|(checked, request)| Some((request.accommodation_id.clone(), checked.as_ref().ok()?.0)))
        .collect();
    let mut taken = look(app, session, &wanted, now).await?;
    let mut keys: Vec<String> = requests.iter().map(|request| request.contact.key()).collect();
    keys.sort_unstable();
    keys.dedup();
    let mut held_by = store::stay::count_held(session, &keys, now).await?;

    let mut answers = Vec::with_capacity(requests.len());
    for (checked, request) in checked.into_iter().zip(requests) {
        answers.push(
            checked.and_then(|(period, quote)| {
                take(app, request, period, &quote, &mut taken, &mut held_by, now)
            }),
        );
    }
    let holds: Vec<Held> = answers.iter().filter_map(|answer| answer.as_ref().ok().cloned()).collect();
    let actors: Vec<Actor> = answers
        .iter()
        .zip(requests)
        .filter(|(answer, _)| answer.is_ok())
        .map(|(_, request)| request.actor)
        .collect();
    write_down(app, session, &holds, &actors, now).await?;
    Ok(answers)
}

fn check_request(
    app: &App,
    request: &HoldRequest,
    accommodations: &[Accommodation],
    now: Timestamp,
) -> Result<(Period, Quote), Refusal> {
    let accommodation =
        accommodations.iter().find(|accommodation| accommodation.id == request.accommodation_id);
    let zone = accommodation.map_or(&app.defaults.zone, |accommodation| &accommodation.zone);
    let (period, accommodation) =
        check(request.check_in, request.check_out, request.guests, accommodation, zone.today(now))?;
    Ok((period, accommodation.pricing.quote(&period)))
}

type Taken = HashMap<AccommodationId, Vec<Period>>;

/// What lies over the wanted nights. Holds whose time is over are ended here and now.
async fn look(
    app: &App,
    session: &mut Session,
    wanted: &[(AccommodationId, Period)],
    now: Timestamp,
) -> Result<Taken, DbError> {
    let mut taken = Taken::new();
    let touched = store::night::list_touched(session, wanted).await?;
    for stay in store::stay::list_in_the_way(session, &touched).await? {
        if stay.is_live(now) {
            taken.entry(stay.terms().accommodation_id.clone()).or_default().push(stay.terms().period);
        } else {
            crate::stay::expire_in(app, session, stay, now).await?;
        }
    }
    for block in store::block::list_in_the_way(session, &touched).await? {
        taken.entry(block.accommodation_id).or_default().push(block.period);
    }
    Ok(taken)
}

fn take(
    app: &App,
    request: &HoldRequest,
    period: Period,
    quote: &Quote,
    taken: &mut Taken,
    held_by: &mut HashMap<String, i64>,
    now: Timestamp,
) -> Result<Held, Refusal> {
    let nights = taken.entry(request.accommodation_id.clone()).or_default();
    if nights.iter().any(|other| other.overlaps(&period)) {
        return Err(Refusal::DatesTaken);
    }
    let held = held_by.entry(request.contact.key()).or_default();
    let limit = app.config.booking.max_holds_per_contact;
    if *held >= i64::from(limit) {
        return Err(Refusal::TooManyHolds { limit });
    }
    *held += 1;
    nights.push(period);
    let terms = Terms {
        id: StayId::new(app.entropy.id(now)),
        code: app.entropy.stay_code(),
        token: app.entropy.token(),
        accommodation_id: request.accommodation_id.clone(),
        period,
        guests: request.guests,
        channel: request.channel,
        contact: request.contact.clone(),
        conversation_id: request.conversation_id.clone(),
        total: quote.total,
        deposit: quote.deposit,
        policy: app.defaults.policy.clone(),
        created_at: now,
        version: 1,
    };
    let minutes = i64::from(app.config.booking.hold_minutes);
    Ok(Held { terms, expires_at: now + SignedDuration::from_mins(minutes), extended: false })
}

/// The stays, their audit rows, and the checkout pages to be opened for them.
async fn write_down(
    app: &App,
    session: &mut Session,
    holds: &[Held],
    actors: &[Actor],
    now: Timestamp,
) -> Result<(), DbError> {
    record(session, holds, actors, now).await?;
    enqueue_checkouts(app, session, holds, now).await
}

/// The stays and their audit rows. The caller has seen under locks that their nights are free.
pub(crate) async fn record(
    session: &mut Session,
    holds: &[Held],
    actors: &[Actor],
    now: Timestamp,
) -> Result<(), DbError> {
    store::stay::create_many(session, holds).await?;
    let stays: Vec<Stay> = holds.iter().cloned().map(Stay::from).collect();
    let entries: Vec<_> = stays
        .iter()
        .zip(actors)
        .map(|(stay, actor)| audit::Entry::of_stay(*actor, "hold", None, stay))
        .collect();
    audit::write(session, &entries, now).await
}

/// Opens the provider's pages of these holds, or moves their ends.
pub(crate) async fn enqueue_checkouts(
    app: &App,
    session: &mut Session,
    holds: &[Held],
    now: Timestamp,
) -> Result<(), DbError> {
    let paid_online = holds.iter().filter(|held| takes_payment(app, held.terms.deposit));
    let jobs: Vec<_> = paid_online
        .map(|held| Job::OpenCheckout { stay_id: held.terms.id.clone(), provider: None }.enqueue_at(now))
        .collect();
    queue::enqueue(session, &jobs, now).await
}

fn takes_payment(app: &App, deposit: Money) -> bool {
    deposit.is_positive() && app.providers_for(deposit.currency).next().is_some()
}

pub fn granted(app: &App, held: &Held) -> Granted {
    let terms = &held.terms;
    Granted {
        code: terms.code.to_string(),
        token: terms.token.clone(),
        accommodation_id: terms.accommodation_id.clone(),
        status: domain::stay::Status::Held,
        check_in: terms.period.check_in(),
        check_out: terms.period.check_out(),
        guests: terms.guests,
        expires_at: held.expires_at,
        deposit_amount: terms.deposit.to_string(),
        total_price: terms.total.to_string(),
        currency: terms.total.currency.to_string(),
        nights: terms.period.nights(),
        manage_url: manage_url(app, &terms.token),
        payment_url: pay_url(app, &held.terms),
    }
}

/// The guest's own page of a stay.
pub fn manage_url(app: &App, token: &str) -> String {
    format!("{}/stay/{token}", app.config.base_url())
}

/// Where the guest pays the deposit; it leads on to the provider's page as soon as that is open.
pub fn pay_url(app: &App, terms: &Terms) -> Option<String> {
    pay_url_for(app, terms, terms.deposit)
}

/// The same for any amount of a stay; None where no provider takes it.
pub fn pay_url_for(app: &App, terms: &Terms, amount: Money) -> Option<String> {
    takes_payment(app, amount).then(|| format!("{}/pay/{}", app.config.base_url(), terms.token))
}

/// An instant as a guest reads it, by the clock of the property.
pub(crate) fn deadline(app: &App, until: Timestamp, now: Timestamp) -> Deadline {
    let zone = app.defaults.zone.time_zone();
    let at = zone.to_datetime(until);
    if at.date() == app.defaults.zone.today(now) {
        Deadline::Today(at.time())
    } else {
        Deadline::On(at.date(), at.time())
    }
}
