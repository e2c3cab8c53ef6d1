export default { base: '/astro' };
