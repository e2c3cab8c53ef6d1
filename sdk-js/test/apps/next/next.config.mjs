import { dirname } from 'node:path';

export default {
  output: 'export',
  basePath: '/next',
  trailingSlash: true,
  // The folder that holds node_modules.
  turbopack: { root: dirname(import.meta.dirname) },
};
