import type { IsoDay } from '@steward/shared/common';
import type { MetricPeriod } from '@steward/shared/days';
import { isoOf, toDay } from '../calendar/day.js';
import { periodEnd } from '../calendar/period.js';
import type {
  EventRow,
  MetricRow,
  Rating,
  SurveyKind,
  SurveyRow,
  TicketPriority,
  TicketRow,
  TicketStatus,
} from './fact-rows.js';
import type { Moment } from './moments.js';
import { coerceNumber } from './numbers.js';
import { decimalOf, type FieldSource, type RowReader } from './row-reader.js';
import { ticketState } from './ticket-state.js';
import { startOfDay } from './wall-clock.js';

export interface DatedSettings {
  /** The file's as-of day; null: none was given. */
  dated: IsoDay | null;
  receivedOn: IsoDay;
  timeZone: string;
  /** An id for a fact that comes without one. */
  contentId: () => string;
}

/** The row's own moment, else the file's as-of day; refuses the row where there is neither. */
export function momentOrDated(
  row: RowReader,
  key: string,
  settings: DatedSettings,
  edge: 'first' | 'last' = 'first',
): Moment | null {
  const before = row.problems.length;
  const moment = row.moment(key, edge);
  if (moment !== null || row.problems.length > before) return moment;
  if (settings.dated !== null) return { day: settings.dated, at: null, precision: 'day' };
  return row.refuse(key, 'MISSING_VALUE', 'The row has no date.');
}

export function buildEvent(
  row: RowReader,
  settings: DatedSettings,
  properties: (row: RowReader) => Record<string, unknown>,
): EventRow[] {
  const account = row.account();
  const name = row.requiredText('name');
  const moment = momentOrDated(row, 'occurredAt', settings);
  const count = row.has('count') ? (row.integer('count') ?? 0) : 1;
  const rest = {
    messageId: row.text('messageId'),
    contact: row.contact(),
    feature: row.text('feature'),
    properties: properties(row),
  };
  if (account === null || name === null || moment === null || count === 0) return [];
  const occurredAt = moment.at ?? startOfDay(toDay(moment.day), settings.timeZone);
  return [
    { kind: 'event', account, name, occurredAt, count, ...rest, messageId: rest.messageId ?? settings.contentId() },
  ];
}

/** A metric's key from its name: `API calls` → `api_calls`. */
export function metricKey(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.]+/gu, '_')
    .replace(/^_+|_+$/g, '');
}

/** One point for the row's metric, or one for each metric column that holds a value. */
export function buildMetrics(
  row: RowReader,
  settings: DatedSettings,
  columns: readonly { key: string; period: MetricPeriod | null; source: FieldSource }[],
): MetricRow[] {
  const account = row.account();
  const moment = momentOrDated(row, 'day', settings, 'last');
  const points: Array<{ metric: string; value: number; period: MetricPeriod | null }> = [];
  for (const { key, period, source } of columns) {
    const value = row.take(source, (text) => coerceNumber(text, decimalOf(source)));
    if (value !== null) points.push({ metric: key, value, period });
  }
  if (row.has('metric')) {
    const metric = row.requiredText('metric');
    const value = row.number('value');
    if (metric !== null && metricKey(metric) === '')
      row.refuse('metric', 'BAD_METRIC', 'The name of the metric has neither letters nor digits.');
    if (metric !== null && value !== null) points.push({ metric: metricKey(metric), value, period: null });
  }
  if (account === null || moment === null) return [];
  const written = moment.precision === 'day' ? null : moment.precision;
  return points.map(({ metric, value, period }) => {
    const declared = period ?? written;
    const day = declared === null ? moment.day : isoOf(periodEnd(declared, toDay(moment.day)));
    return { kind: 'metric', account, metric, day, value, period: declared };
  });
}

export function buildTicket(row: RowReader, settings: DatedSettings): TicketRow | null {
  const account = row.account();
  const id = row.requiredText('id');
  const opened = momentOrDated(row, 'opened', settings);
  const closed = row.moment('closed');
  const resolutionHours = row.number('resolutionHours');
  const status = row.option<TicketStatus>('status');
  const escalated = row.boolean('escalated') ?? false;
  const rest = {
    subject: row.text('subject'),
    priority: row.option<TicketPriority>('priority'),
    satisfaction: ratingOf(row, 'satisfaction', FIVE)[0] ?? null,
    contact: row.contact(),
  };
  if (account === null || id === null || opened === null) return null;
  if (closed !== null && closed.day < opened.day) {
    return row.refuse('closed', 'END_BEFORE_START', `The ticket closes before it opens (${opened.day}).`);
  }
  const asOf = settings.dated ?? settings.receivedOn;
  const state = ticketState({ opened, closed, resolutionHours, status, escalated, asOf, timeZone: settings.timeZone });
  return { kind: 'ticket', account, id, opened: opened.day, openedAt: opened.at, ...rest, ...state };
}

const FIVE = { min: 1, max: 5 };
const TEN = { min: 0, max: 10 };

/** One answer for each score of the row: a survey file may ask for both NPS and CSAT. */
export function buildSurvey(row: RowReader, settings: DatedSettings): SurveyRow[] {
  const account = row.account();
  const moment = momentOrDated(row, 'day', settings);
  const kind = row.option<SurveyKind>('kind');
  const nps = ratingOf(row, 'npsScore', TEN).map((rating) => ({ survey: 'nps' as SurveyKind, rating }));
  const csat = ratingOf(row, 'csatScore', FIVE).map((rating) => ({ survey: 'csat' as SurveyKind, rating }));
  const plain = row.has('score') ? scoreOfKind(row, kind) : [];
  const id = row.text('id');
  const comment = row.text('comment');
  const contact = row.contact();
  if (account === null || moment === null) return [];
  const answers = [...plain, ...nps, ...csat];
  const baseId = id ?? (contact === null ? settings.contentId() : null);
  return answers.map(({ survey, rating }, index) => {
    // Columns of the same kind are answers of their own.
    const earlier = answers.slice(0, index).filter((answer) => answer.survey === survey).length;
    const ownId = earlier === 0 ? baseId : `${baseId ?? settings.contentId()}#${earlier + 1}`;
    return { kind: 'survey', account, id: ownId, survey, rating, day: moment.day, comment, contact };
  });
}

function scoreOfKind(row: RowReader, kind: SurveyKind | null): Array<{ survey: SurveyKind; rating: Rating }> {
  if (kind === null) {
    if (row.problems.length === 0) row.refuse('kind', 'MISSING_VALUE', 'The kind of survey is missing.');
    return [];
  }
  return ratingOf(row, 'score', kind === 'nps' ? TEN : FIVE).map((rating) => ({ survey: kind, rating }));
}

function ratingOf(row: RowReader, key: string, usual: { min: number; max: number }): Rating[] {
  const scale = ({ entry }: FieldSource) => ({ min: entry?.scaleMin ?? usual.min, max: entry?.scaleMax ?? usual.max });
  return row.numbers(key, scale).map(({ value, source }) => {
    const { min, max } = scale(source);
    return { score: value, scaleMin: min, scaleMax: max };
  });
}
