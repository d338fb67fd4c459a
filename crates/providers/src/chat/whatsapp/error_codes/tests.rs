//! Tests of the verdict for each error code of WhatsApp.

use super::*;

const AFTER: Option<Duration> = Some(Duration::from_secs(30));

fn check(code: u32, expected: SendError) {
    assert_eq!(verdict(code, AFTER), Some(expected), "{code}");
}

/// Every code of the vendor's error page that a text or a link can meet.
#[test]
fn every_code_has_its_verdict() {
    for code in [0, 190, 3, 10, 200, 230, 299, 368, 131_031, 131_037, 131_042, 131_045, 133_010] {
        check(code, SendError::StopChannel { code: Some(code) });
    }
    for code in [4, 80_007, 131_048] {
        check(code, SendError::SlowDown { code, after: AFTER });
    }
    for code in [1, 2, 130_429, 131_000, 131_016, 131_057, 133_004] {
        check(code, SendError::Retry { after: AFTER, pace: Pace::Soon });
    }
    check(131_056, SendError::Retry { after: AFTER, pace: Pace::Pair });
    check(131_047, SendError::WindowClosed);
    check(131_021, SendError::Drop { code: 131_021 });
    for code in [130_472, 130_497, 131_026, 131_049, 131_050, 131_062] {
        check(code, SendError::Undeliverable { code });
    }
    for code in [33, 100, 131_005, 131_008, 131_009, 131_030, 131_051, 131_052, 131_053] {
        check(code, SendError::DeadLetter { code: Some(code) });
    }
    for code in [132_000, 132_001, 132_005, 132_007, 132_008, 132_012, 132_015, 132_016, 132_018] {
        check(code, SendError::DeadLetter { code: Some(code) });
    }
    for code in [5, 300, 99_999, 131_999, u32::MAX] {
        assert_eq!(verdict(code, None), None, "{code}");
    }
}

#[test]
fn an_unknown_code_is_judged_by_status() {
    for (status, code, expected) in [
        (400, Some(9), SendError::DeadLetter { code: Some(9) }),
        (404, None, SendError::DeadLetter { code: None }),
        (301, None, SendError::StopChannel { code: None }),
        (401, None, SendError::StopChannel { code: None }),
        (403, Some(9), SendError::StopChannel { code: Some(9) }),
        (429, None, SendError::Retry { after: AFTER, pace: Pace::Soon }),
        (503, None, SendError::Retry { after: AFTER, pace: Pace::Soon }),
        (500, Some(9), SendError::Retry { after: AFTER, pace: Pace::Soon }),
        (500, None, SendError::Unknown),
        (502, None, SendError::Unknown),
        (504, None, SendError::Unknown),
        (200, None, SendError::Unknown),
    ] {
        assert_eq!(verdict_of_status(status, code, AFTER), expected, "{status} {code:?}");
    }
}
