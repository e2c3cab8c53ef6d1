import type { JsonObject } from './json.js';
/** One thing that an event says, and what became of it. */
export interface Said {
    /** What was decided or done: `given`, `withdrawn`, `used` .. */
    what: string;
    purpose?: string;
    /** What it is limited to, such as `{recipient: 'example-ab'}`. */
    scope?: {
        [name: string]: string;
    };
    /** Whatever else there is to show, such as `{explicit: 'true'}`. */
    details?: {
        [name: string]: string;
    };
    /** `effective`, or why it does not act. */
    outcome: string;
    reason?: string;
    /** Where the cell stood after it. */
    state?: string;
}
/** What an event says; undefined for a kind or version that is not known here. Throws where the openings are not its. */
export declare function readEvent(ctx: JsonObject, sub?: JsonObject): Said[] | undefined;
/** Whether a public leaf's body is of a type and version that is known here. Throws where it is in the wrong leaf. */
export declare function isRecord(leaf: number, body: JsonObject): boolean;
