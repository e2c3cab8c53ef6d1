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
export function askedOf({ purposes, text }: BannerDocument): Asked[] {
  return purposes.flatMap((purpose) =>
    text.purposes.filter(({ id }) => id === purpose.id).map((about) => ({ purpose, about })),
  );
}

/**
 * Whether a toggle starts switched on: only where the person has said yes. Under Global Privacy Control that yes must
 * have been said in sight of the signal; else an older yes could be saved again as an answer to it.
 */
export function startsOn(context: UiContext, { id, gpc }: BannerPurpose): boolean {
  return !!context.chosen(id) && (!(context.gpc && gpc) || !!context.acknowledged?.(id));
}

/**
 * What a button means. "All" never includes a purpose that wants a statement of its own (GDPR Art. 9(2)(a)): it stays
 * as it was. Refusing everything includes it, because less is always allowed.
 */
export function decisionOf(
  action: Action,
  asked: readonly Asked[],
  on: (id: string) => boolean,
): Pick<Decision, 'kind' | 'method' | 'given' | 'refused'> {
  const given: string[] = [];
  const refused: string[] = [];
  for (const { purpose } of asked) {
    if (action === 'accept' ? !purpose.own_statement : action === 'save' && on(purpose.id)) given.push(purpose.id);
    else if (action !== 'accept') refused.push(purpose.id);
  }
  return {
    kind: action === 'reject' ? 'refuse' : action,
    method: action === 'save' ? 'toggle_save' : 'button',
    given,
    refused,
  };
}
