// A stand-in until the banner's build writes this file: one module that does nothing.

/// What is served below `/sdk/`, sorted by name.
#[rustfmt::skip]
pub static FILES: &[File] = &[
    File {
        name: "banner.0000000000.js",
        body: b"export {};\n",
        brotli: &[],
        content_type: "text/javascript; charset=utf-8",
        immutable: true,
        integrity: "sha384-stand-in",
    },
    File {
        name: "banner.js",
        body: b"export {};\n",
        brotli: &[],
        content_type: "text/javascript; charset=utf-8",
        immutable: false,
        integrity: "sha384-stand-in",
    },
];
