import type { BannerDocument } from '../contract.js';
import { el } from '../ui/el.js';
import { createFrame } from './frame.js';
import { gallery } from './gallery.js';
import { matrix } from './matrix.js';
import {
  LAYOUTS,
  PAGES,
  POSITIONS,
  type Report,
  read,
  type Scene,
  SHOWS,
  spoken,
  THEMES,
  WIDTHS,
  written,
} from './state.js';
import { fill, type PreviewWords, words } from './words.js';

/** Selectors, one large state with its figures, the same language in every state, and every language. */
export async function openPage(): Promise<void> {
  const w = words();
  const main = document.querySelector('main')!;
  const sites = document.querySelector<HTMLSelectElement>('#sites')!;
  let languages: string[] = [];
  let scene = read(location.search, {
    key: [...sites.options].find(({ dataset }) => dataset.tenant === 'loomer')?.value ?? sites.value,
    language: document.documentElement.lang,
    show: 'first',
    theme: matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light',
    width: innerWidth < 700 ? 320 : 1280,
    position: 'bottom',
    layout: 'card',
    page: 'plain',
    gpc: false,
  });

  const large = createFrame(w.stage);
  const size = el('p', [], { class: 'size' });
  const summary = el('p', w.drawing, { class: 'summary', role: 'status' });
  const list = el('ul', [], { class: 'guards', role: 'list' });
  const visit = el('a', w.visit, { class: 'visit' });
  const form = el('form', [], { class: 'selectors' });
  const states = gallery(w, choose);
  const all = matrix(w, choose);
  const colours = matchMedia('(forced-colors: active)').matches ? w.colours_on : w.colours_off;
  main.append(
    el('p', w.lead, { class: 'lead' }),
    form,
    el(
      'div',
      [
        el('div', [large.element, size], { class: 'large' }),
        el(
          'section',
          [el('h2', w.measured, { id: 'measured' }), summary, list, el('p', fill(w.colours, { state: colours }))],
          {
            'aria-labelledby': 'measured',
            class: 'measured',
          },
        ),
      ],
      { class: 'work' },
    ),
    states.element,
    all.element,
  );
  document.body.prepend(header(w));

  /** Shows another state, measures it, and writes it into the address. */
  async function choose(change: Partial<Scene>): Promise<void> {
    const previous = scene;
    scene = { ...scene, ...change };
    if (scene.key !== previous.key || languages.length === 0) languages = await languagesOf(scene.key);
    if (!languages.includes(scene.language)) scene.language = languages.includes('sv') ? 'sv' : languages[0]!;
    const drawn = scene;
    const lang = new URLSearchParams({ lang: document.documentElement.lang });
    history.replaceState(null, '', `?${lang}&${written(scene)}`);
    controls();
    summary.textContent = w.drawing;
    delete summary.dataset.ok;
    states.show(scene);
    all.show(scene, languages);
    const report = await large.draw(scene);
    if (drawn !== scene) return;
    all.note(drawn, report);
    size.textContent = `${scene.width} px, ${fill(w.scaled, { share: large.share() })}`;
    results(report);
  }

  function results({ guards = [], error }: Report): void {
    const ok = guards.filter((each) => each.ok).length;
    summary.textContent = error ?? fill(w.holds, { ok, all: guards.length });
    summary.dataset.ok = String(!error && ok === guards.length);
    list.replaceChildren(
      ...guards.map(({ name, ok, figure }) =>
        el(
          'li',
          [
            el('span', ok ? '✓' : '✗', { class: 'mark', role: 'img', 'aria-label': ok ? w.yes : w.no }),
            el('span', w.guards[name] ?? name),
            el('span', figure, { class: 'figure' }),
          ],
          { 'data-ok': String(ok) },
        ),
      ),
    );
  }

  /** Drawn once; later only their values change. */
  function controls(): void {
    visit.href = siteAddress([...sites.options].find(({ value }) => value === scene.key)?.dataset.tenant);
    const language = form.querySelector<HTMLSelectElement>('[name=language]');
    if (!language) {
      const keys = [...sites.options].map(({ value, text }) => [value, text] as const);
      form.append(
        picker('key', w.site, keys),
        picker('language', w.language, []),
        switches(
          'show',
          w.show,
          SHOWS.map((show) => [show, w[show]]),
        ),
        switches(
          'theme',
          w.theme,
          THEMES.map((theme) => [theme, w[theme]]),
        ),
        switches(
          'width',
          w.width,
          WIDTHS.map((width) => [String(width), `${width} px`]),
        ),
        switches(
          'layout',
          w.layout,
          LAYOUTS.map((layout) => [layout, w[layout]]),
        ),
        switches(
          'position',
          w.position,
          POSITIONS.map((position) => [position, w[position]]),
        ),
        switches(
          'page',
          w.page,
          PAGES.map((page) => [page, w[page]]),
        ),
        el('label', [el('input', [], { type: 'checkbox', name: 'gpc' }), w.gpc], { class: 'check' }),
        visit,
      );
      controls();
      return;
    }
    language.replaceChildren(
      ...languages.map((each) => el('option', languageName(each, w), { value: each, lang: spoken(each).tag })),
    );
    const values = { ...scene, width: String(scene.width), gpc: '' };
    for (const control of form.querySelectorAll<HTMLInputElement | HTMLSelectElement>('[name]')) {
      const value = values[control.name as keyof typeof values];
      if (control.name === 'gpc') (control as HTMLInputElement).checked = scene.gpc;
      else if (control instanceof HTMLInputElement) control.checked = control.value === value;
      else control.value = value;
    }
  }

  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('change', () => {
    const data = new FormData(form);
    const text = new URLSearchParams([...data].map(([name, value]) => [name, String(value)]));
    text.set('gpc', data.has('gpc') ? '1' : '');
    void choose(read(text.toString(), scene));
  });
  await choose({});
}

