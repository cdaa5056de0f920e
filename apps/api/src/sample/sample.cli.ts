import type { INestApplicationContext } from '@nestjs/common';
import type { LoadSample } from '@steward/shared/sample';
import { type Command, InvalidArgumentError } from 'commander';
import { UnitOfWork } from '../db/unit-of-work.js';
import { SAMPLE_TEAM } from '../domain/sample/team.js';
import { tell, type WithApp } from '../platform/commands.js';
import { SampleProcessor } from './sample.processor.js';
import { SAMPLE_DEFAULTS, SAMPLE_PASSWORD, SampleService } from './sample.service.js';
import type { SampleProgress } from './sample-facts.service.js';
import { SampleHistory } from './sample-history.service.js';

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least || value > most) {
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
    }
    return value;
  };
}

const WHAT = { facts: 'facts delivered', history: 'history computed' } as const;

/** One line that is written over on a terminal, and a line every tenth of the way elsewhere. */
function showProgress(what?: string): SampleProgress {
  let shown = -1;
  return (step, done) => {
    const tenths = Math.floor(done * 10) + (step === 'history' ? 100 : 0);
    const line = `${what ?? WHAT[step]}: ${Math.round(done * 100)} %`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line.padEnd(40)}${done === 1 ? '\n' : ''}`);
    else if (tenths !== shown) process.stderr.write(`${line}\n`);
    shown = tenths;
  };
}

/** The same for what is made of the past afterwards. */
function showShare(): (share: number) => void {
  const show = showProgress('alerts and memberships of the past made');
  return (share) => show('history', share);
}

/** A worker that runs, or the next one, makes the past of what was loaded. */
function orderHistory(app: INestApplicationContext): Promise<void> {
  const history = app.get(SampleHistory, { strict: false });
  return app.get(UnitOfWork, { strict: false }).run((tx) => history.order(tx));
}

/** `sample ensure | load | clear | sign-ins` */
export function addSampleCommands(program: Command, withApp: WithApp): void {
  const sample = program.command('sample').description('a made-up company with 200 accounts, to try the product on');
  const sized = (command: Command) =>
    command
      .option('--accounts <number>', 'how many accounts', wholeNumber(1, 100_000), SAMPLE_DEFAULTS.accounts)
      .option('--months <number>', 'how many months of facts', wholeNumber(1, 36), SAMPLE_DEFAULTS.months)
      .option(
        '--seed <number>',
        'the same seed tells the same company',
        wholeNumber(0, 2 ** 31 - 1),
        SAMPLE_DEFAULTS.seed,
      );

  sized(sample.command('ensure').description('loads the sample where the workspace has no accounts yet')).action(
    (options: LoadSample) =>
      withApp(async (app) => {
        const loaded = await app.get(SampleService, { strict: false }).ensure(options, showProgress());
        if (loaded) await orderHistory(app);
        tell(loaded ? `${options.accounts} sample accounts loaded` : 'the workspace has accounts: nothing loaded');
      }),
  );
  sized(sample.command('load').description('loads the sample beside what is there')).action((options: LoadSample) =>
    withApp(async (app) => {
      await app.get(SampleService, { strict: false }).load(options, showProgress());
      tell(`${options.accounts} sample accounts loaded`);
      await orderHistory(app);
      await app.get(SampleProcessor, { strict: false }).run({}, { signal: new AbortController().signal }, showShare());
    }),
  );
  sample
    .command('clear')
    .description('takes the sample accounts and their facts out again')
    .action(() =>
      withApp(async (app) => {
        const { accounts, kept, peopleLeft } = await app.get(SampleService, { strict: false }).clear();
        tell(`${accounts} sample accounts removed`);
        if (kept > 0) tell(`${kept} stay, because another source has brought them as well`);
        if (peopleLeft.length > 0) {
          tell(`${peopleLeft.join(', ')} can still sign in: create an admin of your own, then clear the sample again`);
        }
      }),
    );
  sample
    .command('sign-ins')
    .description('shows who may sign in to the sample')
    .action(() => {
      tell(`Sign in with the password ${SAMPLE_PASSWORD} as`);
      const shown = new Set<string>();
      for (const { email, role, fullName } of SAMPLE_TEAM) {
        if (!shown.has(role)) tell(`  ${role.padEnd(8)} ${email.padEnd(26)} ${fullName}`);
        shown.add(role);
      }
    });
}
