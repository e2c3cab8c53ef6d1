import type { BannerDocument, BannerPurpose, Decision, PurposeWords, UiContext } from '../contract.js';
/** A purpose with the texts that explain it. */
export interface AskedPurpose {
    purpose: BannerPurpose;
    about: PurposeWords;
}
/** The buttons that end the prompt. Closing is not a choice. */
export type Action = Decision['kind'];
/**
 * The purposes that can be asked. A purpose without texts cannot be shown, and what is not shown must never be given,
 * so it is left out of the screen and of every decision.
 */
export declare function askedPurposes({ purposes, text }: BannerDocument): AskedPurpose[];
/**
 * Whether a switch starts on: only if the user gave the purpose. Under Global Privacy Control the user must have given
 * it after the banner showed the signal; otherwise an older grant could be saved again as an answer to the signal.
 */
export declare function isInitiallyOn(context: UiContext, { id, gpc }: Pick<BannerPurpose, 'id' | 'gpc'>): boolean;
/** What "accept all" excludes while the browser signals an objection. The user can still give it separately. */
export declare function excluded(context: UiContext, asked: readonly AskedPurpose[]): AskedPurpose[];
/**
 * What a button means. "Accept all" never includes a purpose that needs a statement of its own (GDPR Art. 9(2)(a)), nor
 * what the browser's signal denies: these stay as they were. "Refuse all" includes them, because restricting is always
 * allowed. `on` reads the switch of a purpose, or of one of its services; a purpose with services is answered by
 * service.
 */
export declare function decisionOf(action: Action, asked: readonly AskedPurpose[], on: (purpose: number, vendor?: string) => boolean, without?: readonly AskedPurpose[]): Pick<Decision, 'kind' | 'method' | 'given' | 'refused'>;
