import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { EVENT_BOUNDS, FACT_KINDS, type FactKind } from '@steward/shared/fact-kinds';
import type { ImportDetail } from '@steward/shared/import-api';
import { type ColumnMapping, DATE_ORDERS, type ImportCounts, type ImportMapping } from '@steward/shared/imports';
import { Argument, type Command, Option } from 'commander';
import { v7 as uuidv7 } from 'uuid';
import { tell, type WithApp } from '../../platform/commands.js';
import { InvalidInput, Refused } from '../../platform/errors/app-error.js';
import { ifThere } from '../../platform/if-there.js';
import { type MappingOptions, mappingArgument, withOptions } from './import-mapping-argument.js';
import { ImportRunner, type Progress } from './import-runner.js';
import { COMMAND_LINE } from './importer.js';
import { ImportsService, UNCLEAR_ORIGIN } from './imports.service.js';
import { RejectedRows } from './rejected-rows.js';

const SURE_ENOUGH = 0.5;
const VALUE_SHOWN = 60;
const REJECTED_SHOWN = 10;

const EXAMPLES = `
Examples:
  import account accounts.csv --dry-run
  import account kunden.csv --mapping "Kundennummer=account,Name=name,Sitze=seats" --dates dmy
  import survey answers.csv --set kind=nps          # or kind=csat; a column "kind" says it row by row
  import metric usage.csv --mapping "id=account,Month=day,Logins=metric:logins"
  import account rejected.csv                       # rows of --rejected, mended: read as the first time`;

interface ImportOptions {
  mapping?: string;
  dated?: string;
  currency?: string;
  set?: string;
  dates?: string;
  dryRun?: boolean;
  rejected?: string;
}

/** `import <kind> <file>`: the same engine as the import page, without the queue. */
export function addImportCommands(program: Command, withApp: WithApp): void {
  program
    .command('import')
    .description('imports a CSV or TSV file of facts; without --mapping columns are matched by their names')
    .addArgument(new Argument('<kind>', 'what the rows are').choices(FACT_KINDS))
    .argument('<file>')
    .option(
      '--mapping <file or pairs>',
      'a JSON file, or column=field,… (metric:<key> and attribute:<key> for your own)',
    )
    .option('--set <field=value,…>', 'the same for every row: --set kind=nps says what survey the answers are of')
    .addOption(
      new Option('--dates <order>', 'of dates such as 03/04/2026, where the file does not tell').choices(DATE_ORDERS),
    )
    .option('--dated <day>', 'the day that the file is as of, for rows without one of their own (YYYY-MM-DD)')
    .option('--currency <code>', 'of amounts that name none; the workspace’s otherwise')
    .option('--dry-run', 'tells what an import would do and stores nothing')
    .option('--rejected <file>', 'writes the rejected rows there, with their original columns and the reason')
    .addHelpText('after', `${EXAMPLES}\n\n${EVENT_BOUNDS}`)
    .action((kind: FactKind, file: string, options: ImportOptions) =>
      withApp((app) => importFile(app, kind, resolve(file), options)),
    );
}

async function importFile(
  app: INestApplicationContext,
  kind: FactKind,
  path: string,
  options: ImportOptions,
): Promise<void> {
  const imports = app.get(ImportsService, { strict: false });
  const runner = app.get(ImportRunner, { strict: false });
  const found = await ifThere(stat(path));
  if (!found?.isFile()) throw new InvalidInput(`There is no file ${path}.`);
  const { dated = null, currency = null, set = null, dates = null } = options;
  const given: MappingOptions = { kind, dated, currency, set, dates };
  const mapping = options.mapping
    ? await mappingArgument(options.mapping, given)
    : await foundMapping(imports, path, given);
  const id = uuidv7();
  const sha256 = await hashOf(path);
  const headers = mapping.columns.map(({ column }) => column);
  await imports.add(
    { id, name: basename(path), path, bytes: found.size, sha256, kind, mapping, headers },
    COMMAND_LINE,
  );
  await imports.setMapping(id, { mapping, saveAs: null }, COMMAND_LINE).catch(withAdvice);
  const onProgress = progressLine();
  if (options.dryRun) {
    await imports.begin(id, 'checking', COMMAND_LINE);
    await runner.check(id, COMMAND_LINE.actor, { onProgress });
  } else {
    await imports.begin(id, 'queued', COMMAND_LINE);
    await runner.run(id, COMMAND_LINE.actor, { onProgress });
  }
  const result = await imports.detail(id, COMMAND_LINE);
  if (result.problem !== null) throw new Refused(result.problem.code, problemText(result));
  if (options.rejected) {
    await pipeline(
      await app.get(RejectedRows, { strict: false }).asFile(id, COMMAND_LINE),
      createWriteStream(options.rejected),
    );
  }
  summary(result, options);
}

