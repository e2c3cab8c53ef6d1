export type Json = null | boolean | number | string | Json[] | {
    [key: string]: Json;
};
export type JsonObject = {
    [key: string]: Json;
};
export declare function isObject(value: Json | undefined): value is JsonObject;
/**
 * The value of a text that is JSON without a key that stands twice, with ASCII keys, whole numbers in plain digits up to
 * 2^53 - 1, and texts in Unicode form C that have no half of a surrogate pair; else undefined.
 */
export declare function parseStrict(text: string, bytesMax: number, depthMax: number): Json | undefined;
/** The value of a text that is strict JSON in its canonical form (RFC 8785); else undefined. */
export declare function parseCanonical(text: string, bytesMax?: number): Json | undefined;
/** RFC 8785 for what `isStrict` accepts: the keys sorted by their UTF-16 units, and the rest as ECMAScript writes it. */
export declare function canonical(value: Json): string;
/**
 * Whether a text that JSON.parse accepts has what other readers take otherwise: a key that stands twice in one object, of
 * which the last would win in silence, or a number that is not in plain digits.
 */
export declare function hasSecondReading(text: string): boolean;
