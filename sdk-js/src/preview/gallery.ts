import { el } from '../ui/el.js';
import { createFrame, type Frame } from './frame.js';
import { isAlike, type Scene, SHOWS, THEMES, WIDTHS } from './state.js';
import { fill, type PreviewWords } from './words.js';

type Of = Pick<Scene, 'show' | 'theme' | 'width'> & Partial<Pick<Scene, 'layout' | 'page'>>;

/** Next to the chosen state: the other layouts, and the banner on a hostile page. */
const OTHERS: Pick<Of, 'show' | 'layout' | 'page'>[] = [
  { show: 'first', layout: 'bar' },
  { show: 'first', layout: 'modal' },
  ...(['first', 'second', 'control'] as const).map((show) => ({ show, page: 'hostile' as const })),
];

interface Picture {
  element: HTMLElement;
  of: Of;
  frame: Frame;
  result: HTMLElement;
  isNear: boolean;
  drawn?: Scene;
}

/** Every state, theme and width in the chosen language, small, each with its own figures. */
export function gallery(w: PreviewWords, choose: (change: Partial<Scene>) => void) {
  let current: Scene | undefined;
  let drawing = false;
  const pictures = [...SHOWS.map((show) => ({ show })), ...OTHERS].flatMap((of) =>
    [...WIDTHS].reverse().flatMap((width) => THEMES.map((theme) => picture(w, { ...of, theme, width }, choose))),
  );
  const near = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        const found = pictures.find(({ element }) => element === target);
        if (!found) continue;
        found.isNear = isIntersecting;
        if (isIntersecting && !found.frame.element.isConnected) found.element.prepend(found.frame.element);
      }
      void drawNext();
    },
    { rootMargin: '200px' },
  );
  for (const { element } of pictures) near.observe(element);

  /** One after the other: all at once would be slow. */
  async function drawNext(): Promise<void> {
    if (drawing) return;
    const next = pictures.find(({ isNear, drawn }) => isNear && current && drawn !== current);
    if (!next || !current) return;
    drawing = true;
    next.drawn = current;
    const { guards = [], error } = await next.frame.draw({ ...current, ...next.of });
    const ok = guards.filter((guard) => guard.ok).length;
    next.result.textContent = error ?? fill(w.holds, { ok, all: guards.length });
    next.result.dataset.ok = String(!error && ok === guards.length);
    drawing = false;
    void drawNext();
  }

  const element = el(
    'section',
    [
      el('h2', w.gallery, { id: 'gallery' }),
      el(
        'ul',
        pictures.map((each) => each.element),
        { class: 'gallery', role: 'list' },
      ),
    ],
    { 'aria-labelledby': 'gallery' },
  );
  return {
    element,
    show(scene: Scene) {
      if (isAlike(current, scene) && current?.language === scene.language) return;
      current = scene;
      void drawNext();
    },
  };
}

function picture(w: PreviewWords, of: Picture['of'], choose: (change: Partial<Scene>) => void): Picture {
  const kind = [of.layout && w[of.layout], of.page && w[of.page], w[of.theme]].filter((word) => word !== undefined);
  const name = `${w[of.show]}, ${kind.join(', ').toLowerCase()}, ${of.width} px`;
  const frame = createFrame(name);
  frame.element.querySelector('iframe')!.tabIndex = -1;
  const result = el('span', w.drawing, { class: 'result' });
  const button = el('button', name, { type: 'button' });
  button.addEventListener('click', () => {
    choose(of);
    document.querySelector('.work')?.scrollIntoView({ block: 'start' });
  });
  return {
    element: el('li', [el('p', [button, result])], { 'data-width': String(of.width) }),
    of,
    frame,
    result,
    isNear: false,
  };
}
