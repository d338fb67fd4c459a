//! Who works here: people and programs with an identity, and what each may do.

use std::fmt;

/// A person of the staff, or a key of a program; 128 random bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Id(u128);

impl Id {
    pub fn from_random(random: u128) -> Self {
        Self(random)
    }

    /// What `Display` writes: 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let is_id = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_id.then(|| u128::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// Who acts for the house. The text stands in the audit trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Who {
    Person(Id),
    Key(Id),
    /// The key that stands in the settings, `API_TOKEN`.
    SettingsKey,
    /// A command on the machine itself, or a test.
    Operator,
}

impl fmt::Display for Who {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(id) => write!(f, "staff:{id}"),
            Self::Key(id) => write!(f, "key:{id}"),
            Self::SettingsKey => f.write_str("key:API_TOKEN"),
            Self::Operator => f.write_str("operator"),
        }
    }
}

/// What somebody is in the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    Owner,
    Manager,
    Reception,
    Accountant,
    Cleaner,
}

impl Role {
    pub const ALL: [Self; 5] = [Self::Owner, Self::Manager, Self::Reception, Self::Accountant, Self::Cleaner];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Reception => "reception",
            Self::Accountant => "accountant",
            Self::Cleaner => "cleaner",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }

    /// What this role may do.
    pub fn scopes(self) -> Scopes {
        match self {
            Self::Owner => Scopes::ALL,
            Self::Manager => Scopes::of(&[Scope::Read, Scope::Write, Scope::Money]),
            Self::Reception => Scopes::of(&[Scope::Read, Scope::Write]),
            Self::Accountant => Scopes::of(&[Scope::Read, Scope::Money]),
            Self::Cleaner => Scopes::of(&[]),
        }
    }
}

/// A part of what can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// See everything that staff see.
    Read,
    /// Change reservations, accommodations, calendars and tasks.
    Write,
    /// Take money, charge, give money back.
    Money,
    /// Create and revoke keys and staff.
    Admin,
}

impl Scope {
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Money, Self::Admin];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Money => "money",
            Self::Admin => "admin",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == text)
    }
}

/// A set of scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scopes([bool; Scope::ALL.len()]);

impl Scopes {
    pub const ALL: Self = Self([true; Scope::ALL.len()]);

    pub fn of(scopes: &[Scope]) -> Self {
        Self(Scope::ALL.map(|scope| scopes.contains(&scope)))
    }

    pub fn allow(self, scope: Scope) -> bool {
        Scope::ALL.into_iter().zip(self.0).any(|(one, is_in)| is_in && one == scope)
    }

    /// Names, comma-separated, as `Display` writes them; None for a name that is no scope, or for nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let names = text.split(',').map(str::trim).filter(|name| !name.is_empty());
        let scopes: Option<Vec<Scope>> = names.map(Scope::parse).collect();
        scopes.filter(|scopes| !scopes.is_empty()).map(|scopes| Self::of(&scopes))
    }
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Scope::ALL.into_iter().filter(|scope| self.allow(*scope)).map(Scope::as_str);
        f.write_str(&names.collect::<Vec<_>>().join(","))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_scopes_read_as_they_are_written() {
        for random in [0, 1, u128::MAX] {
            let id = Id::from_random(random);
            assert_eq!(Id::parse(&id.to_string()), Some(id));
        }
        for text in ["", "x", "00", &"g".repeat(32), &"+".repeat(32)] {
            assert_eq!(Id::parse(text), None);
        }
        for role in Role::ALL {
            let scopes = role.scopes();
            let read = Scopes::parse(&scopes.to_string());
            assert_eq!(read, (scopes != Scopes::of(&[])).then_some(scopes));
        }
        assert_eq!(Scopes::parse("read, everything"), None);
        assert_eq!(Scopes::parse("read,read").unwrap().to_string(), "read");
    }

    #[test]
    fn nobody_but_the_owner_makes_keys() {
        let may = |role: Role| role.scopes().allow(Scope::Admin);
        assert_eq!(Role::ALL.into_iter().filter(|role| may(*role)).collect::<Vec<_>>(), [Role::Owner]);
    }
}
