/**
 * The one set of compiler settings, used by the build (ES modules) and by jest (CommonJS).
 * @param {'es6' | 'commonjs'} module
 * @param {{ tsx?: boolean }} [options]
 * @returns {import('@swc/core').Options}
 */
export function swcOptions(module, { tsx = false } = {}) {
  return {
    swcrc: false,
    configFile: false,
    sourceMaps: module === 'commonjs' ? 'inline' : true,
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', tsx, decorators: true },
      transform: {
        legacyDecorator: true,
        decoratorMetadata: true,
        useDefineForClassFields: false,
        react: { runtime: 'automatic' },
      },
      keepClassNames: true,
    },
    module: module === 'es6' ? { type: 'es6' } : { type: 'commonjs', ignoreDynamic: false },
  };
}
