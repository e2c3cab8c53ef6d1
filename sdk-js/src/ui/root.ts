/**
 * Moves a part to the top layer, above every z-index and outside every transform. In browsers without a top layer its
 * z-index must do.
 */
export function moveToTopLayer(part: HTMLElement): void {
  try {
    if (part instanceof HTMLDialogElement) {
      // A dialog that was moved has lost its place in the top layer, but keeps its attribute.
      part.open = false;
      part.showModal();
    } else {
      part.hidePopover();
      part.showPopover();
    }
  } catch {
    if (part.localName === 'dialog') part.setAttribute('open', '');
  }
}

/** Whether everything outside of it is inert: a modal dialog, or a visible element that says it is one. */
function isModal(element: Element): boolean {
  try {
    if (element.matches('dialog')) return element.matches(':modal');
  } catch {}
  return (
    (element as HTMLElement).checkVisibility?.({ visibilityProperty: true }) ?? element.getClientRects().length > 0
  );
}

export interface Root {
  element: HTMLElement;
  /** Updates the place now, and observes what may change it. */
  look(): void;
  stop(): void;
}

/**
 * The one element that contains all of the banner. It is a child of `<html>`, outside every framework's root and of a
 * replaced body, and before `<body>`, so that it comes first for keyboards and screen readers. It is inserted again
 * whenever it is removed. While there is something to answer and a modal of the page is open, it is inside that modal,
 * because everything else is inert.
 *
 * `isAsking`: a layer is open. `isHeld`: it must not be moved. `placed`: it has been inserted, and nothing is in the
 * top layer.
 */
export function createRoot(isAsking: () => boolean, isHeld: () => boolean, placed: () => void): Root {
  const element = document.createElement('samtycke-root');
  const observer = new MutationObserver(look);
  let modals: Element[] = [];

  function host(): Element {
    const open = isAsking() ? [...document.querySelectorAll('dialog[open],[aria-modal=true]')] : [];
    const now = open.filter((each) => !element.contains(each) && isModal(each));
    // The last opened part is on top.
    modals = [...new Set([...modals.filter((each) => now.includes(each)), ...now])];
    return modals[modals.length - 1] ?? document.documentElement;
  }

  function look(): void {
    const html = document.documentElement;
    // Between two documents, as `document.open()` leaves it.
    if (!html) return;
    if (!(isHeld() && element.isConnected)) {
      const parent = host();
      if (element.parentNode !== parent) {
        if (parent === html) html.insertBefore(element, document.body);
        else parent.append(element);
        placed();
      }
    }
    // Not earlier: our own changes are not news. The subtree is observed only while a prompt is open, since pages
    // change all the time.
    observer.disconnect();
    observer.observe(document, { childList: true });
    observer.observe(
      html,
      isAsking()
        ? {
            childList: true,
            subtree: true,
            attributes: true,
            attributeFilter: ['open', 'aria-modal', 'class', 'hidden'],
          }
        : { childList: true },
    );
  }

  return {
    element,
    look,
    stop() {
      observer.disconnect();
      element.remove();
    },
  };
}
