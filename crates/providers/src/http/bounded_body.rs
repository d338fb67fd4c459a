//! Reads a response body up to a limit.

/// Why a body could not be read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    #[error("the answer is larger than {limit_bytes} bytes")]
    TooLarge { limit_bytes: usize },
    #[error("the answer took too long")]
    TimedOut,
    #[error("the answer broke off")]
    Broken,
}

/// Reads at most `limit_bytes`, counted after decompression, and stops at the first byte beyond.
pub async fn read_bounded(mut response: reqwest::Response, limit_bytes: usize) -> Result<Vec<u8>, BodyError> {
    let announced = response.content_length().unwrap_or(0);
    if usize::try_from(announced).map_or(true, |announced| announced > limit_bytes) {
        return Err(BodyError::TooLarge { limit_bytes });
    }
    let mut bytes = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) if bytes.len() + chunk.len() > limit_bytes => {
                return Err(BodyError::TooLarge { limit_bytes });
            }
            Ok(Some(chunk)) => bytes.extend_from_slice(&chunk),
            Ok(None) => return Ok(bytes),
            Err(error) if error.is_timeout() => return Err(BodyError::TimedOut),
            Err(_) => return Err(BodyError::Broken),
        }
    }
}
