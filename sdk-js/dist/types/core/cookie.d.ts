/**
 * Reads the one cookie. Part of what every page loads, so writing it is in format.ts.
 *
 * A value that is not exactly of one of the forms is no choice: it can neither release anything nor hide a no, for the
 * other cookies of the name are read too.
 */
import type { Choice } from '../contract.js';
/**
 * Name of a site's cookie. The number is the form's: another form gets another name. Sites that share a host must not read
 * each other's, whatever ports or paths they are at.
 */
export declare const cookieName: (site: string) => string;
/** What the server signed, and what opens the record for this browser. The browser itself does not check the signature. */
export interface Token {
    /** `<payload>.<sig>` as it stands in the cookie. */
    text: string;
    /** 32 random bytes in base64url. */
    capability: string;
    /** Number of the newest submission that the server had seen. */
    seq: number;
    /** Unix seconds by the server's clock. */
    signed: number;
    /** Unix seconds by the server's clock from which on it permits nothing. */
    expires: number;
    /** Indices of purposes that it gives and that were withdrawn here since: not signed yet. */
    withdrawnIndexes: number[];
}
/** The choice that is stored in this browser. `given` of its purposes is false where a withdrawal here came later. */
export interface StoredChoice extends Choice {
    /** The cookie's value, as it was read. */
    value: string;
    /** Only of what was given: a refusal keeps nothing that could identify anybody. */
    token?: Token;
}
/** A day in seconds: refusals are dated no finer, so that the date singles nobody out. */
export declare const DAY_S = 86400;
/** The text that unpadded base64url spells, a character for a byte. Throws where it is none. */
export declare function fromBase64url(text: string): string;
/**
 * The choice that a value of this site's cookie says, or nothing where it is damaged, or was signed for another site. Never
 * throws.
 */
export declare function parseChoice(value: string, site: string): StoredChoice | undefined;
/** Which of several choices holds: the one with the highest number, of two equals the one that gives less. */
export declare function newestChoice(values: readonly string[], site: string): StoredChoice | undefined;
/** Values of the site's cookie in `document.cookie`: there can be several, with other paths or domains. */
export declare function siteCookieValues(cookies: string, site: string): string[];
