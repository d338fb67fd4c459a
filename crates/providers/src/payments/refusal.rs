//! What a vendor's refusal means, and what of its words may be logged.

use crate::http::{Answer, CallError, Effect};

/// Codes of "this money has gone back already". Mercado Pago has none of its own: their 2063 also stands for other
/// states, so the payment has to be read back.
///
/// Sources: docs.stripe.com/error-codes, developer.paypal.com/docs/api/payments/v2/#captures_refund.
const ALREADY_REFUNDED: [&str; 2] = ["charge_already_refunded", "CAPTURE_FULLY_REFUNDED"];

/// Whether a refund was refused because nothing is left to give back: for us that is done.
pub fn is_already_refunded(error: &CallError) -> bool {
    matches!(error, CallError::Refused { code: Some(code), .. } if ALREADY_REFUNDED.contains(&code.as_str()))
}

/// Whether a refund was refused because the guest's bank asks about the payment: it decides who has the money.
///
/// Sources: docs.stripe.com/error-codes, developer.paypal.com/docs/api/payments/v2/#captures_refund.
pub fn is_disputed(error: &CallError) -> bool {
    let codes = ["charge_disputed", "TRANSACTION_DISPUTED"];
    matches!(error, CallError::Refused { code: Some(code), .. } if codes.contains(&code.as_str()))
}

/// A call that this vendor does not have.
pub fn not_offered(detail: &str) -> CallError {
    CallError::Refused { status: 0, code: Some("not_offered".to_owned()), detail: detail.to_owned() }
}

/// A page of a gateway or a broken body: not their verdict on the request, so never a `Refused`.
pub fn not_theirs(answer: &Answer, effect: Effect) -> CallError {
    let detail = "the answer is not JSON, or broke off";
    if answer.is_success() {
        return CallError::lost(effect, detail);
    }
    match CallError::from_status(answer.status, effect, answer.retry_after, None, detail) {
        CallError::Refused { detail, .. } => CallError::lost(effect, detail),
        error => error,
    }
}

/// Their words without what could be a token, an address, a phone number or an id: errors are logged.
pub fn plain(text: &str) -> String {
    let secretive = |word: &str| {
        let digits = word.bytes().filter(u8::is_ascii_digit).count();
        let length = word.chars().count();
        digits > 5 || word.contains('@') || length > 32 || (length > 16 && digits > 0)
    };
    let words = text.split_whitespace().take(30);
    words.map(|word| if secretive(word) { "…" } else { word }).collect::<Vec<_>>().join(" ")
}

/// A code as a program may compare it: one word of letters. Anything else could be a token.
pub fn plain_code(code: String) -> Option<String> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'.';
    let digits = code.bytes().filter(u8::is_ascii_digit).count();
    (code.len() <= 64 && digits <= 5 && code.bytes().all(fits)).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_left_to_refund_is_told_from_other_refusals() {
        let refused = |code: &str| CallError::Refused {
            status: 400,
            code: Some(code.to_owned()),
            detail: String::new(),
        };
        assert!(is_already_refunded(&refused("charge_already_refunded")));
        assert!(is_already_refunded(&refused("CAPTURE_FULLY_REFUNDED")));
        for other in ["REFUND_AMOUNT_EXCEEDED", "2063", "resource_missing", ""] {
            assert!(!is_already_refunded(&refused(other)), "{other}");
        }
        assert!(!is_already_refunded(&CallError::Unknown { detail: "charge_already_refunded".to_owned() }));
    }

    #[test]
    fn codes_are_kept_and_tokens_are_not() {
        let long = "MAX_NUMBER_OF_PAYMENT_ATTEMPTS_EXCEEDED";
        assert_eq!(plain_code(long.to_owned()).as_deref(), Some(long));
        assert_eq!(plain_code("guest@example.com".to_owned()), None);
        assert_eq!(plain_code("A21AAF1234567890".to_owned()), None);
    }
}
