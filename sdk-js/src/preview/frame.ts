import { type Report, type Scene, written } from './state.js';

/** Heights of the windows that are shown: a phone's, and a small laptop's. */
const HEIGHT = { 320: 640, 1280: 800 } as const;
const ANSWER_MS_MAX = 20_000;

/** Only one window draws at a time: there is one focus, and a window that opens something takes it from another. */
let turn: Promise<unknown> = Promise.resolve();

/** A window with a stage, as wide inside as the scene says, and as small outside as its place is. */
export interface Frame {
  element: HTMLElement;
  draw(scene: Scene): Promise<Report>;
  /** Its scale in percent. */
  share(): number;
}

export function createFrame(title: string): Frame {
  const element = document.createElement('div');
  element.className = 'window';
  const iframe = document.createElement('iframe');
  iframe.title = title;
  iframe.src = '/preview/stage';
  element.append(iframe);
  let width: Scene['width'] = 1280;
  let share = 1;
  let waiting: { scene: string; done(report: Report): void } | undefined;
  let isReady: (value: unknown) => void;
  const ready = new Promise((resolve) => {
    isReady = resolve;
  });

  addEventListener('message', ({ data, source, origin }) => {
    if (source !== iframe.contentWindow || origin !== location.origin) return;
    if (data.samtycke === 'ready') isReady(true);
    else if (data.scene === waiting?.scene) waiting!.done(data);
  });

  function shrink(): void {
    share = Math.min(1, element.clientWidth / width || 1);
    iframe.width = String(width);
    iframe.height = String(HEIGHT[width]);
    iframe.style.transform = `scale(${share})`;
    element.style.height = `${HEIGHT[width] * share}px`;
    element.style.setProperty('--width', `${width * share}px`);
  }
  new ResizeObserver(shrink).observe(element);

  return {
    element,
    share: () => Math.round(share * 100),
    draw(scene) {
      const drawn = turn.then(() => drawNow(scene));
      turn = drawn;
      return drawn;
    },
  };

  async function drawNow(scene: Scene): Promise<Report> {
    width = scene.width;
    iframe.style.colorScheme = scene.theme;
    shrink();
    await ready;
    const name = written(scene);
    // A dialog takes the focus when it opens. Here it is only looked at, so the focus goes back.
    const focus = document.activeElement;
    const place = [scrollX, scrollY] as const;
    const report = await new Promise<Report>((done) => {
      waiting = { scene: name, done };
      iframe.contentWindow?.postMessage({ draw: name }, location.origin);
      setTimeout(() => done({ samtycke: 'report', scene: name, error: 'timeout' }), ANSWER_MS_MAX);
    });
    if (document.activeElement === iframe && focus !== iframe) {
      iframe.blur();
      (focus as HTMLElement | null)?.focus({ preventScroll: true });
      scrollTo(...place);
    }
    return report;
  }
}
