/** Everything that surrounds the screens: theme, server state, routes. Each screen is a chunk of its own. */
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createBrowserRouter, Navigate, type RouteObject } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { ProblemError } from '../api/problem.ts';
import { cssVariables, theme } from '../theme/theme.ts';
import { ErrorPage, NotFound } from './ErrorPage.tsx';
import { Shell } from './Shell.tsx';
import { HOME, SessionProvider, useSession } from './session.tsx';
import { WelcomeScreen } from './WelcomeScreen.tsx';

const Start = () => {
  const { person } = useSession();
  return <Navigate to={person === null ? '/welcome' : HOME[person.role]} replace />;
};

const Root = () => (
  <SessionProvider>
    <Shell />
  </SessionProvider>
);

const routes: RouteObject[] = [
  {
    path: '/',
    Component: Root,
    HydrateFallback: () => null,
    children: [
      {
        ErrorBoundary: ErrorPage,
        children: [
          { index: true, Component: Start },
          { path: 'welcome', Component: WelcomeScreen },
          {
            path: 'learner/:learnerId?',
            lazy: async () => ({ Component: (await import('../screens/learner/LearnerScreen.tsx')).LearnerScreen }),
          },
          {
            path: 'class',
            lazy: async () => ({ Component: (await import('../screens/class/ClassScreen.tsx')).ClassScreen }),
          },
          {
            path: 'solvers',
            lazy: async () => ({ Component: (await import('../screens/solvers/SolversScreen.tsx')).SolversScreen }),
          },
          {
            path: 'records',
            lazy: async () => ({ Component: (await import('../screens/records/RecordsScreen.tsx')).RecordsScreen }),
          },
          {
            path: 'records/runs/:runId',
            lazy: async () => ({ Component: (await import('../screens/records/RunScreen.tsx')).RunScreen }),
          },
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
];

/** A refusal is final; a server that is gone is looked for by `ServerGone`. Neither is helped by asking again. */
const retry = (count: number, error: Error): boolean => !(error instanceof ProblemError) && count < 2;

/** Seconds for which an answer counts as fresh; decisions and answers invalidate what they change at once. */
const FRESH_SECONDS = 15;

export const App = () => {
  // Created here and not beside the module, so that a test can render two apps that know nothing of each other.
  const [client] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry, staleTime: FRESH_SECONDS * 1000 } } }),
  );
  const [router] = useState(() => createBrowserRouter(routes));
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <Notifications position="bottom-right" limit={3} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
};
