//! What conversations keep in the context.

use domain::guest::Channel;
use kernel::{
    App,
    app::{Builder, Lanes},
    metrics::Series,
    settings::WhatsApp,
    webhooks::Delivery,
};
use prometheus_client::{
    encoding::EncodeLabelSet,
    metrics::{counter::Counter, family::Family},
};

use crate::HandleMessage;

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
    fn new(series: &mut Series<'_>) -> Self {
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

/// Adds conversations to a context.
pub fn add(builder: &mut Builder, whatsapp: WhatsApp) {
    let room = Room { whatsapp, metrics: Metrics::new(&mut builder.series()) };
    builder.add_room(room);
    builder.add_batcher::<Delivery>(Lanes::One);
    builder.metrics().init_webhooks("whatsapp");
    builder.metrics().circuits.init("whatsapp");
    builder.jobs().register::<HandleMessage>();
}

pub fn room(app: &App) -> &Room {
    app.room()
}
