//! One payment over several payables: how its money, and what goes back of it, is divided among them.

/// What one part of a charge asks for, in minor units of the charge's currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// As it was charged.
    pub asked: i64,
    /// What is still owed of it now.
    pub owed: i64,
}

/// Divides `paid` among `parts`, in their order. What is still owed is covered first: a part that was paid elsewhere
/// meanwhile comes after those that were not. What is beyond all parts goes to the last, whose business gives it back.
///
/// The answer has one number for each part; together they are `paid`.
pub fn divide(paid: i64, parts: &[Part]) -> Vec<i64> {
    let mut shares = vec![0; parts.len()];
    let mut left = paid;
    for (share, part) in shares.iter_mut().zip(parts) {
        *share = part.owed.min(part.asked).clamp(0, left.max(0));
        left -= *share;
    }
    for (share, part) in shares.iter_mut().zip(parts) {
        let more = (part.asked - *share).clamp(0, left.max(0));
        *share += more;
        left -= more;
    }
    if let Some(last) = shares.last_mut() {
        *last += left;
    }
    shares
}

/// A part of a payment, and what is known to have gone back of it, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Returned {
    pub amount: i64,
    /// By refunds of ours that the provider has taken on.
    pub done: i64,
    /// What was counted as gone before.
    pub before: i64,
    /// By all refunds of ours that have not failed.
    pub sent: i64,
}

/// Divides what a provider shows as given back of the whole payment among its parts: first what we know to have gone
/// back of each, then what we have asked for, then the rest from the first part on, as nobody says whose it is.
///
/// No part gives back more than it has; together they are `shown`, as far as there is so much.
pub fn divide_returned(shown: i64, parts: &[Returned]) -> Vec<i64> {
    let mut shares = vec![0; parts.len()];
    let mut left = shown.max(0);
    let limits: [fn(&Returned) -> i64; 4] =
        [|part| part.done, |part| part.before, |part| part.sent, |part| part.amount];
    for limit in limits {
        for (share, part) in shares.iter_mut().zip(parts) {
            let more = (limit(part).min(part.amount) - *share).clamp(0, left);
            *share += more;
            left -= more;
        }
    }
    shares
}

#[cfg(test)]
mod tests;
