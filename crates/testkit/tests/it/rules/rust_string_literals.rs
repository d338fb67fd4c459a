//! String literals of a Rust source: enough of its grammar to tell them from comments and characters.

/// The contents of all string literals, in order; escapes are left as they are.
pub fn literals(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        at = match (chars[at], chars.get(at + 1)) {
            ('/', Some('/')) => skip_until(&chars, at, |c| c == '\n'),
            ('/', Some('*')) => skip_block_comment(&chars, at),
            ('\'', Some('\\')) => skip_until(&chars, at + 3, |c| c == '\'') + 1,
            // A character such as '"'; a lone quote begins a lifetime.
            ('\'', Some(_)) if chars.get(at + 2) == Some(&'\'') => at + 3,
            ('"', _) => plain(&chars, at, &mut found),
            ('r', Some('"' | '#')) if !is_in_name(&chars, at) => raw(&chars, at, &mut found),
            _ => at + 1,
        };
    }
    found
}

fn skip_until(chars: &[char], from: usize, end: impl Fn(char) -> bool) -> usize {
    (from..chars.len()).find(|at| end(chars[*at])).unwrap_or(chars.len())
}

/// Block comments nest.
fn skip_block_comment(chars: &[char], from: usize) -> usize {
    let (mut depth, mut at) = (0, from);
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn plain(chars: &[char], from: usize, found: &mut Vec<String>) -> usize {
    let mut at = from + 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    found.push(chars[from + 1..at.min(chars.len())].iter().collect());
    at + 1
}

/// `r"…"`, `r#"…"#`; `r#type` is a name and no string.
fn raw(chars: &[char], from: usize, found: &mut Vec<String>) -> usize {
    let quote = skip_until(chars, from + 1, |c| c != '#');
    if chars.get(quote) != Some(&'"') {
        return quote;
    }
    let hashes = quote - from - 1;
    let ends = |at: usize| {
        chars[at] == '"' && chars[at + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes
    };
    let end = (quote + 1..chars.len()).find(|at| ends(*at)).unwrap_or(chars.len());
    found.push(chars[quote + 1..end].iter().collect());
    end + 1 + hashes
}

/// The `r` of `for"` is no prefix.
fn is_in_name(chars: &[char], at: usize) -> bool {
    // A byte string's `br` is one.
    let before = at.checked_sub(1).map(|before| chars[before]);
    before.is_some_and(|c| (c.is_alphanumeric() && c != 'b') || c == '_')
}

#[test]
fn strings_are_told_from_comments_and_characters() {
    let text = r####"
        // "not this" nor 'that
        /* "nor /* "nested" */ this" */
        let a = "one \" still one"; let b = '"'; let c = '\''; let d: &'static str = "two";
        let e = r#"three "quoted" "#; let f = r"four\"; let r#type = br"five"; call(r#type, "six
        seven");
    "####;
    let found = literals(text);
    assert_eq!(
        found,
        [r#"one \" still one"#, "two", r#"three "quoted" "#, r"four\", "five", "six\n        seven"]
    );
}
