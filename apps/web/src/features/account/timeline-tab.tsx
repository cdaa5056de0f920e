import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Timeline } from '../../components/timeline/timeline.js';
import { kindsOf } from '../../components/timeline/timeline-words.js';
import { Section } from '../../components/ui/section.js';
import { formatDay } from '../../lib/days.js';

const route = getRouteApi('/shell/accounts/$accountId');

/** Everything that happened on the account; what is filtered stands in the address. */
export function TimelineTab({ id, asOf }: { id: string; asOf: string | undefined }) {
  const { kinds, text } = route.useSearch();
  const navigate = useNavigate();
  return (
    <Section title="Timeline" note={asOf ? `nothing after ${formatDay(asOf)}` : undefined}>
      <Timeline
        key={id}
        accountId={id}
        asOf={asOf}
        kinds={kindsOf(kinds)}
        text={text ?? ''}
        onFilter={(filter) =>
          void navigate({
            to: '.',
            search: (now) => ({
              ...now,
              kinds: filter.kinds.length === 0 ? undefined : filter.kinds.join(','),
              text: filter.text === '' ? undefined : filter.text,
            }),
            replace: true,
          })
        }
      />
    </Section>
  );
}
