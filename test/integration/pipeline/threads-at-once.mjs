import { RunThreadOptions } from '../../../apps/api/dist/pipeline/run/run-threads.js';

/**
 * Loaded before the command line: its further threads start as soon as there is work for them. A run that lasts long
 * enough to bring them forth by itself would be computed for most of a minute.
 */
const { of } = RunThreadOptions;
RunThreadOptions.of = (...given) => Object.assign(of.apply(RunThreadOptions, given), { startAfterMs: 0 });
