import type { BannerDocument, BannerPurpose, Decision, PurposeWords, UiContext } from '../contract.js';
/** A purpose together with the words that explain it. */
export interface AskedPurpose {
    purpose: BannerPurpose;
    about: PurposeWords;
}
/** The buttons that end the question. Closing it is not a choice. */
export type Action = 'accept' | 'reject' | 'save' | 'close';
/**
 * What can be asked: a purpose without words cannot be shown, and what is not shown must never be given, so it is left
 * out of the screen and of every decision alike.
 */
export declare function askedPurposes({ purposes, text }: BannerDocument): AskedPurpose[];
/**
 * Whether a toggle starts switched on: only where the person has said yes. Under Global Privacy Control that yes must
 * have been said in sight of the signal; else an older yes could be saved again as an answer to it.
 */
export declare function isInitiallyOn(context: UiContext, { id, gpc }: Pick<BannerPurpose, 'id' | 'gpc'>): boolean;
/** What "all" does not include while the browser says no to it: whoever wants it says so for it alone. */
export declare function excludedByGpc(context: UiContext, asked: readonly AskedPurpose[]): AskedPurpose[];
/**
 * What a button means. "All" never includes a purpose that wants a statement of its own (GDPR Art. 9(2)(a)), nor what the
 * browser's signal denies: these stay as they were. Refusing everything includes them, because less is always allowed.
 * `on` reads the toggle of a purpose, or of one of its services: of a purpose with services these are what is answered.
 */
export declare function decisionOf(action: Action, asked: readonly AskedPurpose[], on: (purpose: number, vendor?: string) => boolean, without?: readonly AskedPurpose[]): Pick<Decision, 'kind' | 'method' | 'given' | 'refused'>;
