import type { Ui, UiContext } from '../contract.js';
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
    if (first?.isConnected || !asked.length) return;
    first = firstLayer(context, asked);
    first.onkeydown = ({ key }) => {
      if (key === 'Escape') choose('close');
    };
    body.prepend(first);
    listen(first, 1);
    context.shown();
  }

  function settings(): void {
    if (second?.isConnected) return;
    const dialog = secondLayer(context, asked);
    second = dialog;
    body.append(dialog);
    dialog.showModal();
    // Its name is read out, and people read from the top.
    dialog.focus();
    listen(dialog, 2);
    // By Escape, the X, or the browser's own ways to close: not a choice. Heard late, and not when `close` took it away.
    dialog.onclose = () => {
      if (!dialog.isConnected) return;
      dialog.remove();
      if (asked[0] && asked.every(({ purpose }) => context.chosen(purpose.id) === undefined)) choose('close');
    };
  }

  /** Listens to a layer's buttons, and measures it once it has been laid out. */
  function listen(root: HTMLElement, layer: 1 | 2): void {
    let hash: string | undefined;
    requestAnimationFrame(async () => {
      hash = await uiHash(drawn(root, layer, context));
    });
    root.onclick = ({ target, isTrusted }) => {
      const action = (target as HTMLElement).dataset.samtyckeAction;
      if (action === 'settings') settings();
      else if (action === 'close' && root === second) second.close();
      else if (action) choose(action as Action, isTrusted, hash);
    };
  }

  /** A script may say no for the person, as automatic rejecters do. Only the person gives. */
  function choose(action: Action, trusted = false, hash?: string): void {
    const toggles = second?.querySelectorAll('input');
    const decision = decisionOf(action, asked, (index) => !!toggles?.[index]?.checked);
    if (decision.given.length && !trusted) return;
    close();
    context.decide({ ...decision, ...(hash && { ui_hash: hash }), gpc_shown: context.gpc });
  }

  function close(): void {
    // Closing gives the focus back to what opened it; only then may the dialog go.
    second?.close();
    second?.remove();
    first?.remove();
  }

  return {
    prompt,
    settings,
    control() {
      control ??= persistentControl(context);
      if (!control) return;
      control.onclick = settings;
      body.append(control);
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
