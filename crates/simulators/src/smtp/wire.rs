use std::{io, sync::Arc};

use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

use super::{
    MailFault,
    control::Shared,
    session::{Answer, Session},
};
use crate::tasks::Tasks;

/// A line of a letter has at most 1,000 bytes: <https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1.6>
const MAX_LINE_BYTES: usize = 1_000;

pub(super) async fn listen(listener: TcpListener, shared: Arc<Shared>, tasks: Arc<Tasks>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let shared = Arc::clone(&shared);
        tasks.spawn(async move {
            // A client that hangs up is no event.
            let _gone = talk(stream, shared).await;
        });
    }
}

async fn talk(stream: TcpStream, shared: Arc<Shared>) -> io::Result<()> {
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    let mut session = Session::new(shared);
    let mut answer = session.greet();
    loop {
        if !say(&mut writer, answer).await? {
            return Ok(());
        }
        answer = match line(&mut reader).await? {
            Line::Whole(line) => match session.hear(&line) {
                Some(answer) => answer,
                None => {
                    answer = Answer::nothing();
                    continue;
                }
            },
            Line::TooLong => Answer::plain(500, "Line too long"),
            Line::End => return Ok(()),
        };
    }
}

/// False when the connection ends.
async fn say(writer: &mut OwnedWriteHalf, answer: Answer) -> io::Result<bool> {
    match answer.fault {
        MailFault::None | MailFault::Reply { .. } => writer.write_all(answer.text.as_bytes()).await?,
        MailFault::Garbage => writer.write_all(b"\x15\x03\x01 what?\r\n").await?,
        MailFault::Drop | MailFault::LostAnswer => return Ok(false),
        MailFault::Silent => std::future::pending().await,
    }
    Ok(!answer.is_last)
}

enum Line {
    Whole(Vec<u8>),
    TooLong,
    End,
}

/// Without its CR LF. A line feed alone ends no line: <https://www.rfc-editor.org/rfc/rfc5321#section-2.3.8>
async fn line(reader: &mut BufReader<OwnedReadHalf>) -> io::Result<Line> {
    let mut line = Vec::new();
    while !line.ends_with(b"\r\n") {
        if reader.read_until(b'\n', &mut line).await? == 0 {
            return Ok(Line::End);
        }
    }
    if line.len() > MAX_LINE_BYTES {
        return Ok(Line::TooLong);
    }
    line.truncate(line.len() - 2);
    Ok(Line::Whole(line))
}
