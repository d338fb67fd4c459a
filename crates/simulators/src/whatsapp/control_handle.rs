//! What the tests and the demo steer at WhatsApp: guests, the owner, statuses.

use serde_json::{Value, json};

use super::{
    Inbound, InboundKind, StatusFault,
    account::{Account, AccountState, digits},
    guest_transcript::{Direction, Entry},
    media_download,
    message_statuses::{self, Accepted, Status},
    webhook_envelope::{self, Envelope},
};
use crate::core::Control;

/// Steers a running simulator: plays the guests, plans faults, reads what happened.
pub type WhatsAppControl = Control<Account>;

impl Control<Account> {
    /// A guest writes a text. Returns its message id at once; the webhook goes out in the background.
    pub fn guest_writes(&self, phone: &str, text: &str) -> String {
        let kind = InboundKind::Text { text: text.to_owned() };
        let sent = self.guest_sends(phone, Inbound { kind, ..Inbound::default() });
        sent.expect("only media can be refused, for data that is not base64")
    }

    /// A guest sends anything. Refused only when `data_base64` is not base64.
    pub fn guest_sends(&self, phone: &str, inbound: Inbound) -> Result<String, String> {
        let phone = digits(phone);
        let mut state = self.sim.state();
        let what = format!("message {}", inbound.kind.wire_type());
        let (wamid, change) = self.receive(&mut state, &phone, inbound)?;
        webhook_envelope::post(
            &self.sim,
            &state,
            Envelope { phone: &phone, what, wamid: &wamid },
            vec![change],
        );
        Ok(wamid)
    }

    /// Several messages in one webhook, one change each. Returns their ids.
    pub fn guests_send_together(&self, messages: Vec<(String, Inbound)>) -> Result<Vec<String>, String> {
        let mut state = self.sim.state();
        let mut wamids = Vec::new();
        let mut changes = Vec::new();
        for (phone, inbound) in messages {
            let (wamid, change) = self.receive(&mut state, &digits(&phone), inbound)?;
            wamids.push(wamid);
            changes.push(change);
        }
        let envelope = Envelope {
            phone: "",
            what: "batch".to_owned(),
            wamid: wamids.first().map_or("", String::as_str),
        };
        webhook_envelope::post(&self.sim, &state, envelope, changes);
        Ok(wamids)
    }

    /// Sends these bytes as a webhook, signed. The guest counts as having written.
    pub fn guest_sends_raw(&self, phone: &str, body: impl Into<Vec<u8>>) {
        let phone = digits(phone);
        let now = self.sim.now();
        let mut state = self.sim.state();
        state.guest(&phone).last_inbound_at = Some(now);
        let envelope = Envelope { phone: &phone, what: "raw".to_owned(), wamid: "" };
        webhook_envelope::post_bytes(&self.sim, &state, envelope, body.into());
    }

    /// The owner answers a guest from the telephone's own app: an echo, which is no guest's message.
    pub fn owner_writes(&self, phone: &str, text: &str) -> String {
        let phone = digits(phone);
        let wamid = self.sim.wamid(&phone, false);
        let state = self.sim.state();
        let echo = json!({
            "from": digits(&self.sim.account.display_phone_number),
            "to": phone,
            "id": wamid,
            "timestamp": state.wire_seconds(self.sim.now()),
            "type": "text",
            "text": { "body": text },
        });
        let mut change = webhook_envelope::change(&self.sim, None, "message_echoes", vec![echo]);
        change["field"] = json!("smb_message_echoes");
        let envelope = Envelope { phone: &phone, what: "echo".to_owned(), wamid: &wamid };
        webhook_envelope::post(&self.sim, &state, envelope, vec![change]);
        wamid
    }

    /// The guest reads (or plays) a message of ours now: for use with `statuses` set shorter.
    pub fn announce_status(&self, wamid: &str, status: Status) -> bool {
        let mut state = self.sim.state();
        let found = state.model.guests.values_mut().find_map(|guest| {
            let phone = guest.phone.clone();
            guest.find_entry(wamid).map(|entry| (phone, entry.kind == "template"))
        });
        let Some((phone, is_template)) = found else { return false };
        let accepted = Accepted { phone: &phone, wamid, is_template };
        message_statuses::announce_one(&self.sim, &mut state, &accepted, status);
        true
    }

