/** The fields of one thing that happened: what, who, when. */
import { Button, Group, NumberInput, Select, Stack } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { EventBody } from '../../../api/schedule-proposals.ts';
import { ChooseLearner } from '../../../app/ChooseLearner.tsx';
import { learnerIdOf } from '../../../app/session.tsx';
import { type Week, weekTimes } from '../calendar/week.ts';
import { TimesOfWeek } from '../people/WeekTimesField.tsx';
import type { Tutoring } from '../useTutoring.ts';
import { type EventDraft, type EventKind, eventsOf, KINDS, spansOf } from './events.ts';

/** Something that happened, ready to be sent: one line on screen may be several events. */
export interface Happened {
  readonly text: string;
  readonly events: readonly EventBody[];
}

/** People listed at once; typing finds the others. */
const LISTED = 100;

const NOTHING: EventDraft = {
  ...{ kind: 'tutor-out', who: null, joining: null, span: null, times: [], skillId: null, sessions: 1 },
};

const WHO = { tutor: 'Which tutor', learner: 'Which learner', room: 'Which room' } as const;

const peopleOf = ({ setting, learners }: Tutoring, who: 'tutor' | 'learner' | 'room') => {
  if (who === 'tutor') return setting.tutors.map(({ id, name }) => ({ value: id, label: name }));
  if (who === 'room') return setting.rooms.map(({ id, name }) => ({ value: id, label: name }));
  return learners.map(({ learnerId, name }) => ({ value: String(learnerId), label: name }));
};

interface FieldProps {
  readonly tutoring: Tutoring;
  readonly draft: EventDraft;
  readonly onChange: (change: Partial<EventDraft>) => void;
}

const NeedFields = ({ tutoring, draft, onChange }: FieldProps) => {
  const needs = tutoring.learners.find(({ learnerId }) => String(learnerId) === draft.who)?.needs ?? [];
  const others = tutoring.setting.skills.filter(({ id }) => !needs.some(({ skill }) => skill.id === id));
  return (
    <Group gap="sm" align="flex-end" grow>
      <Select
        label="Skill"
        searchable
        limit={LISTED}
        data={[
          ...needs.map(({ skill, sessions }) => ({
            value: String(skill.id),
            label: `${skill.name} (now ${sessions})`,
          })),
          ...others.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={draft.skillId === null ? null : String(draft.skillId)}
        onChange={(id) => onChange({ skillId: id === null ? null : Number(id) })}
      />
      <NumberInput
        label="Sessions wanted in all"
        min={0}
        max={200}
        allowDecimal={false}
        value={draft.sessions}
        onChange={(sessions) => onChange({ sessions: Number(sessions) || 0 })}
      />
    </Group>
  );
};

const TimesField = ({ tutoring, draft, onChange }: FieldProps) => {
  const { slots, timeZone } = tutoring.setting;
  const times = useMemo(() => weekTimes(slots, timeZone).map(({ time }) => time), [slots, timeZone]);
  return (
    <TimesOfWeek
      label="Free every week at"
      times={times}
      value={draft.times}
      onChange={(chosen) => onChange({ times: chosen })}
    />
  );
};

/** Who it is about: somebody of the schedule, or a learner of the course who does not take part yet. */
const WhoField = ({ tutoring, draft, onChange, who }: FieldProps & { readonly who: 'tutor' | 'learner' | 'room' }) =>
  draft.kind === 'learner-added' ? (
    <ChooseLearner
      value={draft.joining}
      onChange={(joining) => onChange({ joining, who: joining && String(learnerIdOf(joining)) })}
    />
  ) : (
    <Select
      key={who}
      label={WHO[who]}
      searchable
      limit={LISTED}
      data={peopleOf(tutoring, who)}
      value={draft.who}
      onChange={(chosen) => onChange({ who: chosen, skillId: null })}
    />
  );

/** The line that stands for it in the list: what was chosen, in the words it was chosen in. */
const textOf = (tutoring: Tutoring, draft: EventDraft, spanLabel: string | undefined): string => {
  const kind = KINDS.find((one) => one.kind === draft.kind);
  const known = kind?.who && peopleOf(tutoring, kind.who).find(({ value }) => value === draft.who)?.label;
  const name = draft.joining?.name ?? known;
  const skill = tutoring.setting.skills.find(({ id }) => id === draft.skillId)?.name;
  const needs = draft.kind === 'need-changed' ? `${skill}, ${draft.sessions} in all` : undefined;
  const parts = [name, spanLabel, needs, draft.kind === 'learner-added' ? draft.times.join(', ') : undefined];
  return `${kind?.label}: ${parts.filter((part) => part).join(', ')}`;
};

export interface EventFieldsProps {
  readonly tutoring: Tutoring;
  readonly week: Week;
  readonly onAdd: (happened: Happened) => void;
}

export const EventFields = ({ tutoring, week, onAdd }: EventFieldsProps) => {
  const { setting } = tutoring;
  const [draft, setDraft] = useState(NOTHING);
  const kind = KINDS.find((one) => one.kind === draft.kind) ?? KINDS[0];
  const spans = spansOf(setting, week, { single: kind.asks === 'day', all: kind.asks === 'span' });
  const events = eventsOf(draft, setting, spans);
  const change = (next: Partial<EventDraft>): void => setDraft((was) => ({ ...was, ...next }));
  const add = (): void => {
    if (events === null) return;
    onAdd({ text: textOf(tutoring, draft, spans.find(({ value }) => value === draft.span)?.label), events });
    setDraft({ ...NOTHING, kind: draft.kind });
  };
  return (
    <Stack gap="sm">
      <Select
        label="What happened"
        allowDeselect={false}
        data={KINDS.filter(({ who }) => who !== 'room' || setting.rooms.length > 0).map((one) => ({
          value: one.kind,
          label: one.label,
        }))}
        value={draft.kind}
        onChange={(next) => setDraft({ ...NOTHING, kind: (next ?? draft.kind) as EventKind })}
      />
      {kind.who && <WhoField tutoring={tutoring} draft={draft} onChange={change} who={kind.who} />}
      {(kind.asks === 'span' || kind.asks === 'day') && (
        <Select
          label="When"
          description="Days are those of the week that the calendar shows."
          searchable={kind.asks === 'day'}
          data={spans.map(({ value, label }) => ({ value, label }))}
          value={draft.span}
          onChange={(span) => change({ span })}
        />
      )}
      {kind.asks === 'times' && <TimesField tutoring={tutoring} draft={draft} onChange={change} />}
      {kind.asks === 'sessions' && <NeedFields tutoring={tutoring} draft={draft} onChange={change} />}
      <Group>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          disabled={events === null}
          onClick={add}
        >
          Add to the list
        </Button>
      </Group>
    </Stack>
  );
};
