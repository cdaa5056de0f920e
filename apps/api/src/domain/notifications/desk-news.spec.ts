import { DEFAULT_DESK_CHOICES, type DeskChoices } from './choices.js';
import { type DeskNews, deskRecipients, deskText } from './desk-news.js';

const reader = (id: string, given: { sees?: boolean; desk?: Partial<DeskChoices> } = {}) => ({
  id,
  sees: given.sees ?? true,
  desk: { ...DEFAULT_DESK_CHOICES, ...given.desk },
});
const handedOver: DeskNews = {
  happening: 'handedOver',
  byUserId: 'lead',
  toUserIds: ['bo', 'cora'],
  followerIds: ['fay', 'bo'],
};
const told = (news: DeskNews, ...people: ReturnType<typeof reader>[]) =>
  deskRecipients(news, people).map(({ userId, news: kind }) => `${userId} ${kind}`);

describe('who hears of what happened with an account', () => {
  it('are whom it concerns, then followers, each once', () => {
    expect(told(handedOver, reader('bo'), reader('cora'), reader('fay'), reader('zoe'))).toEqual([
      'bo handOver',
      'cora handOver',
      'fay followedHandOver',
    ]);
  });

  it('are not those who did it, nor those who may not see the account', () => {
    const news = { ...handedOver, byUserId: 'bo' };
    expect(told(news, reader('bo'), reader('cora', { sees: false }), reader('fay'))).toEqual(['fay followedHandOver']);
  });

  it('are as they chose', () => {
    const nowhere = { handOver: { inApp: false, email: 'off' } } as const;
    const byMail = { followedHandOver: { inApp: false, email: 'digest' } } as const;
    expect(deskRecipients(handedOver, [reader('bo', { desk: nowhere }), reader('fay', { desk: byMail })])).toEqual([
      { userId: 'fay', news: 'followedHandOver', inApp: false, email: 'digest' },
    ]);
  });

  it.each(['touched', 'atRisk', 'alertOpened'] as const)('are followers alone of what is %s', (happening) => {
    expect(told({ ...handedOver, happening }, reader('cora'), reader('fay'))).toEqual([
      expect.stringMatching(/^fay followed/),
    ]);
  });
});

describe('what they hear', () => {
  it('is one line, however much was written', () => {
    const text = deskText.mention('Cora', `See\n\tthis\u0007 ${'x'.repeat(300)}`);
    expect(text).toMatch(/^Cora mentioned you: See this x+…$/);
    expect(text.length).toBeLessThan(230);
  });

  it('leaves nothing hanging where nothing was written', () => {
    expect(deskText.handOver('Lea', ' ', true)).toBe('Lea gave you this account');
  });

  it('sums up tasks', () => {
    expect(deskText.taskAssigned(['Call'])).toBe('A task for you: Call');
    expect(deskText.taskAssigned(['A', 'B', 'C', 'D', 'E'])).toBe('5 tasks for you: A · B · C and 2 more');
    expect(deskText.taskDue(['B'], ['A'])).toBe('Tasks 1 overdue, 1 due today: A · B');
    expect(deskText.taskDue(['B'], [])).toBe('Task 1 due today: B');
  });
});
