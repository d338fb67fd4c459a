//! The bytes of an SMTP connection: lines in, replies out.

use std::{io, sync::Arc};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use super::{
    MailFault, Protection,
    command_session::{Answer, Session},
    control::Sim,
};
use crate::core::Tasks;

/// A line of an e-mail has at most 1,000 bytes: <https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.6>
const MAX_LINE_BYTES: usize = 1_000;

pub(super) async fn listen(listener: TcpListener, sim: Arc<Sim>, tasks: Arc<Tasks>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let sim = Arc::clone(&sim);
        tasks.spawn(async move {
            // A client that hangs up is no event.
            let _gone = talk(stream, sim).await;
        });
    }
}

/// A connection, in clear or behind TLS.
trait Wire: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Wire for T {}

async fn talk(stream: TcpStream, sim: Arc<Sim>) -> io::Result<()> {
    let wire: Box<dyn Wire> = match sim.protection {
        Protection::Tls => Box::new(sim.tls.accept(stream).await?),
        Protection::None | Protection::StartTls => Box::new(stream),
    };
    let mut wire = BufReader::new(wire);
    let mut session = Session::new(Arc::clone(&sim));
    let mut answer = session.greet();
    loop {
        let begins_tls = answer.begins_tls;
        if !say(&mut wire, answer).await? {
            return Ok(());
        }
        if begins_tls {
            let behind: Box<dyn Wire> = Box::new(sim.tls.accept(wire.into_inner()).await?);
            wire = BufReader::new(behind);
            session = session.behind_tls();
        }
        answer = match line(&mut wire).await? {
            Line::Whole(line) => session.hear(&line).unwrap_or_else(Answer::nothing),
            Line::TooLong => Answer::plain(500, "Line too long"),
            Line::End => return Ok(()),
        };
    }
}

/// False when the connection ends.
async fn say(wire: &mut BufReader<Box<dyn Wire>>, answer: Answer) -> io::Result<bool> {
    match answer.fault {
        MailFault::None | MailFault::Reply { .. } => wire.write_all(answer.text.as_bytes()).await?,
        MailFault::Garbage => wire.write_all(b"\x15\x03\x01 what?\r\n").await?,
        MailFault::Drop | MailFault::LostAnswer => return Ok(false),
        MailFault::Silent => std::future::pending().await,
    }
    wire.flush().await?;
    Ok(!answer.is_last)
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
    End,
}

/// Without its CR LF. A line feed alone ends no line: <https://www.rfc-editor.org/rfc/rfc5321#section-2.3.8>
async fn line(wire: &mut BufReader<Box<dyn Wire>>) -> io::Result<Line> {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        if wire.read_until(b'\n', &mut line).await? == 0 {
            return Ok(Line::End);
        }
    }
    if line.len() > MAX_LINE_BYTES {
        return Ok(Line::TooLong);
    }
    line.truncate(line.len() - 2);
    Ok(Line::Whole(line))
}
