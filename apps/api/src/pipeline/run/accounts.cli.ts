import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { type AccountRow, accountExportSchema } from '@steward/shared/accounts';
import { ruleSchema } from '@steward/shared/rules';
import { type Command, Option } from 'commander';
import { UnitOfWork } from '../../db/unit-of-work.js';
import { AccountListService } from '../../desk/account-list/account-list.service.js';
import { EXPORT_HEADERS, exportCells } from '../../desk/account-list/export-columns.js';
import { AccountHealthService } from '../../desk/account-page/account-health.service.js';
import { AccountPageService } from '../../desk/account-page/account-page.service.js';
import { accountIdOf } from '../../intake/facts/account-ids.js';
import type { Principal } from '../../platform/auth/principal.js';
import { Scope } from '../../platform/auth/scope.js';
import { tell, type WithApp } from '../../platform/commands.js';
import { writeCsv } from '../../platform/csv/csv-writer.js';
import { InvalidInput, NotFound, Refused } from '../../platform/errors/app-error.js';
import { WorkspaceReader } from '../../records/workspace/workspace.reader.js';
import { ModelService } from '../../stages/model/model.service.js';
import { explanationText, setAsideText } from './explanation-text.js';
import { dayOption } from './run.cli.js';
import { SetAside } from './set-aside.service.js';

const RULE_EXAMPLE = `accounts --as-of 2026-04-15 --rule '{"kind":"date","field":"account.renewalDate","op":"inNextDays","days":90}'`;

/** Whoever may run commands on the server sees every account. */
function commandLine(): Principal {
  return { kind: 'api_key', id: 'command-line', name: 'command line', scopes: [], scope: Scope.system('command line') };
}

interface AccountsOptions {
  rule?: string;
  text?: string;
  asOf?: string;
  sort?: string;
  format: 'csv' | 'json';
}

/** `accounts`, `explain`, `model show` */
export function addAccountCommands(program: Command, withApp: WithApp): void {
  program
    .command('accounts')
    .description('lists the accounts that a rule selects, largest ARR first')
    .option('--rule <json>', 'a rule of the rule language, or a file that holds one; every account otherwise')
    .option('--text <text>', 'part of the name, external id or domain')
    .option('--as-of <day>', 'as they stood on an earlier day (YYYY-MM-DD)')
    .option('--sort <fields>', 'fields of the catalogue, a minus for descending: health.score,-account.arr')
    .addOption(new Option('--format <format>', 'how they are written').choices(['csv', 'json']).default('csv'))
    .addHelpText('after', `\nRenewals of the next 90 days as they stood then:\n  ${RULE_EXAMPLE}`)
    .action((options: AccountsOptions) => withApp((app) => listAccounts(app, options)));

  program
    .command('explain')
    .description('tells why an account has its score')
    .argument('<account>', 'external id')
    .option('--as-of <day>', 'on an earlier day (YYYY-MM-DD)')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .action((account: string, options: { asOf?: string; format: 'text' | 'json' }) =>
      withApp((app) => explain(app, account, options)),
    );

  program
    .command('model')
    .description('the published model: signals, tiers, health profiles, lifecycle stages')
    .command('show')
    .description('prints it as JSON')
    .action(() => withApp(showModel));
}

async function ruleOption(text: string | undefined) {
  if (text === undefined) return null;
  const json = text.trimStart().startsWith('{') ? text : await readFile(text, 'utf8').catch(() => null);
  if (json === null) throw new InvalidInput(`--rule is neither a rule nor a file: ${text.slice(0, 80)}`, [], 'NO_RULE');
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch (error) {
    throw new InvalidInput(`--rule is not JSON: ${(error as Error).message}`, [], 'RULE_NOT_JSON');
  }
  const rule = ruleSchema.safeParse(parsed);
  if (rule.success) return rule.data;
  const [issue] = rule.error.issues;
  throw new InvalidInput(`--rule: ${issue?.path.join('.') || 'rule'}: ${issue?.message}`, [], 'RULE_NOT_VALID');
}

