//! Files that somebody saved, mailed or fetched: a proof, a policy, a checkpoint.
//!
//! What a shell or an editor has done to a file says nothing about the log, so it is told apart from a proof that does
//! not hold: Windows PowerShell 5.1 writes `>` as UTF-16, Notepad puts a byte order mark before UTF-8, git makes CRLF
//! of the ends of lines, and a browser saves the page that asks for a password.

use std::io::Read as _;
use std::path::Path;

use serde_json::Value;

/// The start of UTF-8 as Windows programs write it.
const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads a file that holds `what`, such as "a proof bundle"; `-` is standard input. The byte order mark of UTF-8 is left
/// out. A file of more than `bytes_max` comes back one byte longer than that, for its reader to refuse. Error: what is
/// wrong with the file, and what to do.
pub(crate) fn read(file: &Path, what: &str, bytes_max: usize) -> Result<Vec<u8>, String> {
    let cannot = |error: std::io::Error| format!("{}: {error}", file.display());
    // Reads one byte more than the limit, so that a file that is too long is refused without being read whole.
    let most = u64::try_from(bytes_max + UTF8_MARK.len()).unwrap_or(u64::MAX - 1) + 1;
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        let input = std::io::stdin().lock();
        input.take(most).read_to_end(&mut bytes).map_err(cannot)?;
    } else {
        let opened = std::fs::File::open(file).map_err(cannot)?;
        opened.take(most).read_to_end(&mut bytes).map_err(cannot)?;
    }
    if bytes.starts_with(UTF8_MARK) {
        bytes.drain(..UTF8_MARK.len());
    }
    match misread(&bytes) {
        Some(why) => Err(format!("{}: {why}, and not {what}", file.display())),
        None => Ok(bytes),
    }
}

/// The same for a text in lines. The ends of lines may be CRLF, all or some: no format read here has a line that ends
/// in a carriage return.
pub(crate) fn read_lines(file: &Path, what: &str, bytes_max: usize) -> Result<String, String> {
    let text = String::from_utf8(read(file, what, bytes_max)?)
        .map_err(|_| format!("{}: is not UTF-8. Save it as UTF-8", file.display()))?;
    Ok(text.replace("\r\n", "\n"))
}

/// What a file is that cannot be any of ours, and what to do about it.
fn misread(bytes: &[u8]) -> Option<String> {
    let start = bytes.trim_ascii_start();
    let begins = |with: &[u8]| {
        start
            .get(..with.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(with))
    };
    // JSON and every text here begin with ASCII, of which UTF-16 and UTF-32 make one byte that is zero.
    let is_wide = bytes.starts_with(b"\xff\xfe")
        || bytes.starts_with(b"\xfe\xff")
        || bytes.iter().take(4).any(|byte| *byte == 0);
    if start.is_empty() {
        Some("is empty. Fetch it again; with curl, --fail shows why nothing came".into())
    } else if bytes.starts_with(b"\x1f\x8b") {
        Some("is compressed (gzip). Fetch it again with --compressed, or unpack it".into())
    } else if is_wide {
        Some(
            "is saved as UTF-16, as '>' does in Windows PowerShell. Fetch it again with -o FILE"
                .into(),
        )
    } else if begins(b"<!doctype") || begins(b"<html") || begins(b"<?xml") {
        Some("is a web page. Fetch it again with the key that may read it".into())
    } else {
        problem(bytes).map(|status| {
            format!("is a server's answer that it cannot be had (status {status}). Fetch it again")
        })
    }
}

/// The status of an RFC 9457 problem, which `curl -o` saves like anything else.
fn problem(bytes: &[u8]) -> Option<u64> {
    let value: Value = serde_json::from_slice(bytes).ok()?;
    value.get("title")?.as_str()?;
    value.get("v").is_none().then(|| value["status"].as_u64())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, big: bool) -> Vec<u8> {
        let unit = |unit: u16| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        };
        text.encode_utf16().flat_map(unit).collect()
    }

    /// Protects an auditor from taking a file that a shell has spoilt for a forgery.
    #[test]
    fn what_shells_and_servers_do_to_a_file_is_told() {
        let bundle = "{\"v\":\"samtycke-bundle/1\"}";
        for (bytes, part) in [
            (Vec::new(), "is empty"),
            (b" \r\n".to_vec(), "is empty"),
            (wide(&format!("\u{feff}{bundle}"), false), "UTF-16"),
            (wide(&format!("\u{feff}{bundle}"), true), "UTF-16"),
            (wide(bundle, false), "UTF-16"),
            (wide(bundle, true), "UTF-16"),
            (wide("log x\n", true), "UTF-16"),
            (b"\n<!DOCTYPE html><html>".to_vec(), "web page"),
            (b"<HTML lang=sv>".to_vec(), "web page"),
            (b"\x1f\x8b\x08\0".to_vec(), "gzip"),
            (
                br#"{"type":"about:blank","title":"Not found","status":404}"#.to_vec(),
                "status 404",
            ),
        ] {
            let why = misread(&bytes).unwrap_or_default();
            assert!(why.contains(part), "{bytes:?}: {why}");
        }
        for text in [
            bundle,
            "log a+b+c\n",
            "# <html>\nquorum none\n",
            "{\"status\":1}",
            "x",
        ] {
            assert_eq!(misread(text.as_bytes()), None, "{text}");
        }
    }
}
