//! Numbers as exact decimal text, never through a double.

/// More digits than any amount has; it keeps an exponent such as `1e999999999` from filling the memory.
const MAX_DIGITS: usize = 40;

/// The plain, shortest decimal text of a JSON number: `1.50e1` and `15.0` are both `15`.
///
/// `None` when the text is no number, or has more than forty digits when written out.
pub fn canonical(text: &str) -> Option<String> {
    let text = text.trim();
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !all_digits(whole) || !all_digits(fraction) || mantissa.ends_with('.') {
        return None;
    }
    let digits = format!("{whole}{fraction}");
    let point = i64::try_from(whole.len()).ok()?.checked_add(exponent)?;
    let plain = place_point(&digits, point)?;
    Some(if negative && plain != "0" { format!("-{plain}") } else { plain })
}

/// Writes `digits` with the point after the first `point` of them, without needless zeros.
fn place_point(digits: &str, point: i64) -> Option<String> {
    let limit = i64::try_from(MAX_DIGITS).ok()?;
    if digits.len() > MAX_DIGITS || point > limit || point < -limit {
        return if digits.bytes().all(|byte| byte == b'0') { Some("0".to_owned()) } else { None };
    }
    let (whole, fraction) = match usize::try_from(point) {
        Ok(point) if point >= digits.len() => (format!("{digits:0<point$}"), String::new()),
        Ok(point) => (digits[..point].to_owned(), digits[point..].to_owned()),
        Err(_) => {
            let zeros = usize::try_from(-point).ok()?;
            (String::new(), format!("{}{digits}", "0".repeat(zeros)))
        }
    };
    let whole = whole.trim_start_matches('0');
    let fraction = fraction.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_every_digit() {
        for (text, plain) in [
            ("12.34", "12.34"),
            ("100", "100"),
            ("100.0", "100"),
            ("0", "0"),
            ("-0.0", "0"),
            ("-3.20", "-3.2"),
            ("1.5e3", "1500"),
            ("1.50E1", "15"),
            ("125e-2", "1.25"),
            ("5e-3", "0.005"),
            ("1e+2", "100"),
            ("90071992547409931.23", "90071992547409931.23"),
            ("0.1000000000000000055", "0.1000000000000000055"),
            ("0e999999", "0"),
        ] {
            assert_eq!(canonical(text).as_deref(), Some(plain), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in
            ["", "-", ".5", "5.", "1,5", "NaN", "null", "1e", "1e999999999", "1e99999999999999999999", "٣"]
        {
            assert_eq!(canonical(text), None, "{text}");
        }
    }
}
