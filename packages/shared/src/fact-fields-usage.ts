import { ACCOUNT_REFERENCE, CONTACT_REFERENCE, field, MAX_LONG_TEXT_LENGTH, option } from './fact-fields.js';

/** Fields of events, metric points, tickets and survey answers: what customers do and say. */

export const EVENT_FIELDS = [
  ACCOUNT_REFERENCE,
  field('messageId', 'Message id', 'text', {
    description: 'Tells one event from another; without it, a row that is the same in every cell counts once.',
    identity: true,
    maxLength: 200,
    synonyms: ['message id', 'event id', 'usage id', 'id', 'uuid'],
  }),
  field('name', 'Event name', 'text', {
    required: true,
    maxLength: 200,
    synonyms: ['event name', 'event', 'name', 'action', 'event type'],
  }),
  field('feature', 'Feature', 'text', {
    maxLength: 200,
    synonyms: ['feature', 'feature name', 'feature key', 'module', 'feature id'],
  }),
  field('occurredAt', 'Occurred at', 'moment', {
    synonyms: [
      'occurred at',
      'timestamp',
      'event time',
      'usage date',
      'date',
      'time',
      'event date',
      'day',
      'created at',
      'original timestamp',
    ],
  }),
  field('count', 'Count', 'integer', {
    description: 'How many times it happened, for rows that already sum a day; 1 otherwise. A row of 0 is left out.',
    max: 1_000_000_000,
    synonyms: ['count', 'usage count', 'event count', 'times', 'hits', 'number of events'],
  }),
  ...CONTACT_REFERENCE,
] as const;

export const METRIC_FIELDS = [
  ACCOUNT_REFERENCE,
  field('metric', 'Metric', 'text', {
    description: 'The name of the metric, where each row is one value.',
    identity: true,
    maxLength: 100,
    synonyms: ['metric', 'metric name', 'metric key', 'measure', 'kpi', 'indicator'],
  }),
  field('day', 'Day, week or month', 'day', {
    description: 'The period that the values stand for.',
    identity: true,
    synonyms: ['day', 'date', 'month', 'week', 'period', 'as of', 'reporting month', 'usage date', 'metric date'],
  }),
  field('value', 'Value', 'number', { synonyms: ['value', 'metric value', 'amount', 'count', 'number'] }),
] as const;

export const TICKET_PRIORITY_OPTIONS = [
  option('urgent', 'Urgent', 'p1', 'p0', 'critical', 'blocker', 'highest', 'emergency', 'sev1', 'severity 1', '1'),
  option('high', 'High', 'p2', 'major', 'sev2', 'severity 2', '2'),
  option('normal', 'Normal', 'p3', 'medium', 'moderate', 'standard', 'default', 'sev3', 'severity 3', '3'),
  option('low', 'Low', 'p4', 'p5', 'minor', 'lowest', 'trivial', 'question', 'sev4', 'severity 4', '4', '5'),
] as const;

export const TICKET_STATUS_OPTIONS = [
  option('open', 'Open', 'new', 'in progress', 'active', 'assigned', 'reopened', 'working', 'todo', 'to do'),
  option(
    'pending',
    'Pending',
    'waiting',
    'on hold',
    'hold',
    'waiting on customer',
    'waiting for customer',
    'awaiting reply',
  ),
  option('escalated', 'Escalated', 'escalation'),
  option('closed', 'Closed', 'resolved', 'solved', 'done', 'completed', 'complete', 'fixed', 'cancelled', 'canceled'),
] as const;

