import { startInView } from './ask-start.js';

const HARBOR = '3f1c2f34-0000-7000-8000-00000000000a';
const REED = '3f1c2f34-0000-7000-8000-00000000000b';
const nowhere = { pathname: '/alerts', search: '' };

afterEach(() => {
  document.body.innerHTML = '';
});

it('takes the account of the row in focus, with its alert and the playbook that is offered', () => {
  document.body.innerHTML = `<ul><li tabindex="-1" data-account="${HARBOR}" data-alert="a1" data-offers="p1"></li></ul>`;
  document.querySelector<HTMLElement>('li')?.focus();
  expect(startInView(document, nowhere)).toEqual({ accountId: HARBOR, alert: { id: 'a1', playbookId: 'p1' } });
});

it('takes the account of the page, without an alert', () => {
  expect(startInView(document, { pathname: `/accounts/${REED}`, search: '' })).toEqual({
    accountId: REED,
    alert: null,
  });
});

it('finds none where none is in view', () => {
  expect(startInView(document, nowhere)).toBeNull();
});
