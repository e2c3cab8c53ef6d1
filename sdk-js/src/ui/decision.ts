import type { BannerDocument, BannerPurpose, Decision, PurposeWords, UiContext } from '../contract.js';
import { answerIds } from '../core/permission.js';

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
export function askedPurposes({ purposes, text }: BannerDocument): AskedPurpose[] {
  return purposes.flatMap((purpose) =>
    text.purposes.filter(({ id }) => id === purpose.id).map((about) => ({ purpose, about })),
  );
}

/**
 * Whether a toggle starts switched on: only where the person has said yes. Under Global Privacy Control that yes must
 * have been said in sight of the signal; else an older yes could be saved again as an answer to it.
 */
export function isInitiallyOn(context: UiContext, { id, gpc }: Pick<BannerPurpose, 'id' | 'gpc'>): boolean {
  return !!context.chosen(id) && (!(context.gpc && gpc) || !!context.acknowledged?.(id));
}

/** What "all" does not include while the browser says no to it: whoever wants it says so for it alone. */
export function excludedByGpc(context: UiContext, asked: readonly AskedPurpose[]): AskedPurpose[] {
  return asked.filter(
    ({ purpose }) =>
      context.gpc &&
      purpose.gpc &&
      !purpose.own_statement &&
      !answerIds(purpose).every((id) => isInitiallyOn(context, { id, gpc: true })),
  );
}

/**
 * What a button means. "All" never includes a purpose that wants a statement of its own (GDPR Art. 9(2)(a)), nor what the
 * browser's signal denies: these stay as they were. Refusing everything includes them, because less is always allowed.
 * `on` reads the toggle of a purpose, or of one of its services: of a purpose with services these are what is answered.
 */
export function decisionOf(
  action: Action,
  asked: readonly AskedPurpose[],
  on: (purpose: number, vendor?: string) => boolean,
  without: readonly AskedPurpose[] = [],
): Pick<Decision, 'kind' | 'method' | 'given' | 'refused'> {
  const given: string[] = [];
  const refused: string[] = [];
  asked.forEach((one, index) => {
    const { own_statement, vendors } = one.purpose;
    answerIds(one.purpose).forEach((word, at) => {
      const isYes =
        action === 'accept'
          ? !own_statement && !without.includes(one)
          : action === 'save' && on(index, vendors[at]?.id);
      if (isYes) given.push(word);
      else if (action === 'save' || action === 'reject') refused.push(word);
    });
  });
  return {
    kind: action === 'reject' ? 'refuse' : action === 'close' ? 'defer' : action,
    method: action === 'save' ? 'toggle_save' : 'button',
    given,
    refused,
  };
}
