import { rejectedText } from './rejections.js';

const at = (line: number) => ({ line, column: 'arr', value: 'x', code: 'BAD_NUMBER', reason: 'Not a number' });

describe('rejected rows in words', () => {
  it('say that the others are in, or would be', () => {
    expect(rejectedText(1, [at(2)], true)).toBe('1 row was left out, the others are in.');
    expect(rejectedText(2, [at(2), at(5)], false)).toBe('2 rows would be left out, the others taken.');
  });

  it('say how many are shown, each row once', () => {
    expect(rejectedText(1200, [at(2), at(2), at(3)], true)).toBe(
      '1,200 rows were left out, the others are in. The first 2:',
    );
  });
});
