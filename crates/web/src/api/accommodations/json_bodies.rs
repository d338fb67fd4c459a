//! Request and response bodies of accommodations, and their mapping to the domain.

use domain::{
    accommodation::{Accommodation, Kind, Zone},
    decimal::Decimal,
    ids::AccommodationId,
    money::{Currency, Money},
    price::{LengthDiscount, Pricing, Season},
};
use jiff::civil::{Date, Time};
use kernel::App;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::{Problem, Result};

/// What may be given of an accommodation. In a new one, name and base_price must be.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AccommodationEdit {
    pub name: Option<String>,
    /// `cabin`, `apartment`, `house` or `room`.
    pub kind: Option<String>,
    pub description: Option<String>,
    pub photos: Option<Vec<String>>,
    pub capacity: Option<u16>,
    #[schema(value_type = Option<String>, example = "15000.00")]
    pub base_price: Option<Amount>,
    /// ISO 4217; cannot be changed later.
    pub currency: Option<String>,
    #[schema(value_type = Option<f64>, example = 1.2)]
    pub weekend_multiplier: Option<Decimal>,
    /// 1 is Monday, 7 is Sunday.
    pub weekend_days: Option<Vec<i8>>,
    pub seasons: Option<Vec<SeasonWire>>,
    pub length_discounts: Option<Vec<DiscountWire>>,
    #[schema(value_type = Option<String>)]
    pub cleaning_fee: Option<Amount>,
    #[schema(value_type = Option<f64>)]
    pub tax_percent: Option<Decimal>,
    #[schema(value_type = Option<f64>, example = 30)]
    pub deposit_percent: Option<Decimal>,
    pub timezone: Option<String>,
    pub min_nights: Option<u16>,
    pub max_nights: Option<u16>,
    pub horizon_days: Option<u16>,
    /// `HH:MM`
    pub check_in_time: Option<String>,
    /// `HH:MM`
    pub check_out_time: Option<String>,
    pub active: Option<bool>,
}

pub type NewAccommodation = AccommodationEdit;

