//! Random operations of many writers. After each of them no two live stays of an accommodation overlap, and the
//! database refused exactly what overlapped.

use domain::{
    accommodation::Accommodation,
    block::{Block, BlockKind},
    period::Period,
    stay::Stay,
};
use jiff::{SignedDuration, Timestamp, ToSpan};
use proptest::{prelude::*, sample::Index};
use store::{
    block::{self, Stored},
    db::{DbError, Result},
    feed, stay,
};
use testkit::{
    TestDb,
    noun_builders::{cabin, day, held},
};

use crate::shared_cabins_and_rows::{count_overlaps, now};

/// What somebody tries. Nights are days after 1 January and a length; a stay is picked among all that ever were.
#[derive(Clone, Debug)]
enum Operation {
    Hold(Vec<(usize, i8, i8)>),
    Confirm(Index),
    Cancel(Index),
    Expire(Index),
    ChangeDates(Index, i8, i8),
    /// As no code of ours would: a status written past all rules.
    Force(Index, &'static str),
    Block(usize, u8, i8, i8),
    Unblock(usize, u8),
    Pass(i16),
}

fn operations() -> impl Strategy<Value = Vec<Operation>> {
    use Operation::*;
    let house = 0..2_usize;
    let start = 0..20_i8;
    let length = 1..7_i8;
    let wanted = (house.clone(), start.clone(), length.clone());
    let pick = any::<Index>;
    let statuses = prop::sample::select(vec!["held", "confirmed", "expired", "cancelled"]);
    let one = prop_oneof![
        4 => prop::collection::vec(wanted, 1..4).prop_map(Hold),
        2 => pick().prop_map(Confirm),
        2 => pick().prop_map(Cancel),
        2 => pick().prop_map(Expire),
        3 => (pick(), start.clone(), length.clone()).prop_map(|(stay, from, days)| ChangeDates(stay, from, days)),
        2 => (pick(), statuses).prop_map(|(stay, status)| Force(stay, status)),
        1 => (house.clone(), 0..4_u8, start, length).prop_map(|(a, uid, from, days)| Block(a, uid, from, days)),
        1 => (house, 0..4_u8).prop_map(|(a, uid)| Unblock(a, uid)),
        2 => (1..40_i16).prop_map(Pass),
    ];
    prop::collection::vec(one, 1..30)
}

fn period(from: i8, days: i8) -> Period {
    let check_in = day("2027-01-01").checked_add(i64::from(from).days()).unwrap();
    Period::new(check_in, check_in.checked_add(i64::from(days).days()).unwrap()).unwrap()
}

/// A run of operations on two cabins of its own.
struct Run<'a> {
    db: &'a TestDb,
    cabins: [Accommodation; 2],
    /// All stays that were ever stored, as they are stored now.
    stays: Vec<Stay>,
    now: Timestamp,
}

