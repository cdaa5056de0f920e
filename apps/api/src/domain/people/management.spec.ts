import fc from 'fast-check';
import { type Managers, reportsTo, wouldCircle } from './management.js';

const company: Managers = new Map([
  ['head', null],
  ['lead', 'head'],
  ['csm', 'lead'],
  ['am', 'lead'],
  ['other', null],
]);

describe('who reports to whom', () => {
  it('reaches over several levels', () => {
    expect(reportsTo(company, 'csm', 'lead')).toBe(true);
    expect(reportsTo(company, 'csm', 'head')).toBe(true);
    expect(reportsTo(company, 'csm', 'am')).toBe(false);
    expect(reportsTo(company, 'head', 'csm')).toBe(false);
  });

  it('is never to oneself', () => {
    expect(reportsTo(company, 'lead', 'lead')).toBe(false);
    expect(
      reportsTo(
        new Map([
          ['a', 'b'],
          ['b', 'a'],
        ]),
        'a',
        'a',
      ),
    ).toBe(false);
  });

  it('refuses a manager who is the person or below them', () => {
    expect(wouldCircle(company, 'head', 'csm')).toBe(true);
    expect(wouldCircle(company, 'csm', 'csm')).toBe(true);
    expect(wouldCircle(company, 'csm', 'other')).toBe(false);
    expect(wouldCircle(company, 'am', 'csm')).toBe(false);
  });

  it('never lets a circle come about, whatever is asked in whatever order', () => {
    const people = ['a', 'b', 'c', 'd', 'e'];
    const change = fc.tuple(fc.constantFrom(...people), fc.constantFrom(...people));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const managers = new Map<string, string | null>(people.map((person) => [person, null]));
        for (const [person, manager] of changes) {
          if (!wouldCircle(managers, person, manager)) managers.set(person, manager);
        }
        for (const person of people) {
          let steps = 0;
          for (let at: string | null = person; at !== null; at = managers.get(at) ?? null) steps += 1;
          expect(steps).toBeLessThanOrEqual(people.length);
        }
      }),
    );
  });
});
