//! What conversations keep in the context.

use domain::guest::Channel;
use kernel::{App, metrics::Series, settings::WhatsApp};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
};

pub struct Room {
    /// The webhook of this channel is checked with them.
    pub whatsapp: WhatsApp,
    pub metrics: Metrics,
}

pub struct Metrics {
    pub nlu_pre_reserve: Family<NluLabels, Counter>,
    pub conversation_state_get: Family<StateLabels, Counter>,
    pub conversation_state_set: Family<StateLabels, Counter>,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct NluLabels {
    pub action: &'static str,
    pub source: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
pub struct StateLabels {
    pub status: &'static str,
}

impl Metrics {
    pub(crate) fn new(series: &mut Series<'_>) -> Self {
        let source = Channel::Whatsapp.as_str();
        let actions = ["pre_reserved", "error"].map(|action| NluLabels { action, source });
        let looks = ["found", "not_found"].map(|status| StateLabels { status });
        let writes = [StateLabels { status: "success" }];
        Self {
            nlu_pre_reserve: series.counters(
                "nlu_pre_reserve",
                "What the dialogue did about a hold",
                actions,
            ),
            conversation_state_get: series.counters(
                "conversation_state_get",
                "Conversations looked up for a message",
                looks,
            ),
            conversation_state_set: series.counters(
                "conversation_state_set",
                "Conversations written after a message",
                writes,
            ),
        }
    }
}

pub fn room(app: &App) -> &Room {
    app.room()
}
