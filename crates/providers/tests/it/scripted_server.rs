//! A server that answers as it is told: one step list per connection, bytes as written.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// What happens on a connection after its request was read.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    /// Slower than the client would like, and not so slow that it leaves.
    Wait(Duration),
    /// Nothing more, until the client has left.
    Silence,
}

/// Answers connections one after the other; stops listening after the last script.
pub struct Server {
    pub base_url: String,
    requests: Arc<Mutex<Vec<String>>>,
    scripts: Option<thread::JoinHandle<()>>,
}

impl Server {
    pub fn start(scripts: Vec<Vec<Step>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("loopback has a free port");
        let port = listener.local_addr().expect("a bound socket has an address").port();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        let scripts = thread::spawn(move || {
            for script in scripts {
                let Ok((connection, _)) = listener.accept() else { return };
                serve(connection, script, &seen);
            }
        });
        Self { base_url: format!("http://127.0.0.1:{port}"), requests, scripts: Some(scripts) }
    }

    /// Until the last script is done: nobody listens any more.
    pub fn wait_until_closed(&mut self) {
        if let Some(scripts) = self.scripts.take() {
            scripts.join().expect("the scripts do not panic");
        }
    }

    /// One answer per connection, each with a length and `Connection: close`.
    pub fn answering(answers: &[(u16, &str)]) -> Self {
        Self::start(answers.iter().map(|(status, body)| vec![answer(*status, "", body.as_bytes())]).collect())
    }

    /// The requests so far: head and body as text.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no thread panics with the lock").clone()
    }

    /// The only request, in two parts: head in lower case, body as it came.
    pub fn only_request(&self) -> (String, String) {
        let requests = self.requests();
        assert_eq!(requests.len(), 1);
        let (head, body) = requests[0].split_once("\r\n\r\n").expect("a request has a head");
        (head.to_lowercase(), body.to_owned())
    }
}

/// A whole answer. `headers` end with a line break each.
pub fn answer(status: u16, headers: &str, body: &[u8]) -> Step {
    let length = body.len();
    let head =
        format!("HTTP/1.1 {status} X\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n");
    Step::Send([head.as_bytes(), body].concat())
}

fn serve(mut connection: TcpStream, script: Vec<Step>, seen: &Mutex<Vec<String>>) {
    let Some(request) = read_request(&mut connection) else { return };
    seen.lock().expect("no thread panics with the lock").push(request);
    for step in script {
        match step {
            // The client may have gone away; that is what some tests are about.
            Step::Send(bytes) if connection.write_all(&bytes).is_err() => return,
            Step::Send(_) => {}
            Step::Wait(pause) => thread::sleep(pause),
            Step::Silence => while connection.read(&mut [0; 64]).is_ok_and(|count| count > 0) {},
        }
    }
}

fn read_request(connection: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let count = connection.read(&mut buffer).ok().filter(|count| *count > 0)?;
        bytes.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&bytes);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| {
            line.to_lowercase().strip_prefix("content-length:").and_then(|n| n.trim().parse().ok())
        });
        if body.len() >= length.unwrap_or(0) {
            return Some(text.into_owned());
        }
    }
}
