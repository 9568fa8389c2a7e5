/** Makes the working plan the one that people see, under a name, approved by who does it. */
import { Alert, Button, Group, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconTableExport } from '@tabler/icons-react';
import { useState } from 'react';
import { faultsByField } from '../../../api/problem.ts';
import { planCsvPath, publishPlan } from '../../../api/schedule.ts';
import { useSession } from '../../../app/session.tsx';
import { Card } from '../../../components/Card.tsx';
import { formatNumber } from '../../../components/format.ts';
import { WriteForm } from '../forms/WriteForm.tsx';
import { type Tutoring, useScheduleWrite } from '../useTutoring.ts';
import { WriteProblem } from '../WriteProblem.tsx';

export const PublishCard = ({ tutoring }: { readonly tutoring: Tutoring }) => {
  const { courseId, version, setting, plan } = tutoring;
  const { person } = useSession();
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const publish = useScheduleWrite(
    courseId,
    () => publishPlan(courseId, { version, name: name.trim(), ...(note.trim() === '' ? {} : { note: note.trim() }) }),
    () => {
      notifications.show({ message: `${name.trim()} is published. Calendars and webhooks get it now.` });
      setName('');
      setNote('');
    },
  );
  const faults = faultsByField(publish.error);
  return (
    <Card
      title="Publish"
      actions={
        <Button
          component="a"
          href={planCsvPath(courseId)}
          download
          size="xs"
          variant="default"
          leftSection={<IconTableExport size={14} aria-hidden />}
        >
          As a table (CSV)
        </Button>
      }
      note={
        setting.published
          ? `In force: ${setting.published.name}, number ${setting.published.number}.`
          : 'Nothing is published yet: calendars to subscribe to are empty.'
      }
    >
      <WriteForm save={publish}>
        <TextInput
          label="Name"
          required
          placeholder="Autumn term, from week 3"
          maw={420}
          maxLength={200}
          value={name}
          error={faults['name']}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Textarea
          label="Note for the record"
          autosize
          minRows={2}
          maw={420}
          maxLength={2000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {plan.violations.length > 0 && (
          <Alert color="yellow">
            This plan does not fit {formatNumber(plan.violations.length)} of the rules any more. Plan again before you
            publish it.
          </Alert>
        )}
        <WriteProblem courseId={courseId} error={publish.error} onLoaded={publish.reset} />
        <Group gap="sm">
          <Button type="submit" disabled={name.trim() === ''} loading={publish.isPending}>
            Publish {formatNumber(plan.figures.sessions)} sessions
          </Button>
          <Text size="xs" c="dimmed">
            {person ? `Approved by ${person.name}; that stays on record.` : 'Say who you are first.'}
          </Text>
        </Group>
      </WriteForm>
    </Card>
  );
};
