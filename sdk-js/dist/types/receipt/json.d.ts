/** JSON as samtycke writes it: no key twice, whole numbers only, one spelling. */
export type Json = null | boolean | number | string | Json[] | {
    [key: string]: Json;
};
export type JsonObject = {
    [key: string]: Json;
};
export declare function isObject(value: Json | undefined): value is JsonObject;
/**
 * The value of a text that is JSON in its canonical form (RFC 8785), with whole numbers, ASCII keys and texts in Unicode
 * form C; else undefined.
 */
export declare function parseCanonical(text: string): Json | undefined;
/** RFC 8785 for what `isStrict` accepts: the keys sorted by their UTF-16 units, and the rest as ECMAScript writes it. */
export declare function canonical(value: Json): string;
/** Whether a key stands twice in one object of a text that JSON.parse accepts: the last would win, in silence. */
export declare function hasKeyTwice(text: string): boolean;
