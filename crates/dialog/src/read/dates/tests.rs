//! Days, periods and their roles.