/** Columns by their names; of a file of rejected rows as the import that rejected them read it. */
async function foundMapping(imports: ImportsService, path: string, given: MappingOptions): Promise<ImportMapping> {
  const look = await imports.look(path, given.kind);
  const earlier = await imports.earlierReading(look, COMMAND_LINE);
  if (earlier === 'unclear') {
    throw new Refused(
      'UNCLEAR_ORIGIN',
      `${UNCLEAR_ORIGIN} Give --mapping, and --dates and --currency where they count.`,
    );
  }
  if (earlier?.mapping.kind === given.kind) {
    process.stderr.write(`  read as ${earlier.fileName} was\n`);
    return withOptions(earlier.mapping, given);
  }
  const columns: ColumnMapping[] = look.suggestions.map(({ mapping, confidence }) =>
    mapping.field !== undefined && confidence < SURE_ENOUGH ? { column: mapping.column, ignore: true } : mapping,
  );
  for (const { column, field, metric, attribute } of columns) {
    const target = field ?? (metric ? `metric:${metric}` : attribute ? `attribute:${attribute}` : 'ignore');
    process.stderr.write(`  ${column} → ${target}\n`);
  }
  const hints = new Set(look.suggestions.flatMap(({ hint }) => hint ?? []));
  for (const hint of hints) process.stderr.write(`  ${hint}\n`);
  return withOptions({ columns }, given);
}

function withAdvice(error: unknown): never {
  if (!(error instanceof Refused) || error.code !== 'MAPPING_DOES_NOT_FIT') throw error;
  if (error.details.every(({ code }) => code === 'UNKNOWN_CURRENCY')) throw error;
  const advice =
    'Say what the columns are with --mapping column=field,… and what holds for every row with --set field=value.';
  throw new Refused(error.code, `${error.message} ${advice}`, error.details);
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

/** One line that is written over, where someone watches; nothing otherwise. */
function progressLine(): (progress: Progress) => void {
  if (!process.stderr.isTTY) return () => undefined;
  return ({ bytesRead, fileBytes, counts }) => {
    const share = fileBytes === 0 ? 100 : Math.floor((100 * bytesRead) / fileBytes);
    process.stderr.write(`\r${share} %  ${counts.rows.toLocaleString('en')} rows `);
    if (bytesRead >= fileBytes) process.stderr.write('\n');
  };
}

function problemText({ problem }: ImportDetail): string {
  const { message, problems, questions } = problem!;
  const advice =
    questions.length === 0 ? [] : ['Give --dates dmy where the day comes first, --dates mdy where the month does.'];
  return [message, ...problems.map((one) => `  ${one.message}`), ...advice].join('\n');
}

const COUNTED: [keyof ImportCounts, string][] = [
  ['rows', 'rows read'],
  ['created', 'created'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['duplicates', 'duplicates in the file'],
  ['empty', 'rows that hold nothing to count'],
  ['rejected', 'rows rejected'],
  ['quarantined', 'waiting for their account'],
  ['shortRows', 'rows with fewer cells than the header'],
  ['disagreements', 'tickets whose status and resolution disagree'],
];
const ALWAYS = new Set<keyof ImportCounts>(['rows', 'created', 'updated', 'unchanged', 'rejected', 'quarantined']);

function summary(result: ImportDetail, options: ImportOptions): void {
  const counts = options.dryRun ? result.wouldDo : result.did;
  if (options.dryRun) tell('dry run: nothing was stored; an import would do this');
  if (counts?.rows === 0) tell('the file holds no rows below its header');
  for (const [key, label] of COUNTED) {
    const count = counts?.[key] ?? 0;
    if (count > 0 || ALWAYS.has(key)) tell(`${String(count).padStart(9)}  ${label}`);
  }
  const lines = new Set(result.rejections.map(({ line }) => line));
  const shownLines = new Set([...lines].slice(0, REJECTED_SHOWN));
  for (const { line, column, value, code, reason } of result.rejections.filter((one) => shownLines.has(one.line))) {
    const shown = value !== null && value.length > VALUE_SHOWN ? `${value.slice(0, VALUE_SHOWN)}…` : (value ?? '');
    const where = column === null ? '' : ` ${column}=${JSON.stringify(shown)}`;
    tell(`  line ${line}${where}: ${code} ${reason}`);
  }
  const more = (counts?.rejected ?? 0) - shownLines.size;
  if (more > 0) {
    const all = options.rejected ? `${options.rejected} has` : '--rejected <file> writes';
    tell(`  … and ${more} more: ${all} all rejected rows with their reasons`);
  }
  for (const { text, accounts } of result.owners.slice(0, 20))
    tell(`  owner "${text}" is no user yet: ${accounts} accounts`);
  for (const { currency, rows } of result.withoutRate)
    tell(`  no exchange rate for ${currency}: the amounts of ${rows} rows will not be known`);
  if (result.keptByHand > 0) tell(`${String(result.keptByHand).padStart(9)}  fields kept as people had set them`);
}
