/**
 * Draws one state of the user interface, chosen in the address:
 * `?language=sv|ar|de&show=prompt|settings|control|say&theme=auto|light|dark&position=bottom|top|centre&gpc=1&on=ads`.
 * What is decided is kept in `window.lab.decisions`, for scripts that look.
 */
import type { Decision, UiOptions } from '../../src/contract.js';
import { fairness } from '../../src/ui/fairness.js';
import { mount } from '../../src/ui/index.js';
import { documents } from './fixtures.js';

const query = new URLSearchParams(location.search);
const on = query.get('on')?.split(',');
const shown = documents[query.get('language') ?? 'sv']!;
const decisions: Decision[] = [];
document.documentElement.lang = shown.language;
document.documentElement.dir = shown.direction;

const ui = mount({
  document: shown,
  options: {
    control: 'auto',
    position: (query.get('position') ?? 'bottom') as UiOptions['position'],
    layout: (query.get('layout') ?? 'card') as UiOptions['layout'],
    nonce: query.get('nonce') ?? '',
    theme: (query.get('theme') ?? 'auto') as UiOptions['theme'],
  },
  gpc: query.has('gpc'),
  asked: () => shown.purposes.map(({ id }) => id),
  changes: () => undefined,
  testing: query.has('testing'),
  chosen: (id) => on?.includes(id),
  decide(decision) {
    decisions.push(decision);
    ui.control();
    ui.say(shown.words.saved);
  },
  shown() {},
});

const show = query.get('show') ?? 'prompt';
if (show === 'prompt') ui.prompt();
if (show === 'settings') ui.settings();
if (show === 'control' || show === 'say') ui.control();
if (show === 'say') ui.say(shown.words.saved);
Object.assign(window, { lab: { ui, decisions, fairness } });
