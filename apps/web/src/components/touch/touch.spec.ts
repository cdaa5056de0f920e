import type { LoggedTouch } from '@steward/shared/touchpoints';
import { accountInView } from './ask-touch.js';
import { mentionAt, stillNamed, withMention } from './mentions.js';
import { newTouch, problemsOf, type TouchDraft, touchOf } from './touch-draft.js';
import { lastTouchText, loggedText } from './touch-words.js';

const NOW = '2026-04-15T10:00:00.000Z';
const aDraft = (some: Partial<TouchDraft> = {}): TouchDraft => ({
  ...newTouch('call'),
  text: 'Spoke to Jana',
  ...some,
});

describe('the account in view', () => {
  const A = '9a26583e-fc5c-5570-8978-453509d5a110';
  const B = '1a26583e-fc5c-5570-8978-453509d5a110';
  const nowhere = { pathname: '/alerts', search: '' };

  it('is that of the row under the focus, before the one of the page', () => {
    document.body.innerHTML = `<li data-account="${B}"><button>Snooze</button></li>`;
    expect(accountInView(document, { pathname: `/accounts/${A}`, search: '' })).toBe(A);
    document.querySelector('button')?.focus();
    expect(accountInView(document, { pathname: `/accounts/${A}`, search: '' })).toBe(B);
  });

  it('is that of the row of the accounts grid under the focus, before the one that is peeked at', () => {
    const grid = (id: string) =>
      `<div class="accounts-grid"><div row-id="${id}"><span tabindex="-1"></span></div></div>`;
    const accounts = { pathname: '/accounts', search: '' };
    document.body.innerHTML = grid(B);
    document.querySelector('span')?.focus();
    expect(accountInView(document, accounts)).toBe(B);
    expect(accountInView(document, { ...accounts, search: `?peek=${A}` })).toBe(B);
    // A row that has not arrived yet is known by its place.
    document.body.innerHTML = grid('7');
    document.querySelector('span')?.focus();
    expect(accountInView(document, accounts)).toBeNull();
  });

  it('is what stands beside the list: a peek or an open alert', () => {
    document.body.innerHTML = '';
    expect(accountInView(document, { pathname: '/accounts', search: `?peek=${A}` })).toBe(A);
    expect(accountInView(document, { pathname: '/alerts', search: `?open=${B}~${A}` })).toBe(B);
  });

  it('is none where no account is named', () => {
    expect(accountInView(document, nowhere)).toBeNull();
    expect(accountInView(document, { pathname: '/accounts/import', search: '' })).toBeNull();
  });
});

describe('mentions', () => {
  it('begin with an @ after a space or at the beginning, never within an address', () => {
    expect(mentionAt('told @Yuk', 9)).toEqual({ from: 5, typed: 'Yuk' });
    expect(mentionAt('@', 1)).toEqual({ from: 0, typed: '' });
    expect(mentionAt('jana@harbor.example', 19)).toBeNull();
    expect(mentionAt('told @Yuki Mori about it', 24)).toBeNull();
  });

  it('put the name in place of what was typed, and keep what follows', () => {
    expect(withMention('ask @yu about it', 7, 'Yuki Mori')).toEqual({ text: 'ask @Yuki Mori about it', caret: 15 });
  });

  it('are only those that the text still names, each once', () => {
    const yuki = { userId: 'y', name: 'Yuki Mori' };
    const ana = { userId: 'a', name: 'Ana Lind' };
    expect(stillNamed('ask @Yuki Mori', [yuki, ana, yuki])).toEqual([yuki]);
  });
});

describe('a touch', () => {
  it('needs its line, and lies behind us', () => {
    expect(problemsOf(aDraft(), NOW, 'UTC')).toEqual({});
    expect(problemsOf(aDraft({ text: ' ' }), NOW, 'UTC')).toHaveProperty('text');
    expect(problemsOf(aDraft({ when: { day: '2026-04-15', time: '10:01' } }), NOW, 'UTC')).toHaveProperty('when');
    expect(problemsOf(aDraft({ links: ['javascript:alert(1)'] }), NOW, 'UTC')).toHaveProperty('links');
    expect(problemsOf(aDraft({ nextStep: { text: '', day: null, ownerUserId: null } }), NOW, 'UTC')).toHaveProperty(
      'nextStep',
    );
  });

  it('never counts as an internal note, whatever was ticked', () => {
    expect(touchOf(aDraft({ kind: 'note' }), 'UTC').counts).toBe(false);
    expect(touchOf(aDraft({ kind: 'meeting' }), 'UTC').counts).toBe(true);
    expect(touchOf(aDraft({ counts: false }), 'UTC').counts).toBe(false);
  });

  it('says what it changed', () => {
    const logged = {
      touchpoint: { kind: 'call', counts: true },
      changed: {
        daysSinceTouchBefore: 12,
        daysSinceTouch: 0,
        task: { id: 't', title: 'Send the plan', dueDay: '2026-04-20', assignee: { userId: 'a', name: 'Ana Lind' } },
        nextStep: true,
        told: [],
      },
    } as unknown as LoggedTouch;
    expect(loggedText(logged, 'Harbor Works')).toBe(
      'Call logged: Harbor Works · last touch 12 days ago → today · task for Ana Lind by 20 Apr 2026',
    );
  });
});

it('the last touch of an account that nobody ever was in touch with is never, whatever days count for it', () => {
  expect(lastTouchText({ daysSinceTouch: 549, neverTouched: true })).toBe('never');
  expect(lastTouchText({ daysSinceTouch: 12, neverTouched: false })).toBe('12 days ago');
  expect(lastTouchText({ daysSinceTouch: null, neverTouched: true })).toBe('–');
});
