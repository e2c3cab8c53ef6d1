//! Recipes for proxies and page caches in front of a site. Each is one file of `deploy/`, filled in for this server and
//! site; the documentation and the tests use the same files.

use super::Place;

/// Placeholder host for the server's.
const EXAMPLE_HOST: &str = "consent.example.com";
/// Placeholder for the site's public id.
const EXAMPLE_ID: &str = "SITE_ID";

const NGINX: &str = include_str!("../../../../deploy/nginx.conf");
const CADDY: &str = include_str!("../../../../deploy/Caddyfile");
const VARNISH: &str = include_str!("../../../../deploy/varnish.vcl");
const NGINX_CACHE: &str = include_str!("../../../../deploy/nginx-cache.conf");
const CDN: &str = include_str!("../../../../deploy/cdn.txt");

impl Place<'_> {
    fn fill(&self, recipe: &str) -> String {
        let host = self
            .server
            .split_once("://")
            .map_or(self.server, |(_, host)| host);
        recipe
            .replace(&format!("https://{EXAMPLE_HOST}"), self.server)
            .replace(EXAMPLE_HOST, host)
            .replace(EXAMPLE_ID, self.site_id.unwrap_or(EXAMPLE_ID))
    }

    /// How the site forwards samtycke under its own name.
    pub(super) fn proxies(&self) -> String {
        format!(
            "   nginx\n\n{}\n   Caddy\n\n{}",
            self.fill(NGINX),
            self.fill(CADDY)
        )
    }

    /// Settings for page caches.
    pub(super) fn caches(&self) -> String {
        let unknown = match self.site_id {
            Some(_) => "",
            None => {
                "   SITE_ID is the 12 digits in the middle of the site's publishable key: give --key to fill them in.\n"
            }
        };
        format!(
            "\
A page cache in front of the site must not vary by the signed choice, nor show one visitor's page to another. If
   pages differ by what is permitted, let the tag set the small cookie (data-cache-cookie=\"on\") and vary by it.
{unknown}
   Varnish

{}
   nginx

{}
   CDNs

{}",
            self.fill(VARNISH),
            self.fill(NGINX_CACHE),
            self.fill(CDN)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCS: &str = include_str!("../../../../docs/banner.md");

    /// Protects readers of the documentation: it shows the lines that the command prints and the tests run.
    #[test]
    fn the_documentation_has_the_same_recipe() {
        let indented = |text: &str| text.trim_end().to_owned();
        assert!(
            DOCS.contains(&indented(NGINX)),
            "docs/banner.md has other lines than deploy/nginx.conf"
        );
        for file in ["Caddyfile", "varnish.vcl", "nginx-cache.conf", "cdn.txt"] {
            assert!(
                DOCS.contains(&format!("deploy/{file}")),
                "docs/banner.md does not name deploy/{file}"
            );
        }
    }

    #[test]
    fn recipes_are_filled_in() {
        let place = Place {
            server: "http://127.0.0.1:8080",
            key: "pk_0123456789ab_x",
            site_id: Some("0123456789ab"),
        };
        let all = format!("{}{}", place.proxies(), place.caches());
        assert!(all.contains("proxy_pass http://127.0.0.1:8080;"));
        assert!(all.contains("proxy_set_header Host 127.0.0.1:8080;"));
        assert!(all.contains("samtycke-allowed-0123456789ab="));
        assert!(
            !all.contains(EXAMPLE_HOST) && !all.contains(EXAMPLE_ID),
            "{all}"
        );
        assert_eq!(all.matches('{').count(), all.matches('}').count());
        let unknown = Place {
            site_id: None,
            ..place
        };
        assert!(unknown.caches().contains("samtycke-allowed-SITE_ID="));
    }
}
