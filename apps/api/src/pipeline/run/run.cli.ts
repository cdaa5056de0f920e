import type { INestApplicationContext } from '@nestjs/common';
import type { Command } from 'commander';
import { type Day, isoOf, toDay } from '../../domain/calendar/day.js';
import { FIRST_YEAR, LAST_YEAR } from '../../domain/values/dates.js';
import { tell, type WithApp } from '../../platform/commands.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { BUCKETS } from '../../stages/batch.js';
import { DayClose, LateFacts } from './day-close.service.js';
import { LiveRefresh } from './live-refresh.service.js';
import { Replay } from './replay.service.js';
import { type RunProgress, Runs } from './runs.service.js';

/** `refresh` and `backfill`: the same runs as the nightly ones, in this process, beside workers or without them. */
export function addRunCommands(program: Command, withApp: WithApp): void {
  program
    .command('refresh')
    .description('closes days that have ended, computes every account for today, rebuilds days that late facts touched')
    .action(() => withApp(refresh));

  program
    .command('backfill')
    .description('computes past days from the facts, under the model published now; no alerts, no notifications')
    .requiredOption('--from <day>', 'first day (YYYY-MM-DD)')
    .requiredOption('--to <day>', 'last day, at most yesterday; today is computed as well')
    .option('--overwrite', 'computes days anew that exist already; they are left alone otherwise')
    .action((options: { from: string; to: string; overwrite?: boolean }) => withApp((app) => backfill(app, options)));

  program
    .command('replay')
    .description(
      'makes the alerts, goals and memberships of past days from their history under the rules of now; sends nothing',
    )
    .requiredOption('--from <day>', 'first day (YYYY-MM-DD)')
    .requiredOption('--to <day>', 'last day, at most yesterday')
    .action((options: { from: string; to: string }) => withApp((app) => replay(app, options)));
}

async function refresh(app: INestApplicationContext): Promise<void> {
  const runs = app.get(Runs, { strict: false });
  const started = Date.now();
  const first = await app.get(DayClose, { strict: false }).catchUp({ onProgress: showProgress() });
  const today = await app.get(WorkspaceReader, { strict: false }).today();
  // The day's first run has just computed every account.
  const run = first?.kind === 'open' ? first : await runs.start('refresh', { from: today, to: today });
  if (run !== first) await runs.drive(run, { onProgress: showProgress() });
  await app.get(LiveRefresh, { strict: false }).drain();
  const rebuilt = await app.get(LateFacts, { strict: false }).rebuild();
  const { accounts } = await runs.progress(run.id);
  tell(`${count(accounts, 'account')} computed as of ${isoOf(today)} in ${seconds(started)}.`);
  if (rebuilt > 0) tell(`Past days of ${count(rebuilt, 'account')} were rebuilt: late facts touched them.`);
}

async function backfill(
  app: INestApplicationContext,
  options: { from: string; to: string; overwrite?: boolean },
): Promise<void> {
  const runs = app.get(Runs, { strict: false });
  const started = Date.now();
  const [from, asked] = [dayOption('from', options.from), dayOption('to', options.to)];
  if (asked < from) throw new InvalidInput('--to lies before --from.', [], 'DAYS_REVERSED');
  const today = await app.get(WorkspaceReader, { strict: false }).today();
  if (asked > today) throw new InvalidInput(`--to lies in the future: today is ${isoOf(today)}.`, [], 'DAY_IN_FUTURE');
  await app.get(DayClose, { strict: false }).catchUp();
  // Today is not over: it is computed as the running day, from the close of yesterday.
  const to = asked === today ? ((today - 1) as Day) : asked;
  if (from <= to) {
    const run = await runs.start('backfill', { from, to, overwrite: options.overwrite ?? false });
    await runs.driveBackfill(run, { onProgress: showProgress() });
    const { accounts } = await runs.progress(run.id);
    tell(`${count(accounts, 'account')} computed for ${isoOf(from)} to ${isoOf(to)} in ${seconds(started)}.`);
  }
  await app.get(LiveRefresh, { strict: false }).drain();
}

async function replay(app: INestApplicationContext, options: { from: string; to: string }): Promise<void> {
  const started = Date.now();
  const [from, to] = [dayOption('from', options.from), dayOption('to', options.to)];
  await app.get(DayClose, { strict: false }).catchUp();
  await app.get(Replay, { strict: false }).run(from, to, { onProgress: showShare() });
  await app.get(LiveRefresh, { strict: false }).drain();
  tell(`Alerts of ${isoOf(from)} to ${isoOf(to)} and memberships since then were made in ${seconds(started)}.`);
}

/** A day as an option gives it. */
export function dayOption(name: string, text: string): Day {
  const day = calendarDay(text);
  if (day === null) {
    throw new InvalidInput(`--${name} must be a day such as 2026-04-15, not ${text.slice(0, 40)}.`, [], 'NOT_A_DAY');
  }
  const year = Number(text.slice(0, 4));
  if (year < FIRST_YEAR || year > LAST_YEAR) {
    const message = `--${name} lies outside the years ${FIRST_YEAR} to ${LAST_YEAR}: ${text}.`;
    throw new InvalidInput(message, [], 'YEAR_OUT_OF_RANGE');
  }
  return day;
}

function calendarDay(text: string): Day | null {
  try {
    return toDay(text);
  } catch {
    return null;
  }
}

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? '' : 's'}`;
const seconds = (since: number) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

function showShare(): (share: number) => void {
  const show = showProgress();
  return (share) => show({ bucketsDone: share * BUCKETS, accounts: null });
}

/** A line that is written over on a terminal, and one every tenth of the way elsewhere. */
function showProgress(): (progress: Pick<RunProgress, 'bucketsDone'> & { accounts: number | null }) => void {
  let shown = 0;
  return ({ bucketsDone, accounts }) => {
    const percent = Math.floor((bucketsDone / BUCKETS) * 100);
    const line = accounts === null ? `${percent} %` : `${percent} % (${count(accounts, 'account')})`;
    if (process.stderr.isTTY) process.stderr.write(`\r${line.padEnd(40)}${bucketsDone === BUCKETS ? '\n' : ''}`);
    else if (Math.floor(percent / 10) > shown) process.stderr.write(`${line}\n`);
    shown = Math.floor(percent / 10);
  };
}
