//! Decodes a register file. Windows editors may save it in an encoding other than UTF-8.

use super::{RegisterError, RegisterErrors};

/// Returns the text or the decoding errors. It keeps a byte order mark and CR LF line ends, because TOML accepts both.
pub(super) fn text(bytes: Vec<u8>) -> Result<String, RegisterErrors> {
    if let [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [_, 0, ..] | [0, ..] = bytes[..] {
        return Err(wrong(1, "this is UTF-16; save the file as UTF-8"));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let before = &error.as_bytes()[..at];
        let line = before.split(|byte| *byte == b'\n').count();
        wrong(
            u32::try_from(line).unwrap_or(u32::MAX),
            "not UTF-8, but probably Windows-1252; save the file as UTF-8",
        )
    })
}

fn wrong(line: u32, message: &str) -> RegisterErrors {
    let message = message.to_owned();
    RegisterErrors(vec![RegisterError { line, message }])
}

#[cfg(test)]
mod tests {
    use super::super::Register;

    const REGISTER: &str = include_str!("../../../../registers/omilon.toml");

    fn latin(text: &str) -> Vec<u8> {
        // The only characters here outside Latin-1 are typographic dashes and quotes, which Windows-1252 has.
        text.chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap_or(0x96))
            .collect()
    }

    #[test]
    fn a_byte_order_mark_and_windows_lines_change_nothing() {
        let plain = Register::parse(REGISTER).unwrap();
        for text in [
            format!("\u{feff}{REGISTER}"),
            REGISTER.replace('\n', "\r\n"),
            format!("\u{feff}{}", REGISTER.replace('\n', "\r\n")),
        ] {
            let read = Register::text_of(text.clone().into_bytes()).unwrap();
            assert_eq!(read, text);
            assert_eq!(Register::parse(&read).unwrap().hash(), plain.hash());
        }
    }

    /// A register saved by an office program gets an error with the line and a fix.
    #[test]
    fn another_encoding_is_named_with_its_line() {
        let line = |text: &str| 1 + text.lines().position(|line| !line.is_ascii()).unwrap();
        for text in [REGISTER.to_owned(), REGISTER.replace('\n', "\r\n")] {
            let error = Register::text_of(latin(&text)).unwrap_err().to_string();
            let expected = format!(
                "line {}: not UTF-8, but probably Windows-1252; save the file as UTF-8",
                line(&text)
            );
            assert_eq!(error, expected);
        }
        let units: Vec<u16> = REGISTER.encode_utf16().collect();
        let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        for bytes in [
            [&[0xff, 0xfe][..], &little].concat(),
            [&[0xfe, 0xff][..], &big].concat(),
            little,
            big,
        ] {
            let error = Register::text_of(bytes).unwrap_err().to_string();
            assert_eq!(error, "line 1: this is UTF-16; save the file as UTF-8");
        }
        assert_eq!(Register::text_of(Vec::new()).unwrap(), "");
    }
}