export const TICKET_FIELDS = [
  ACCOUNT_REFERENCE,
  field('id', 'Ticket id', 'text', {
    required: true,
    identity: true,
    maxLength: 200,
    synonyms: ['ticket id', 'id', 'case id', 'ticket number', 'case number', 'ticket', 'issue id', 'ticket key'],
  }),
  field('subject', 'Subject', 'text', { maxLength: 2000, synonyms: ['subject', 'title', 'summary', 'ticket subject'] }),
  field('opened', 'Opened', 'moment', {
    synonyms: [
      'opened',
      'opened at',
      'created date',
      'created at',
      'submitted at',
      'created',
      'opened on',
      'open date',
      'date created',
      'reported at',
      'created on',
    ],
  }),
  field('closed', 'Closed', 'moment', {
    synonyms: [
      'closed',
      'closed at',
      'resolved at',
      'closed date',
      'solved at',
      'closed on',
      'resolution date',
      'resolved on',
    ],
  }),
  field('resolutionHours', 'Resolution time (hours)', 'number', {
    min: 0,
    max: 1_000_000,
    synonyms: [
      'resolution time hours',
      'resolution hours',
      'time to resolution',
      'resolution time',
      'hours to resolve',
    ],
  }),
  field('priority', 'Priority', 'enum', {
    options: TICKET_PRIORITY_OPTIONS,
    synonyms: ['priority', 'severity', 'urgency', 'ticket priority'],
  }),
  field('status', 'Status', 'enum', {
    description: 'Without it, a ticket is closed when it has a closing time or a resolution time.',
    options: TICKET_STATUS_OPTIONS,
    synonyms: ['status', 'ticket status', 'state', 'case status'],
  }),
  field('escalated', 'Escalated', 'boolean', {
    description: 'A yes makes an open ticket escalated.',
    synonyms: ['escalation flag', 'escalated', 'is escalated'],
  }),
  field('satisfaction', 'Satisfaction', 'number', {
    description: 'From 1 to 5, unless the column is said to have another scale.',
    synonyms: ['satisfaction score', 'satisfaction', 'csat', 'csat score', 'satisfaction rating', 'rating'],
  }),
  ...CONTACT_REFERENCE,
] as const;

const SURVEY_KIND_OPTIONS = [
  option('nps', 'NPS', 'net promoter score', 'net promoter'),
  option('csat', 'CSAT', 'customer satisfaction', 'satisfaction'),
] as const;

export const SURVEY_FIELDS = [
  ACCOUNT_REFERENCE,
  field('id', 'Answer id', 'text', {
    description:
      'Without it, contact and day tell answers apart; without a contact, a row the same in every cell counts once.',
    identity: true,
    maxLength: 200,
    synonyms: ['response id', 'answer id', 'survey response id', 'id', 'survey id'],
  }),
  field('kind', 'Kind of survey', 'enum', {
    options: SURVEY_KIND_OPTIONS,
    synonyms: ['survey type', 'survey kind', 'kind', 'type', 'survey'],
  }),
  field('score', 'Score', 'number', {
    description: 'The score, where the kind is the same for the whole file or stands in a column.',
    synonyms: ['score', 'rating', 'answer', 'response score'],
  }),
  field('npsScore', 'NPS score (0–10)', 'number', {
    min: 0,
    max: 10,
    synonyms: ['nps', 'nps score', 'likelihood to recommend', 'how likely are you to recommend', 'recommend'],
    repeatable: true,
  }),
  field('csatScore', 'CSAT score', 'number', {
    description: 'From 1 to 5, unless the column is said to have another scale.',
    synonyms: ['csat', 'csat score', 'satisfaction', 'satisfaction score', 'how satisfied'],
    repeatable: true,
  }),
  field('day', 'Answered on', 'moment', {
    identity: true,
    synonyms: [
      'response date',
      'answered on',
      'answered at',
      'date',
      'submitted at',
      'responded at',
      'survey date',
      'day',
    ],
  }),
  field('comment', 'Comment', 'text', {
    maxLength: MAX_LONG_TEXT_LENGTH,
    synonyms: ['comment', 'verbatim comment', 'verbatim', 'feedback', 'feedback text', 'comments', 'open text'],
  }),
  ...CONTACT_REFERENCE,
] as const;
