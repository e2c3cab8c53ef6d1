//! The device that a person used, as coarsely as evidence needs it: fixed words for each property.

use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $word)] $variant,)* }

        impl $name {
            /// The stable word in JSON and in the database.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    };
}

words! {
    /// Browser family.
    Browser {
        /// Chrome and Chromium.
        Chrome = "chrome",
        /// Firefox.
        Firefox = "firefox",
        /// Safari.
        Safari = "safari",
        /// Edge.
        Edge = "edge",
        /// Opera.
        Opera = "opera",
        /// Samsung Internet.
        Samsung = "samsung",
        /// Brave, if it identifies itself.
        Brave = "brave",
        /// Vivaldi.
        Vivaldi = "vivaldi",
        /// DuckDuckGo.
        DuckDuckGo = "duckduckgo",
        /// Internet Explorer.
        InternetExplorer = "ie",
        /// A page inside an app.
        WebView = "webview",
        /// A crawler.
        Bot = "bot",
        /// A program that is not a browser.
        Program = "program",
        /// Another browser, or an unknown one.
        Other = "other",
    }
}

words! {
    /// Operating system family.
    Os {
        /// Windows.
        Windows = "windows",
        /// macOS.
        MacOs = "macos",
        /// iOS and iPadOS.
        Ios = "ios",
        /// Android.
        Android = "android",
        /// ChromeOS.
        ChromeOs = "chromeos",
        /// Linux distributions.
        Linux = "linux",
        /// Another system, or an unknown one.
        Other = "other",
    }
}

words! {
    /// Form factor.
    FormFactor {
        /// A computer.
        Desktop = "desktop",
        /// A mobile phone.
        Phone = "phone",
        /// A tablet.
        Tablet = "tablet",
        /// A television.
        Tv = "tv",
        /// A watch.
        Watch = "watch",
        /// Another form, or an unknown one.
        Other = "other",
    }
}

/// A kind of device. An iPad that requests desktop pages identifies itself as a Mac and cannot be distinguished from
/// one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Device {
    /// Browser family.
    pub browser: Browser,
    /// Major version of a known browser; at most 999.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub browser_major: Option<u16>,
    /// Operating system family.
    pub os: Os,
    /// Form factor.
    pub form: FormFactor,
}

impl Device {
    /// A device without known properties.
    pub const UNKNOWN: Self = Self {
        browser: Browser::Other,
        browser_major: None,
        os: Os::Other,
        form: FormFactor::Other,
    };
}
