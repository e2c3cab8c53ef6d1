// src/record/frames.ts
/** In a frame of another site: opens the page by itself, where the user can see whose page it is. */
const ownPage = { open: async () => void window.open(location.href, "_blank", "noopener") };
/** Looks at the outer pages. Pages of the same origin get time to load, because their tag may run after ours. */
async function outerBanner({ site, options }) {
	let found = false;
	for (let view = window; view !== view.parent;) {
		view = view.parent;
		try {
			if (view.document.readyState !== "complete") await new Promise((done) => view.addEventListener("load", done, { once: true }));
			const theirs = view.samtycke;
			if (theirs?.site === site) return theirs;
		} catch {
			if (options.frames === "quiet") found = ownPage;
		}
	}
	return found;
}

export { outerBanner };