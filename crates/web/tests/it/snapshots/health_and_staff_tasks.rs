//! Health, and the list of what waits for a person.

use reqwest::Method;

use super::transcript::Transcript;
use crate::desk_harness::{Desk, PHONE};

#[tokio::test]
async fn health() {
    Desk::each(async |desk| {
        let mut told = Transcript::of(desk);
        desk.settle().await;
        told.public("get_health", Method::GET, "/api/v1/healthz", None).await;
        told.public("get_readiness", Method::GET, "/api/v1/readyz", None).await;
        told.public("nothing", Method::GET, "/api/v1/nothing", None).await;
        told.public("get_readiness", Method::DELETE, "/api/v1/readyz", None).await;
        told.finish("health");
    })
    .await;
}

#[tokio::test]
async fn attention() {
    Desk::each(async |desk| {
        desk.guest_says(PHONE, "quiero hablar con una persona").await;
        let mut told = Transcript::of(desk);
        let open = told.staff("list_attention", Method::GET, "/api/v1/attention", None).await.json();
        let resolve = format!("/api/v1/attention/{}/resolve", open[0]["id"].as_str().unwrap());
        told.staff("resolve_attention", Method::POST, &resolve, None).await;
        told.staff("resolve_attention", Method::POST, &resolve, None).await;
        told.staff("list_attention", Method::GET, "/api/v1/attention", None).await;
        told.public("list_attention", Method::GET, "/api/v1/attention", None).await;
        told.finish("attention");
        desk.settle().await;
    })
    .await;
}
