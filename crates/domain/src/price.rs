//! What a stay costs: every line, adding up exactly.
//!
//! A night belongs to the civil date on which it begins. Its price is the base of its season (or of the
//! accommodation), times the weekend multiplier if its weekday is a weekend day. Then, in this order: discount
//! for length, cleaning fee, tax on all of it. Each line is rounded once (see [`crate::money`]); the total
//! is the plain sum of the lines, and the deposit is a percentage of the total.

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::{
    decimal::Decimal,
    money::{Currency, Money},
    period::Period,
};

/// All amounts are in minor units of `currency`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pricing {
    pub currency: Currency,
    pub base_minor: i64,
    pub weekend_multiplier: Decimal,
    /// Days whose night is a weekend night, as ISO numbers: Monday 1 to Sunday 7.
    pub weekend_days: Vec<i8>,
    /// Never overlap; checked by [`Pricing::check`].
    pub seasons: Vec<Season>,
    pub length_discounts: Vec<LengthDiscount>,
    pub cleaning_fee_minor: i64,
    pub tax_percent: Decimal,
    pub deposit_percent: Decimal,
}

/// Dates are inclusive, as people say them: the nights from `from` to `to`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Season {
    pub name: String,
    pub from: Date,
    pub to: Date,
    pub base_minor: i64,
    /// Nights that a stay must have when it begins in this season.
    pub min_nights: Option<u16>,
}

/// The discount with the highest `min_nights` that a stay reaches applies to all its nights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LengthDiscount {
    pub min_nights: u16,
    pub percent: Decimal,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    pub lines: Vec<QuoteLine>,
    pub total: Money,
    pub deposit: Money,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    pub kind: LineKind,
    /// The night, for lines of kind `night`.
    pub date: Option<Date>,
    /// The season's name, for nights in one.
    pub season: Option<String>,
    pub amount: Money,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    Night,
    WeekendNight,
    LengthDiscount,
    CleaningFee,
    Tax,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PricingProblem {
    #[error("the weekend multiplier must be above zero")]
    NoMultiplier,
    #[error("a discount begins at one night or more")]
    NoLength,
    #[error("two discounts begin at the same number of nights")]
    SameLength,
    #[error("a price must be above zero")]
    NoPrice,
    #[error("a fee cannot be negative")]
    NegativeFee,
    #[error("a weekend day is a number from 1 (Monday) to 7 (Sunday)")]
    WeekendDay,
    #[error("a season must not end before it begins")]
    SeasonReversed,
    #[error("two seasons overlap")]
    SeasonsOverlap,
    #[error("a percentage is at most 100")]
    Percent,
    #[error("the amount is too large")]
    TooLarge,
}

/// What is wrong, and with which of the prices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem}")]
pub struct PricingFault {
    pub field: PriceField,
    pub problem: PricingProblem,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceField {
    BasePrice,
    WeekendMultiplier,
    WeekendDays,
    Seasons,
    LengthDiscounts,
    CleaningFee,
    TaxPercent,
    DepositPercent,
}

impl PricingProblem {
    fn of(self, field: PriceField) -> PricingFault {
        PricingFault { field, problem: self }
    }
}

impl PriceField {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BasePrice => "base_price",
            Self::WeekendMultiplier => "weekend_multiplier",
            Self::WeekendDays => "weekend_days",
            Self::Seasons => "seasons",
            Self::LengthDiscounts => "length_discounts",
            Self::CleaningFee => "cleaning_fee",
            Self::TaxPercent => "tax_percent",
            Self::DepositPercent => "deposit_percent",
        }
    }
}

/// A night at this price for a year, twice over, still fits into the largest amount.
const MAX_NIGHT_MINOR: i64 = crate::money::MAX_MINOR / 1_000;

fn check_price(minor: i64) -> Result<(), PricingProblem> {
    match minor {
        ..=0 => Err(PricingProblem::NoPrice),
        1..=MAX_NIGHT_MINOR => Ok(()),
        _ => Err(PricingProblem::TooLarge),
    }
}

fn check_fee(minor: i64) -> Result<(), PricingProblem> {
    match minor {
        ..=-1 => Err(PricingProblem::NegativeFee),
        0..=MAX_NIGHT_MINOR => Ok(()),
        _ => Err(PricingProblem::TooLarge),
    }
}

fn check_multiplier(multiplier: Decimal) -> Result<(), PricingProblem> {
    if multiplier == Decimal::ZERO {
        return Err(PricingProblem::NoMultiplier);
    }
    if multiplier > Decimal::whole(100) { Err(PricingProblem::TooLarge) } else { Ok(()) }
}

fn check_percent(percent: Decimal) -> Result<(), PricingProblem> {
    if percent > Decimal::whole(100) { Err(PricingProblem::Percent) } else { Ok(()) }
}

