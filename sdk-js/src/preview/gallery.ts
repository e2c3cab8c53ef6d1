import { el } from '../ui/el.js';
import { createFrame, type Frame } from './frame.js';
import { type Scene, SHOWS, THEMES, WIDTHS } from './state.js';
import { fill, type PreviewWords } from './words.js';

interface Picture {
  element: HTMLElement;
  of: Pick<Scene, 'show' | 'theme' | 'width'>;
  frame: Frame;
  result: HTMLElement;
  isNear: boolean;
  drawn?: Scene;
}

/** Every state, theme and width of the language that is chosen, small, and each with its own figures. */
export function gallery(w: PreviewWords, choose: (change: Partial<Scene>) => void) {
  let current: Scene | undefined;
  let drawing = false;
  const pictures = SHOWS.flatMap((show) =>
    [...WIDTHS].reverse().flatMap((width) => THEMES.map((theme) => picture(w, { show, theme, width }, choose))),
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

  /** One after the other: sixteen at once would make everything wait for everything. */
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
      const isSame =
        current && (['key', 'language', 'position', 'gpc'] as const).every((name) => current![name] === scene[name]);
      if (isSame) return;
      current = scene;
      void drawNext();
    },
  };
}

function picture(w: PreviewWords, of: Picture['of'], choose: (change: Partial<Scene>) => void): Picture {
  const name = `${w[of.show]}, ${w[of.theme].toLowerCase()}, ${of.width} px`;
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