    /// Everything between a guest and the program, oldest first.
    pub fn transcript(&self, phone: &str) -> Vec<Entry> {
        self.sim
            .state()
            .model
            .guests
            .get(&digits(phone))
            .map(|guest| guest.entries.clone())
            .unwrap_or_default()
    }

    /// The phones of all guests that ever wrote or were written to.
    pub fn guests(&self) -> Vec<String> {
        self.sim.state().model.guests.keys().cloned().collect()
    }

    /// The guest's business-scoped user id, the same for the same phone.
    pub fn user_id(&self, phone: &str) -> String {
        self.sim.state().guest(&digits(phone)).user_id.clone()
    }

    /// Something is different about the statuses of the next message that is accepted.
    pub fn fail_statuses(&self, fault: StatusFault) {
        self.sim.state().faults.statuses.push_back(fault);
    }

    /// Asks the program to prove that it owns the address, as Meta does when a webhook is set up.
    /// Returns the HTTP status and the body, which must be the bare challenge.
    pub async fn verify_webhook(&self, verify_token: &str) -> Result<(u16, String), String> {
        let url = self.settings().webhook_url;
        let query =
            [("hub.mode", "subscribe"), ("hub.challenge", "1158201444"), ("hub.verify_token", verify_token)];
        let answer =
            self.sim.core.client.get(url).query(&query).send().await.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        Ok((status, answer.text().await.map_err(|error| error.to_string())?))
    }

    /// Notes a guest's message and returns its id with the change that tells of it.
    fn receive(
        &self,
        state: &mut AccountState,
        phone: &str,
        inbound: Inbound,
    ) -> Result<(String, Value), String> {
        let now = self.sim.now();
        let media = match inbound.kind.attachment() {
            Some(attachment) => Some(media_download::keep(&self.sim, state, attachment)?),
            None => None,
        };
        let timestamp = state.wire_seconds(now);
        let wamid = inbound.wamid.unwrap_or_else(|| self.sim.wamid(phone, true));
        let guest = state.guest(phone);
        if let Some(name) = inbound.name {
            guest.name = name;
        }
        if inbound.username.is_some() {
            guest.username = inbound.username;
        }
        guest.last_inbound_at = Some(now);
        let offered =
            inbound.kind.offered(&guest.entries).map(|(entry, choice)| (entry.wamid.clone(), choice.clone()));
        let choice = offered.as_ref().map(|(_, choice)| choice);
        let reply_to = inbound.reply_to.or_else(|| offered.as_ref().map(|(wamid, _)| wamid.clone()));

        let kind = inbound.kind.wire_type();
        let mut message = json!({
            "from_user_id": guest.user_id,
            "id": wamid,
            "timestamp": timestamp,
            "type": kind,
        });
        if guest.username.is_none() {
            message["from"] = json!(phone);
        }
        if let Some(reply_to) = &reply_to {
            message["context"] =
                json!({ "from": digits(&self.sim.account.display_phone_number), "id": reply_to });
        }
        if inbound.forwarded {
            message["context"] = json!({ "forwarded": true });
        }
        if let Some(payload) = inbound.kind.payload(choice, media) {
            message[kind] = payload;
        }
        if inbound.kind == InboundKind::Unsupported {
            message["errors"] = json!([unsupported_error()]);
        }
        let (text, link) = inbound.kind.shown(choice);
        guest.entries.push(Entry {
            wamid: wamid.clone(),
            direction: Direction::FromGuest,
            at: now,
            kind: kind.to_owned(),
            text,
            header: None,
            footer: None,
            link,
            choices: choice.cloned().into_iter().collect(),
            reply_to,
            biz_opaque_callback_data: None,
            statuses: Vec::new(),
            typing_at: None,
            payload: message.clone(),
        });
        let mut change = webhook_envelope::change(&self.sim, Some(guest), "messages", vec![message]);
        if inbound.kind == InboundKind::BrokenInteractive {
            change["value"]["errors"] = json!([{
                "code": 131_000,
                "title": "Something went wrong",
                "message": "Something went wrong",
                "error_data": { "details": "Unsupported webhook payload" },
            }]);
        }
        Ok((wamid, change))
    }
}

fn unsupported_error() -> Value {
    json!({
        "code": 131_051,
        "title": "Message type unknown",
        "message": "Message type unknown",
        "error_data": { "details": "Message type is currently not supported." },
    })
}
