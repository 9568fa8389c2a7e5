/** Addresses and their screens. Each screen is a chunk of its own, fetched when it is opened or when the page is idle. */
import { Navigate, type RouteObject } from 'react-router';
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

const SCREENS = {
  'learner/:learnerId?': async () => (await import('../screens/learner/LearnerScreen.tsx')).LearnerScreen,
  class: async () => (await import('../screens/class/ClassScreen.tsx')).ClassScreen,
  tutoring: async () => (await import('../screens/tutoring/TutoringScreen.tsx')).TutoringScreen,
  models: async () => (await import('../screens/models/ModelsScreen.tsx')).ModelsScreen,
  solvers: async () => (await import('../screens/solvers/SolversScreen.tsx')).SolversScreen,
  records: async () => (await import('../screens/records/RecordsScreen.tsx')).RecordsScreen,
  'records/runs/:runId': async () => (await import('../screens/records/RunScreen.tsx')).RunScreen,
} as const;

export const routes: RouteObject[] = [
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
          ...Object.entries(SCREENS).map(
            ([path, load]): RouteObject => ({ path, lazy: async () => ({ Component: await load() }) }),
          ),
          { path: '*', Component: NotFound },
        ],
      },
    ],
  },
];

/** Fetches all screens, so that one can still move about while the server is stopped. Failures show when it is opened. */
export const fetchScreens = (): void => {
  for (const load of Object.values(SCREENS)) load().catch(() => {});
};
