//! The rule of which module may use which inside a crate: the rooms of each floor, and no circle among them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Source, sources};

/// The modules of each crate from the bottom up: each uses only those before it. A new module gets its place here.
const FLOORS: [(&str, &[&str]); 15] = [
    (
        "domain",
        &[
            "cause",
            "message_delivery",
            "guest",
            "ids",
            "money",
            "period",
            "staff",
            "actor",
            "block",
            "night_calendar",
            "decimal",
            "payable",
            "cancellation_policy",
            "price",
            "accommodation",
            "stay",
            "charges_of_stay",
            "hold_checks",
            "payment",
            "ledger",
        ],
    ),
    (
        "dialog",
        &[
            "locale",
            "message_reading",
            "incident_facts",
            "step_event",
            "step_facts",
            "read",
            "conversation",
            "phrase",
            "step_effect",
            "say",
            "step",
        ],
    ),
    (
        "ical",
        &[
            "day_arithmetic",
            "feed",
            "night_set",
            "text_escapes",
            "personal",
            "provider",
            "feed_changes",
            "follow",
            "read",
            "write",
        ],
    ),
    (
        "store",
        &[
            "db",
            "accommodation",
            "api_key",
            "staff_task",
            "audit",
            "block",
            "calendar_export",
            "calendar_link",
            "refused_calendar_link",
            "calendar_last_shown",
            "conflict",
            "conversation",
            "feed",
            "feed_body",
            "idempotency",
            "incident",
            "ledger",
            "message",
            "channel_stop",
            "migrate",
            "availability",
            "equal_nights_offer",
            "payable",
            "queue",
            "staff",
            "stay",
            "charge",
            "checkout",
            "charge_part",
            "webhook_event",
            "write_probe",
            "payment",
            "refund",
        ],
    ),
    (
        "providers",
        &[
            "decimal_text",
            "http",
            "hmac_sha256",
            "secret",
            "lenient_json",
            "mail",
            "standard_webhooks",
            "notification_target",
            "chat",
            "payments",
        ],
    ),
    (
        "kernel",
        &[
            "commit_batch",
            "current_cause",
            "clock",
            "metrics",
            "rng",
            "settings",
            "api_keys",
            "transaction",
            "staff_tasks",
            "background_tasks",
            "idempotency",
            "jobs",
            "redis_connection",
            "stored_webhooks",
            "booking_lock",
            "incidents",
            "messages",
            "rate_limit",
            "forget_old_rows",
            "health_checks",
            "app",
        ],
    ),
    (
        "payments",
        &[
            "business",
            "ledger_check",
            "offline_method",
            "read_payment_job",
            "settings",
            "configured_providers",
            "kept_in_context",
            "money_of_payable",
            "payment_tasks",
            "assign_waiting_money",
            "provider_calls",
            "provider_health",
            "checkout",
            "refund",
            "dispute",
            "ledger_posting",
            "group",
            "apply_payment",
            "offline_payment",
            "read_back",
            "reconcile_lost_notices",
            "register_in_context",
        ],
    ),
    (
        "calendars",
        &[
            "feed_host",
            "host_source",
            "incident_kind",
            "conflict_incidents",
            "own_events_coming_back",
            "own_uids",
            "settings",
            "export",
            "read_for_accommodation",
            "reading_counts",
            "kept_in_context",
            "last_shown_to_readers",
            "conflicts",
            "reader_links",
            "refused_links",
            "rotate_old_links",
            "forget_old_rows",
            "blocks_from_poll",
            "fetch",
            "register_in_context",
            "read_feeds_before_booking",
            "feeds",
            "feed_health",
            "import_posted_text",
            "host_blocks",
            "host_calendar",
        ],
    ),
    (
        "stays",
        &[
            "accommodation_cache",
            "guest_links",
            "settings",
            "kept_in_context",
            "accommodations",
            "availability",
            "owed",
            "change",
            "guest_page_data",
            "hold",
            "money",
            "stay",
            "recurring_jobs",
            "register_in_context",
        ],
    ),
    (
        "conversations",
        &[
            "hand_over_to_person",
            "person_of_conversation",
            "kept_in_context",
            "carry_out_effects",
            "facts_for_step",
            "handle_guest_message",
            "receive_webhook",
            "register_in_context",
        ],
    ),
    ("app", &["config", "build_context"]),
    (
        "web",
        &[
            "client_address",
            "problem",
            "query_string",
            "auth",
            "parse_request",
            "idempotency",
            "render_templates",
            "serve",
            "api",
            "request_layers",
            "webhooks",
            "guest",
            "router",
        ],
    ),
    ("conserje", &["logging", "open_files_limit", "settings", "system_rng", "commands"]),
    (
        "simulators",
        &[
            "ascii_json",
            "exact_amount",
            "extra_fields",
            "lock_ignoring_poison",
            "page_layout",
            "webhook_signatures",
            "faults",
            "core",
            "calendars",
            "mercadopago",
            "paypal",
            "smtp",
            "stripe",
            "whatsapp",
        ],
    ),
    ("testkit", &["noun_builders", "server_addresses", "databases", "redis_database", "test_app"]),
];

/// The context holds what each mechanism keeps, and each mechanism is handed the context: arrows to it are not counted.
const CONTEXT: (&str, &str) = ("kernel", "app");

