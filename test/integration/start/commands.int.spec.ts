import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** As npm runs it: `npm start -- …` hands its words to this file. */
function command(...args: string[]) {
  return spawnSync(process.execPath, [resolve(__dirname, '../../../scripts/run.mjs'), ...args], { encoding: 'utf8' });
}

describe('the commands of the project', () => {
  it('say what may be set when they are asked, and start nothing', () => {
    const { status, stdout } = command('start', '--help');
    expect([status, stdout]).toEqual([0, expect.stringContaining('variables such as PORT')]);
  });

  it('refuse a word that they would have to pass over', () => {
    const { status, stderr } = command('start', '--port', '4000');
    expect([status, stderr]).toEqual([1, expect.stringContaining('--port 4000: start takes no arguments')]);
  });

  it('name each other where one is not known', () => {
    expect(command('strat').stderr).toMatch(/^Usage: .*start \| dev/);
  });
});
