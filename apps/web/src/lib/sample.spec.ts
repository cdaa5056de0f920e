import type { SampleStatus } from '@steward/shared/sample';
import { loadedPercent } from './sample.js';

const status = (progress: SampleStatus['progress']): SampleStatus => ({
  state: 'loading',
  accounts: null,
  mayLoad: false,
  progress,
  problem: null,
  signIns: [],
});

it('only grows from the order to the last day of the history', () => {
  const way = [
    status(null),
    status({ step: 'facts', done: 0 }),
    status({ step: 'facts', done: 0.5 }),
    status({ step: 'facts', done: 1 }),
    status({ step: 'history', done: 0 }),
    status({ step: 'history', done: 0.9 }),
    status({ step: 'history', done: 1 }),
  ].map(loadedPercent);
  expect(way).toEqual([0, 0, 7, 15, 15, 91, 100]);
});
