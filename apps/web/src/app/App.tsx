/** Everything that surrounds the screens: theme, state of the server, routes. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { createBrowserRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ProblemError } from '../api/problem.ts';
import { cssVariables, theme } from '../theme/theme.ts';
import { fetchScreens, routes } from './routes.tsx';

/** A refusal is final; a server that is gone is looked for by `ServerGone`. Neither is helped by asking again. */
const retry = (count: number, error: Error): boolean => !(error instanceof ProblemError) && count < 2;

/** Seconds for which an answer counts as fresh; decisions and answers invalidate what they change at once. */
const FRESH_SECONDS = 15;

/** The server runs on this machine: whether the machine has a network says nothing about it. */
const networkMode = 'always';

const createClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: { queries: { retry, networkMode, staleTime: FRESH_SECONDS * 1000 }, mutations: { networkMode } },
  });

/** Long enough for the first screen to have asked for what it needs. */
const IDLE_MILLISECONDS = 1500;

export const App = () => {
  // Created here and not beside the module, so that a test can render two apps that know nothing of each other.
  const [client] = useState(createClient);
  const [router] = useState(() => createBrowserRouter(routes));
  useEffect(() => {
    const timer = setTimeout(fetchScreens, IDLE_MILLISECONDS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <Notifications position="bottom-right" limit={3} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
};
