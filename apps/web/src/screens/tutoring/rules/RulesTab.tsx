/** What every plan keeps, and what counts how much where plans differ. */
import { Stack } from '@mantine/core';
import type { ScheduleView } from '../../../api/schedule.ts';
import { Card } from '../../../components/Card.tsx';
import { GroupsForm } from './GroupsForm.tsx';
import { LimitsForm } from './LimitsForm.tsx';
import { Resources } from './Resources.tsx';
import { TravelForm } from './TravelForm.tsx';
import { WeightsForm } from './WeightsForm.tsx';

export const RulesTab = ({ setting }: { readonly setting: ScheduleView }) => (
  <Stack gap="md">
    <Card title="Limits" note="Kept by every plan, whatever it would gain without them.">
      <LimitsForm setting={setting} />
    </Card>
    <Card title="Groups" note="Who may share a session, and what a group costs each learner in it.">
      <GroupsForm setting={setting} />
    </Card>
    <Card title="Ways between sites" note="Kept free between two sessions of a learner or a tutor, besides the pause.">
      <TravelForm setting={setting} />
    </Card>
    <Resources setting={setting} />
    <Card title="What counts" note="Plans are compared by points: what they bring, less what is not wanted.">
      <WeightsForm setting={setting} />
    </Card>
  </Stack>
);
