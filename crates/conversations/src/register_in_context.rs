//! How conversations join a context: their state, their batcher and their job.

use kernel::{
    app::{Builder, Lanes},
    settings::WhatsApp,
    stored_webhooks::Delivery,
};

use crate::{
    kept_in_context::{Metrics, Room},
    receive_webhook::HandleMessage,
};

/// Adds conversations to a context.
pub fn add(builder: &mut Builder, whatsapp: WhatsApp) {
    let room = Room { whatsapp, metrics: Metrics::new(&mut builder.series()) };
    builder.add_room(room);
    builder.add_batcher::<Delivery>(Lanes::One);
    builder.metrics().init_webhooks("whatsapp");
    builder.metrics().circuits.init("whatsapp");
    builder.jobs().register::<HandleMessage>();
}
