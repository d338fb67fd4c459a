#![no_main]

#[path = "../../crates/ical/tests/fuzz_checks/mod.rs"]
#[expect(unused_imports, reason = "each target uses one of the checks")]
mod checks;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| checks::read(bytes));