impl Run<'_> {
    /// Whether these nights are kept by a stay that counts as live for the database, other than `but`.
    fn is_taken(&self, cabin: &Accommodation, period: Period, but: Option<&Stay>) -> bool {
        self.stays.iter().filter(|stay| Some(*stay) != but).any(|stay| {
            let terms = stay.terms();
            matches!(stay, Stay::Held(_) | Stay::Confirmed(_))
                && terms.accommodation_id == cabin.id
                && terms.period.overlaps(&period)
        })
    }

    fn house_of(&self, stay: &Stay) -> &Accommodation {
        self.cabins.iter().find(|cabin| cabin.id == stay.terms().accommodation_id).expect("one of the two")
    }

    async fn perform(&mut self, operation: &Operation) {
        match operation {
            Operation::Hold(wanted) => self.hold(wanted).await,
            Operation::Pass(minutes) => self.now += SignedDuration::from_mins((*minutes).into()),
            Operation::Block(house, uid, from, days) => {
                let block = self.block(*house, *uid, period(*from, *days));
                let now = self.now;
                let stored = Stored { block, missing_since: None };
                self.db.commit(async |session| block::put(session, &stored, now).await).await;
            }
            Operation::Unblock(house, uid) => {
                let block = self.block(*house, *uid, period(0, 1));
                self.db.commit(async |session| block::delete(session, &block.feed, &block.uid).await).await;
            }
            Operation::Confirm(pick)
            | Operation::Cancel(pick)
            | Operation::Expire(pick)
            | Operation::ChangeDates(pick, ..)
            | Operation::Force(pick, _) => {
                if !self.stays.is_empty() {
                    let place = pick.index(self.stays.len());
                    self.change(place, operation).await;
                }
            }
        }
    }

    async fn hold(&mut self, wanted: &[(usize, i8, i8)]) {
        let holds: Vec<_> = wanted
            .iter()
            .map(|(house, from, days)| held(&self.cabins[*house], period(*from, *days), self.now))
            .collect();
        let mut refused = false;
        for (place, hold) in holds.iter().enumerate() {
            let terms = &hold.terms;
            let cabin = self.cabins.iter().find(|cabin| cabin.id == terms.accommodation_id).unwrap();
            let beside = holds[..place].iter().any(|other| {
                other.terms.accommodation_id == terms.accommodation_id
                    && other.terms.period.overlaps(&terms.period)
            });
            refused |= beside || self.is_taken(cabin, terms.period, None);
        }
        let result = self.db.try_commit(async |session| stay::create_many(session, &holds).await).await;
        check(&result, refused, "hold");
        if !refused {
            self.stays.extend(holds.into_iter().map(Stay::from));
        }
    }

    /// A change of one stay: by the domain's rules, or forced.
    async fn change(&mut self, place: usize, operation: &Operation) {
        let before = self.stays[place].clone();
        if let Operation::Force(_, status) = operation {
            return self.force(place, &before, status).await;
        }
        let now = self.now;
        let after: Option<Stay> = match operation {
            Operation::Confirm(_) => {
                before.clone().held().and_then(|held| held.confirm(now)).map(Stay::from).ok()
            }
            Operation::Cancel(_) => before.clone().cancel(now, None).map(Stay::from).ok(),
            Operation::Expire(_) => {
                before.clone().held().and_then(|held| held.expire(now)).map(Stay::from).ok()
            }
            Operation::ChangeDates(_, from, days) => {
                let period = period(*from, *days);
                let quote = self.house_of(&before).pricing.quote(&period);
                before.clone().change_dates(now, period, &quote).map(|(moved, _)| moved).ok()
            }
            _ => None,
        };
        // The rules of the domain refused it; the database was not asked.
        let Some(after) = after else { return };
        let live = matches!(after, Stay::Held(_) | Stay::Confirmed(_));
        let refused = live && self.is_taken(self.house_of(&after), after.terms().period, Some(&before));
        let result = self.db.try_commit(async |session| stay::update(session, &after).await).await;
        check(&result, refused, "update");
        if let Ok(written) = result {
            assert!(written, "nobody else changed it");
            self.reload(place).await;
        }
    }

    async fn force(&mut self, place: usize, before: &Stay, status: &'static str) {
        let (id, now) = (before.terms().id.clone(), self.now);
        let live = matches!(status, "held" | "confirmed");
        let refused = live && self.is_taken(self.house_of(before), before.terms().period, Some(before));
        let sql = "update stay set status = $2, expires_at = coalesce(expires_at, $3),
          confirmed_at = coalesce(confirmed_at, $3), ended_at = coalesce(ended_at, $3) where id = $1";
        let args = vec![(&id).into(), status.into(), now.into()];
        let result = self.db.try_commit(async |session| session.execute(sql, args).await).await;
        check(&result, refused, "forced status");
        self.reload(place).await;
    }

    async fn reload(&mut self, place: usize) {
        let id = self.stays[place].terms().id.clone();
        let stored = stay::find_by_id(&mut self.db.read().await, &id).await;
        self.stays[place] = stored.expect("a stay is read").expect("stays are never deleted");
    }

    fn block(&self, house: usize, uid: u8, period: Period) -> Block {
        let id = self.cabins[house].id.clone();
        Block {
            feed: feed_of(&self.cabins[house]),
            accommodation_id: id,
            uid: uid.to_string(),
            period,
            summary: String::new(),
            kind: BlockKind::Closed,
        }
    }
}

fn feed_of(cabin: &Accommodation) -> String {
    format!("feed of {}", cabin.id)
}

/// Refused exactly when it had to be, and for no other reason.
fn check<T>(result: &Result<T>, refused: bool, what: &str) {
    match result {
        Ok(_) => assert!(!refused, "{what}: two live stays over one night"),
        Err(DbError::Overlap) => assert!(refused, "{what}: refused although the nights are free"),
        Err(error) => panic!("{what}: {error:?}"),
    }
}

async fn run(db: &TestDb, case: u32, operations: &[Operation]) {
    let cabins = [cabin(&format!("a{case}")), cabin(&format!("b{case}"))];
    db.commit(async |session| {
        for cabin in &cabins {
            store::accommodation::create(session, cabin, now()).await?;
            feed::ensure(session, &feed_of(cabin), &cabin.id, "airbnb", None, now()).await?;
        }
        Ok(())
    })
    .await;
    let mut run = Run { db, cabins, stays: Vec::new(), now: now() };
    for operation in operations {
        run.perform(operation).await;
        assert_eq!(count_overlaps(&mut db.read().await).await, 0, "after {operation:?}");
    }
    // The next case begins without these rows: the self-join stays small.
    db.commit(async |session| {
        session.execute("delete from block", vec![]).await?;
        session.execute("delete from stay", vec![]).await
    })
    .await;
}

fn holds_on(open: impl Future<Output = TestDb>, cases: u32) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let db = runtime.block_on(open);
    let count = std::cell::Cell::new(0);
    // The failing operations are printed, shrunk; nothing needs to be kept in a file.
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(operations in operations())| {
        count.set(count.get() + 1);
        runtime.block_on(run(&db, count.get(), &operations));
    });
    runtime.block_on(async { drop(db) });
}

#[test]
fn no_two_live_stays_overlap_on_sqlite() {
    holds_on(TestDb::sqlite(), 64);
}

#[test]
fn no_two_live_stays_overlap_on_postgres() {
    holds_on(TestDb::postgres(), 32);
}
