import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { storePlace, webhookHosts } from './server-options.ts';

describe('webhookHosts', () => {
  it('are entries between commas, of the option before the environment', () => {
    const environment = { QURRICULUM_WEBHOOK_HOSTS: ' hooks.school.org , 10.1.0.0/16,' };
    expect(webhookHosts({ options: {} }, environment)).toEqual(['hooks.school.org', '10.1.0.0/16']);
    expect(webhookHosts({ options: { 'webhook-hosts': '::1' } }, environment)).toEqual(['::1']);
    expect(webhookHosts({ options: {} }, {})).toEqual([]);
  });
});

describe('storePlace', () => {
  const environment = { QURRICULUM_DATA_DIR: '/from/environment', QURRICULUM_DATABASE_URL: 'postgres://a/b' };

  it('takes options before the environment', () => {
    const options = { data: 'here', database: 'postgres://c/d' };
    expect(storePlace({ options }, environment)).toEqual({
      dataDir: path.resolve('here'),
      databaseUrl: 'postgres://c/d',
    });
    expect(storePlace({ options: {} }, environment)).toEqual({
      dataDir: path.resolve('/from/environment'),
      databaseUrl: 'postgres://a/b',
    });
  });

  it('falls back to the folder in the clone, wherever it is called from', () => {
    const clone = path.resolve(import.meta.dirname, '../../..');
    const empty = { QURRICULUM_DATA_DIR: '', QURRICULUM_DATABASE_URL: ' ' };
    expect(storePlace({ options: {} }, empty)).toEqual({
      dataDir: path.join(clone, '.qurriculum'),
      databaseUrl: undefined,
    });
  });
});
