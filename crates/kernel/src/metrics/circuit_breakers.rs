//! Ways to a service that is left alone for a while after it failed: Redis, and a channel that refuses what we send.

use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family, gauge::Gauge},
    registry::Registry,
};

/// All of them. Cloning shares the numbers.
#[derive(Clone, Default)]
pub struct Circuits {
    state: Family<CircuitLabels, Gauge<i64>>,
    failures: Family<CircuitLabels, Counter>,
    successes: Family<CircuitLabels, Counter>,
    rejections: Family<CircuitLabels, Counter>,
    state_changes: Family<ChangeLabels, Counter>,
}

/// One of them.
#[derive(Clone)]
pub struct Circuit {
    name: &'static str,
    all: Circuits,
}

/// The numbers are those of the older system's gauge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Closed = 0,
    /// Left alone.
    Open = 1,
    /// The next call tries whether it works again.
    HalfOpen = 2,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct CircuitLabels {
    circuit_name: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct ChangeLabels {
    circuit_name: &'static str,
    from_state: &'static str,
    to_state: &'static str,
}

impl Circuits {
    pub fn named(&self, name: &'static str) -> Circuit {
        Circuit { name, all: self.clone() }
    }

    pub(super) fn registered(r: &mut Registry) -> Self {
        let all = Self::default();
        all.register(r);
        all
    }

    fn register(&self, r: &mut Registry) {
        let state = "0 closed, 1 open: left alone, 2 half open: about to be tried";
        r.register("circuit_breaker_state", state, self.state.clone());
        r.register("circuit_breaker_failures", "Calls that failed", self.failures.clone());
        r.register("circuit_breaker_successes", "Calls that were answered", self.successes.clone());
        r.register("circuit_breaker_rejections", "Calls that were not tried", self.rejections.clone());
        r.register("circuit_breaker_state_changes", "Openings and closings", self.state_changes.clone());
        self.init("redis");
    }

    /// The lines of one service, before anything has happened to it.
    pub fn init(&self, name: &'static str) {
        let circuit = self.named(name);
        drop(self.state.get_or_create(&circuit.labels()));
        for family in [&self.failures, &self.successes, &self.rejections] {
            drop(family.get_or_create(&circuit.labels()));
        }
        for (from_state, to_state) in [("closed", "open"), ("open", "closed")] {
            let change = ChangeLabels { circuit_name: name, from_state, to_state };
            drop(self.state_changes.get_or_create(&change));
        }
    }
}

impl Circuit {
    pub fn failed(&self) {
        self.all.failures.get_or_create(&self.labels()).inc();
    }

    pub fn succeeded(&self) {
        self.all.successes.get_or_create(&self.labels()).inc();
    }

    pub fn rejected(&self) {
        self.all.rejections.get_or_create(&self.labels()).inc();
    }

    pub fn opened(&self) {
        self.changed("closed", "open");
        self.is(State::Open);
    }

    pub fn closed(&self) {
        self.changed("open", "closed");
        self.is(State::Closed);
    }

    /// What was seen by looking.
    pub fn is(&self, state: State) {
        self.all.state.get_or_create(&self.labels()).set(state as i64);
    }

    fn changed(&self, from_state: &'static str, to_state: &'static str) {
        let change = ChangeLabels { circuit_name: self.name, from_state, to_state };
        self.all.state_changes.get_or_create(&change).inc();
    }

    fn labels(&self) -> CircuitLabels {
        CircuitLabels { circuit_name: self.name }
    }
}
