//! Waiting rules against made-up years of polls: single absences, black-outs, cancellations, openings. What is
//! measured is what matters to a host: nights freed by mistake, openings noticed late, nights missed.

/// The three measures.
mod freed_night_measures;
#[path = "../fuzz_checks/mod.rs"]
mod fuzz_checks;
/// What must hold for any bytes, on what fuzzing kept and on chance.
mod fuzz_corpus;
/// Logs of polls, made by a seed.
mod generated_polls;
/// Logs of real feeds, where the folder with them exists.
mod real_polls;

use ical::WaitingRules;

use freed_night_measures::{Measures, measure};
use generated_polls::{Pace, log};

const PACES: [Pace; 4] = [
    Pace { name: "every five minutes", minutes: 5, jitter: 1, days: 12 },
    Pace { name: "hourly", minutes: 68, jitter: 20, days: 120 },
    Pace { name: "every two hours", minutes: 115, jitter: 55, days: 200 },
    Pace { name: "daily", minutes: 24 * 60, jitter: 40, days: 400 },
];

#[test]
fn nothing_is_freed_by_mistake_nothing_late_and_nothing_missed() {
    let mut all = Measures::default();
    for pace in PACES {
        for seed in 0..3 {
            let measures = measure(&log(seed, pace), &WaitingRules::default());
            let faults = (measures.mistakes, measures.late, measures.missed);
            assert_eq!(faults, (0, 0, 0), "seed {seed}, {}: {measures:?}", pace.name);
            all.add(&measures);
        }
    }
    // The logs have what they are meant to have.
    let Measures { freed, absences, black_outs, .. } = all;
    assert!(freed > 1_000 && absences > 20_000 && black_outs > 5_000, "{all:?}");
}

/// The measures see what goes wrong: without patience they count thousands of mistakes, with too much of it
/// openings are late.
#[test]
fn the_measures_notice_bad_rules() {
    let without_patience = measure(&log(1, PACES[2]), &WaitingRules::at_once());
    assert!(without_patience.mistakes > 100, "{without_patience:?}");
    let plain = WaitingRules { mass_minutes: 0, ..WaitingRules::default() };
    let plain = measure(&log(1, PACES[0]), &plain);
    assert!(plain.mistakes > 0, "four hours are not enough for black-outs of a day: {plain:?}");
    let too_patient = WaitingRules { one_stay_minutes: 40 * 60, ..WaitingRules::default() };
    assert!(measure(&log(1, PACES[2]), &too_patient).late > 0);
}
