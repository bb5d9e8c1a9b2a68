import { fileURLToPath } from 'node:url';

/** Where everything of this project lies. Scripts work from any current directory. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** @param {string} path relative to the project's folder */
export const inProject = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