/// An amount as it is written: `"15000.00"` or `15000`.
#[derive(Clone, Debug)]
pub struct Amount(String);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        match serde_json::Value::deserialize(deserializer)? {
            serde_json::Value::String(text) => Ok(Self(text)),
            serde_json::Value::Number(number) => Ok(Self(number.to_string())),
            _ => Err(serde::de::Error::custom("an amount is a decimal string such as \"15000.00\"")),
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SeasonWire {
    pub name: String,
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// The last night that belongs to it.
    #[schema(value_type = String, format = Date)]
    pub to: Date,
    #[serde(deserialize_with = "amount_text")]
    pub base_price: String,
    #[serde(default)]
    pub min_nights: Option<u16>,
}

fn amount_text<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<String, D::Error> {
    Amount::deserialize(deserializer).map(|amount| amount.0)
}

#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiscountWire {
    pub min_nights: u16,
    #[schema(value_type = f64)]
    pub percent: Decimal,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AccommodationOut {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub description: String,
    pub photos: Vec<String>,
    pub capacity: u16,
    pub base_price: String,
    pub currency: String,
    #[schema(value_type = f64)]
    pub weekend_multiplier: Decimal,
    pub weekend_days: Vec<i8>,
    pub seasons: Vec<SeasonWire>,
    pub length_discounts: Vec<DiscountWire>,
    pub cleaning_fee: String,
    #[schema(value_type = f64)]
    pub tax_percent: Decimal,
    #[schema(value_type = f64)]
    pub deposit_percent: Decimal,
    pub timezone: String,
    pub min_nights: u16,
    pub max_nights: u16,
    pub horizon_days: u16,
    pub check_in_time: String,
    pub check_out_time: String,
    pub active: bool,
    /// Staff only: whoever has it may read the calendar. For a reader that is no calendar we read ourselves (reader
    /// `all`: nothing is left out); platforms get an address of their own under `calendar-links`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ical_export_url: Option<String>,
}

impl AccommodationOut {
    pub fn of(accommodation: &Accommodation) -> Self {
        let pricing = &accommodation.pricing;
        let amount = |minor| Money::new(minor, pricing.currency).to_string();
        let season = |season: &Season| SeasonWire {
            name: season.name.clone(),
            from: season.from,
            to: season.to,
            base_price: amount(season.base_minor),
            min_nights: season.min_nights,
        };
        let discount = |d: &LengthDiscount| DiscountWire { min_nights: d.min_nights, percent: d.percent };
        Self {
            id: accommodation.id.as_str().to_owned(),
            name: accommodation.name.clone(),
            kind: accommodation.kind.as_str(),
            description: accommodation.description.clone(),
            photos: accommodation.photos.clone(),
            capacity: accommodation.capacity,
            base_price: amount(pricing.base_minor),
            currency: pricing.currency.to_string(),
            weekend_multiplier: pricing.weekend_multiplier,
            weekend_days: pricing.weekend_days.clone(),
            seasons: pricing.seasons.iter().map(season).collect(),
            length_discounts: pricing.length_discounts.iter().map(discount).collect(),
            cleaning_fee: amount(pricing.cleaning_fee_minor),
            tax_percent: pricing.tax_percent,
            deposit_percent: pricing.deposit_percent,
            timezone: accommodation.zone.name().to_owned(),
            min_nights: accommodation.rules.min_nights,
            max_nights: accommodation.rules.max_nights,
            horizon_days: accommodation.rules.horizon_days,
            check_in_time: accommodation.check_in_time.strftime("%H:%M").to_string(),
            check_out_time: accommodation.check_out_time.strftime("%H:%M").to_string(),
            active: accommodation.active,
            ical_export_url: None,
        }
    }
}

fn invalid(pointer: &str, detail: impl Into<String>) -> Problem {
    Problem::invalid("invalid_request", pointer, detail)
}

impl AccommodationEdit {
    /// A new accommodation: what is not given takes the property's defaults.
    pub fn into_accommodation(self, app: &App, id: AccommodationId) -> Result<Accommodation> {
        let currency = match &self.currency {
            Some(code) => Currency::parse(code).map_err(|error| invalid("/currency", error.to_string()))?,
            None => app.property.currency,
        };
        if self.name.is_none() {
            return Err(invalid("/name", "give a name"));
        }
        let base =
            self.base_price.as_ref().ok_or_else(|| invalid("/base_price", "give a price per night"))?;
        let base = money("/base_price", base, currency)?;
        let blank = Accommodation {
            id,
            name: String::new(),
            kind: Kind::Cabin,
            description: String::new(),
            photos: Vec::new(),
            capacity: 2,
            pricing: Pricing::plain(base),
            rules: stays::accommodations::default_rules(app),
            zone: app.property.zone.clone(),
            check_in_time: Time::constant(14, 0, 0, 0),
            check_out_time: Time::constant(10, 0, 0, 0),
            active: true,
        };
        self.apply(&blank)
    }