function sortOption(text: string | undefined) {
  return (text ?? '')
    .split(',')
    .map((field) => field.trim())
    .filter((field) => field !== '')
    .map((field) =>
      field.startsWith('-')
        ? ({ field: field.slice(1), direction: 'desc' } as const)
        : ({ field, direction: 'asc' } as const),
    );
}

async function listAccounts(app: INestApplicationContext, options: AccountsOptions): Promise<void> {
  const accounts = app.get(AccountListService, { strict: false });
  const { currency } = await app.get(WorkspaceReader, { strict: false }).workspace();
  if (options.asOf !== undefined) dayOption('as-of', options.asOf);
  const question = {
    rule: await ruleOption(options.rule),
    text: options.text ?? '',
    asOf: options.asOf ?? null,
    sort: sortOption(options.sort),
  };
  // Which accounts they are is found before anything is written: a rule that is refused leaves no half file.
  const found = await accounts.every(commandLine(), accountExportSchema.parse(question));
  if (found.nowOnlyFields.length > 0) {
    process.stderr.write(`Known as of now only: ${found.nowOnlyFields.join(', ')}\n`);
  }
  if (found.accounts === 0) await sayNotComputed(accounts, options.asOf);
  if (options.format === 'json') {
    const all: AccountRow[] = [];
    for await (const row of found.rows) all.push(row);
    tell(JSON.stringify(all, null, 2));
    return;
  }
  async function* cells(): AsyncGenerator<string[]> {
    for await (const row of found.rows) yield exportCells(row, currency);
  }
  await pipeline(writeCsv(EXPORT_HEADERS, cells()), process.stdout, { end: false });
}

/** An empty list of a past day may mean that nobody has computed the day. */
async function sayNotComputed(accounts: AccountListService, asOf: string | undefined): Promise<void> {
  if (asOf === undefined) return;
  const everything = await accounts.count(commandLine(), { rule: null, text: '', asOf });
  if (everything.accounts > 0) return;
  process.stderr.write(`Nothing has been computed for ${asOf}: backfill --from ${asOf} --to ${asOf} does.\n`);
}

async function explain(
  app: INestApplicationContext,
  externalId: string,
  options: { asOf?: string; format: 'text' | 'json' },
): Promise<void> {
  if (options.asOf !== undefined) dayOption('as-of', options.asOf);
  const scope = Scope.system('command line');
  const id = accountIdOf(externalId);
  const setAside = await app.get(SetAside, { strict: false }).of(id);
  const explanation = await app
    .get(AccountHealthService, { strict: false })
    .explanation(scope, id, options.asOf)
    .catch((error: unknown) => {
      // One that has never come through has nothing else to tell.
      if (error instanceof Refused && setAside.length > 0) return null;
      throw error instanceof NotFound ? new NotFound(`account: ${externalId}`, 'UNKNOWN_ACCOUNT') : error;
    });
  if (options.format === 'json') {
    tell(JSON.stringify({ ...explanation, setAside }, null, 2));
    return;
  }
  for (const each of setAside) tell(setAsideText(each));
  if (explanation === null) return;
  const { name, asOf } = await app.get(AccountPageService, { strict: false }).detail(scope, id, options.asOf);
  const { currency } = await app.get(WorkspaceReader, { strict: false }).workspace();
  const { signals } = await publishedModel(app);
  const account = name === externalId ? externalId : `${externalId} ${name}`;
  tell(explanationText({ account, asOf, currency, signals, explanation }));
}

function publishedModel(app: INestApplicationContext) {
  const models = app.get(ModelService, { strict: false });
  return app.get(UnitOfWork, { strict: false }).run((tx) => models.model(tx));
}

async function showModel(app: INestApplicationContext): Promise<void> {
  const model = await publishedModel(app);
  tell(
    JSON.stringify(
      {
        signals: model.signals,
        tiers: model.tiers,
        profiles: model.profiles.map(({ profileId, name, version, body }) => ({ profileId, name, version, body })),
        stages: model.stages,
      },
      null,
      2,
    ),
  );
}
