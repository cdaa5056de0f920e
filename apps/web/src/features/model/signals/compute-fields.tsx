import { Autocomplete, Select } from '@mantine/core';
import { PropertyFilters } from '../../../components/rule-builder/property-filters.js';
import { useCatalogue } from '../../../lib/catalogue.js';
import { useEventCatalogue } from '../../../lib/event-catalogue.js';
import classes from '../editor-parts.module.css';
import { AGGREGATIONS, type LeafDraft, SOURCES, type Source } from './signal-draft.js';

interface ComputeFieldsProps {
  /** “Counts”, “divided by”. */
  label: string;
  leaf: LeafDraft;
  /** `compute`, `compute.of`. */
  place: string;
  errorOf: (place: string) => string | undefined;
  onChange: (leaf: LeafDraft) => void;
}

const OF_WORDS: Record<Source, string> = { event: 'Event', metric: 'Metric', attribute: 'Attribute' };

/** One computation: over what, how, and which of it. */
export function ComputeFields({ label, leaf, place, errorOf, onChange }: ComputeFieldsProps) {
  const { events, metrics } = useEventCatalogue();
  const attributes = useCatalogue().filter(({ key }) => key.startsWith('attribute.'));
  const set = (change: Partial<LeafDraft>) => onChange({ ...leaf, ...change });
  const ofError = errorOf(`${place}.${leaf.source}`);
  return (
    <fieldset className={classes.plain} aria-label={label}>
      <div className={classes.row}>
        <Select
          label={label}
          w={200}
          data={SOURCES}
          value={leaf.source}
          onChange={(value) => {
            const source = (value ?? 'event') as Source;
            set({ source, of: '', aggregation: AGGREGATIONS[source][0].value, where: [] });
          }}
        />
        {leaf.source === 'attribute' ? (
          <Select
            label={OF_WORDS.attribute}
            w={220}
            searchable
            required
            nothingFoundMessage="No attribute is called so"
            error={ofError}
            data={attributes.map(({ key, label: name }) => ({ value: key.slice('attribute.'.length), label: name }))}
            value={leaf.of === '' ? null : leaf.of}
            onChange={(of) => set({ of: of ?? '' })}
          />
        ) : (
          <Autocomplete
            size="xs"
            label={OF_WORDS[leaf.source]}
            placeholder={leaf.source === 'event' ? 'any event' : undefined}
            required={leaf.source === 'metric'}
            w={220}
            maxDropdownHeight={260}
            limit={100}
            error={ofError}
            data={leaf.source === 'event' ? events.map(({ name }) => name) : metrics.map(({ key }) => key)}
            value={leaf.of}
            onChange={(of) => set({ of })}
          />
        )}
        <Select
          label="Taken as"
          w={220}
          data={[...AGGREGATIONS[leaf.source]].map(({ value, label: name }) => ({ value, label: name }))}
          value={leaf.aggregation}
          error={errorOf(`${place}.aggregation`)}
          onChange={(aggregation) => aggregation !== null && set({ aggregation })}
        />
      </div>
      {leaf.source === 'event' ? (
        <div className={classes.where}>
          <PropertyFilters where={leaf.where} inPortal onChange={(where) => set({ where })} />
          {errorOf(`${place}.where`) ? <p className={classes.error}>{errorOf(`${place}.where`)}</p> : null}
        </div>
      ) : null}
    </fieldset>
  );
}
