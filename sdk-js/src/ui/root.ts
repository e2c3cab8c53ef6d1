/** Brings a part to the top of the page: above every index, and out of every transform. Where a browser cannot, its z-index must do. */
export function moveToTopLayer(part: HTMLElement): void {
  try {
    if (part instanceof HTMLDialogElement) {
      // A dialog that was moved has lost its place, and not its attribute.
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

/** Whether everything outside of it is out of reach: a modal dialog, or what says that it is one and is in sight. */
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
  /** Looks at the page now, and from now on at what has to be looked at. */
  look(): void;
  stop(): void;
}

/**
 * The one element that holds all of ours. A child of `<html>`, which no framework's root counts and no swapped body takes
 * along, before `<body>`, so that it comes first for keyboards and screen readers. Put back whenever it is removed. While
 * there is something to answer and a modal of the page is open it stands inside that, since all else is then inert.
 *
 * `isAsking`: a layer is up. `isHeld`: it must not be moved. `placed`: it has been put somewhere, and nothing is on top.
 */
export function createRoot(isAsking: () => boolean, isHeld: () => boolean, placed: () => void): Root {
  const element = document.createElement('samtycke-root');
  const observer = new MutationObserver(look);
  let modals: Element[] = [];

  function host(): Element {
    const open = isAsking() ? [...document.querySelectorAll('dialog[open],[aria-modal=true]')] : [];
    const now = open.filter((each) => !element.contains(each) && isModal(each));
    // What was opened last is on top.
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
    // Not before: what was done here is nothing new. Deep only while somebody is asked, since pages change all the time.
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
