//! A property to talk about: cabins, a clock, a calendar, and an application that does what the dialogue wants.

use domain::money::{Currency, Money};
use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, date, time},
    tz::TimeZone,
};

use crate::{
    Conversation, Effect, Event, Facts, HoldRefusal, Locale, Offer, OwnState, OwnStay, Search, SearchRefusal,
    Wanted, read, render, step, wanted,
};

/// What stands for the app: it searches, holds and cancels as the real one does, and notes what was said.
pub(super) struct House {
    pub conversation: Conversation,
    pub now: Timestamp,
    pub cabins: Vec<(&'static str, u16)>,
    /// Days on which nothing is free.
    pub taken: Vec<Date>,
    pub own_stays: Vec<OwnStay>,
    pub refusal: Option<HoldRefusal>,
    pub pay_url: Option<String>,
    pub effects: Vec<Effect>,
}

impl House {
    pub fn new() -> Self {
        Self {
            conversation: Conversation { locale: Locale::EsAr, ..Conversation::default() },
            now: "2026-11-22T15:00:00Z".parse().unwrap(),
            cabins: vec![("Arroyo", 4)],
            taken: Vec::new(),
            own_stays: Vec::new(),
            refusal: None,
            pay_url: Some("https://pay.example/ABC123".to_owned()),
            effects: Vec::new(),
        }
    }

    pub fn with_cabins(cabins: &[(&'static str, u16)]) -> Self {
        Self { cabins: cabins.to_vec(), ..Self::new() }
    }

    pub fn today(&self) -> Date {
        self.zone().to_datetime(self.now).date()
    }

    fn zone(&self) -> TimeZone {
        TimeZone::fixed(jiff::tz::offset(-3))
    }

    pub fn wait(&mut self, minutes: i64) {
        self.now += SignedDuration::from_mins(minutes);
    }

    /// What is answered to a line, its sentences joined by " / ", effects in brackets.
    pub fn hear(&mut self, text: &str) -> String {
        let reading = read(text, self.today(), self.conversation.locale);
        self.happen(Event::Heard { text: text.to_owned(), reading })
    }

    pub fn happen(&mut self, event: Event) -> String {
        let mut said = Vec::new();
        let mut todo = vec![event];
        while let Some(event) = todo.pop() {
            let facts = self.facts(&event);
            let (next, effects) = step(self.conversation.clone(), event, &facts);
            self.conversation = next;
            for effect in effects {
                self.effects.push(effect.clone());
                match effect {
                    Effect::Say(phrase) => said.push(render(&phrase, self.conversation.locale)),
                    Effect::PlaceHold { check_in, check_out, guests, accommodation_id, .. } => {
                        said.push("[hold]".to_owned());
                        todo.push(self.place_hold(&accommodation_id, check_in, check_out, guests));
                    }
                    Effect::CancelHold { code } => {
                        said.push("[cancel]".to_owned());
                        self.own_stays.retain(|stay| stay.code != code);
                        todo.push(Event::HoldCancelled { code });
                    }
                    Effect::CallPerson { reason } => said.push(format!("[person: {}]", reason.as_str())),
                }
            }
        }
        said.join(" / ")
    }

    fn place_hold(&mut self, name: &str, check_in: Date, check_out: Date, guests: u16) -> Event {
        if let Some(reason) = self.refusal.take() {
            return Event::HoldRefused { reason };
        }
        let expires_at = self.now + SignedDuration::from_mins(30);
        let offer = offer(name, 4, check_in, check_out, guests);
        let code = "ABC123".to_owned();
        self.own_stays.push(own_stay(&code, check_in, check_out, OwnState::Held { expires_at }));
        Event::HoldPlaced {
            code,
            expires_at,
            accommodation_name: offer.name,
            check_in,
            check_out,
            guests,
            total: offer.total,
            deposit: offer.deposit,
            pay_url: self.pay_url.clone(),
        }
    }

    pub fn facts(&self, event: &Event) -> Facts {
        let search = match wanted(&self.conversation, event, self.now, self.today()) {
            Some(wanted) => self.search(&wanted),
            None => Search::NotAsked,
        };
        Facts {
            now: self.now,
            today: self.today(),
            zone: self.zone(),
            locale: Locale::EsAr,
            property_name: "Las Lomas".to_owned(),
            hold_minutes: 30,
            search,
            own_stays: self.own_stays.clone(),
            check_in_time: Some(time(14, 0, 0, 0)),
            check_out_time: Some(time(10, 0, 0, 0)),
            deposit_percent: Some(30),
            max_capacity: self.cabins.iter().map(|(_, capacity)| *capacity).max(),
        }
    }

    fn search(&self, wanted: &Wanted) -> Search {
        let Wanted { check_in, check_out, guests } = *wanted;
        if check_in < self.today() {
            return Search::Refused(SearchRefusal::Past);
        }
        let largest = self.cabins.iter().map(|(_, capacity)| *capacity).max().unwrap_or(0);
        if guests > largest {
            return Search::Refused(SearchRefusal::TooManyGuests { max_capacity: largest });
        }
        let fitting = self.cabins.iter().filter(|(_, capacity)| *capacity >= guests);
        let offers = |from: Date, to: Date| {
            let fitting = fitting.clone();
            fitting.map(|(name, capacity)| offer(name, *capacity, from, to, guests)).collect::<Vec<_>>()
        };
        let is_free = |from: Date, to: Date| !self.taken.iter().any(|night| (from..to).contains(night));
        if is_free(check_in, check_out) {
            return Search::Free(offers(check_in, check_out));
        }
        let week = jiff::Span::new().days(7);
        let (from, to) = (check_in.saturating_add(week), check_out.saturating_add(week));
        Search::Full { nearest: if is_free(from, to) { offers(from, to) } else { Vec::new() } }
    }
}

/// 17,000 pesos a night, three tenths of it before.
pub(super) fn offer(name: &str, capacity: u16, check_in: Date, check_out: Date, guests: u16) -> Offer {
    let ars = Currency::parse("ARS").unwrap();
    let nights = i64::from(check_in.until(check_out).unwrap().get_days());
    Offer {
        accommodation_id: name.to_owned(),
        name: format!("Cabaña {name}"),
        capacity,
        check_in,
        check_out,
        guests,
        total: Money::new(1_700_000 * nights, ars),
        deposit: Money::new(510_000 * nights, ars),
    }
}

pub(super) fn own_stay(code: &str, check_in: Date, check_out: Date, state: OwnState) -> OwnStay {
    let deposit = offer("Arroyo", 4, check_in, check_out, 4).deposit;
    OwnStay {
        code: code.to_owned(),
        accommodation_name: "Cabaña Arroyo".to_owned(),
        check_in,
        check_out,
        guests: 4,
        state,
        deposit,
    }
}

pub(super) fn january(day: i8) -> Date {
    date(2027, 1, day)
}
