import { doneAgain, historyOf, stepped, takenBack } from './history.js';

describe('taking back what was written', () => {
  it('goes back step by step, and forward again', () => {
    const written = stepped(stepped(historyOf('a'), 'b', null), 'c', null);
    expect(takenBack(written).present).toBe('b');
    expect(takenBack(takenBack(written)).present).toBe('a');
    expect(doneAgain(takenBack(takenBack(written))).present).toBe('b');
  });

  it('takes typing in one field as one step', () => {
    const typed = stepped(stepped(stepped(historyOf('0'), '1', 'weight'), '12', 'weight'), 'x', 'label');
    expect(takenBack(typed).present).toBe('12');
    expect(takenBack(takenBack(typed)).present).toBe('0');
  });

  it('begins a new step after something was taken back', () => {
    const typed = stepped(stepped(historyOf('0'), '1', 'weight'), '2', 'label');
    const again = stepped(takenBack(typed), '3', 'weight');
    expect(takenBack(again).present).toBe('1');
    expect(doneAgain(again)).toBe(again);
  });

  it('stays where it is when there is nothing to take back', () => {
    const fresh = historyOf('a');
    expect(takenBack(fresh)).toBe(fresh);
    expect(stepped(fresh, 'a', null)).toBe(fresh);
  });
});
