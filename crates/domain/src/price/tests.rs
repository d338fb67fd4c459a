//! Tests of the price: seasons, weekends, discounts, fees, rounding.

use jiff::{ToSpan, civil::date};
use proptest::prelude::*;

use super::*;

fn pricing(base: &str, currency: &str) -> Pricing {
    Pricing::plain(Money::parse(base, Currency::parse(currency).unwrap()).unwrap())
}

fn period(from: Date, nights: i32) -> Period {
    Period::new(from, from + nights.days()).unwrap()
}

fn check(pricing: &Pricing, period: Period, lines: &[(LineKind, &str)], total: &str, deposit: &str) {
    let quote = pricing.quote(&period);
    let got: Vec<_> = quote.lines.iter().map(|line| (line.kind, line.amount.to_string())).collect();
    let want: Vec<_> = lines.iter().map(|(kind, amount)| (*kind, (*amount).to_owned())).collect();
    assert_eq!(got, want);
    assert_eq!(quote.total.to_string(), total);
    assert_eq!(quote.deposit.to_string(), deposit);
}

use LineKind::{CleaningFee, LengthDiscount as Discount, Night, Tax, WeekendNight};

const FRIDAY: Date = date(2027, 1, 8);

#[test]
fn friday_to_monday_pays_saturday_and_sunday_as_weekend() {
    let lines = [(Night, "15000.00"), (WeekendNight, "18000.00"), (WeekendNight, "18000.00")];
    check(&pricing("15000", "ARS"), period(FRIDAY, 3), &lines, "51000.00", "15300.00");
}

#[test]
fn a_multiplier_of_one_and_a_half() {
    let mut pricing = pricing("12000", "ARS");
    pricing.weekend_multiplier = Decimal::parse("1.5").unwrap();
    let lines = [(Night, "12000.00"), (WeekendNight, "18000.00"), (WeekendNight, "18000.00")];
    check(&pricing, period(FRIDAY, 3), &lines, "48000.00", "14400.00");
}

#[test]
fn every_line_of_a_full_quote() {
    let mut pricing = pricing("100", "MXN");
    pricing.weekend_days = vec![5, 6];
    pricing.length_discounts = vec![
        LengthDiscount { min_nights: 2, percent: Decimal::whole(5) },
        LengthDiscount { min_nights: 3, percent: Decimal::whole(10) },
        LengthDiscount { min_nights: 7, percent: Decimal::whole(20) },
    ];
    pricing.cleaning_fee_minor = 10_000;
    pricing.tax_percent = Decimal::whole(16);
    let nights = [(WeekendNight, "120.00"), (WeekendNight, "120.00"), (Night, "100.00")];
    let rest = [(Discount, "-34.00"), (CleaningFee, "100.00"), (Tax, "64.96")];
    check(&pricing, period(FRIDAY, 3), &[nights.as_slice(), &rest].concat(), "470.96", "141.29");
}

#[test]
fn a_season_has_its_own_base_and_ends_with_its_last_night() {
    let mut pricing = pricing("100", "ARS");
    pricing.weekend_multiplier = Decimal::ONE;
    let season = |name: &str, from, to, base_minor| Season {
        name: name.into(),
        from,
        to,
        base_minor,
        min_nights: None,
    };
    pricing.seasons = vec![season("verano", date(2027, 1, 9), date(2027, 1, 10), 25_000)];
    pricing.check().unwrap();
    let lines = [(Night, "100.00"), (WeekendNight, "250.00"), (WeekendNight, "250.00"), (Night, "100.00")];
    check(&pricing, period(FRIDAY, 4), &lines, "700.00", "210.00");
    pricing.seasons.push(season("feria", date(2027, 1, 10), date(2027, 1, 12), 30_000));
    assert_eq!(pricing.check().map_err(|fault| fault.problem), Err(PricingProblem::SeasonsOverlap));
}

#[test]
fn currencies_without_decimals_round_to_whole_units() {
    let mut pricing = pricing("33333", "CLP");
    pricing.tax_percent = Decimal::whole(19);
    let lines = [(Night, "33333"), (WeekendNight, "40000"), (Tax, "13933")];
    check(&pricing, period(FRIDAY, 2), &lines, "87266", "26180");
}

proptest! {
    #[test]
    fn a_quote_adds_up_and_nights_are_additive(
        base in 1_i64..10_000_000,
        multiplier in 1_i64..50_000,
        first in 0_i32..400,
        left in 1_i32..20,
        right in 1_i32..20,
        tax in 0_i64..300_000,
    ) {
        let mut pricing = pricing("1", "ARS");
        pricing.base_minor = base;
        pricing.weekend_multiplier = Decimal::from_ten_thousandths(multiplier);
        let from = FRIDAY + first.days();
        let sum = |quote: &Quote| quote.lines.iter().map(|line| line.amount.minor).sum::<i64>();

        let whole = pricing.quote(&period(from, left + right));
        let parts = pricing.quote(&period(from, left)).total.minor + pricing.quote(&period(from + left.days(), right)).total.minor;
        prop_assert_eq!(whole.total.minor, parts);

        pricing.tax_percent = Decimal::from_ten_thousandths(tax);
        let taxed = pricing.quote(&period(from, left));
        prop_assert_eq!(taxed.total.minor, sum(&taxed));
        prop_assert!(taxed.deposit.minor <= taxed.total.minor);
    }
}
