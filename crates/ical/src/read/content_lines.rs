//! Splits bytes into content lines: any line break, blank lines, folds.

/// Logical lines of a body. A break is LF, CRLF or a lone CR; blank lines are dropped; a line that starts with a
/// space or a tab continues the one before, even across blank lines (Mozilla wrote such files).
pub(crate) struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    number: usize,
}

/// One logical line, its folds not yet joined: most lines of a feed are never looked at beyond their name.
#[derive(Clone, Copy)]
pub(crate) struct Line<'a> {
    /// Where it starts, counted from 1.
    pub(crate) number: usize,
    /// The first physical line.
    pub(crate) first: &'a [u8],
    /// The lines that continue it, with their breaks; mostly empty.
    folds: &'a [u8],
    /// Nothing follows, not even a line break: the place where a cut body was cut.
    pub(crate) ends_body: bool,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Lines<'a> {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        Lines { bytes, at: 0, number: 0 }
    }

    /// Lines passed so far.
    pub(crate) fn number(&self) -> usize {
        self.number
    }

    /// Past the line break at `end`, if one is there.
    fn after_break(&self, end: usize) -> usize {
        match self.bytes.get(end) {
            Some(b'\r') if self.bytes.get(end + 1) == Some(&b'\n') => end + 2,
            Some(_) => end + 1,
            None => end,
        }
    }

    /// Takes one physical line and returns where its text ends.
    fn take(&mut self) -> usize {
        let end = self.at + find_break(&self.bytes[self.at..]);
        self.at = self.after_break(end);
        self.number += 1;
        end
    }

    /// The end of the last continuation line after the current place, if there is one.
    fn take_folds(&mut self) -> Option<usize> {
        let mut last = None;
        loop {
            let (mut at, mut number) = (self.at, self.number);
            while matches!(self.bytes.get(at), Some(b'\r' | b'\n')) {
                at = self.after_break(at);
                number += 1;
            }
            if !matches!(self.bytes.get(at), Some(b' ' | b'\t')) {
                return last;
            }
            (self.at, self.number) = (at, number);
            last = Some(self.take());
        }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        while self.at < self.bytes.len() {
            let start = self.at;
            let end = self.take();
            if end == start {
                continue;
            }
            let number = self.number;
            let (folds_start, mut last) = (self.at, end);
            let mut folds = &self.bytes[..0];
            if let Some(folds_end) = self.take_folds() {
                folds = &self.bytes[folds_start..folds_end];
                last = folds_end;
            }
            let ends_body = last == self.bytes.len();
            return Some(Line { number, first: &self.bytes[start..end], folds, ends_body });
        }
        None
    }
}

impl<'a> Line<'a> {
    pub(crate) fn is_folded(&self) -> bool {
        !self.folds.is_empty()
    }

    /// The number of the first line among the folds that is, but for the blanks before it, the beginning or the end of a
    /// component: somebody has indented the calendar, and everything in it reads as the rest of the line before.
    pub(crate) fn indented_component(&self) -> Option<usize> {
        let mut rest = self.folds;
        let mut number = self.number + 1;
        while !rest.is_empty() {
            let end = find_break(rest);
            let text = rest[..end].trim_ascii();
            if COMPONENT_LINES.iter().any(|line| text.eq_ignore_ascii_case(line.as_bytes())) {
                return Some(number);
            }
            let is_crlf = rest.get(end) == Some(&b'\r') && rest.get(end + 1) == Some(&b'\n');
            rest = rest.get(end + if is_crlf { 2 } else { 1 }..).unwrap_or_default();
            number += 1;
        }
        None
    }

    /// The whole line. Joining happens on bytes, because some writers fold inside a UTF-8 character.
    pub(crate) fn unfold<'s>(&self, scratch: &'s mut Vec<u8>) -> &'s [u8]
    where
        'a: 's,
    {
        if !self.is_folded() {
            return self.first;
        }
        scratch.clear();
        scratch.extend_from_slice(self.first);
        let mut rest = self.folds;
        while !rest.is_empty() {
            let end = find_break(rest);
            scratch.extend_from_slice(rest[..end].get(1..).unwrap_or_default());
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        scratch
    }
}

/// No text that is folded where it must be consists of one of these.
const COMPONENT_LINES: [&str; 4] = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VFREEBUSY", "END:VCALENDAR"];

/// Where the first CR or LF is, or the length. Eight bytes at a time, for this is where reading spends its time.
fn find_break(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let found = zero_bytes(word ^ repeat(b'\n')) | zero_bytes(word ^ repeat(b'\r'));
        if found != 0 {
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let tail_at = bytes.len() - tail.len();
    tail.iter().position(|byte| matches!(byte, b'\n' | b'\r')).map_or(bytes.len(), |at| tail_at + at)
}

const fn repeat(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The high bit of every zero byte; bits above the lowest one set may be wrong, the lowest never is.
fn zero_bytes(word: u64) -> u64 {
    word.wrapping_sub(repeat(0x01)) & !word & repeat(0x80)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(body: &[u8], expected: &[(usize, &str)]) {
        let mut scratch = Vec::new();
        let lines: Vec<_> = Lines::new(body)
            .map(|line| (line.number, String::from_utf8(line.unfold(&mut scratch).to_vec()).unwrap()))
            .collect();
        let expected: Vec<_> = expected.iter().map(|(number, text)| (*number, text.to_string())).collect();
        assert_eq!(lines, expected, "{:?}", String::from_utf8_lossy(body));
    }

    #[test]
    fn breaks_blank_lines_and_folds() {
        check(b"", &[]);
        check(b"\r\n\n\r", &[]);
        check(b"a\nb\rc\r\nd", &[(1, "a"), (2, "b"), (3, "c"), (4, "d")]);
        check(b"a\n\n\nb\n", &[(1, "a"), (4, "b")]);
        check(b"\xEF\xBB\xBFBEGIN\r\n", &[(1, "BEGIN")]);
        check(b"long\r\n er\r\n\t than\r\nnext", &[(1, "longer than"), (4, "next")]);
        check(b"VERSION\n\n :2.0\n\nPRODID:x", &[(1, "VERSION:2.0"), (5, "PRODID:x")]);
        check(b"caf\xC3\r\n \xA9\r\nx", &[(1, "caf\u{e9}"), (3, "x")]);
        check(b"a\r\n \r\n  b\r\n", &[(1, "a b")]);
    }

    #[test]
    fn finds_the_first_break_wherever_it_is() {
        for length in 0..40 {
            for at in 0..length {
                for byte in [b'\n', b'\r'] {
                    let mut bytes = vec![b'x'; length];
                    bytes[at] = byte;
                    bytes[length - 1] = if at + 1 == length { byte } else { b'\x0b' };
                    assert_eq!(find_break(&bytes), at);
                }
            }
            assert_eq!(find_break(&vec![0x8a; length]), length);
        }
    }
}
