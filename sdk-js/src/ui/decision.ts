import type { BannerDocument, BannerPurpose, Decision, PurposeWords, UiContext } from '../contract.js';
import { answerIds } from '../core/permission.js';

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
export function askedPurposes({ purposes, text }: BannerDocument): AskedPurpose[] {
  return purposes.flatMap((purpose) =>
    text.purposes.filter(({ id }) => id === purpose.id).map((about) => ({ purpose, about })),
  );
}

/**
 * Whether a switch starts on: only if the user gave the purpose. Under Global Privacy Control the user must have given
 * it after the banner showed the signal; otherwise an older grant could be saved again as an answer to the signal.
 */
export function isInitiallyOn(context: UiContext, { id, gpc }: Pick<BannerPurpose, 'id' | 'gpc'>): boolean {
  return !!context.chosen(id) && (!(context.gpc && gpc) || !!context.acknowledged?.(id));
}

/** What "accept all" excludes while the browser signals an objection. The user can still give it separately. */
export function excluded(context: UiContext, asked: readonly AskedPurpose[]): AskedPurpose[] {
  return asked.filter(
    ({ purpose }) =>
      context.gpc &&
      purpose.gpc &&
      !purpose.own_statement &&
      !answerIds(purpose).every((id) => isInitiallyOn(context, { id, gpc: true })),
  );
}

/**
 * What a button means. "Accept all" never includes a purpose that needs a statement of its own (GDPR Art. 9(2)(a)), nor
 * what the browser's signal denies: these stay as they were. "Refuse all" includes them, because restricting is always
 * allowed. `on` reads the switch of a purpose, or of one of its services; a purpose with services is answered by
 * service.
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
    kind: action,
    method: action === 'save' ? 'toggle_save' : 'button',
    given,
    refused,
  };
}