impl Pricing {
    /// The plain prices of a new accommodation: no season, no discount, no fee, no tax.
    pub fn plain(base: Money) -> Self {
        Self {
            currency: base.currency,
            base_minor: base.minor,
            weekend_multiplier: Decimal::from_ten_thousandths(12_000),
            weekend_days: vec![
                Weekday::Saturday.to_monday_one_offset(),
                Weekday::Sunday.to_monday_one_offset(),
            ],
            seasons: Vec::new(),
            length_discounts: Vec::new(),
            cleaning_fee_minor: 0,
            tax_percent: Decimal::ZERO,
            deposit_percent: Decimal::whole(30),
        }
    }

    pub fn check(&self) -> Result<(), PricingFault> {
        check_price(self.base_minor).map_err(|problem| problem.of(PriceField::BasePrice))?;
        self.check_seasons().map_err(|problem| problem.of(PriceField::Seasons))?;
        self.check_discounts().map_err(|problem| problem.of(PriceField::LengthDiscounts))?;
        check_fee(self.cleaning_fee_minor).map_err(|problem| problem.of(PriceField::CleaningFee))?;
        check_multiplier(self.weekend_multiplier)
            .map_err(|problem| problem.of(PriceField::WeekendMultiplier))?;
        if self.weekend_days.iter().any(|day| !(1..=7).contains(day)) {
            return Err(PricingProblem::WeekendDay.of(PriceField::WeekendDays));
        }
        check_percent(self.tax_percent).map_err(|problem| problem.of(PriceField::TaxPercent))?;
        check_percent(self.deposit_percent).map_err(|problem| problem.of(PriceField::DepositPercent))
    }

    fn check_seasons(&self) -> Result<(), PricingProblem> {
        for season in &self.seasons {
            check_price(season.base_minor)?;
            if season.to < season.from {
                return Err(PricingProblem::SeasonReversed);
            }
        }
        let mut seasons: Vec<_> = self.seasons.iter().collect();
        seasons.sort_by_key(|season| season.from);
        if seasons.windows(2).any(|pair| pair[1].from <= pair[0].to) {
            return Err(PricingProblem::SeasonsOverlap);
        }
        Ok(())
    }

    /// Of two for the same length nobody could say which one counts.
    fn check_discounts(&self) -> Result<(), PricingProblem> {
        for discount in &self.length_discounts {
            check_percent(discount.percent)?;
            if discount.min_nights == 0 {
                return Err(PricingProblem::NoLength);
            }
            let same = self.length_discounts.iter().filter(|other| other.min_nights == discount.min_nights);
            if same.count() > 1 {
                return Err(PricingProblem::SameLength);
            }
        }
        Ok(())
    }

    pub fn base(&self) -> Money {
        Money::new(self.base_minor, self.currency)
    }

    pub fn season_of(&self, night: Date) -> Option<&Season> {
        self.seasons.iter().find(|season| season.from <= night && night <= season.to)
    }

    pub fn quote(&self, period: &Period) -> Quote {
        let money = |minor| Money::new(minor, self.currency);
        let mut lines: Vec<QuoteLine> = period.each_night().map(|night| self.night(night)).collect();
        let nights_minor: i64 = lines.iter().map(|line| line.amount.minor).sum();

        let mut add = |kind, minor: i64| {
            if minor != 0 {
                lines.push(QuoteLine { kind, date: None, season: None, amount: money(minor) });
            }
        };
        let discount_minor = self.length_discount(period.nights()).percent_of(nights_minor);
        add(LineKind::LengthDiscount, -discount_minor);
        add(LineKind::CleaningFee, self.cleaning_fee_minor);
        let taxed_minor = nights_minor - discount_minor + self.cleaning_fee_minor;
        add(LineKind::Tax, self.tax_percent.percent_of(taxed_minor));

        let total_minor = lines.iter().map(|line| line.amount.minor).sum();
        let deposit_minor = self.deposit_percent.percent_of(total_minor);
        Quote { lines, total: money(total_minor), deposit: money(deposit_minor) }
    }

    fn night(&self, night: Date) -> QuoteLine {
        let season = self.season_of(night);
        let base_minor = season.map_or(self.base_minor, |season| season.base_minor);
        let weekend = self.weekend_days.contains(&night.weekday().to_monday_one_offset());
        let (kind, minor) = if weekend {
            (LineKind::WeekendNight, self.weekend_multiplier.times(base_minor))
        } else {
            (LineKind::Night, base_minor)
        };
        let amount = Money::new(minor, self.currency);
        QuoteLine { kind, date: Some(night), season: season.map(|season| season.name.clone()), amount }
    }

    fn length_discount(&self, nights: i64) -> Decimal {
        let reached =
            self.length_discounts.iter().filter(|discount| i64::from(discount.min_nights) <= nights);
        reached.max_by_key(|discount| discount.min_nights).map_or(Decimal::ZERO, |discount| discount.percent)
    }
}

#[cfg(test)]
mod tests;
