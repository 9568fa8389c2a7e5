import { forEachApi } from '../../testing/api.ts';
import { importsSuite } from './testing/imports-suite.ts';
import { planSuite } from './testing/plan-suite.ts';
import { planningSuite } from './testing/planning-suite.ts';
import { settingSuite } from './testing/setting-suite.ts';

// One file: opening both databases costs more than all of these tests.
forEachApi('schedules', (api) => {
  settingSuite(api);
  planSuite(api);
  importsSuite(api);
  planningSuite(api);
});
