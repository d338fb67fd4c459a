//! Holds that came together, in one commit.

use std::sync::Arc;

use domain::{actor::Actor, hold_checks::Refusal};
use kernel::{
    App,
    commit_batch::{self, Flush},
};
use store::db::DbError;

use super::{
    HoldAnswer, HoldError, HoldRequest,
    answers_by_key::{keep_answer, known_answer, twin_of},
    place_in,
};

impl Flush for HoldRequest {
    type Result = Result<HoldAnswer, HoldError>;

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
                        answer
                            .unwrap_or(Err(HoldError::NotDone(commit_batch::NotDone)))
                            .and_then(|answer| answer),
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
    let mut tx = app.begin_as(Actor::System).await?;
    let mut known = Vec::with_capacity(requests.len());
    for (place, request) in requests.iter().enumerate() {
        let known_here = match twin_of(request, &requests[..place]) {
            Some(twin) => Some(Err(twin)),
            None => known_answer(&mut tx.session, request, tx.now).await?,
        };
        known.push(known_here);
    }
    let open: Vec<&HoldRequest> = requests
        .iter()
        .zip(&known)
        .filter(|(_, known)| known.is_none())
        .map(|(request, _)| request)
        .collect();
    let mut placed = place_in(&mut tx, &open).await?.into_iter();

    let mut answers = Vec::with_capacity(requests.len());
    for (request, known) in requests.iter().zip(known) {
        let answer = match known {
            Some(answer) => answer,
            None => match placed.next() {
                Some(Ok(held)) => {
                    keep_answer(&mut tx, request, &held).await?;
                    Ok(HoldAnswer::Granted(Box::new(held)))
                }
                Some(Err(refusal)) => Err(refusal.into()),
                None => Err(HoldError::NotDone(commit_batch::NotDone)),
            },
        };
        answers.push(answer);
    }
    tx.commit().await?;
    Ok(answers)
}