    /// The accommodation with what is given, checked as a whole.
    pub fn apply(self, before: &Accommodation) -> Result<Accommodation> {
        let mut after = before.clone();
        let currency = before.pricing.currency;
        if self.currency.is_some_and(|code| Currency::parse(&code) != Ok(currency)) {
            return Err(invalid("/currency", "the currency of an accommodation cannot be changed"));
        }
        if let Some(name) = self.name {
            let name = name.trim();
            if name.is_empty() || name.chars().count() > 100 || name.chars().any(char::is_control) {
                return Err(invalid("/name", "give a name of 1 to 100 characters"));
            }
            after.name = name.to_owned();
        }
        if let Some(kind) = self.kind {
            let known = Kind::parse(&kind);
            after.kind = known.ok_or_else(|| invalid("/kind", "give cabin, apartment, house or room"))?;
        }
        if let Some(capacity) = self.capacity {
            if !(1..=200).contains(&capacity) {
                return Err(invalid("/capacity", "give a number of people from 1 to 200"));
            }
            after.capacity = capacity;
        }
        if let Some(timezone) = self.timezone {
            after.zone = Zone::parse(&timezone).map_err(|error| invalid("/timezone", error.to_string()))?;
        }
        if let Some(time) = self.check_in_time {
            after.check_in_time = clock_time("/check_in_time", &time)?;
        }
        if let Some(time) = self.check_out_time {
            after.check_out_time = clock_time("/check_out_time", &time)?;
        }
        after.description = text("/description", self.description, after.description, 5_000)?;
        if let Some(photos) = self.photos {
            if photos.len() > 50 || !photos.iter().all(|photo| is_picture_address(photo)) {
                let detail =
                    "give at most 50 addresses of pictures, each https://… or a path such as /photos/1.jpg";
                return Err(invalid("/photos", detail));
            }
            after.photos = photos;
        }
        after.active = self.active.unwrap_or(after.active);
        let rules = &mut after.rules;
        rules.min_nights = self.min_nights.unwrap_or(rules.min_nights);
        rules.max_nights = self.max_nights.unwrap_or(rules.max_nights);
        rules.horizon_days = self.horizon_days.unwrap_or(rules.horizon_days);
        if rules.horizon_days == 0 {
            return Err(invalid("/horizon_days", "give a number of days from 1 on"));
        }
        if rules.min_nights == 0 || rules.max_nights < rules.min_nights || rules.max_nights > 1_000 {
            return Err(invalid("/min_nights", "min_nights is at least 1 and max_nights from there to 1000"));
        }
        let pricing = &mut after.pricing;
        if let Some(price) = &self.base_price {
            pricing.base_minor = money("/base_price", price, currency)?.minor;
        }
        if let Some(fee) = &self.cleaning_fee {
            pricing.cleaning_fee_minor = money("/cleaning_fee", fee, currency)?.minor;
        }
        if let Some(seasons) = self.seasons {
            if seasons.len() > 200 {
                return Err(invalid("/seasons", "give at most 200 seasons"));
            }
            pricing.seasons =
                seasons.into_iter().map(|wire| season(wire, currency)).collect::<Result<_>>()?;
        }
        if let Some(discounts) = self.length_discounts {
            let discount =
                |wire: DiscountWire| LengthDiscount { min_nights: wire.min_nights, percent: wire.percent };
            pricing.length_discounts = discounts.into_iter().map(discount).collect();
        }
        pricing.weekend_multiplier = self.weekend_multiplier.unwrap_or(pricing.weekend_multiplier);
        pricing.tax_percent = self.tax_percent.unwrap_or(pricing.tax_percent);
        pricing.deposit_percent = self.deposit_percent.unwrap_or(pricing.deposit_percent);
        if let Some(days) = self.weekend_days {
            pricing.weekend_days = days;
        }
        pricing.check().map_err(|fault| invalid(&format!("/{}", fault.field.as_str()), fault.to_string()))?;
        Ok(after)
    }
}

/// It is put into pages: nothing but an address on the web or on this program, so no `javascript:` and no `data:`.
fn is_picture_address(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let on_the_web = ["https://", "http://"].iter().find_map(|scheme| lower.strip_prefix(scheme));
    let names_something = match on_the_web {
        Some(rest) => rest.starts_with(|first: char| first.is_alphanumeric() || first == '['),
        None => text.starts_with('/') && !text.starts_with("//"),
    };
    let plain =
        |c: char| !c.is_control() && !c.is_whitespace() && !matches!(c, '"' | '\'' | '<' | '>' | '\\');
    names_something && text.len() <= 2_000 && text.chars().all(plain)
}

fn season(wire: SeasonWire, currency: Currency) -> Result<Season> {
    if !(1..=100).contains(&wire.name.trim().chars().count()) || wire.name.chars().any(char::is_control) {
        return Err(invalid("/seasons", "give each season a name of 1 to 100 characters"));
    }
    let base = money("/seasons", &Amount(wire.base_price), currency)?;
    Ok(Season {
        name: wire.name,
        from: wire.from,
        to: wire.to,
        base_minor: base.minor,
        min_nights: wire.min_nights,
    })
}

fn money(pointer: &str, amount: &Amount, currency: Currency) -> Result<Money> {
    Money::parse(&amount.0, currency).map_err(|error| invalid(pointer, error.to_string()))
}

fn clock_time(pointer: &str, text: &str) -> Result<Time> {
    Time::strptime("%H:%M", text).map_err(|_| invalid(pointer, "give a time such as 14:00"))
}

fn text(pointer: &str, given: Option<String>, before: String, limit: usize) -> Result<String> {
    match given {
        Some(text) if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) => {
            Err(invalid(pointer, "give a text without control characters"))
        }
        Some(text) if text.chars().count() > limit => {
            Err(invalid(pointer, format!("at most {limit} characters")))
        }
        Some(text) => Ok(text),
        None => Ok(before),
    }
}
