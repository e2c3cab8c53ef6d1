/**
 * What may stand in a committed body: docs/grammar.md, member by member, as samtycke-core reads it. A body with anything
 * else in it is invalid, so that the same file is valid, or not, to whoever verifies it.
 */
import { type Json } from './json.js';
export type Check = (value: Json) => boolean;
type Shape = {
    [member: string]: Check;
};
/** An object with these members; one whose name here ends in `?` may be absent. What is absent is never `null`. */
export declare function shape(members: Shape): Check;
/** A list of at least `least` items. (What may be empty is absent instead, except where `least` is 0.) */
export declare function list(item: Check, least?: number, most?: number): Check;
export declare const text: Check;
export declare const integer: Check;
export declare const site: Check;
export declare const publicSite: Check;
export declare const purpose: Check;
export declare const code: Check;
export declare const log: Check;
export declare const subject: Check;
export declare const noticeHash: Check;
/** The frame of `ctx`. Its `v`, `type` and `data` are the kind's. */
export declare const CTX: Shape;
/** The frame of `sub`. */
export declare const SUB: Shape;
/** What each kind of event adds, by type and version: to `ctx`, and to `sub`. */
export declare const DATA: {
    [kind: string]: [public_: Shape, private_: Shape];
};
/** The types of public leaf, by type and version: the kind of leaf that they stand in, and their data. */
export declare const RECORDS: {
    [type: string]: {
        leaf: number;
        data: Shape;
    };
};
/** The frame of a public leaf. */
export declare const RECORD: Shape;
export {};
