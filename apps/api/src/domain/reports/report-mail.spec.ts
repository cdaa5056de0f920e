import { reportMail } from './report-mail.js';

const of = (over: object = {}) => ({
  name: 'Weekly portfolio',
  day: '2026-04-15',
  from: 'Mo',
  table: {
    headers: ['Owner', 'Accounts'],
    rows: [
      ['Ana', '7'],
      ['Ben <b>', '12'],
    ],
    summary: '19 accounts.',
    more: 3,
    path: '/portfolio?role=csm',
  },
  ...over,
});
const publicUrl = 'https://steward.example.com';

it('says the same as text and as HTML, with a link to the page', () => {
  const { subject, text, html } = reportMail(of(), { publicUrl });
  expect(subject).toBe('Weekly portfolio, 2026-04-15');
  expect(text).toContain('Owner    Accounts\nAna             7\nBen <b>        12\nand 3 more');
  for (const part of [text, html]) {
    expect(part).toContain('https://steward.example.com/portfolio?role=csm');
    expect(part).toContain('within what you may see');
    expect(part).toContain('Mo set this report up for you');
  }
});

it('lets no name become markup or end a line', () => {
  const { subject, html } = reportMail(of({ name: 'A\r\nBcc: x@example.com <i>' }), { publicUrl });
  expect(subject).not.toMatch(/[\r\n]/);
  expect(html).toContain('Ben &#60;b&#62;');
  expect(html).not.toContain('<i>');
});
