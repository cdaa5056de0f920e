import { inOneByteCharacters } from '../../scripts/lib/bundle.mjs';

/** What a program of one expression answers. */
const answerOf = (code: string): unknown => new Function(`return ${code}`)();

describe('a bundled program in characters of one byte', () => {
  it.each(["'→ ok 😀 café'", '`a – “b”`', "/^[–—]+$/.test('–—')", "/^😀$/u.test('😀')", "'\\\\' + '–'"])(
    'answers the same: %s',
    (code) => {
      const made = inOneByteCharacters(code);
      expect(made).not.toMatch(/[^\0-\xff]/);
      expect(answerOf(made)).toEqual(answerOf(code));
    },
  );

  it('is not made of an escape of such a character, which would become another', () => {
    expect(() => inOneByteCharacters("'\\–'")).toThrow('A backslash before –');
    expect(answerOf(inOneByteCharacters("'\\\\–'"))).toBe('\\–');
  });
});
