import type { BannerDocument, BannerPurpose, Decision, PurposeWords, UiContext } from '../contract.js';
/** A purpose together with the words that explain it. */
export interface Asked {
    purpose: BannerPurpose;
    about: PurposeWords;
}
/** The buttons that choose. */
export type Action = 'accept' | 'reject' | 'save';
/**
 * What can be asked: a purpose without words cannot be shown, and what is not shown must never be given, so it is left
 * out of the screen and of every decision alike.
 */
export declare function askedOf({ purposes, text }: BannerDocument): Asked[];
/**
 * Whether a toggle starts switched on: only where the person has said yes. Under Global Privacy Control that yes must
 * have been said in sight of the signal; else an older yes could be saved again as an answer to it.
 */
export declare function startsOn(context: UiContext, { id, gpc }: BannerPurpose): boolean;
/**
 * What a button means. "All" never includes a purpose that wants a statement of its own (GDPR Art. 9(2)(a)): it stays
 * as it was. Refusing everything includes it, because less is always allowed.
 */
export declare function decisionOf(action: Action, asked: readonly Asked[], on: (id: string) => boolean): Pick<Decision, 'kind' | 'method' | 'given' | 'refused'>;
