//! What a payment names as its purpose at the provider.

use std::fmt;

use crate::{
    charges_of_stay::Purpose,
    payable::{Kind, Payable},
};

/// What a payment is for, as the providers give it back to us: the payable, and the charge unless it is the deposit.
///
/// Letters, digits, `-` and `_` only, which is what every provider takes. A stay stands without its kind, as in the
/// references of all versions before there were other kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    pub payable: Payable,
    pub purpose: Purpose,
}

impl Reference {
    /// A kind or a purpose that we do not know is read as part of the id, which no stay has.
    pub fn parse(text: &str) -> Self {
        let known = text.rsplit_once('-').and_then(|(id, word)| Some((id, Purpose::parse(word)?)));
        let (named, purpose) = known.unwrap_or((text, Purpose::Deposit));
        let kind = named.split_once('_').and_then(|(kind, id)| Some((Kind::parse(kind)?, id)));
        let (kind, id) = kind.unwrap_or((Kind::Stay, named));
        Self { payable: Payable::new(kind, id), purpose }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.payable.kind != Kind::Stay {
            write!(f, "{}_", self.payable.kind.as_str())?;
        }
        f.write_str(&self.payable.id)?;
        match self.purpose {
            Purpose::Deposit => Ok(()),
            other => write!(f, "-{}", other.as_str()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::StayId;

    #[test]
    fn references_are_read_back() {
        for purpose in Purpose::ALL {
            let reference = Reference { payable: Payable::from(&StayId::new("01JSTAY")), purpose };
            assert_eq!(Reference::parse(&reference.to_string()), reference);
            assert_eq!(Purpose::parse(purpose.as_str()), Some(purpose));
        }
        let plain = Reference { payable: Payable::from(&StayId::new("01JSTAY")), purpose: Purpose::Deposit };
        assert_eq!(plain.to_string(), "01JSTAY");
        assert_eq!(Reference::parse("a-b").payable.id, "a-b", "a word that we do not know is no purpose");
    }
}
