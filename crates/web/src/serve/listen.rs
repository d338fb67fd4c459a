//! Opening the address to listen on.

use tokio::net::{TcpListener, TcpStream};

/// Opens the address to listen on; the error says what to do.
pub async fn listen(host: &str, port: u16) -> Result<TcpListener, String> {
    let bound = TcpListener::bind((host, port)).await;
    let bound = match bound {
        // A machine without IPv6 still serves IPv4.
        Err(_) if host == "::" && port_is_free(port).await => TcpListener::bind(("0.0.0.0", port)).await,
        other => other,
    };
    bound.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!(
                "port {port} is taken by another program; choose another one with PORT={}",
                port.wrapping_add(1)
            )
        }
        std::io::ErrorKind::PermissionDenied => {
            format!("port {port} needs more rights; choose one above 1023 with PORT")
        }
        _ => format!("cannot listen on {host} port {port}, as HOST and PORT say: {error}"),
    })
}

async fn port_is_free(port: u16) -> bool {
    TcpStream::connect(("127.0.0.1", port)).await.is_err()
}
