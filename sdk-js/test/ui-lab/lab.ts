/**
 * Draws one state of the user interface, chosen in the address:
 * `?language=sv|ar|de&show=prompt|settings|control|say|nothing&theme=auto|light|dark&position=bottom|top|centre&layout=card|bar|modal`
 * `&gpc=1&testing=1&on=ads&asked=statistics&changes=1&vendors=1&control=none&long=3`.
 * What is decided, and how often the question was seen, is kept in `window.lab`, for scripts that look.
 */
import type { BannerDocument, Decision, UiOptions } from '../../src/contract.js';
import { fairness } from '../../src/ui/fairness.js';
import { mount } from '../../src/ui/index.js';
import { changes, documents, services } from './fixtures.js';

const query = new URLSearchParams(location.search);
const list = (name: string) => query.get(name)?.split(',');
const option = (name: string, otherwise: string) => (query.get(name) ?? otherwise) as never;
const shown = documentOf(documents[query.get('language') ?? 'sv']!);
const decisions: Decision[] = [];
const counts = { shown: 0 };
let on = list('on') ?? [];
document.documentElement.lang = shown.language;
document.documentElement.dir = shown.direction;

function documentOf(one: BannerDocument): BannerDocument {
  const times = Number(query.get('long') ?? 1);
  const vendors = query.has('vendors') ? services : [];
  return {
    ...one,
    purposes: one.purposes.map((purpose) => ({ ...purpose, vendors: purpose.id === 'ads' ? vendors : [] })),
    text: { ...one.text, intro: Array(times).fill(one.text.intro).join(' ') },
  };
}

const options: UiOptions = {
  control: option('control', 'auto'),
  position: option('position', 'bottom'),
  layout: option('layout', 'card'),
  nonce: query.get('nonce') ?? '',
  theme: option('theme', 'auto'),
  declaration: '/declaration',
};

const ui = mount({
  document: shown,
  options,
  gpc: query.has('gpc'),
  asked: () => list('asked') ?? shown.purposes.map(({ id }) => id),
  changes: () => (query.has('changes') ? changes : undefined),
  testing: query.has('testing'),
  chosen: (id) => (on.some((one) => one === id || one.startsWith(`${id}/`)) ? true : decisions[0] ? false : undefined),
  decide(decision) {
    decisions.push(decision);
    on = [...on.filter((id) => !decision.refused.includes(id)), ...decision.given];
    if (decision.kind !== 'close') ui.say(shown.words.saved);
    ui.control();
  },
  shown() {
    counts.shown += 1;
  },
});

const show = query.get('show') ?? 'prompt';
if (show === 'prompt') ui.prompt();
if (show === 'settings') await ui.settings();
if (show === 'control' || show === 'say') ui.control();
if (show === 'say') ui.say(shown.words.saved);
Object.assign(window, { lab: { ui, decisions, counts, fairness } });
