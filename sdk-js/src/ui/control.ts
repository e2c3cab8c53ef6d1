import type { UiContext } from '../contract.js';
import { button, rootElement } from './el.js';

/** An element of the page's own that opens the settings: then the page has a place for it, and we draw none. */
const PAGES_OWN = '[data-samtycke-action=settings]:not(.samtycke *)';

/** The small button that is always there, so that a choice is changed as easily as it was made (GDPR Art. 7(3)). */
export function persistentControl(context: UiContext): HTMLElement | undefined {
  if (context.options.control === 'none' || document.querySelector(PAGES_OWN)) return undefined;
  const { reopen } = context.document.text.labels;
  return rootElement(context, 'div', 'control', button('settings', reopen), { role: 'region', 'aria-label': reopen });
}
