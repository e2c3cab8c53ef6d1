import { el } from '../ui/el.js';
import { createFrame } from './frame.js';
import { languageName } from './page.js';
import { isAlike, type Report, type Scene, SHOWS, spoken, THEMES, WIDTHS, written } from './state.js';
import { fill, type PreviewWords } from './words.js';

const COLUMNS = SHOWS.flatMap((show) => THEMES.flatMap((theme) => WIDTHS.map((width) => ({ show, theme, width }))));

/** A square for each language, state, theme and width, which says whether every guard holds there. */
export function matrix(w: PreviewWords, choose: (change: Partial<Scene>) => void) {
  const results = new Map<string, Report>();
  let base: Scene | undefined;
  let scenes: Scene[] = [];
  let squares = new Map<string, HTMLButtonElement>();
  let running = false;
  const table = el('table', []);
  const button = el('button', w.start, { type: 'button', class: 'start' });
  const bar = el('progress', [], { 'aria-labelledby': 'progress', value: '0' });
  const progress = el('p', [], { id: 'progress' });
  const probe = createFrame(w.matrix);
  probe.element.classList.add('probe');
  const element = el(
    'section',
    [
      el('h2', w.matrix, { id: 'matrix' }),
      el('p', w.matrix_text),
      el('div', [button, bar, progress], { class: 'run' }),
      el('div', table, { class: 'matrix', role: 'group', 'aria-labelledby': 'matrix', tabindex: '0' }),
    ],
    { 'aria-labelledby': 'matrix' },
  );

  button.addEventListener('click', () => {
    running = !running;
    if (running) void run();
    else told();
  });

  async function run(): Promise<void> {
    if (!probe.element.isConnected) document.body.append(probe.element);
    told();
    for (const scene of [...scenes]) {
      if (!running) return;
      if (results.has(written(scene)) || !scenes.includes(scene)) continue;
      note(scene, await probe.draw(scene));
    }
    running = false;
    told();
  }

  function note(scene: Scene, report: Report): void {
    results.set(written(scene), report);
    mark(scene);
    told();
  }

  function mark(scene: Scene): void {
    const square = squares.get(written(scene));
    const report = results.get(written(scene));
    if (!square || !report) return;
    const failed = (report.guards ?? []).filter(({ ok }) => !ok);
    const ok = isOk(report);
    square.dataset.ok = String(ok);
    square.textContent = ok ? '✓' : '✗';
    const why = report.error ?? failed.map(({ name, figure }) => `${w.guards[name] ?? name}: ${figure}`).join('; ');
    square.title = `${label(scene, w)}: ${ok ? w.yes : why}`;
    square.ariaLabel = square.title;
  }

  function told(): void {
    const done = scenes.flatMap((scene) => results.get(written(scene)) ?? []);
    bar.max = scenes.length;
    bar.value = done.length;
    button.textContent = running ? w.stop : fill(w.start, { all: scenes.length });
    progress.textContent = fill(w.progress, {
      done: done.length,
      all: scenes.length,
      failed: done.filter((report) => !isOk(report)).length,
    });
  }

  /** A table for the languages in which they, or what they are drawn with, have changed. */
  function show(scene: Scene, languages: readonly string[]): void {
    if (isAlike(base, scene)) return;
    base = scene;
    squares = new Map();
    scenes = languages.flatMap((language) => COLUMNS.map((column) => ({ ...scene, language, ...column })));
    const rows = languages.map((language) => {
      const cells = scenes.filter((each) => each.language === language).map((each) => el('td', square(each)));
      return el('tr', [el('th', languageName(language, w), { scope: 'row', lang: spoken(language).tag }), cells]);
    });
    table.replaceChildren(el('thead', heads(w)), el('tbody', rows));
    for (const each of scenes) mark(each);
    told();
  }

  function square(scene: Scene): HTMLButtonElement {
    const made = el('button', '·', { type: 'button', 'aria-label': label(scene, w), title: label(scene, w) });
    made.addEventListener('click', () => {
      choose(scene);
      document.querySelector('.work')?.scrollIntoView({ block: 'start' });
    });
    squares.set(written(scene), made);
    return made;
  }

  return { element, note, show };
}

function isOk({ guards, error }: Report): boolean {
  return !error && !!guards?.length && guards.every(({ ok }) => ok);
}

function label({ language, show, theme, width }: Scene, w: PreviewWords): string {
  return `${languageName(language, w)}, ${w[show].toLowerCase()}, ${w[theme].toLowerCase()}, ${width} px`;
}

function heads(w: PreviewWords): HTMLElement[] {
  const wide = (text: string, span: number, scope = 'colgroup') => el('th', text, { colspan: String(span), scope });
  const narrow = SHOWS.length * THEMES.length;
  return [
    el('tr', [el('td', []), SHOWS.map((show) => wide(w[show], THEMES.length * WIDTHS.length))]),
    el('tr', [el('td', []), SHOWS.flatMap(() => THEMES.map((theme) => wide(w[theme], WIDTHS.length)))]),
    el('tr', [
      el('td', []),
      Array.from({ length: narrow }).flatMap(() => WIDTHS.map((width) => el('th', String(width), { scope: 'col' }))),
    ]),
  ];
}
