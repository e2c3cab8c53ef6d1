/** Why a cookie permits nothing: the words of samtycke-core. */
export type CookieReason = 'too_long' | 'format'
/** The person has said no to everything. */
 | 'refused' | 'key' | 'signature' | 'version' | 'origin' | 'site' | 'future' | 'expired' | 'too_old' | 'capability';
/** What the server signed. */
export interface CookiePayload {
    v: 1;
    /** Origin of the log: which controller. */
    o: string;
    /** Site. */
    s: string;
    /** Public id of the site, 12 hex digits: the end of the cookie's name. */
    i: string;
    /** First 8 hex digits of the notice that was answered last. */
    n: string;
    sub: string;
    seq: number;
    /** Signed, and expiring; Unix seconds. */
    iat: number;
    exp: number;
    pos: string;
    /** Purpose or `<purpose>/<service>`, letter of its category, bits: 1 given, 2 denied under GPC, 4 may be asked, 8 Google's consent types follow it. */
    p: [string, string, number][];
}
export interface VerifiedCookie {
    ok: boolean;
    reason?: CookieReason;
    /**
     * Purposes that are permitted where the browser sends no Global Privacy Control, and services as `<purpose>/<service>`:
     * a purpose whose services are asked by themselves stands here where all of them do. Empty unless `ok`.
     */
    allowed: string[];
    /** The same where the request says `Sec-GPC: 1`. */
    allowedUnderGpc: string[];
    /** Services, and purposes of which something, was withdrawn in this browser since it was signed. */
    withdrawnSince: string[];
    payload?: CookiePayload;
}
export interface CookieExpectation {
    /** The site's name. */
    site: string;
    /** Default: this machine's clock. */
    now_ms?: number;
    /** Older is not believed; default a day, which is the browser's own bound. */
    max_age_s?: number;
}
/** The name of a site's cookie, by the origin of its log (a verifier key's text up to its first `+`) and the site's name. */
export declare function cookieName(logOrigin: string, site: string): Promise<string>;
/**
 * Verifies a value of the cookie called by `cookieName`, or a bare `<payload>.<signature>`, against the log's verifier key.
 * Whatever is not in `allowed` is a no. It never throws.
 */
export declare function verifyCookie(value: string, vkey: string, expected: CookieExpectation): Promise<VerifiedCookie>;
