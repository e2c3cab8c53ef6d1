/**
 * Reads the consent cookie. Every page loads this file, so the code that writes the cookie is in format.ts.
 *
 * A value that does not match one of the forms exactly is no choice. It can neither release anything nor hide a
 * refusal, because the other cookies of the same name are read too.
 */
import type { Choice } from '../contract.js';
/**
 * The name of a site's cookie. The number is the version of the form; another form gets another name. Sites that share
 * a host must not read each other's cookies, whatever their ports and paths.
 */
export declare const cookieName: (site: string) => string;
/** What the server signed, and the capability of this browser. The browser does not verify the signature. */
export interface Token {
    /** `<payload>.<sig>`, as in the cookie. */
    text: string;
    /** 32 random bytes in base64url. */
    capability: string;
    /** Number of the newest submission that the server had seen. */
    seq: number;
    /** Unix seconds by the server's clock. */
    signed: number;
    /** Unix seconds by the server's clock. From then on the token permits nothing. */
    expires: number;
    /** Indexes of given purposes that were withdrawn here and not yet signed. */
    withdrawnIndexes: number[];
}
/** The choice that this browser stores. A purpose that was withdrawn here later has `given: false`. */
export interface StoredChoice extends Choice {
    /** The cookie's value, as it was read. */
    value: string;
    /** Present only after a grant: a refusal stores nothing that could identify the user. */
    token?: Token;
}
/** A day in seconds. Refusals are dated by the day, so that the date identifies no user. */
export declare const DAY_S = 86400;
/** Decodes unpadded base64url, one character per byte. Throws if it is invalid. */
export declare function fromBase64url(text: string): string;
/** Parses a value of this site's cookie. Undefined if it is damaged, or signed for another site. Never throws. */
export declare function parseChoice(value: string, site: string): StoredChoice | undefined;
/** The choice that holds: the one with the highest number; of two equals, the one that gives less. */
export declare function newestChoice(values: readonly string[], site: string): StoredChoice | undefined;
/** The values of the site's cookie in `document.cookie`. There can be several, with different paths or domains. */
export declare function siteCookieValues(cookies: string, site: string): string[];
