// The floors of the house (docs/architecture.md). A room imports only from floors below it; rooms on one floor do not
// import each other. `scripts/test.mjs` also fails when this check saw no modules at all.
const floors = [
  ['random'],
  ['kernels', 'problems', 'course', 'evidence', 'privacy'],
  ['quantum'],
  ['learner', 'solvers'],
  ['decisions'],
];

const room = (names) => `^packages/(${names.join('|')})/`;

/** One rule per room: everything on its own floor (itself excepted) and above is out of reach. */
const floorRules = floors.flatMap((names, floor) =>
  names.map((name) => {
    const others = floors
      .slice(floor)
      .flat()
      .filter((other) => other !== name);
    return {
      name: `floor-${floor}-${name}`,
      comment: `packages/${name} is on floor ${floor}: a room that reached sideways or up could no longer be used alone.`,
      severity: 'error',
      from: { path: room([name]) },
      to: { path: others.length > 0 ? `${room(others)}|^(apps|bench|examples)/` : '^(apps|bench|examples)/' },
    };
  }),
);

export default {
  forbidden: [
    ...floorRules,
    {
      name: 'libraries-are-pure',
      comment:
        'Libraries run in browsers too: Node APIs come in through the injected Platform, only its Node half may use them.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '(\\.test\\.ts$|/platform/node[^/]*\\.ts$|/testing/)' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'web-knows-only-api-types',
      comment: 'The web app talks to the server over HTTP; it may share types, never code that opens a database.',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: '\\.test\\.tsx?$|/testing/' },
      to: { path: '^(apps/(server|cli)|packages)/', pathNot: '^apps/server/src/api\\.ts$' },
    },
    {
      name: 'server-does-not-know-its-clients',
      comment: 'The server is used by the web app and the CLI; knowing either would close a circle.',
      severity: 'error',
      from: { path: '^apps/server/' },
      to: { path: '^apps/(web|cli)/' },
    },
    {
      name: 'no-cycles',
      comment: 'A cycle means two files are one idea, or one idea is in the wrong file.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-tests-in-code',
      comment:
        'Product code that needs a test helper has its helper in the wrong place; benches may measure on problems of tests.',
      severity: 'error',
      from: { pathNot: '\\.test\\.tsx?$|/testing/|^(scripts|bench)/' },
      to: { path: '\\.test\\.tsx?$|/testing/' },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that does not resolve works only on the machine of whoever wrote it.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|build|node_modules)/|packages/kernels/assembly' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['development', 'import', 'node', 'default', 'types'],
    },
  },
};
