/** The API: every resource under its address. Clients import `AppType` from here, as a type only (hono/client). */
import { type ApiServices, createRouter } from './http/router.ts';
import { classRoutes } from './resources/class/route.ts';
import { comparisonRoutes } from './resources/comparisons/route.ts';
import { courseRoutes } from './resources/courses/route.ts';
import { datasetRoutes } from './resources/datasets/route.ts';
import { engagementRoutes } from './resources/engagement/route.ts';
import { healthRoutes } from './resources/health/route.ts';
import { importRoutes } from './resources/imports/route.ts';
import { itemRoutes } from './resources/items/route.ts';
import { jobRoutes } from './resources/jobs/route.ts';
import { learnerRoutes } from './resources/learners/route.ts';
import { memoryRoutes } from './resources/memory/route.ts';
import { modelRoutes } from './resources/models/route.ts';
import { peopleRoutes } from './resources/people/route.ts';
import { planRoutes } from './resources/plans/route.ts';
import { practiceRoutes } from './resources/practice/route.ts';
import { problemFileRoutes } from './resources/problem-files/route.ts';
import { problemRunRoutes } from './resources/problem-runs/route.ts';
import { quizRoutes } from './resources/quizzes/route.ts';
import { runRoutes } from './resources/runs/route.ts';
import { scheduleRoutes } from './resources/schedules/route.ts';

/** Each resource's paths are written in full in its own routes ("/courses/{courseId}"), below /api. */
export function createApi(services: ApiServices) {
  return createRouter()
    .route('/', healthRoutes(services))
    .route('/', courseRoutes(services))
    .route('/', datasetRoutes(services))
    .route('/', importRoutes(services))
    .route('/', jobRoutes(services))
    .route('/', runRoutes(services))
    .route('/', classRoutes(services))
    .route('/', comparisonRoutes(services))
    .route('/', modelRoutes(services))
    .route('/', memoryRoutes(services))
    .route('/', itemRoutes(services))
    .route('/', problemFileRoutes(services))
    .route('/', problemRunRoutes(services))
    .route('/', peopleRoutes(services))
    .route('/', learnerRoutes(services))
    .route('/', planRoutes(services))
    .route('/', practiceRoutes(services))
    .route('/', engagementRoutes(services))
    .route('/', quizRoutes(services))
    .route('/', scheduleRoutes(services));
}

/** For `hc<AppType>('/')`: paths begin with /api. */
export type AppType = ReturnType<typeof mounted>;

function mounted(services: ApiServices) {
  return createRouter().route('/api', createApi(services));
}