/// The module of the first level that a file belongs to; None for the root of a crate and for tests.
fn room_of(source: &Source) -> Option<String> {
    let inside = source.path.strip_prefix(&format!("crates/{}/src/", source.owner()))?;
    let first = inside.split('/').next()?.trim_end_matches(".rs");
    let is_test = first == "tests" || inside.contains("/tests/") || inside.ends_with("/tests.rs");
    (!is_test && !["lib", "main"].contains(&first)).then(|| first.to_owned())
}

/// The code of a file, without comments and without a module of tests at its end.
fn code(text: &str) -> String {
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]" || !text.contains("mod tests {"));
    lines.map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

/// The first names of what stands behind each occurrence of `path`: `crate::{a::B, c}` names `a` and `c`.
fn named_behind(path: &str, code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in code.split(path).skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            found.extend(names_of_group(group));
        } else {
            found.extend(first_name(rest));
        }
    }
    found
}

/// The first names of a group, up to the brace that closes it.
fn names_of_group(group: &str) -> Vec<String> {
    let (mut depth, mut start, mut found) = (0_u32, 0, Vec::new());
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth == 0 => {
                found.extend(first_name(&group[start..at]));
                break;
            }
            '}' => depth -= 1,
            ',' if depth == 0 => {
                found.extend(first_name(&group[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    found
}

fn first_name(text: &str) -> Option<String> {
    let text = text.trim_start();
    let end = text.find(|letter: char| letter != '_' && !letter.is_alphanumeric()).unwrap_or(text.len());
    (end > 0).then(|| text[..end].to_owned())
}

/// Which room each name comes from that the root of a crate passes on: `pub use room::{Metrics, Room};`.
fn passed_on(root: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for rest in code(root).split("use ").skip(1) {
        let Some((room, names)) = rest.split(';').next().and_then(|path| path.split_once("::")) else {
            continue;
        };
        let names = names.split(|letter: char| letter != '_' && !letter.is_alphanumeric());
        found.extend(names.filter(|name| !name.is_empty()).map(|name| (name.to_owned(), room.to_owned())));
    }
    found
}

/// The arrows between the rooms of one crate, and a file that draws each.
fn arrows(owner: &str, all: &[Source]) -> BTreeMap<(String, String), String> {
    let own: Vec<_> =
        all.iter().filter(|source| source.path.starts_with(&format!("crates/{owner}/src/"))).collect();
    let rooms: BTreeSet<String> = own.iter().filter_map(|source| room_of(source)).collect();
    let root = own.iter().find(|source| source.path.ends_with("src/lib.rs"));
    let passed_on = root.map(|root| passed_on(&root.text)).unwrap_or_default();
    let mut found = BTreeMap::new();
    for source in own {
        let Some(from) = room_of(source) else { continue };
        for name in named_behind("crate::", &code(&source.text)) {
            let to = if rooms.contains(&name) { Some(&name) } else { passed_on.get(&name) };
            if let Some(to) = to.filter(|to| **to != from && rooms.contains(*to)) {
                found.entry((from.clone(), to.clone())).or_insert_with(|| source.path.clone());
            }
        }
    }
    found
}

#[test]
fn rooms_use_only_what_lies_below_them() {
    let all = sources();
    let mut wrong = Vec::new();
    for (owner, floor) in FLOORS {
        let place = |room: &str| floor.iter().position(|one| *one == room);
        let rooms: BTreeSet<String> = all
            .iter()
            .filter(|source| source.path.starts_with(&format!("crates/{owner}/src/")))
            .filter_map(room_of)
            .collect();
        wrong.extend(
            rooms
                .iter()
                .filter(|room| place(room).is_none())
                .map(|room| format!("{owner}: the new module {room} has no place in the table of floors")),
        );
        wrong.extend(
            floor
                .iter()
                .filter(|room| !rooms.contains(**room))
                .map(|room| format!("{owner}: there is no module {room} any more; take it out of the table")),
        );
        for ((from, to), file) in arrows(owner, &all) {
            if (owner, to.as_str()) != CONTEXT && place(&from) < place(&to) {
                wrong.push(format!("{file}: {from} must not use {to}, which lies above it"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_crate_has_its_floor() {
    let owners: BTreeSet<String> = sources().iter().map(|source| source.owner().to_owned()).collect();
    let floors: BTreeSet<String> = FLOORS.iter().map(|(owner, _)| (*owner).to_owned()).collect();
    assert_eq!(owners, floors);
}

/// What the rule reads is really read: were it not, every circle would pass.
#[test]
fn arrows_are_seen_in_groups_and_through_the_root() {
    let found = named_behind("crate::", "use crate::{a::B, c, d::{e, f}};\nlet x = crate::g::h();");
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ["a", "c", "d", "g"]);
    let found = passed_on("pub use room::{Metrics, Room};\npub(crate) use apply::post;");
    assert_eq!(found.get("Room").map(String::as_str), Some("room"));
    assert_eq!(found.get("post").map(String::as_str), Some("apply"));
    let drawn = arrows("payments", &sources());
    assert!(
        drawn.contains_key(&("register_in_context".to_owned(), "kept_in_context".to_owned())),
        "{drawn:?}"
    );
    // Through `pub use` in lib.rs alone.
    assert!(drawn.contains_key(&("refund".to_owned(), "read_payment_job".to_owned())), "{drawn:?}");
}
