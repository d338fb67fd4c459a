//! The guest's pages, and the documents that the program serves.

use reqwest::StatusCode;

use crate::{desk_harness::Desk, template_samples::samples};

async fn page(desk: &Desk, path: &str) -> crate::desk_harness::Answer {
    desk.send(desk.http.get(format!("{}{path}", desk.url)).header("accept", "text/html")).await
}

#[tokio::test]
async fn a_guest_sees_and_cancels_the_stay_behind_the_link() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        desk.settle().await;
        let token = held["token"].as_str().unwrap();
        let shown = page(desk, &format!("/stay/{token}")).await;
        assert_eq!(shown.status, StatusCode::OK);
        for part in ["El Sauce", held["code"].as_str().unwrap(), "51000.00", "15300.00", "09:30", "/pay/"] {
            assert!(shown.text.replace("&#x2f;", "/").contains(part), "{part} is missing");
        }
        let cancelled = desk.send(desk.http.post(format!("{}/stay/{token}/cancel", desk.url))).await;
        assert_eq!(cancelled.status, StatusCode::SEE_OTHER);
        assert!(page(desk, &format!("/stay/{token}")).await.text.contains("Cancelada"));
        let paying = page(desk, &format!("/pay/{token}")).await;
        assert_eq!(paying.header("location"), format!("/stay/{token}"), "nothing to pay any more");
    })
    .await;
}

#[tokio::test]
async fn a_wrong_link_is_a_friendly_page_and_leaks_nothing() {
    Desk::each(async |desk| {
        let missing = page(desk, "/stay/wrong-token").await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        assert!(
            missing.text.contains("No encontramos") && missing.text.contains(missing.header("x-request-id"))
        );
        let for_programs = desk.get("/stay/wrong-token").await.json();
        assert_eq!(for_programs["instance"], "/stay/{token}", "a token is never repeated");
    })
    .await;
}

#[tokio::test]
async fn before_the_provider_has_answered_the_pay_page_waits() {
    Desk::each(async |desk| {
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let path = format!("/pay/{}", held["token"].as_str().unwrap());
        let waiting = page(desk, &path).await;
        assert!(waiting.status == StatusCode::OK && waiting.text.contains("http-equiv=\"refresh\""));
        desk.settle().await;
        let led = page(desk, &path).await;
        assert_eq!(led.status, StatusCode::SEE_OTHER);
        assert!(led.header("location").contains("pref_id="));
    })
    .await;
}

/// A path that is no text is a Problem like any other refusal.
#[tokio::test]
async fn an_address_that_cannot_be_read_is_a_problem() {
    Desk::each(async |desk| {
        let refused = desk.get("/api/v1/accommodations/%ff").await;
        assert_eq!((refused.status, refused.code().as_str()), (StatusCode::BAD_REQUEST, "invalid_request"));
        assert_eq!(refused.header("content-type"), "application/problem+json");
    })
    .await;
}

#[tokio::test]
async fn the_api_describes_itself() {
    Desk::each(async |desk| {
        let document = desk.get("/api/v1/openapi.json").await.json();
        assert_eq!(document, serde_json::to_value(web::openapi()).unwrap());
        let docs = page(desk, "/docs").await;
        assert!(
            docs.status == StatusCode::OK
                && docs.text.replace("&#x2f;", "/").contains("/api/v1/reservations/pre-reserve")
        );
        // What is described is what is answered.
        let described = document["components"]["schemas"]["HoldOut"]["properties"].as_object().unwrap();
        let cabin = desk.cabin("El Sauce").await;
        let held = desk.hold(&cabin, "2027-01-08", "2027-01-11").await.json();
        let mut answered: Vec<_> = held.as_object().unwrap().keys().collect();
        let mut described: Vec<_> = described.keys().collect();
        answered.sort();
        described.sort();
        assert_eq!(answered, described);
        desk.settle().await;
    })
    .await;
}

/// The checked-in description is the program's own: `conserje openapi > docs/openapi.json` after a change.
#[test]
fn the_checked_in_description_is_fresh() {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let kept: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    assert_eq!(
        kept,
        serde_json::to_value(web::openapi()).unwrap(),
        "run: conserje openapi > docs/openapi.json"
    );
}

/// Strict about names: a template that asks for what is not there fails here and not before a guest.
#[test]
fn every_template_renders_with_samples_in_every_language() {
    for (template, _) in web::render_templates::TEMPLATES {
        for language in ["es", "pt", "en"] {
            for (_, sample) in samples(template) {
                let page = web::render_templates::render_in(language, "Cabañas", template, sample);
                let page = page.unwrap_or_else(|error| panic!("{template} in {language}: {error:#}"));
                assert!(page.contains("</html>") && !page.contains("El Sauce <b>"), "{template}");
            }
        }
    }
}
