// src/gate/markup.ts
/** Which markup waits. */
const MEDIA = ":is(iframe,img,video,audio,source,link)";
const TEMPLATE = "template[data-samtycke-purpose]";
/** Everything that may have to wait. Joined here, or the text would stand in the bundle at each place that uses it. */
const GATED = [
	TEMPLATE,
	`[data-samtycke-purpose]${MEDIA}`,
	`[data-src][data-name]${MEDIA}`,
	"script[type=\"text/plain\"]:is([data-samtycke-purpose],[data-category],[data-cookieconsent],[data-name])"
].join();
/** A page that draws at every frame must not be searched at every frame. */
function touchesGated({ target, addedNodes }) {
	const nodes = [...addedNodes];
	return !!target.matches?.(GATED) || nodes.some((node) => node.matches?.(GATED) || node.querySelector?.(GATED));
}
/**
* Frameworks give a template children of its own, which are live. Makes them its content, which is not. Inner ones first,
* which must not become live again with what they are in. Answers the templates.
*/
function moveChildrenToContent() {
	return [...document.querySelectorAll(TEMPLATE)].reverse().filter(({ content, childNodes }) => {
		const children = [...childNodes];
		content.append(...children);
		return children[0];
	});
}

export { GATED, moveChildrenToContent, touchesGated };