import { ACCOUNT_STATUS_OPTIONS } from '@steward/shared/fact-fields-people';
import { TICKET_PRIORITY_OPTIONS, TICKET_STATUS_OPTIONS } from '@steward/shared/fact-fields-usage';
import { coerceEmail, coerceList, coerceText, coerceTimeZone } from './texts.js';
import { coerceBoolean, coerceOption, optionTable } from './words.js';

const status = optionTable(ACCOUNT_STATUS_OPTIONS);
const ticketStatus = optionTable(TICKET_STATUS_OPTIONS);
const priority = optionTable(TICKET_PRIORITY_OPTIONS);

describe('members of enumerations', () => {
  it.each([
    [status, 'Churned', 'churned'],
    [status, 'Churn', 'churned'],
    [status, 'Retained', 'customer'],
    [status, 'ONBOARDING', 'customer'],
    [status, 'PoC', 'trial'],
    [status, 'Incomplete Deal', 'prospect'],
    [status, 'In Opportunity-Pipeline', 'prospect'],
    [status, 'Contract Confirmation', 'prospect'],
    [ticketStatus, 'Resolved', 'closed'],
    [ticketStatus, 'solved', 'closed'],
    [ticketStatus, 'Escalated', 'escalated'],
    [ticketStatus, 'In_Progress', 'open'],
    [ticketStatus, 'On Hold', 'pending'],
    [priority, 'P1', 'urgent'],
    [priority, 'P4', 'low'],
    [priority, 'medium', 'normal'],
    [priority, 'Urgent', 'urgent'],
  ])('are found under other names (%#: %s → %s)', (table, text, expected) => {
    expect(coerceOption(text, table)).toEqual({ ok: true, value: expected });
  });

  it('are refused when unknown, naming what there is', () => {
    expect(coerceOption('Zombie', status)).toMatchObject({
      code: 'UNKNOWN_OPTION',
      message: expect.stringContaining('prospect, trial, customer, churned'),
    });
    expect(coerceOption('N/A', status)).toEqual({ ok: true, value: null });
  });
});

describe('yes and no', () => {
  it.each(['TRUE', 'True', 'yes', 'Y', '1', 'x', 'on', '✓'])('reads %j as yes', (text) => {
    expect(coerceBoolean(text)).toEqual({ ok: true, value: true });
  });
  it.each(['FALSE', 'no', 'n', '0', 'off'])('reads %j as no', (text) => {
    expect(coerceBoolean(text)).toEqual({ ok: true, value: false });
  });
  it('refuses anything else and takes blanks for unknown', () => {
    expect(coerceBoolean('maybe')).toMatchObject({ code: 'BAD_BOOLEAN' });
    expect(coerceBoolean('')).toEqual({ ok: true, value: null });
  });
});

describe('texts', () => {
  it('are trimmed and composed; blanks are null', () => {
    expect(coerceText('  Cafe\u0301 ')).toEqual({ ok: true, value: 'Café' });
    for (const blank of ['', '#N/A', 'NULL', '-', 'N/A']) expect(coerceText(blank)).toEqual({ ok: true, value: null });
  });

  it('may say what would be a blank among numbers', () => {
    expect(coerceText('NA')).toEqual({ ok: true, value: 'NA' });
  });

  it('are refused with a NUL or when too long', () => {
    expect(coerceText('a\u0000b')).toMatchObject({ code: 'NUL_CHARACTER' });
    expect(coerceText('x'.repeat(501))).toMatchObject({ code: 'TEXT_TOO_LONG' });
  });

  it('lose the apostrophe that made a formula harmless', () => {
    expect(coerceText("'=SUM(A1)")).toEqual({ ok: true, value: '=SUM(A1)' });
    expect(coerceText("'tis")).toEqual({ ok: true, value: "'tis" });
  });

  it('never hold half a character', () => {
    expect(coerceText('a\ud800b')).toEqual({ ok: true, value: 'a\ufffdb' });
  });

  it('as e-mail addresses are in lower case', () => {
    expect(coerceEmail('Ann Lee <Ann@Acme.test>')).toEqual({ ok: true, value: 'ann@acme.test' });
    expect(coerceEmail('ann at acme')).toMatchObject({ code: 'BAD_EMAIL' });
  });

  it('as lists are split, without blanks and repetitions', () => {
    expect(coerceList('a; b;;a')).toEqual({ ok: true, value: ['a', 'b'] });
    expect(coerceList('["a, b","c"]')).toEqual({ ok: true, value: ['a, b', 'c'] });
  });

  it('as time zones must exist', () => {
    expect(coerceTimeZone('europe/vienna')).toEqual({ ok: true, value: 'Europe/Vienna' });
    expect(coerceTimeZone('Mars/Base')).toMatchObject({ code: 'UNKNOWN_TIME_ZONE' });
  });
});
