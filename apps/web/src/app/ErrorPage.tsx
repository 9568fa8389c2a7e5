/** What is shown when a screen breaks or an address leads nowhere: in words, with a way on. */
import { Anchor, Button, Code, Group, Stack, Text } from '@mantine/core';
import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { EmptyState } from '../components/EmptyState.tsx';
import { Page } from './Page.tsx';

export const NotFound = () => (
  <Page title="Nothing here">
    <EmptyState
      title="This address leads nowhere"
      action={
        <Anchor component={Link} to="/">
          Go to the start
        </Anchor>
      }
    >
      It may have been removed, or the link is not complete.
    </EmptyState>
  </Page>
);

export const ErrorPage = () => {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  // After an upgrade of the server the parts of the app that this page knows of are gone.
  const unloaded = error instanceof Error && /dynamically imported module|module script failed/i.test(error.message);
  return (
    <Page title="This screen broke">
      <Stack gap="sm" role="alert">
        <Text size="sm">
          {unloaded
            ? 'A part of the app could not be loaded: the server does not answer, or the app was updated while this page was open. Make sure that the server runs, then load the page again.'
            : 'Nothing you entered was sent twice, and stored records are not affected. Load the page again; if it breaks again, report the text below.'}
        </Text>
        <Group gap="xs">
          <Button onClick={() => window.location.reload()}>Load again</Button>
          <Button variant="default" component={Link} to="/">
            Go to the start
          </Button>
        </Group>
        {!unloaded && <Code block>{error instanceof Error ? error.message : String(error)}</Code>}
      </Stack>
    </Page>
  );
};
