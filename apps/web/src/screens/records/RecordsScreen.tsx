/** The records' screen: bring data in, see where everything came from, take a data set out again. */
import { Stack } from '@mantine/core';
import { Page } from '../../app/Page.tsx';
import { Card } from '../../components/Card.tsx';
import { DatasetList } from './DatasetList.tsx';
import { ImportCard } from './ImportCard.tsx';
import { RunList } from './RunList.tsx';

export const RecordsScreen = () => (
  <Page title="Records" purpose="Bring records, skill graphs and exercises in; see where every figure comes from.">
    <Stack gap="md">
      <ImportCard />
      <Card title="Data sets" note="Everything that was brought in, with its origin. A data set can be removed whole.">
        <DatasetList />
      </Card>
      <Card title="Runs" note="Every fit, plan, comparison and import that was computed, the newest first.">
        <RunList />
      </Card>
    </Stack>
  </Page>
);
