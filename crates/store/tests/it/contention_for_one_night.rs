//! Many writers for one night, each with connections of its own: the database alone decides.

use domain::stay::Held;
use store::{
    db::{Db, DbError},
    stay,
};
use testkit::{
    TestDb,
    noun_builders::{held, nights},
};
use tokio::task::JoinSet;

use crate::shared_cabins_and_rows::{count_overlaps, now, with_cabin};

const WRITERS: usize = 64;
/// As many processes share the database.
const PROCESSES: usize = 4;

#[derive(Debug, PartialEq, Eq)]
enum Outcome {
    Took,
    Refused,
}

/// Writes without looking first, and again for as long as the database is only busy.
async fn take(db: Db, hold: Held) -> Outcome {
    loop {
        let attempt = async {
            let mut session = db.begin().await?;
            stay::create_many(&mut session, std::slice::from_ref(&hold)).await?;
            session.commit().await
        };
        match attempt.await {
            Ok(()) => return Outcome::Took,
            Err(DbError::Overlap) => return Outcome::Refused,
            Err(error) => assert!(error.is_passing(), "{error:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_gets_the_night() {
    TestDb::each(async |db| {
        let cabin = with_cabin(db, "a").await;
        let mut processes = Vec::new();
        for _ in 0..PROCESSES {
            processes.push(db.open_again().await);
        }
        // All of them want the night of the 14th, in ranges of different lengths.
        let check_ins = ["2027-01-14", "2027-01-13", "2027-01-10"];
        let mut writers = JoinSet::new();
        for number in 0..WRITERS {
            let period = nights(check_ins[number % check_ins.len()], "2027-01-15");
            writers.spawn(take(processes[number % PROCESSES].clone(), held(&cabin, period, now())));
        }
        let outcomes = writers.join_all().await;
        let took = outcomes.iter().filter(|outcome| **outcome == Outcome::Took).count();
        assert_eq!((took, outcomes.len()), (1, WRITERS));
        assert_eq!(count_overlaps(&mut db.read().await).await, 0);
        for process in processes {
            process.close().await;
        }
    })
    .await;
}
