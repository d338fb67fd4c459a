//! Content lines of a calendar: folding and line ends.

/// Lines that end in CRLF, folded at 75 octets without cutting a character.
pub(super) fn crlf(lines: impl IntoIterator<Item = String>) -> String {
    let mut text = String::new();
    for line in lines {
        let mut width = 0;
        for character in line.chars() {
            if width + character.len_utf8() > 75 {
                text.push_str("\r\n ");
                width = 1;
            }
            text.push(character);
            width += character.len_utf8();
        }
        text.push_str("\r\n");
    }
    text
}

/// Lines that end in LF, however long.
pub(super) fn lf(lines: impl IntoIterator<Item = String>) -> String {
    lines.into_iter().map(|line| line + "\n").collect()
}

/// A calendar: what stands before the events, the events, and what stands after.
pub(super) fn calendar(
    head: impl IntoIterator<Item = String>,
    events: impl IntoIterator<Item = Vec<String>>,
    foot: impl IntoIterator<Item = String>,
) -> impl Iterator<Item = String> {
    let line = |text: &str| std::iter::once(text.to_owned());
    let events = events.into_iter().flat_map(move |event| {
        line("BEGIN:VEVENT").chain(event).chain(line("END:VEVENT")).collect::<Vec<_>>()
    });
    line("BEGIN:VCALENDAR").chain(head).chain(events).chain(foot).chain(line("END:VCALENDAR"))
}
