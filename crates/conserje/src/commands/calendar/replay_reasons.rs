//! What a step of a replay says, and why.

use ical::{Followed, HeldBack, Loss, Notice, Step};

/// Why something changed with this poll; `None` when nothing did. A failure is a change once, not at each poll.
pub(super) fn reason(before: &Followed, step: &Step<'_>, failure: Option<&str>) -> Option<String> {
    if step.state.failures > 0 {
        let first = before.failures == 0;
        return first.then(|| match failure {
            Some(failure) => format!("the poll failed, every night stays as it is: {failure}"),
            None => "nothing was read yet that could be unchanged".to_owned(),
        });
    }
    let mut parts = Vec::new();
    if before.failures > 0 {
        parts.push(format!("a good poll after {}", counted(i64::from(before.failures), "failed one")));
    }
    if !step.blocked.is_empty() {
        parts.push(match before.last_good_at {
            None => "the first reading".to_owned(),
            Some(_) => format!("{} blocked", counted(step.blocked.len(), "new night")),
        });
    }
    parts.extend(step.freed.iter().map(freed));
    if !step.held_back.is_empty() {
        parts.push(format!("{} gone from the feed and held back", counted(step.held_back.len(), "night")));
    }
    if !step.returned.is_empty() {
        parts.push(format!("{} back in the feed, never freed", counted(step.returned.len(), "night")));
    }
    parts.extend(step.notices.iter().map(notice));
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn freed(one: &HeldBack) -> String {
    let nights = counted(one.stretch().nights(), "night");
    let loss = match one.loss {
        Loss::OneStay if one.slid => "a block has slid on".to_owned(),
        Loss::OneStay => "one stay gone".to_owned(),
        Loss::Several => format!("{} gone together", counted(one.together_nights, "night")),
        Loss::Quarter => "a quarter or more gone".to_owned(),
        Loss::Everything => "everything gone".to_owned(),
    };
    let minutes = one.agreed_seconds / 60;
    format!(
        "{nights} from {} freed: {loss}, {} agree over {minutes} min",
        one.check_in,
        counted(i64::from(one.agreed_polls), "poll")
    )
}

fn notice(notice: &Notice) -> String {
    match notice {
        Notice::ShrinkHeldBack { missing, of } => {
            format!("notice: {missing} of {of} nights are missing at once")
        }
        Notice::EverythingGone { missing } => {
            format!("notice: everything is gone, {}", counted(*missing, "night"))
        }
        Notice::CameBack { nights } => {
            format!("notice: the shrink is over for {}", counted(*nights, "night"))
        }
        Notice::Unreadable { events } => {
            format!("notice: the days of {} cannot be read", counted(i64::from(*events), "event"))
        }
    }
}

/// `1 night`, `2 nights`.
pub(super) fn counted(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
