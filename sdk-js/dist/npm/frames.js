// src/record/frames.ts
/** In another site's frame: the page by itself, where its reader can see whose it is. */
const ownPage = { open: async () => void window.open(location.href, "_blank", "noopener") };
/** Looks at the pages around. Those of our own origin are given the time to load: their tag may run after ours. */
async function outerBannerFor({ site, options }) {
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

export { outerBannerFor };