vcl 4.1;

# A page cache in front of a site with the banner. The signed choice differs from visitor to visitor: it must neither
# split the cache nor reach a back end whose page is kept for other visitors. Pages may differ by the small cookie
# (data-cache-cookie on the tag), which is the same for all visitors who permit the same.

backend default {
    .host = "127.0.0.1";
    .port = "8080";
}

sub vcl_recv {
    # Only this file sets this header.
    unset req.http.X-Samtycke-Allowed;

    # Never kept: paths whose server verifies the signed choice, and samtycke itself where the site passes it on.
    if (req.url ~ "^/(account|samtycke)(/|$)") {
        return (pass);
    }

    if (req.http.Cookie) {
        # Only the known letters in their order, so that an invented value makes no cache entry.
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

# Use this where the site's pages differ by what is permitted. Leave it out where they are the same for all.
sub vcl_hash {
    if (req.http.X-Samtycke-Allowed ~ "^[psm]+$") {
        hash_data("samtycke " + req.http.X-Samtycke-Allowed);
    }
}
