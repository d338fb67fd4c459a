//! A zone by its place in the table of a feed: what it is called is found later.

/// A zone of a feed, resolved only after the whole feed was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ZoneRef(pub(crate) u32);

impl ZoneRef {
    /// That of the property; floating times are read in it.
    pub(crate) const PROPERTY: ZoneRef = ZoneRef(0);
    pub(crate) const UTC: ZoneRef = ZoneRef(1);
    pub(crate) const FIRST_NAMED: usize = 2;
}
