import { type MappingOptions, mappingArgument, withOptions } from './import-mapping-argument.js';

const survey: MappingOptions = { kind: 'survey', dated: null, currency: null, set: null, dates: null };

describe('the mapping of a command', () => {
  it('takes what is the same for every row, for instance the kind of survey', async () => {
    const mapping = await mappingArgument('Company=account,Score=score,Date=day', { ...survey, set: 'kind=nps' });
    expect(mapping.constants).toEqual({ kind: 'nps' });
    expect(mapping.columns).toHaveLength(3);
  });

  it('takes the order of dates for the columns that do not say it themselves', () => {
    const columns = [
      { column: 'Company', field: 'account' },
      { column: 'Date', field: 'day', dateFormat: 'mdy' as const },
    ];
    const mapping = withOptions({ columns }, { ...survey, dates: 'dmy' });
    expect(mapping.columns.map(({ dateFormat }) => dateFormat)).toEqual(['dmy', 'mdy']);
  });

  it('says what is wrong with a pair', async () => {
    await expect(mappingArgument('a=account', { ...survey, set: 'nps' })).rejects.toThrow('"nps" is not field=value.');
    await expect(mappingArgument('a=account,b', survey)).rejects.toThrow('"b" is not column=field.');
    expect(() =>
      withOptions({ columns: [{ column: 'a', field: 'account' }] }, { ...survey, set: 'colour=red' }),
    ).toThrow();
  });
});