function header(w: PreviewWords): HTMLElement {
  const other = document.documentElement.lang === 'en' ? 'sv' : 'en';
  return el('header', [
    el('a', 'samtycke', { href: '/', class: 'brand' }),
    el('a', w.back, { href: `/?lang=${document.documentElement.lang}` }),
    el('a', w.other, { href: `/preview?lang=${other}`, lang: other, hreflang: other }),
  ]);
}

function picker(name: string, label: string, options: readonly (readonly [string, string])[]): HTMLElement {
  const choices = options.map(([value, text]) => el('option', text, { value }));
  return el('label', [el('span', label), el('select', choices, { name })], { class: 'picker' });
}

function switches(name: string, label: string, options: readonly (readonly [string, string])[]): HTMLElement {
  const choices = options.map(([value, text]) =>
    el('label', [el('input', [], { type: 'radio', name, value }), el('span', text)]),
  );
  return el('fieldset', [el('legend', label), el('div', choices)]);
}

/** Languages of the site's notice, each with its variants for young users. */
async function languagesOf(key: string): Promise<string[]> {
  const ask = async (language: string, variant: string): Promise<BannerDocument> => {
    const address = `/v1/banner/${encodeURIComponent(key)}?language=${language}&variant=${variant}`;
    return (await fetch(address)).json();
  };
  const { languages } = await ask('sv', 'adult');
  const young = await Promise.all(['teen', 'child'].map((variant) => ask('sv', variant)));
  const more = young
    .filter(({ variant }) => variant !== 'adult')
    .map(({ language, variant }) => `${language}-${variant}`);
  return [...languages, ...more].sort();
}

export function languageName(language: string, w: PreviewWords): string {
  const { tag, variant } = spoken(language);
  const name = new Intl.DisplayNames([tag], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  return `${name}${variant === 'adult' ? '' : `, ${w[variant]}`} (${tag})`;
}

function siteAddress(tenant = ''): string {
  return `http://${tenant}.localhost${location.port && `:${location.port}`}/`;
}
