import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseOnPage, type OpenedApp, openApp } from '../../testing/open-app.ts';
import { forEachLook, keepScreenshot } from '../../testing/page-checks.ts';

/** As many skills as the largest graph that people have brought: 30 layers of 53. */
const LAYERS = 30;
const WIDTH = 53;

const skillName = (layer: number, place: number): string => `Skill ${layer + 1}.${place + 1}`;

/** Each skill needs its predecessor in the layer before and, every third one, that one's neighbour. */
const graphLines = (): string[] => {
  const lines = ['from,to'];
  for (let layer = 1; layer < LAYERS; layer++) {
    for (let place = 0; place < WIDTH; place++) {
      lines.push(`${skillName(layer - 1, place)},${skillName(layer, place)}`);
      if (place % 3 === 0) lines.push(`${skillName(layer - 1, (place + 1) % WIDTH)},${skillName(layer, place)}`);
    }
  }
  return lines;
};

/** One learner who knows the first layers and stumbles in the next one. */
const recordLines = (): string[] => {
  const lines = ['user,item,skill,correct'];
  for (let layer = 0; layer < 4; layer++) {
    for (let place = 0; place < WIDTH; place++) {
      for (let round = 0; round < 5; round++) {
        lines.push(`Kim,i${layer}-${place},${skillName(layer, place)},${layer < 3 ? 1 : round % 2}`);
      }
    }
  }
  return lines;
};

const csv = (name: string, lines: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`${lines.join('\n')}\n`),
});

let app: OpenedApp;

beforeAll(async () => {
  app = await openApp({ sample: false });
  const { page, context } = await app.open('/records', { person: 'engineer:Dr Weiss' });
  const files = page.getByLabel('Files to import');
  await files.setInputFiles([csv('graph.csv', graphLines()), csv('answers.csv', recordLines())]);
  await page.getByLabel('Its name').fill('A large course');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('list', { name: 'What came of each file' }).getByText('1,590 skills').first().waitFor();
  await context.close();
});

afterAll(() => app?.close());

describe('a skill map of 1,590 skills', () => {
  it('is drawn, walked by keys, searched, and listed, wide and narrow', async () => {
    await forEachLook(
      app.browser,
      async ({ page }, look) => {
        await chooseOnPage(page, 'teacher:Ms Lopez');
        await page.goto(`${app.address}/learner`);
        await page.getByRole('link', { name: 'Kim' }).click();
        const map = page.getByRole('group', { name: /Map of 1,590 skills/ });
        await map.locator('canvas').first().waitFor();
        await keepScreenshot(page, `large-map-${look}`);
        await map.press('ArrowRight');
        await page.getByRole('region', { name: /^Skill: / }).waitFor();
        await map.press('Escape');
        const find = page.getByRole('combobox', { name: 'Find a skill' });
        await find.fill('Skill 17.5');
        await page.getByRole('option', { name: 'Skill 17.5', exact: true }).click();
        const panel = page.getByRole('region', { name: 'Skill: Skill 17.5' });
        await panel.getByRole('button', { name: 'Skill 16.5' }).waitFor();
        await keepScreenshot(page, `large-map-found-${look}`);
        await page.getByText('List', { exact: true }).click();
        const list = page.getByRole('region', { name: 'Skills', exact: true });
        expect(await list.getByRole('row').count()).toBe(51);
      },
      ['light', 'narrow'],
    );
  });
});
