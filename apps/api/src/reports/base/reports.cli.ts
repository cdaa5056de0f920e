import type { Command } from 'commander';
import type { Month } from '../../domain/calendar/day.js';
import { isoMonth, monthOfIso } from '../../domain/reports/period.js';
import { tell, type WithApp } from '../../platform/commands.js';
import { InvalidInput } from '../../platform/errors/app-error.js';
import { ReportBuild } from './report-build.service.js';

const LONG_AGO = '1970-01';
const FAR_AHEAD = '2199-12';

/** `reports build`: puts the figures of managers down in this process, beside workers or without them. */
export function addReportCommands(program: Command, withApp: WithApp): void {
  const reports = program.command('reports').description('what managers read: figures by month');
  reports
    .command('build')
    .description(
      'puts the figures of months down anew, from the history that stands; the nightly run does it by itself for what has changed',
    )
    .option('--from <month>', 'first month (YYYY-MM); without it, the first of which there is history')
    .option('--to <month>', 'last month (YYYY-MM); without it, the one of the last closed day')
    .addHelpText('after', '\nExample:\n  $ npm run cli -- reports build --from 2026-01')
    .action((options: { from?: string; to?: string }) =>
      withApp(async (app) => {
        const started = Date.now();
        const from = monthOption('from', options.from ?? LONG_AGO);
        const to = monthOption('to', options.to ?? FAR_AHEAD);
        if (from > to) throw new InvalidInput('The last month lies before the first.', [], 'MONTHS_REVERSED');
        const { accounts, rows } = await app.get(ReportBuild, { strict: false }).buildByHand({ from, to });
        const span = options.from || options.to ? ` of ${isoMonth(from)} to ${isoMonth(to)}` : '';
        const seconds = ((Date.now() - started) / 1000).toFixed(1);
        tell(`Figures${span} of ${accounts} accounts: ${rows} rows were written in ${seconds} s.`);
      }),
    );
}

function monthOption(name: string, text: string): Month {
  if (!/^(19|20|21)\d\d-(0[1-9]|1[0-2])$/.test(text)) {
    throw new InvalidInput(`--${name} must be a month such as 2026-04, not ${text.slice(0, 40)}.`, [], 'NOT_A_MONTH');
  }
  return monthOfIso(text);
}
