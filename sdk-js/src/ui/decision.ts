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

/** What "all" does not include while the browser says no to it: whoever wants it says so for it alone. */
export function leftOut(context: UiContext, asked: readonly Asked[]): Asked[] {
  return asked.filter(
    ({ purpose }) => context.gpc && purpose.gpc && !purpose.own_statement && !startsOn(context, purpose),
  );
}

/**
 * What a button means. "All" never includes a purpose that wants a statement of its own (GDPR Art. 9(2)(a)), nor what the
 * browser's signal denies: these stay as they were. Refusing everything includes them, because less is always allowed.
 * `on` reads the toggle of a purpose, or of one of its services.
 */
export function decisionOf(
  action: Action,
  asked: readonly Asked[],
  on: (purpose: number, vendor?: string) => boolean,
  without: readonly Asked[] = [],
): Pick<Decision, 'kind' | 'method' | 'given' | 'refused' | 'vendors'> {
  const given: string[] = [];
  const refused: string[] = [];
  const vendors: NonNullable<Decision['vendors']> = {};
  asked.forEach((one, index) => {
    const { id, own_statement, vendors: services } = one.purpose;
    const all = action === 'accept';
    if (all ? !own_statement && !without.includes(one) : action === 'save' && on(index)) {
      given.push(id);
      if (!services.length) return;
      const [yes, no]: [string[], string[]] = [[], []];
      for (const vendor of services) (all || on(index, vendor.id) ? yes : no).push(vendor.id);
      vendors[id] = { given: yes, refused: no };
    } else if (action === 'save' || action === 'reject') refused.push(id);
  });
  return {
    kind: action === 'reject' ? 'refuse' : action === 'close' ? 'defer' : action,
    method: action === 'save' ? 'toggle_save' : 'button',
    given,
    refused,
    ...(Object.keys(vendors).length > 0 && { vendors }),
  };
}
