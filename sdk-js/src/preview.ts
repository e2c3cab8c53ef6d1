/**
 * One state of the banner, drawn from a site's real document and measured: what a frame of the demo's `/preview` loads.
 * Never part of a site. What is pressed in it is said nowhere.
 */
import type { BannerDocument, UiOptions } from './contract.js';
import { createGate } from './gate/index.js';
import { type Finding, fairness } from './ui/fairness.js';
import { mount } from './ui/index.js';

const tag = document.querySelector<HTMLScriptElement>('script[data-key]');
const { key = '', state = 'prompt', language = 'sv', theme = 'auto' } = tag?.dataset ?? {};

/** Time for styles, words and a measure's own frame; milliseconds. */
const SETTLED_MS = 400;

async function preview(): Promise<void> {
  const response = await fetch(`/v1/banner/${key}?language=${encodeURIComponent(language)}`);
  if (!response.ok) throw new Error(`the banner's document was answered ${response.status}`);
  const shown: BannerDocument = await response.json();
  document.documentElement.lang = shown.language;
  document.documentElement.dir = shown.direction;
  if (state === 'placeholder') holdEmbed(shown);
  else draw(shown);
  setTimeout(() => report(shown), SETTLED_MS);
}

function draw(shown: BannerDocument): void {
  const ui = mount({
    document: shown,
    options: { control: 'auto', position: 'bottom', theme: theme as UiOptions['theme'] },
    gpc: false,
    chosen: () => undefined,
    decide() {
      ui.control();
      ui.say(shown.words.saved);
    },
    shown() {},
  });
  if (state === 'prompt') ui.prompt();
  else if (state === 'settings') ui.settings();
  else ui.control();
}

function holdEmbed(shown: BannerDocument): void {
  const embed = document.createElement('iframe');
  embed.dataset.samtyckePurpose = shown.purposes.at(-1)?.id ?? 'marketing';
  embed.dataset.src = 'https://video.example/embed';
  embed.title = 'video.example';
  embed.width = '480';
  embed.height = '270';
  document.querySelector('main')?.append(embed);
  createGate({
    theme: theme as UiOptions['theme'],
    ask() {},
    document: async () => shown,
  }).sync(() => false);
}

/** The guards, here and now. */
function guards(shown: BannerDocument): Finding[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  const elsewhere = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name).origin)
    .filter((origin) => origin !== location.origin);
  const stored = [document.cookie, ...Object.keys(localStorage), ...Object.keys(sessionStorage)].filter((name) =>
    name.includes('samtycke'),
  );
  const drawn = document.querySelector('[data-samtycke-action], .samtycke-embed, .samtycke');
  const all: Finding[] = [
    finding('something is drawn', !!drawn, drawn?.localName ?? 'nothing'),
    finding('words in the language asked for', shown.language === language, shown.language),
    finding('no scrolling sideways', scrollWidth <= clientWidth, `${scrollWidth} in ${clientWidth}`),
    finding('nothing is stored', stored.length === 0, stored.join(', ')),
    finding('nobody else is called', elsewhere.length === 0, elsewhere.join(', ')),
  ];
  const root = document.querySelector('[data-samtycke-action="reject"]')?.closest('dialog, [role="region"]');
  if (state === 'prompt' || state === 'settings') {
    all.push(finding('a no in this layer', !!root, ''));
    if (root) all.push(...fairness(root));
  }
  return all;
}

function finding(name: string, ok: boolean, detail: string): Finding {
  return { name, ok, detail };
}

function report(shown: BannerDocument): void {
  parent.postMessage({ samtyckePreview: location.search, findings: guards(shown) }, location.origin);
}

preview().catch((error: unknown) => {
  const findings = [finding('the preview could be drawn', false, String(error))];
  parent.postMessage({ samtyckePreview: location.search, findings }, location.origin);
});
