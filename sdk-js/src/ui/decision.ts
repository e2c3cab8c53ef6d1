import type { BannerDocument, BannerPurpose, Decision, PurposeWords, UiContext } from '../contract.js';

/** A purpose together with the words that explain it. */
export interface Asked {
  purpose: BannerPurpose;
  about: PurposeWords;
}

/** The buttons that end the question. Closing it is not a choice. */
export type Action = 'accept' | 'reject' | 'save' | 'close';

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
 * as it was. Refusing everything includes it, because less is always allowed. `on` reads the toggle of that place.
 */
export function decisionOf(
  action: Action,
  asked: readonly Asked[],
  on: (index: number) => boolean,
): Pick<Decision, 'kind' | 'method' | 'given' | 'refused'> {
  const given: string[] = [];
  const refused: string[] = [];
  asked.forEach(({ purpose: { id, own_statement } }, index) => {
    if (action === 'accept' ? !own_statement : action === 'save' && on(index)) given.push(id);
    else if (action === 'save' || action === 'reject') refused.push(id);
  });
  return {
    kind: action === 'reject' ? 'refuse' : action === 'close' ? 'defer' : action,
    method: action === 'save' ? 'toggle_save' : 'button',
    given,
    refused,
  };
}
