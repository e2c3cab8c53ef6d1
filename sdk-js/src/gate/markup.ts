/** Selects the markup that the gate holds back. */

const MEDIA = ':is(iframe,img,video,audio,source,link)';
const TEMPLATE = 'template[data-samtycke-purpose]';

/** All gated markup. Joined once here, so that the bundle contains the text once. */
export const GATED = [
  TEMPLATE,
  `[data-samtycke-purpose]${MEDIA}`,
  `[data-src][data-name]${MEDIA}`,
  'script[type="text/plain"]:is([data-samtycke-purpose],[data-category],[data-cookieconsent],[data-name])',
].join();

/** Whether a change involves gated markup: a page that changes at every frame must not be searched at every frame. */
export function touchesGated({ target, addedNodes }: MutationRecord): boolean {
  const nodes = [...addedNodes] as Element[];
  return (
    !!(target as Element).matches?.(GATED) || nodes.some((node) => node.matches?.(GATED) || node.querySelector?.(GATED))
  );
}

/**
 * Frameworks give a template children, which are live. Moves them into its content, which is inert. Inner templates go
 * first, so that they do not become live again. Returns the templates.
 */
export function moveChildrenToContent(): HTMLTemplateElement[] {
  const templates = [...document.querySelectorAll<HTMLTemplateElement>(TEMPLATE)].reverse();
  return templates.filter(({ content, childNodes }) => {
    const children = [...childNodes];
    content.append(...children);
    return children[0];
  });
}
