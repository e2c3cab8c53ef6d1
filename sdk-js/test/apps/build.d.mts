/** The names of the apps, each a folder here and in what `folder` names. */
export const APPS: readonly string[];
/** Where the built apps are, or would be. */
export function folder(): string;
