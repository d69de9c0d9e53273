//! From the bytes of a file to text.
//!
//! A byte order mark is taken off, as editors do before they send a text, so that ranges agree with theirs; whoever
//! counts bytes of the file itself adds its three. Bytes that are no UTF-8 become replacement characters. What is not
//! text at all is refused with a reason.

/// A file's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without byte order mark.
    pub text: String,
    /// True if a byte order mark was taken off: byte 0 of the text is byte 3 of the file.
    pub had_bom: bool,
    /// The first byte of the file that is no UTF-8, if any: the text has replacement characters and must not be written back.
    pub lossy_at: Option<usize>,
}

/// A file that is no text, with what to do, as half a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// It has NUL bytes.
    #[error("this is no text (it has NUL bytes); leave it out with `exclude` in whosaid.toml")]
    Binary,
    /// It is UTF-16, by its byte order mark.
    #[error("this is UTF-16; save it as UTF-8")]
    Utf16,
}

/// Reads bytes as text.
///
/// # Errors
/// Where the bytes are no text.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, DecodeError> {
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(DecodeError::Utf16);
    }
    if memchr::memchr(0, &bytes).is_some() {
        return Err(DecodeError::Binary);
    }
    let (mut text, lossy_at) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some(at))
        }
    };
    let had_bom = text.starts_with('\u{feff}');
    if had_bom {
        text.drain(..'\u{feff}'.len_utf8());
    }
    Ok(Decoded { text, had_bom, lossy_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_taken_off_and_said() {
        let read = decode("\u{feff}Port Sarn\r\n".as_bytes().to_vec());
        assert_eq!(read, Ok(Decoded { text: "Port Sarn\r\n".into(), had_bom: true, lossy_at: None }));
    }

    #[test]
    fn broken_bytes_are_replaced_and_the_first_is_named() {
        let read = decode(b"caf\xe9 Sarn".to_vec()).unwrap();
        assert_eq!((read.text.as_str(), read.lossy_at), ("caf\u{fffd} Sarn", Some(3)));
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b"PK\x03\x00".to_vec()), Err(DecodeError::Binary));
        assert_eq!(decode(vec![0xFF, 0xFE, b'a', 0]), Err(DecodeError::Utf16));
        assert_eq!(decode(Vec::new()).unwrap().text, "");
    }
}
