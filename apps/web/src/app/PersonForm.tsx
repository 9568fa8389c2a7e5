/** Asks who sits here: a role, and a name. */
import { Autocomplete, Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';
import { useNavigate } from 'react-router';
import { addStaff, peopleQuery, type Role } from '../api/courses.ts';
import { ProblemText } from '../components/ProblemText.tsx';
import { ChooseLearner } from './ChooseLearner.tsx';
import { HOME, type Person, ROLE_NAMES, ROLE_PURPOSE, ROLES, useSession } from './session.tsx';

/** Members of staff that are offered. */
const STAFF_LISTED = 200;

interface ChooseStaffProps {
  readonly role: Role;
  readonly name: string;
  readonly onName: (name: string) => void;
}

const ChooseStaff = ({ role, name, onName }: ChooseStaffProps) => {
  const people = useQuery(peopleQuery(undefined, '', STAFF_LISTED));
  const known = (people.data ?? []).filter((one) => one.role === role).map((one) => one.name);
  return (
    <Autocomplete
      label="Your name"
      description="Stands beside what you decide."
      placeholder={ROLE_NAMES[role]}
      data={known}
      value={name}
      onChange={onName}
      maxLength={200}
    />
  );
};

const usePersonForm = (onDone: () => void) => {
  const { person, choosePerson } = useSession();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [role, setRole] = useState<Role>(person?.role ?? 'teacher');
  const [learner, setLearner] = useState<Person | null>(person?.role === 'learner' ? person : null);
  const [name, setName] = useState(person && person.role !== 'learner' ? person.name : '');
  const choose = useMutation({
    mutationFn: async (): Promise<Person | null> =>
      role === 'learner' ? learner : addStaff(role, name.trim() || ROLE_NAMES[role]),
    onSuccess: (chosen) => {
      if (chosen === null) return;
      choosePerson({ person: chosen.person, role: chosen.role, name: chosen.name });
      // What one may see and do depends on who asks.
      void client.invalidateQueries();
      onDone();
      void navigate(HOME[role]);
    },
  });
  return { role, setRole, learner, setLearner, name, setName, choose };
};

export const PersonForm = ({ onDone }: { readonly onDone: () => void }) => {
  const form = usePersonForm(onDone);
  const { role, choose } = form;
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    choose.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Radio.Group
          label="I am here as"
          value={role}
          onChange={(value) => form.setRole(ROLES.find((one) => one === value) ?? role)}
        >
          <Stack gap="xs" mt="xs">
            {ROLES.map((value) => (
              <Radio key={value} value={value} label={ROLE_NAMES[value]} description={ROLE_PURPOSE[value]} />
            ))}
          </Stack>
        </Radio.Group>
        {role === 'learner' ? (
          <ChooseLearner value={form.learner} onChange={form.setLearner} />
        ) : (
          <ChooseStaff role={role} name={form.name} onName={form.setName} />
        )}
        {choose.isError && <ProblemText error={choose.error} />}
        <Text size="xs" c="dimmed">
          There are no accounts yet: anyone at this computer can choose any person. What is decided is stored with the
          name chosen here.
        </Text>
        <Group>
          <Button type="submit" loading={choose.isPending} disabled={role === 'learner' && form.learner === null}>
            Go on
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
