import { filledTemplate, type MergeField, unknownMergeFields } from './touch-templates.js';

const values: Partial<Record<MergeField, string>> = { 'contact.firstName': 'Ann', 'account.name': 'A{{me.name}}B' };
const read = (field: MergeField) => values[field] ?? null;

describe('a template', () => {
  it('is filled in, however its places are spaced', () => {
    const { text, missing } = filledTemplate('Hello {{contact.firstName}}, {{ account.name }}!', read);
    // What a value says is no template itself.
    expect(text).toBe('Hello Ann, A{{me.name}}B!');
    expect(missing).toEqual([]);
  });

  it('names what is missing in words, once', () => {
    const { text, missing } = filledTemplate('On {{renewalDate}} – yes, {{renewalDate}}', read);
    expect(text).toBe('On [renewal date] – yes, [renewal date]');
    expect(missing).toEqual(['renewalDate']);
  });

  it.each([
    ['Hi {{contact.nickName}}', ['contact.nickName']],
    ['{{}} and {{ two words }}', ['', 'two words']],
    ['{{toString}} {{__proto__}}', ['toString', '__proto__']],
    ['{{renewalDate}} is fine, and so is {one}', []],
  ])('knows which places of “%s” it does not know', (template, unknown) => {
    expect(unknownMergeFields(template)).toEqual(unknown);
  });
});
