import { contentId } from './content-id.js';

describe('an id made from the content of a row', () => {
  it('never changes, so that a file read again finds what it brought years ago', () => {
    expect(contentId(['a', 'b c', 'ü'])).toBe('row-0ldykvga8ha2fikf1rqpvs');
  });

  it('is of the cells, not of the blanks around them or where one ends', () => {
    expect(contentId([' a ', 'b'])).toBe(contentId(['a', 'b']));
    expect(contentId(['ab', 'c'])).not.toBe(contentId(['a', 'bc']));
  });
});
