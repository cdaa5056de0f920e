import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { WORKER_FLAGS } from '../../scripts/lib/worker-flags.mjs';

describe('workers', () => {
  it('are told the same of Node in a container as by npm start', () => {
    const compose = readFileSync(resolve(__dirname, '../../docker/compose.yml'), 'utf8');
    const [, listed] = /^ {2}worker:\n(?: {4}.*\n)*? {4}command:\n((?: {6}- .*\n)+)/m.exec(compose) ?? [];
    const words = listed?.split('\n').flatMap((line) => /^ {6}- (.+)$/.exec(line)?.[1] ?? []);
    expect(words).toEqual(['node', ...WORKER_FLAGS, 'apps/api/bundle/worker.js']);
  });
});
