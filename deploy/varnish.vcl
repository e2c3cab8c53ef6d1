vcl 4.1;

# A page cache before a site with the banner. The signed choice differs from person to person: it must neither split the
# cache nor reach a back end whose page is kept for others. What may differ goes by the small cookie
# (data-cache-cookie on the tag), which is alike for everybody who permits the same.

backend default {
    .host = "127.0.0.1";
    .port = "8080";
}

sub vcl_recv {
    # Nobody but this file says so.
    unset req.http.X-Samtycke-Allowed;

    # Paths whose server verifies the signed choice, and samtycke itself where the site passes it on: never kept.
    if (req.url ~ "^/(account|samtycke)(/|$)") {
        return (pass);
    }

    if (req.http.Cookie) {
        # Only the letters that there are, in their order: a made-up value opens no place in the cache.
        if (req.http.Cookie ~ "(^|; *)samtycke-allowed-SITE_ID=p?s?m?(;|$)") {
            set req.http.X-Samtycke-Allowed =
                regsub(req.http.Cookie, "^(?:.*; *)?samtycke-allowed-SITE_ID=(p?s?m?)(?:;.*)?$", "\1");
        }
        set req.http.Cookie =
            regsuball(req.http.Cookie, "(^|; *)samtycke-(consent-1|allowed)-[0-9a-f]{12}=[^;]*", "");
        set req.http.Cookie = regsub(req.http.Cookie, "^[; ]+", "");
        if (req.http.Cookie == "") {
            unset req.http.Cookie;
        }
    }
}

# Where the site's pages differ by what is permitted; leave it out where they are the same for all.
sub vcl_hash {
    if (req.http.X-Samtycke-Allowed ~ "^[psm]+$") {
        hash_data("samtycke " + req.http.X-Samtycke-Allowed);
    }
}
