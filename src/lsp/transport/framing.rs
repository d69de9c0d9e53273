//! `Content-Length` framing, read leniently.
//!
//! Header names count in any case, in any number and order, ended by `\r\n` or `\n`. What is no header is skipped
//! until one comes, so a body whose stated length was wrong costs that body and nothing after it.

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

/// Bytes of a header line that are kept; a length stands at the line's end when rubbish stands before it.
const LINE_KEPT: usize = 8 * 1024;

/// The next part of the stream.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A body.
    Body(Vec<u8>),
    /// Headers without a usable length, or a body beyond the cap; reading goes on after it.
    Broken(&'static str),
    /// Nothing more will come.
    End,
}

/// Reads frames from a byte stream.
#[derive(Debug)]
pub(super) struct FrameReader<R> {
    input: BufReader<R>,
    /// Longest body that is read, in bytes.
    cap: u64,
}

impl<R: AsyncRead + Unpin> FrameReader<R> {
    /// A reader of bodies of at most `cap` bytes.
    pub(super) fn new(input: R, cap: u64) -> Self {
        Self { input: BufReader::with_capacity(64 * 1024, input), cap }
    }

    /// The next frame. An error of the stream counts as its end: there is nobody left to tell.
    pub(super) async fn next(&mut self) -> Frame {
        let mut length = None;
        let mut rubbish = false;
        loop {
            let Some(line) = self.line().await else { return Frame::End };
            let line = line.trim_ascii();
            if line.is_empty() {
                match length {
                    Some(length) => return self.body(length).await,
                    None if rubbish => return Frame::Broken("no Content-Length"),
                    None => {}
                }
            } else if let Some(value) = content_length(line) {
                length = value;
                rubbish |= value.is_none();
            } else {
                rubbish = true;
            }
        }
    }

    async fn body(&mut self, length: u64) -> Frame {
        if length > self.cap {
            let mut rest = (&mut self.input).take(length);
            return match tokio::io::copy(&mut rest, &mut tokio::io::sink()).await {
                Ok(skipped) if skipped == length => Frame::Broken("body too long"),
                _ => Frame::End,
            };
        }
        // The stated length is not trusted with an allocation: it may lie.
        let mut body = Vec::with_capacity(length.min(64 * 1024) as usize);
        match (&mut self.input).take(length).read_to_end(&mut body).await {
            Ok(read) if read as u64 == length => Frame::Body(body),
            _ => Frame::End,
        }
    }

    /// One line with its end, or the last [`LINE_KEPT`] bytes of it; none at the end of the stream.
    async fn line(&mut self) -> Option<Vec<u8>> {
        let mut line = Vec::new();
        loop {
            let available = self.input.fill_buf().await.ok()?;
            if available.is_empty() {
                return None;
            }
            let end = memchr::memchr(b'\n', available);
            let used = end.map_or(available.len(), |at| at + 1);
            line.extend(available.iter().take(used));
            self.input.consume(used);
            if line.len() > 2 * LINE_KEPT {
                line.drain(..line.len() - LINE_KEPT);
            }
            if end.is_some() {
                return Some(line);
            }
        }
    }
}

/// `None` if the line states no length, `Some(None)` if it states one that cannot be read.
fn content_length(line: &[u8]) -> Option<Option<u64>> {
    const NAME: &[u8] = b"content-length";
    let at = line.windows(NAME.len()).rposition(|window| window.eq_ignore_ascii_case(NAME))?;
    let rest = line.get(at + NAME.len()..)?.trim_ascii_start();
    let value = rest.strip_prefix(b":")?.trim_ascii();
    Some(std::str::from_utf8(value).ok().and_then(|digits| digits.parse().ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn frames(input: &[u8]) -> Vec<Frame> {
        let mut reader = FrameReader::new(input, 100);
        let mut found = Vec::new();
        loop {
            match reader.next().await {
                Frame::End => return found,
                frame => found.push(frame),
            }
        }
    }

    fn body(text: &str) -> Frame {
        Frame::Body(text.as_bytes().to_vec())
    }

    #[tokio::test]
    async fn headers_count_in_any_case_number_and_line_end() {
        let input =
            b"content-type: x\r\nCONTENT-LENGTH :  2\r\nX-Odd\r\n\r\n{}Content-Length: 2\nY: z\n\n[]\r\nContent-Length: 0\r\n\r\n";
        assert_eq!(frames(input).await, [body("{}"), body("[]"), body("")]);
    }

    #[tokio::test]
    async fn a_wrong_length_costs_one_body() {
        let short = b"Content-Length: 1\r\n\r\n{}Content-Length: 2\r\n\r\n{}";
        assert_eq!(frames(short).await, [body("{"), body("{}")]);
        let long = b"Content-Length: 7\r\n\r\n{}Content-Length: 2\r\n\r\n{}Content-Length: 2\r\n\r\n[]";
        assert_eq!(frames(long).await.last(), Some(&body("[]")));
    }

    #[tokio::test]
    async fn a_missing_or_absurd_length_is_told_and_passed_over() {
        let input = b"Content-Length: many\r\n\r\nX: y\r\n\r\nContent-Length: 101\r\n\r\n";
        let mut input = input.to_vec();
        input.extend([b' '; 101]);
        input.extend(b"Content-Length: 2\r\n\r\n{}");
        let broken = Frame::Broken("no Content-Length");
        assert_eq!(
            frames(&input).await,
            [broken, Frame::Broken("no Content-Length"), Frame::Broken("body too long"), body("{}")]
        );
    }

    #[tokio::test]
    async fn a_stream_that_ends_within_a_body_ends() {
        assert_eq!(frames(b"Content-Length: 99\r\n\r\n{").await, []);
    }
}
