//! `conserje calendar …`: calendars checked, replayed, read, their polls printed, an address of ours replaced.

/// Calendars in words.
mod check;
/// What a calendar answered, as a log that can be replayed.
mod print_poll_log;
/// Logs of polls, gone through again.
mod replay;
/// A reader of ours gets a new address.
mod rotate_token;
/// Calendars read by hand.
mod sync;
/// What those of them that need a database begin with.
mod two_cabins_with_feeds;

/// A calendar with a stay of each pair of days.
fn calendar(stays: &[(&str, &str)]) -> String {
    let stay = |(number, (from, to)): (usize, &(&str, &str))| {
        format!(
            "BEGIN:VEVENT\r\nUID:{number}-{from}@test\r\nSUMMARY:Reserved - Luz\r\nDTSTART;VALUE=DATE:{from}\r\nDTEND;VALUE=DATE:{to}\r\nEND:VEVENT\r\n"
        )
    };
    let stays: String = stays.iter().enumerate().map(stay).collect();
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//HomeAway.com, Inc.//EN\r\n{stays}END:VCALENDAR\r\n")
}
