import type { Decision, Ui, UiContext } from '../contract.js';
import { persistentControl } from './control.js';
import { type Action, askedOf, decisionOf } from './decision.js';
import { firstLayer } from './layer1.js';
import { secondLayer } from './layer2.js';
import { liveRegion, say } from './live.js';
import { drawn, uiHash } from './measure.js';
import { addStyles } from './styles.js';

/**
 * The user interface: draws, and reports what the person says. It decides nothing and stores nothing. Layers leave the
 * screen before the decision is reported, so a slow page never keeps the question up.
 */
export function mount(context: UiContext): Ui {
  const { body } = document;
  const asked = askedOf(context.document);
  const removeStyles = addStyles(context.options);
  const live = liveRegion(context);
  let first: HTMLElement | undefined;
  let second: HTMLDialogElement | undefined;
  let control: HTMLElement | undefined;
  body.append(live);

  function prompt(): void {
    if (first || !asked.length) return;
    first = firstLayer(context, asked);
    first.addEventListener('keydown', ({ key }) => {
      if (key === 'Escape') defer();
    });
    body.prepend(first);
    listen(first, 1, () => false, defer);
    context.shown();
  }

  function settings(): void {
    if (second) return;
    const { dialog, on } = secondLayer(context, asked);
    second = dialog;
    body.append(dialog);
    dialog.showModal();
    listen(dialog, 2, on, () => dialog.close());
    // By Escape, the X, or the browser's own ways to close: not a choice. Not heard when we have taken the dialog away.
    dialog.addEventListener('close', () => {
      if (second !== dialog) return;
      if (asked.length && asked.every(({ purpose }) => context.chosen(purpose.id) === undefined)) defer();
      else closeSettings();
    });
  }

  /** Listens to a layer's buttons, and measures it once it has been laid out. */
  function listen(root: HTMLElement, layer: 1 | 2, on: (id: string) => boolean, leave: () => void): void {
    let hash: string | undefined;
    requestAnimationFrame(async () => {
      hash = await uiHash(drawn(root, layer, context));
    });
    root.addEventListener('click', ({ target, isTrusted }) => {
      const action = (target as HTMLElement).dataset.samtyckeAction;
      if (action === 'settings') settings();
      else if (action === 'close') leave();
      else if (action) {
        const decision = decisionOf(action as Action, asked, on);
        // A script may say no for the person, as automatic rejecters do. Only the person gives.
        if (isTrusted || !decision.given.length) decide(decision, hash);
      }
    });
  }

  function defer(): void {
    decide({ kind: 'defer', given: [], refused: [], method: 'button' });
  }

  function decide(decision: Omit<Decision, 'gpc_shown'>, hash?: string): void {
    close();
    context.decide({ ...decision, ...(hash && { ui_hash: hash }), gpc_shown: context.gpc });
  }

  function closeSettings(): void {
    const dialog = second;
    second = undefined;
    // Closing gives the focus back to what opened it; only then may the dialog go.
    dialog?.close();
    dialog?.remove();
  }

  function close(): void {
    closeSettings();
    first?.remove();
    first = undefined;
  }

  return {
    prompt,
    settings,
    control() {
      if (control) return;
      control = persistentControl(context);
      control?.addEventListener('click', settings);
      if (control) body.append(control);
    },
    close,
    say: (text) => say(live, text),
    unmount() {
      close();
      control?.remove();
      live.remove();
      removeStyles();
    },
  };
}
